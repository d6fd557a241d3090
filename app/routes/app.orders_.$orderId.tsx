import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigate } from "@remix-run/react";
import { BlockStack, InlineGrid } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect, useState } from "react";
import { AfterSalesCard } from "../domains/orders/ui/after-sales-card.tsx";
import type { ChoicesShown } from "../domains/orders/ui/after-sales-data.ts";
import { DecisionDialog, type DecisionForm } from "../domains/orders/ui/decision-dialog.tsx";
import { FulfilModal } from "../domains/orders/ui/fulfil-modal.tsx";
import { NoteCard } from "../domains/orders/ui/note-card.tsx";
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
import { ConnectionNotices } from "../domains/shops/ui/connection-notices.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { NotFoundOrError } from "../ui/not-found-card.tsx";
import { RefusedBanner } from "../ui/refused-banner.tsx";
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
  const fetcher = useFetcher<Told & { fulfilled?: number; labels?: { packageId: string; url: string }[] }>();
  const navigate = useNavigate();
  const submit = useFormSubmit(fetcher, `/app/orders/${order.id}`);
  const [isFulfilling, setFulfilling] = useState(false);
  const { data: told } = fetcher;
  useOutcomeToast(told);
  useEffect(() => {
    if (told?.fulfilled !== undefined) setFulfilling(false);
  }, [told]);
  const deciding = useDeciding(order.id);
  // what somebody fills in is not taken away under their hands
  usePolling(!isFulfilling && deciding.about === undefined, order.isMoving ? 1_500 : 4_000);
  const isBusy = fetcher.state !== "idle";
  const decide = (form: DecisionForm) => {
    submitDecision(fetcher, order.id, form);
    deciding.close();
  };
  const lookAgain = () => submit({ intent: "look-again" });
  const review = order.reviewed ? "unreview" : "review";
  return (
    <EmbeddedPage
      title={order.title}
      isWide
      back={{ label: t("orders.page.back"), onAction: () => navigate("/app/orders") }}
      {...(order.fulfilmentRefusal === null
        ? { primary: { label: t("morning.act.fulfil"), isDisabled: isBusy, onAction: () => setFulfilling(true) } }
        : {})}
      secondary={[
        { label: t(`morning.act.${review}`), isDisabled: isBusy, onAction: () => submit({ intent: review }) },
        {
          label: t("morning.print.slips.title"),
          onAction: () => navigate(`/app/orders/print?kind=slips&ids=${order.id}`),
        },
        { label: t("orders.page.act.again"), isDisabled: isBusy, onAction: lookAgain },
        ...(order.mayBeAskedFor
          ? [{ label: t("incoming.bring.action"), isDisabled: isBusy, onAction: () => submit({ intent: "bring" }) }]
          : []),
      ]}
    >
      <InlineGrid columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400" alignItems="start">
        <BlockStack gap="400">
          <ConnectionNotices notices={order.notices} />
          <RefusedBanner told={told} />
          <OrderProblemsCard order={order} isBusy={isBusy} onLookAgain={lookAgain} />
          <OrderCarrierCard
            carriers={order.carriers}
            isBusy={isBusy}
            onChoose={(choice) => submit({ intent: "choose-carrier", ...choice })}
          />
          <OrderStateCard order={order} />
          <div id="after-sales">
            <AfterSalesCard
              afterSales={order.afterSales}
              isBusy={isBusy}
              onDecide={deciding.open}
              onRestock={(requestId, unitId) => submit({ intent: "restock", requestId, unitId })}
            />
          </div>
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
          <NoteCard note={order.note} isBusy={isBusy} onSave={(text) => submit({ intent: "note", text })} />
          <OrderLinksCard order={order} />
        </BlockStack>
      </InlineGrid>
      {isFulfilling ? (
        <FulfilModal
          orders={[{ ...order, title: order.lines[0]?.title ?? "" }]}
          isBusy={isBusy}
          onFulfil={({ carrier, numbers }) => submit({ intent: "fulfil", carrier, numbers })}
          onClose={() => setFulfilling(false)}
        />
      ) : null}
      {deciding.about === undefined ? null : (
        <DecisionDialog
          title={t(deciding.about === null ? "orders.afterSales.cancel" : "orders.afterSales.answer")}
          choices={deciding.choices}
          onClose={deciding.close}
          onSend={decide}
        />
      )}
    </EmbeddedPage>
  );
}

/** Which request is being decided on (null: the order itself; undefined: none), and what the channel says may be. */
function useDeciding(orderId: string) {
  const fetcher = useFetcher<ChoicesShown>();
  const [about, setAbout] = useState<string | null | undefined>(undefined);
  const { choices, note } = fetcher.data ?? { choices: [], note: null };
  return {
    about,
    choices:
      fetcher.state !== "idle" || !fetcher.data
        ? null
        : { note, choices: choices.filter((one) => one.requestId === (about ?? "")) },
    open: (requestId: string | null) => {
      setAbout(requestId);
      fetcher.load(`/app/orders/${orderId}/decisions`);
    },
    close: () => setAbout(undefined),
  };
}

function submitDecision(fetcher: Pick<ReturnType<typeof useFetcher>, "submit">, orderId: string, form: DecisionForm) {
  const { unitIds, picture, ...texts } = form;
  const body = new FormData();
  body.append("intent", "decide");
  for (const [name, value] of Object.entries(texts)) body.append(name, value);
  for (const id of unitIds) body.append("unitId", id);
  if (picture) body.append("picture", picture);
  fetcher.submit(body, { method: "POST", action: `/app/orders/${orderId}`, encType: "multipart/form-data" });
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
