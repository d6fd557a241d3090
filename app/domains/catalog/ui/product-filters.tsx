import { useFetcher } from "@remix-run/react";
import {
  ChoiceList,
  IndexFilters,
  IndexFiltersMode,
  type IndexFiltersProps,
  useSetIndexFiltersMode,
} from "@shopify/polaris";
import { useEffect } from "react";
import { t } from "../../../locales/translate.ts";
import { useFormSubmit } from "../../../ui/use-form-submit.ts";
import { useListAddress } from "../../../ui/use-list-address.ts";
import { type Told, useOutcomeToast } from "../../../ui/use-outcome-toast.ts";
import { type ListingSort, type ListingView, listingViews } from "../model.ts";

export interface SavedViewShown {
  id: string;
  name: string;
  filter: ListingView;
  search: string;
  sort: ListingSort;
}

interface Props {
  connectionId: string;
  view: ListingView;
  search: string;
  sort: ListingSort;
  savedViews: SavedViewShown[];
  /** The saved view that is open; null: one of the built-in ones. */
  savedId: string | null;
}

/** Polaris names an order by what and which way. */
const SORTS: Record<ListingSort, `${"picked" | "title"} ${"asc" | "desc"}`> = {
  oldest: "picked asc",
  newest: "picked desc",
  title: "title asc",
  "title-down": "title desc",
};
const sorts = Object.entries(SORTS) as [ListingSort, (typeof SORTS)[ListingSort]][];

/** The views of the product list, those that the merchant saved among them, with search and order. */
export function ProductFilters({ connectionId, view, search, sort, savedViews, savedId }: Props) {
  const { text, setText, go, isLoading } = useListAddress(search);
  const saved = savedViews.find((one) => one.id === savedId);
  // a search that belongs to a saved view leaves the views in sight
  const isSearching = search !== "" && search !== saved?.search;
  const { mode, setMode } = useSetIndexFiltersMode(isSearching ? IndexFiltersMode.Filtering : IndexFiltersMode.Default);
  const fetcher = useFetcher<Told & { savedView?: string; deletedView?: string }>();
  const post = useFormSubmit(fetcher, "/app/products");
  useOutcomeToast(fetcher.data);
  const made = fetcher.data?.savedView;
  const gone = fetcher.data?.deletedView;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer
  useEffect(() => {
    if (made) go({ saved: made });
    if (gone) go({ saved: "", view: "", search: "", sort: "" });
    if (made || gone) setMode(IndexFiltersMode.Default);
  }, [fetcher.data]);

  const isChanged = saved !== undefined && (saved.filter !== view || saved.search !== text || saved.sort !== sort);
  /** Polaris waits for an answer; what went wrong is told by the toast. */
  const send = async (form: Record<string, string>) => {
    post({ connectionId, ...form });
    return true;
  };
  const save = (name: string, id = "") => send({ intent: "save-view", id, name, filter: view, search: text, sort });

  const tabs: IndexFiltersProps["tabs"] = [
    ...listingViews.map((id) => ({ id, content: t(`products.views.${id}`), isLocked: true })),
    ...savedViews.map(({ id, name }) => ({
      ...{ id, content: name },
      actions: [
        { type: "rename" as const, onAction: (to: string) => send({ intent: "rename-view", id, name: to }) },
        { type: "delete" as const, onPrimaryAction: () => send({ intent: "delete-view", id }) },
      ],
    })),
  ];
  const select = (at: number) => {
    const own = savedViews[at - listingViews.length];
    // what a built-in view shows of a search goes on in another one
    if (own) go({ saved: own.id, view: own.filter, search: own.search, sort: own.sort });
    else go({ saved: "", view: listingViews[at] ?? "", ...(saved ? { search: "", sort: "" } : {}) });
  };

  return (
    <IndexFilters
      tabs={tabs}
      selected={tabs.findIndex(({ id }) => id === (savedId ?? view))}
      onSelect={select}
      canCreateNewView
      onCreateNewView={(name) => save(name)}
      sortOptions={sorts.map(([id, value]) => ({
        label: t(id.startsWith("title") ? "products.sorts.by.title" : "products.sorts.by.picked"),
        value,
        directionLabel: t(`products.sorts.${id}`),
      }))}
      sortSelected={[SORTS[sort]]}
      onSort={([value]) => go({ sort: sorts.find(([, one]) => one === value)?.[0] ?? "" })}
      queryValue={text}
      queryPlaceholder={t("products.search")}
      onQueryChange={setText}
      onQueryClear={() => setText("")}
      filters={
        saved
          ? [
              {
                key: "shows",
                label: t("products.saved.shows"),
                pinned: true,
                filter: (
                  <ChoiceList
                    title={t("products.saved.shows")}
                    titleHidden
                    choices={listingViews.map((id) => ({ value: id, label: t(`products.views.${id}`) }))}
                    selected={[view]}
                    onChange={([chosen]) => go({ view: chosen ?? "" })}
                  />
                ),
              },
            ]
          : []
      }
      appliedFilters={
        saved && view !== "all"
          ? [
              {
                key: "shows",
                label: t("products.saved.showsOne", { view: t(`products.views.${view}`) }),
                onRemove: () => go({ view: "all" }),
              },
            ]
          : []
      }
      onClearAll={() => go({ search: "", ...(saved ? { view: "all" } : {}) })}
      primaryAction={
        saved
          ? { type: "save", onAction: () => save(saved.name, saved.id), disabled: !isChanged, loading: false }
          : {
              type: "save-as",
              onAction: (name) => save(name),
              disabled: text === "" && sort === "oldest",
              loading: fetcher.state !== "idle",
            }
      }
      cancelAction={{
        onAction: () =>
          saved ? go({ view: saved.filter, search: saved.search, sort: saved.sort }) : go({ search: "" }),
      }}
      mode={mode}
      setMode={setMode}
      loading={isLoading}
      // Polaris lays it over the list below a bar of its own, which an embedded page has not: rows would show through above it
      disableStickyMode
    />
  );
}
