import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigate } from "@remix-run/react";
import { BlockStack, InlineGrid } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import {
  OrderBuyerCard,
  OrderLinesCard,
  OrderLinksCard,
  OrderMoneyCard,
  OrderProblemsCard,
  OrderStateCard,
} from "../domains/orders/ui/order-cards.tsx";
import { OrderTimeline } from "../domains/orders/ui/order-timeline.tsx";
import { ConnectionNotices } from "../domains/shops/ui/connection-notices.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { NotFoundOrError } from "../ui/not-found-card.tsx";
import { useFormSubmit } from "../ui/use-form-submit.ts";
import { type Told, useOutcomeToast } from "../ui/use-outcome-toast.ts";
import { usePolling } from "../ui/use-polling.ts";
import { loadOrder } from "./embedded/load-order.server.ts";
import { orderAction } from "./embedded/order-action.server.ts";
import { withNotices } from "./embedded/show-notices.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const loader = async (args: LoaderFunctionArgs) =>
  withNotices(await visitOf(args), (visit) => loadOrder(visit, args.params.orderId ?? ""));
export const action = (args: ActionFunctionArgs) => orderAction(args);
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.title ?? t("orders.page.notFound.title") },
];

/** One order: where it stands on both sides, what needs somebody, what was bought, and everything that happened. */
export default function Order() {
  const order = useLoaderData<typeof loader>();
  const fetcher = useFetcher<Told>();
  const navigate = useNavigate();
  const submit = useFormSubmit(fetcher, `/app/orders/${order.id}`);
  useOutcomeToast(fetcher.data);
  usePolling(true, order.isMoving ? 1_500 : 4_000);
  const isBusy = fetcher.state !== "idle";
  const lookAgain = () => submit({ intent: "look-again" });
  return (
    <EmbeddedPage
      title={order.title}
      isWide
      back={{ label: t("orders.page.back"), onAction: () => navigate("/app/orders") }}
      secondary={[{ label: t("orders.page.act.again"), isDisabled: isBusy, onAction: lookAgain }]}
    >
      <InlineGrid columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400" alignItems="start">
        <BlockStack gap="400">
          <ConnectionNotices notices={order.notices} />
          <OrderProblemsCard order={order} isBusy={isBusy} onLookAgain={lookAgain} />
          <OrderStateCard order={order} />
          <OrderLinesCard order={order} />
          <OrderTimeline order={order} />
        </BlockStack>
        <BlockStack gap="400">
          <OrderMoneyCard order={order} />
          <OrderBuyerCard order={order} />
          <OrderLinksCard order={order} />
        </BlockStack>
      </InlineGrid>
    </EmbeddedPage>
  );
}

export function ErrorBoundary() {
  return (
    <NotFoundOrError
      title={t("orders.page.notFound.title")}
      text={t("orders.page.notFound.text")}
      list={{ label: t("orders.page.notFound.action"), url: "/app/orders" }}
    />
  );
}
