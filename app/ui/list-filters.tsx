import { IndexFilters, IndexFiltersMode, useSetIndexFiltersMode } from "@shopify/polaris";
import { useListAddress } from "./use-list-address.ts";

interface Props {
  views: { id: string; label: string }[];
  view: string;
  search: string;
  placeholder: string;
}

/** Views and a search field that live in the address, so that a list can be linked to and gone back to. */
export function ListFilters({ views, view, search, placeholder }: Props) {
  const { text, setText, go, isLoading } = useListAddress(search);
  const { mode, setMode } = useSetIndexFiltersMode(search ? IndexFiltersMode.Filtering : IndexFiltersMode.Default);

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
      loading={isLoading}
      // Polaris takes a list that begins below the screen for one that was scrolled past, and lays this over what stands above it
      disableStickyMode
    />
  );
}
