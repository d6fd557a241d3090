import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigate, useSearchParams } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Card } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useCallback, useEffect } from "react";
import { ChoicesCard } from "../domains/catalog/ui/choices-card.tsx";
import { ListingTable } from "../domains/catalog/ui/listing-table.tsx";
import { PlanCard } from "../domains/catalog/ui/plan-card.tsx";
import { ProductFilters } from "../domains/catalog/ui/product-filters.tsx";
import { ProgressCard } from "../domains/catalog/ui/progress-card.tsx";
import { ConnectionNotices } from "../domains/shops/ui/connection-notices.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { EmptyCard } from "../ui/empty-card.tsx";
import { RefusedBanner } from "../ui/refused-banner.tsx";
import { type Told, useOutcomeToast } from "../ui/use-outcome-toast.ts";
import { usePaging } from "../ui/use-paging.ts";
import { usePolling } from "../ui/use-polling.ts";
import { loadProducts } from "./embedded/load-products.server.ts";
import { productsAction } from "./embedded/products-action.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const loader = async (args: LoaderFunctionArgs) =>
  loadProducts(await visitOf(args), new URL(args.request.url).searchParams);
export const action = (args: ActionFunctionArgs) => productsAction(args);
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction = () => [{ title: t("products.title") }];

/** Pick products, see what was found and what would be sent, send, watch. */
export default function Products() {
  const {
    connection,
    notices,
    rows,
    view,
    search,
    sort,
    savedViews,
    savedId,
    cursor,
    nextCursor,
    total,
    isChecking,
    progress,
    choices,
    plan,
  } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<Told & { sent?: number }>();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const paging = usePaging(nextCursor);
  // In the address, so that the plan stays open, and is worked out anew, while its products are checked again.
  const [, setParams] = useSearchParams();
  const showPlan = useCallback(
    (isOpen: boolean) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          isOpen ? after.set("plan", "open") : after.delete("plan");
          return after;
        },
        { preventScrollReset: true },
      ),
    [setParams],
  );
  useOutcomeToast(fetcher.data);
  const isSent = fetcher.data?.sent !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per answer
  useEffect(() => {
    if (isSent) showPlan(false);
  }, [fetcher.data]);
  // what halts a shop may come from anywhere
  usePolling(true, progress.isRunning || isChecking || plan?.isChecking === true ? 1_500 : 5_000);

  const isBusy = fetcher.state !== "idle";
  const submit = (intent: string, lists: Record<string, string[]> = {}) => {
    const form = new FormData();
    form.set("intent", intent);
    form.set("connectionId", connection?.id ?? "");
    for (const [name, values] of Object.entries(lists)) for (const value of values) form.append(name, value);
    fetcher.submit(form, { method: "POST", action: "/app/products" });
  };
  const pick = async () => {
    const picked = await shopify.resourcePicker({ type: "product", multiple: true, filter: { variants: false } });
    if (picked && picked.length > 0) submit("select", { productIds: picked.map((one) => one.id) });
  };

  if (!connection) {
    const go = { label: t("products.notConnected.action"), onAction: () => navigate("/app") };
    return (
      <EmbeddedPage title={t("products.title")}>
        {notices.length > 0 ? (
          <ConnectionNotices notices={notices} />
        ) : (
          <Card>
            <EmptyCard title={t("products.notConnected.title")} text={t("products.notConnected.text")} action={go} />
          </Card>
        )}
      </EmbeddedPage>
    );
  }
  const choose = { label: t("products.pick"), onAction: pick, isDisabled: isBusy };
  const addAll = {
    label: t("products.addAll"),
    onAction: () => submit("select", { productIds: ["all"] }),
    isDisabled: isBusy,
  };
  const review = {
    label: t("products.review"),
    onAction: () => showPlan(true),
    isDisabled: isBusy || !connection.isActive,
  };
  return (
    <EmbeddedPage
      title={t("products.title")}
      isWide
      {...(total > 0 ? { primary: review, secondary: [choose, addAll] } : { secondary: [addAll] })}
    >
      <BlockStack gap="400">
        <ConnectionNotices notices={notices} />
        <RefusedBanner told={fetcher.data} />
        {plan ? (
          <PlanCard
            plan={plan}
            isBusy={isBusy}
            cannotSend={connection.cannotSend}
            onSend={() => submit("send")}
            onApplyDefaults={() => submit("apply-defaults", { listingIds: ["all"], choices: ["ask"] })}
            onClose={() => showPlan(false)}
          />
        ) : null}
        <ProgressCard progress={progress} />
        <ChoicesCard
          choices={choices}
          isBusy={isBusy}
          onChoose={({ name, value, productType }) =>
            submit("choose", { name: [name], value: [value], productType: [productType] })
          }
        />
        <Card padding="0">
          {total === 0 && !search && !cursor ? (
            <EmptyCard
              title={t("products.empty.title")}
              text={t("products.empty.text")}
              action={{ label: t("products.empty.action"), isBusy, onAction: pick }}
            />
          ) : (
            <>
              <ProductFilters
                connectionId={connection.id}
                view={view}
                search={search}
                sort={sort}
                savedViews={savedViews}
                savedId={savedId}
              />
              <ListingTable
                rows={rows}
                isBusy={isBusy}
                paging={paging}
                onApplyDefaults={(listingIds) => submit("apply-defaults", { listingIds, choices: ["ask"] })}
                onUnselect={(listingIds) =>
                  submit("unselect", {
                    productIds: rows.filter((row) => listingIds.includes(row.id)).map((row) => row.productId),
                  })
                }
              />
            </>
          )}
        </Card>
      </BlockStack>
    </EmbeddedPage>
  );
}
