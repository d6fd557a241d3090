import { useNavigation, useSearchParams } from "@remix-run/react";
import { IndexFilters, IndexFiltersMode, useSetIndexFiltersMode } from "@shopify/polaris";
import { useEffect, useState } from "react";

const SETTLED_MS = 300;

interface Props {
  views: { id: string; label: string }[];
  view: string;
  search: string;
  placeholder: string;
}

/** Saved views and a search field that live in the address, so that a list can be linked to and gone back to. */
export function ListFilters({ views, view, search, placeholder }: Props) {
  const [, setParams] = useSearchParams();
  const { state } = useNavigation();
  const { mode, setMode } = useSetIndexFiltersMode(search ? IndexFiltersMode.Filtering : IndexFiltersMode.Default);
  const [text, setText] = useState(search);
  const go = (change: Record<string, string>) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      after.delete("cursor");
      for (const [name, value] of Object.entries(change)) value ? after.set(name, value) : after.delete(name);
      return after;
    });

  useEffect(() => {
    if (text === search) return;
    const timer = setTimeout(() => go({ search: text }), SETTLED_MS);
    return () => clearTimeout(timer);
  });

  return (
    <IndexFilters
      tabs={views.map(({ id, label }) => ({ id, content: label, isLocked: true }))}
      selected={Math.max(
        0,
        views.findIndex(({ id }) => id === view),
      )}
      onSelect={(at) => go({ view: views[at]?.id ?? "" })}
      queryValue={text}
      queryPlaceholder={placeholder}
      onQueryChange={setText}
      onQueryClear={() => setText("")}
      filters={[]}
      appliedFilters={[]}
      onClearAll={() => setText("")}
      cancelAction={{ onAction: () => setText("") }}
      canCreateNewView={false}
      mode={mode}
      setMode={setMode}
      loading={state === "loading"}
      // Polaris takes a list that begins below the screen for one that was scrolled past, and lays this over what stands above it
      disableStickyMode
    />
  );
}
