import {
  BlockStack,
  IndexFilters,
  IndexFiltersMode,
  type IndexFiltersProps,
  Text,
  TextField,
  useSetIndexFiltersMode,
} from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import { useListAddress } from "../../../ui/use-list-address.ts";
import { figureViews, type OrderSort, type OrderView, orderSorts, orderViews } from "../model.ts";

interface Props {
  view: OrderView;
  sort: OrderSort;
  search: string;
  from: string;
  to: string;
  counts: Partial<Record<OrderView, number>>;
}

const SORTS: Record<OrderSort, "newest desc" | "deadline asc"> = { newest: "newest desc", deadline: "deadline asc" };

/** Views with how much is in them, search, days and order; all of it lives in the address. */
export function OrderFilters({ view, sort, search, from, to, counts }: Props) {
  const { text, setText, go, isLoading } = useListAddress(search);
  const isFiltering = search !== "" || from !== "" || to !== "";
  const { mode, setMode } = useSetIndexFiltersMode(isFiltering ? IndexFiltersMode.Filtering : IndexFiltersMode.Default);
  // a view that a figure leads to stands among the others only while it is open
  const views: OrderView[] = [...orderViews, ...figureViews.filter((one) => one === view)];
  const applied: NonNullable<IndexFiltersProps["appliedFilters"]> =
    from || to
      ? [
          {
            key: "bought",
            label:
              from && to
                ? t("morning.bought.between", { from, to })
                : from
                  ? t("morning.bought.after", { from })
                  : t("morning.bought.before", { to }),
            onRemove: () => go({ from: "", to: "" }),
          },
        ]
      : [];
  return (
    <>
      <IndexFilters
        tabs={views.map((id) => ({ id, content: labelOf(id, counts[id]), isLocked: true }))}
        selected={views.indexOf(view)}
        // each view has an order of its own until one is chosen
        onSelect={(at) => go({ view: views[at] ?? "", sort: "" })}
        sortOptions={orderSorts.map((id) => ({
          label: t(`morning.sorts.by.${id}`),
          value: SORTS[id],
          directionLabel: t(`morning.sorts.${id}`),
        }))}
        sortSelected={[SORTS[sort]]}
        onSort={([value]) => go({ view, sort: orderSorts.find((one) => SORTS[one] === value) ?? "" })}
        queryValue={text}
        queryPlaceholder={t("morning.search")}
        onQueryChange={setText}
        onQueryClear={() => setText("")}
        filters={[
          {
            key: "bought",
            label: t("morning.bought.label"),
            pinned: true,
            filter: (
              <BlockStack gap="200">
                <TextField
                  type="date"
                  label={t("morning.bought.from")}
                  value={from}
                  onChange={(value) => go({ view, from: value })}
                  autoComplete="off"
                />
                <TextField
                  type="date"
                  label={t("morning.bought.to")}
                  value={to}
                  onChange={(value) => go({ view, to: value })}
                  autoComplete="off"
                />
              </BlockStack>
            ),
          },
        ]}
        appliedFilters={applied}
        onClearAll={() => go({ search: "", from: "", to: "" })}
        cancelAction={{ onAction: () => go({ search: "", from: "", to: "" }) }}
        canCreateNewView={false}
        mode={mode}
        setMode={setMode}
        loading={isLoading}
        // Polaris takes a list that begins below the screen for one that was scrolled past, and lays this over what stands above it
        disableStickyMode
      />
      {mode === IndexFiltersMode.Filtering ? (
        <div style={{ padding: "8px 16px" }}>
          <Text as="p" tone="subdued" variant="bodySm">
            {t("morning.sealed")}
          </Text>
        </div>
      ) : null}
    </>
  );
}

const labelOf = (view: OrderView, count: number | undefined): string => {
  const name = t(`morning.views.${view}`);
  return count ? t("morning.counted", { view: name, count }) : name;
};
