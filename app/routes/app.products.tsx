import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigate } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Card } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect, useState } from "react";
import { ChoicesCard } from "../domains/catalog/ui/choices-card.tsx";
import { ListingTable } from "../domains/catalog/ui/listing-table.tsx";
import { PlanCard } from "../domains/catalog/ui/plan-card.tsx";
import type { PlanShown } from "../domains/catalog/ui/products-data.ts";
import { ProgressCard } from "../domains/catalog/ui/progress-card.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { EmptyCard } from "../ui/empty-card.tsx";
import { ListFilters } from "../ui/list-filters.tsx";
import { type Told, useOutcomeToast } from "../ui/use-outcome-toast.ts";
import { usePaging } from "../ui/use-paging.ts";
import { usePolling } from "../ui/use-polling.ts";
import { loadProducts } from "./embedded/load-products.server.ts";
import { productsAction } from "./embedded/products-action.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

const views = ["all", "needs-me", "ready", "in-review", "live", "refused"] as const;

export const loader = async (args: LoaderFunctionArgs) =>
  loadProducts(await visitOf(args), new URL(args.request.url).searchParams);
export const action = (args: ActionFunctionArgs) => productsAction(args);
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction = () => [{ title: t("products.title") }];

/** Pick products, see what was found and what would be sent, send, watch. */
export default function Products() {
  const { connection, rows, view, search, cursor, nextCursor, total, isChecking, progress, choices } =
    useLoaderData<typeof loader>();
  const fetcher = useFetcher<Told & { plan?: PlanShown }>();
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const paging = usePaging(nextCursor);
  const [plan, setPlan] = useState<PlanShown | null>(null);
  useOutcomeToast(fetcher.data);
  useEffect(() => setPlan(fetcher.data?.plan ?? null), [fetcher.data]);
  usePolling(progress.isRunning || isChecking);

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
        <Card>
          <EmptyCard title={t("products.notConnected.title")} text={t("products.notConnected.text")} action={go} />
        </Card>
      </EmbeddedPage>
    );
  }
  const choose = { label: t("products.pick"), onAction: pick, isDisabled: isBusy };
  const addAll = {
    label: t("products.addAll"),
    onAction: () => submit("select", { productIds: ["all"] }),
    isDisabled: isBusy,
  };
  const review = { label: t("products.review"), onAction: () => submit("plan"), isDisabled: isBusy };
  return (
    <EmbeddedPage
      title={t("products.title")}
      isWide
      {...(total > 0 ? { primary: review, secondary: [choose, addAll] } : { secondary: [addAll] })}
    >
      <BlockStack gap="400">
        {connection.isArmed ? null : (
          <Banner
            title={t("products.notArmed.title")}
            action={{ content: t("products.notArmed.action"), onAction: () => navigate("/app") }}
          >
            <p>{t("products.notArmed.text")}</p>
          </Banner>
        )}
        {plan ? (
          <PlanCard
            plan={plan}
            isBusy={isBusy}
            onSend={() => submit("send")}
            onApplyDefaults={() => submit("apply-defaults", { listingIds: ["all"] })}
            onClose={() => setPlan(null)}
          />
        ) : null}
        <ProgressCard progress={progress} />
        <ChoicesCard
          choices={choices}
          isBusy={isBusy}
          onChoose={({ attributeId, valueId, productType }) =>
            submit("choose", { attributeId: [attributeId], valueId: [valueId], productType: [productType] })
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
              <ListFilters
                views={views.map((id) => ({ id, label: t(`products.views.${id}`) }))}
                view={view}
                search={search}
                placeholder={t("products.search")}
              />
              <ListingTable
                rows={rows}
                isBusy={isBusy}
                paging={paging}
                onApplyDefaults={(listingIds) => submit("apply-defaults", { listingIds })}
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
