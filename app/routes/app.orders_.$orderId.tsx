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
import { OrderCarrierCard } from "../domains/orders/ui/order-carrier-card.tsx";
import { OrderLabelCard } from "../domains/orders/ui/order-label-card.tsx";
import { OrderTimeline } from "../domains/orders/ui/order-timeline.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { NotFoundOrError } from "../ui/not-found-card.tsx";
import { useFormSubmit } from "../ui/use-form-submit.ts";
import { type Told, useOutcomeToast } from "../ui/use-outcome-toast.ts";
import { usePolling } from "../ui/use-polling.ts";
import { loadOrder } from "./embedded/load-order.server.ts";
import { orderAction } from "./embedded/order-action.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const loader = async (args: LoaderFunctionArgs) => loadOrder(await visitOf(args), args.params.orderId ?? "");
export const action = (args: ActionFunctionArgs) => orderAction(args);
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data?.title ?? t("orders.page.notFound.title") },
];

/** One order: where it stands on both sides, what needs somebody, what was bought, and everything that happened. */
export default function Order() {
  const order = useLoaderData<typeof loader>();
  const fetcher = useFetcher<Told & { labels?: { packageId: string; url: string }[] }>();
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
      secondary={[
        { label: t("orders.page.act.again"), isDisabled: isBusy, onAction: lookAgain },
        ...(order.mayBeAskedFor
          ? [{ label: t("incoming.bring.action"), isDisabled: isBusy, onAction: () => submit({ intent: "bring" }) }]
          : []),
      ]}
    >
      <InlineGrid columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400" alignItems="start">
        <BlockStack gap="400">
          <OrderProblemsCard order={order} isBusy={isBusy} onLookAgain={lookAgain} />
          <OrderCarrierCard
            carriers={order.carriers}
            isBusy={isBusy}
            onChoose={(choice) => submit({ intent: "choose-carrier", ...choice })}
          />
          <OrderStateCard order={order} />
          <OrderLinesCard order={order} />
          <OrderTimeline order={order} />
        </BlockStack>
        <BlockStack gap="400">
          <OrderLabelCard
            packages={order.labelledPackages}
            labels={fetcher.data?.labels ?? []}
            isBusy={isBusy}
            onFetch={() => submit({ intent: "labels" })}
          />
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
