import type { OrderListItem } from "../../domains/orders/index.server.ts";
import { kindsWorthSaying, type OrderView } from "../../domains/orders/model.ts";
import type { OrderShown } from "../../domains/orders/ui/orders-data.ts";
import type { ShopView } from "../../domains/shops/model.ts";
import { t, tCode } from "../../locales/translate.ts";
import { formatDecimal } from "../../platform/money.ts";
import { formatClock, formatMoment } from "../../ui/format-time.ts";
import { byWhom, shipmentWhy } from "./say-moment.ts";
import type { Visit } from "./visit.server.ts";

export const orderViews = ["all", "needs-me", "parked", "to-ship"] as const satisfies readonly OrderView[];
const OPEN = new Set(["to-ship", "partly-shipped"]);

/** One page of orders and the proof line above it. */
export async function loadOrders({ services, shop }: Visit, query: URLSearchParams) {
  const view = orderViews.find((one) => one === query.get("view")) ?? "all";
  const [search, cursor] = [query.get("search") ?? "", query.get("cursor") ?? ""];
  const [page, proof, connections] = await Promise.all([
    services.orders.listOrders({ shopId: shop.id, view, ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) }),
    services.orders.proofLine({ shopId: shop.id }),
    services.shops.listConnections(shop.id),
  ]);
  const numbers = { channel: proof.channel, shopify: proof.shopify };
  const now = new Date();
  return {
    ...{ view, search, cursor },
    isConnected: connections.length > 0,
    isMoving: page.orders.some((one) => ["planned", "sending", "unknown"].includes(one.importState)),
    nextCursor: page.nextCursor,
    proof: {
      line: proof.checkedAt
        ? t("orders.proof.line", { ...numbers, at: formatClock(proof.checkedAt, shop.timezone) })
        : t("orders.proof.unchecked", numbers),
      isEqual: proof.channel === proof.shopify,
      missing: proof.channel - proof.shopify,
      ...numbers,
      parked: proof.parked,
    },
    rows: page.orders.map((one) => showOrder(one, shop, now)),
  };
}

function showOrder(one: OrderListItem, shop: ShopView, now: Date): OrderShown {
  // what the platform ships is not the merchant's to ship in time
  const isOpen = OPEN.has(one.status) && one.fulfilledBy !== "platform";
  const shopifyOrder = one.shopifyOrderId ?? one.linkedOrderId;
  return {
    id: one.id,
    channelOrderId: one.channelOrderId,
    createdAt: formatMoment(one.createdAt, shop.timezone),
    title: one.units > 1 ? t("orders.more", { title: one.firstTitle }) : one.firstTitle,
    units: one.units,
    total: `${formatDecimal(one.totalMinor, one.currency)} ${one.currency}`,
    status: one.status,
    statusLabel: tCode(`orders.status.${one.status}`, { status: one.status }, "orders.status.unknown"),
    importState: one.importState,
    shopifyName: one.shopifyOrderName ?? one.linkedOrderName,
    shopifyUrl: shopifyOrder ? `shopify://admin/orders/${shopifyOrder.split("/").at(-1)}` : null,
    kinds: sayKinds(one.kinds),
    isHeld: one.holdState === "held",
    parked: one.importState === "parked" ? parkedTexts(one.parkedReason ?? "unknown") : null,
    notes: [...olderNotes(one), ...shipmentNotes(one), ...cancellationNotes(one)],
    shipBy: one.shipByAt && isOpen ? formatMoment(one.shipByAt, shop.timezone) : null,
    isLate: isOpen && one.shipByAt !== null && one.shipByAt < now,
  };
}

/** Why an order is parked, and what to do about it. */
export function parkedTexts(reason: string): { why: string; action: string } {
  return {
    why: tCode(`orders.parked.${reason}.why`, { reason }, "orders.parked.unknown.why"),
    action: tCode(`orders.parked.${reason}.action`, { reason }, "orders.parked.unknown.action"),
  };
}

/** What an order is besides an ordinary one, in a word each. */
export const sayKinds = (kinds: readonly string[]): string[] =>
  kindsWorthSaying(kinds).map((kind) => tCode(`incoming.kind.${kind}`, {}, "incoming.kind.unknown"));

/** Why an order is not imported (yet), and what that means for its units. */
export function olderNotes(
  one: Pick<
    OrderListItem,
    "importState" | "parkedReason" | "linkedOrderId" | "isKeptBack" | "units" | "fulfilledBy" | "importAskedAt"
  >,
): string[] {
  const { importState, parkedReason, linkedOrderId, isKeptBack, units } = one;
  if (importState === "planned" && one.fulfilledBy === "platform") return [t("incoming.leftOut.waitsForPlatform")];
  if (importState !== "shown") return [];
  if (linkedOrderId) return [t("orders.older.linked")];
  if (one.importAskedAt) return [t("incoming.leftOut.asked")];
  if (parkedReason === "before-cutoff")
    return [isKeptBack ? t("orders.older.keptBack", { count: units }) : t("orders.older.gone")];
  const kept = isKeptBack ? [t("incoming.leftOut.keptBack", { count: units })] : [];
  if (parkedReason === "too-old") return [t("incoming.leftOut.too-old"), ...kept];
  if (!parkedReason?.startsWith("kind:")) return [];
  const [kind] = sayKinds([parkedReason.slice("kind:".length)]);
  return [kind ? t("incoming.leftOut.kind", { kind }) : t("incoming.leftOut.unknown"), ...kept];
}

function shipmentNotes(one: OrderListItem): string[] {
  return one.shipments.map((shipment) =>
    t(`orders.shipment.${shipment.state}`, {
      number: shipment.trackingNumber ?? "–",
      reason: shipmentWhy(shipment.reason),
    }),
  );
}

function cancellationNotes(one: OrderListItem): string[] {
  return one.cancellations
    .filter((cancellation) => cancellation.status !== "withdrawn")
    .map((cancellation) => {
      if (cancellation.status === "requested") return t("orders.cancellation.requested");
      const key =
        cancellation.shopifyState === "wanted" || cancellation.shopifyState === "sending"
          ? "carried"
          : cancellation.shopifyState === "parked"
            ? "parked"
            : "done";
      return t(`orders.cancellation.${key}`, { by: byWhom(cancellation.by) });
    });
}
