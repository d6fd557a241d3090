import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigate } from "@remix-run/react";
import { Banner, BlockStack, Card } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useEffect, useState } from "react";
import { ExportModal } from "../domains/orders/ui/export-modal.tsx";
import { FeeModal } from "../domains/orders/ui/fee-modal.tsx";
import { FulfilModal } from "../domains/orders/ui/fulfil-modal.tsx";
import { NeedsCard, SinceCard, StandingCard } from "../domains/orders/ui/morning-cards.tsx";
import { OrderFilters } from "../domains/orders/ui/order-filters.tsx";
import { OrderTable } from "../domains/orders/ui/order-table.tsx";
import type { OrderShown } from "../domains/orders/ui/orders-data.ts";
import { ConnectionNotices } from "../domains/shops/ui/connection-notices.tsx";
import { isUnchecked } from "../domains/shops/ui/notice-data.ts";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { EmptyCard } from "../ui/empty-card.tsx";
import { RefusedBanner } from "../ui/refused-banner.tsx";
import { useFormSubmit } from "../ui/use-form-submit.ts";
import { type Told, useOutcomeToast } from "../ui/use-outcome-toast.ts";
import { usePaging } from "../ui/use-paging.ts";
import { usePolling } from "../ui/use-polling.ts";
import { loadOrders } from "./embedded/load-orders.server.ts";
import { ordersAction } from "./embedded/orders-action.server.ts";
import { withNotices } from "./embedded/show-notices.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const loader = async (args: LoaderFunctionArgs) =>
  withNotices(await visitOf(args), (visit) => loadOrders(visit, new URL(args.request.url).searchParams));
export const action = (args: ActionFunctionArgs) => ordersAction(args);
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction = () => [{ title: t("orders.title") }];

type Answer = Told & { reviewed?: string[]; fulfilled?: number; feeSaved?: boolean };
type Open = { dialog: "fee" } | { dialog: "fulfil"; orders: OrderShown[] } | { dialog: "export"; ids: string[] | null };

const idsOf = (orders: OrderShown[]) => orders.map((one) => one.id);

/** The morning page: whether all orders are home and what they bring, what needs somebody, and then every order with both sides' state. */
export default function Orders() {
  const page = useLoaderData<typeof loader>();
  const { notices, rows, proof, view, sort, search, from, to, counts, morning, isConnected, isMoving } = page;
  const navigate = useNavigate();
  const paging = usePaging(page.nextCursor);
  const fetcher = useFetcher<Answer>();
  const submit = useFormSubmit(fetcher, "/app/orders");
  const [open, setOpen] = useState<Open | null>(null);
  const { data: told } = fetcher;
  // what can be undone says so where it stays
  useOutcomeToast(told?.reviewed?.length ? undefined : told);
  // an order may come at any moment: the page is watched, not reloaded
  usePolling(open === null, isMoving ? 1_500 : 4_000);
  const isBusy = fetcher.state !== "idle";
  useEffect(() => {
    if (told?.fulfilled !== undefined || told?.feeSaved) setOpen(null);
  }, [told]);
  const print = (kind: "pick" | "slips") => (orders: OrderShown[]) =>
    navigate(`/app/orders/print?${new URLSearchParams({ kind, ids: idsOf(orders).join(",") })}`);
  const isAsking = search !== "" || from !== "" || to !== "";
  const isEmpty = !page.hasAny;
  const isUncheckedNow = isUnchecked(notices);

  return (
    <EmbeddedPage
      title={t("orders.title")}
      isWide
      secondary={[
        { label: t("incoming.older.open"), onAction: () => navigate("/app/orders/older") },
        ...(isConnected
          ? [{ label: t("morning.act.export"), onAction: () => setOpen({ dialog: "export", ids: null }) }]
          : []),
      ]}
    >
      <BlockStack gap="400">
        <ConnectionNotices notices={notices} />
        <SinceCard
          proof={{
            line: proof.line,
            isEqual: proof.isEqual && !isUncheckedNow,
            badge: isUncheckedNow
              ? t("home.health.tone.unchecked")
              : proof.isEqual
                ? t("orders.proof.equal")
                : t("orders.proof.missing", { count: proof.missing }),
          }}
          morning={isEmpty ? null : morning}
          onChangeFee={() => setOpen({ dialog: "fee" })}
        />
        {page.line ? (
          <Banner tone="info" title={page.line}>
            <p>{t("orders.line.why")}</p>
          </Banner>
        ) : null}
        {open === null ? <RefusedBanner told={told} /> : null}
        {told?.reviewed?.length ? (
          <Banner
            tone="success"
            action={{
              content: t("morning.act.undo"),
              onAction: () => submit({ intent: "unreview", ids: told.reviewed ?? [] }),
            }}
          >
            <p>{told.message}</p>
          </Banner>
        ) : null}
        {morning && !isEmpty ? (
          <>
            <NeedsCard
              morning={morning}
              isBusy={isBusy}
              onLookAgain={(id) => submit({ intent: "look-again", ids: [id] })}
            />
            {morning.standing.map((one) => (
              <StandingCard key={one.id} standing={one} />
            ))}
          </>
        ) : null}
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
              <OrderFilters {...{ view, sort, search, from, to, counts }} />
              <OrderTable
                rows={rows}
                paging={paging}
                empty={
                  view === "since" && !isAsking
                    ? { title: t("morning.noneNew.title"), text: t("morning.noneNew.text") }
                    : { title: t("orders.none.title"), text: t("orders.none.text") }
                }
                actions={[
                  {
                    label: t("morning.act.review"),
                    isPromoted: true,
                    onAction: (orders) => submit({ intent: "review", ids: idsOf(orders) }),
                  },
                  {
                    label: t("morning.act.fulfil"),
                    isPromoted: true,
                    onAction: (orders) => setOpen({ dialog: "fulfil", orders }),
                  },
                  { label: t("morning.act.pick"), onAction: print("pick") },
                  { label: t("morning.act.slips"), onAction: print("slips") },
                  {
                    label: t("morning.act.csv"),
                    onAction: (orders) => setOpen({ dialog: "export", ids: idsOf(orders) }),
                  },
                  {
                    label: t("morning.act.unreview"),
                    onAction: (orders) => submit({ intent: "unreview", ids: idsOf(orders) }),
                  },
                ]}
              />
            </>
          )}
        </Card>
      </BlockStack>
      {open?.dialog === "fulfil" ? (
        <FulfilModal
          orders={open.orders}
          isBusy={isBusy}
          onFulfil={({ ids, carrier, numbers }) => submit({ intent: "fulfil", ids, carrier, numbers })}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open?.dialog === "export" ? (
        <ExportModal today={page.today} ids={open.ids} onClose={() => setOpen(null)} />
      ) : null}
      {open?.dialog === "fee" && morning ? (
        <FeeModal
          fees={morning.fees}
          isBusy={isBusy}
          error={told?.feeSaved === false ? told.message : null}
          onSave={(connectionId, percent) => submit({ intent: "set-fee", connectionId, percent })}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </EmbeddedPage>
  );
}
