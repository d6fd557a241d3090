import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigate, useSearchParams } from "@remix-run/react";
import { Badge, BlockStack, Card, InlineStack, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { OrderTable } from "../domains/orders/ui/order-table.tsx";
import { ConnectionNotices } from "../domains/shops/ui/connection-notices.tsx";
import { isUnchecked } from "../domains/shops/ui/notice-data.ts";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { EmptyCard } from "../ui/empty-card.tsx";
import { ListFilters } from "../ui/list-filters.tsx";
import { usePaging } from "../ui/use-paging.ts";
import { usePolling } from "../ui/use-polling.ts";
import { loadOrders } from "./embedded/load-orders.server.ts";
import { withNotices } from "./embedded/show-notices.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

const views = ["all", "needs-me", "parked", "to-ship"] as const;

export const loader = async (args: LoaderFunctionArgs) =>
  withNotices(await visitOf(args), (visit) => loadOrders(visit, new URL(args.request.url).searchParams));
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction = () => [{ title: t("orders.title") }];

/** Every order with both sides' state; the proof line says whether all of them are home. */
export default function Orders() {
  const { notices, rows, proof, view, search, nextCursor, isConnected, isMoving } = useLoaderData<typeof loader>();
  const [searchParams] = useSearchParams();
  const navigate = useNavigate();
  const paging = usePaging(nextCursor);
  // an order may come at any moment: the page is watched, not reloaded
  usePolling(true, isMoving ? 1_500 : 4_000);
  const isUncheckedNow = isUnchecked(notices);
  const isEmpty = rows.length === 0 && view === "all" && !search && !searchParams.get("cursor");

  return (
    <EmbeddedPage title={t("orders.title")} isWide>
      <BlockStack gap="400">
        <ConnectionNotices notices={notices} />
        <Card>
          <InlineStack gap="300" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {proof.line}
            </Text>
            <Badge tone={proof.isEqual && !isUncheckedNow ? "success" : "attention"}>
              {isUncheckedNow
                ? t("home.health.tone.unchecked")
                : proof.isEqual
                  ? t("orders.proof.equal")
                  : t("orders.proof.missing", { count: proof.missing })}
            </Badge>
          </InlineStack>
        </Card>
        <Card padding="0">
          {isEmpty ? (
            <EmptyCard
              title={t(isConnected ? "orders.empty.title" : "orders.notConnected.title")}
              text={t(isConnected ? "orders.empty.text" : "orders.notConnected.text")}
              {...(isConnected
                ? {}
                : { action: { label: t("orders.notConnected.action"), onAction: () => navigate("/app") } })}
            />
          ) : (
            <>
              <ListFilters
                views={views.map((id) => ({ id, label: t(`orders.views.${id}`) }))}
                view={view}
                search={search}
                placeholder={t("orders.search")}
              />
              <OrderTable rows={rows} paging={paging} />
            </>
          )}
        </Card>
      </BlockStack>
    </EmbeddedPage>
  );
}
