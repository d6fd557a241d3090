import type { OrderListItem } from "../../domains/orders/index.server.ts";
import type { ImportShown } from "../../domains/orders/ui/orders-data.ts";
import type { ConnectionView } from "../../domains/shops/model.ts";
import { t } from "../../locales/translate.ts";

type Waiting = Pick<OrderListItem, "status" | "fulfilledBy">;
type Connection = Pick<ConnectionView, "status" | "pausedAt" | "armedFlows">;
type WaitsFor = "unpaid" | "platform" | "disconnected" | "consent" | "paused" | "notArmed" | "soon";

const TONES: Record<OrderListItem["importState"], ImportShown["tone"]> = {
  done: "success",
  parked: "critical",
  planned: "info",
  sending: "info",
  unknown: "attention",
  shown: null,
};

/** What an order that is not in Shopify yet waits for. */
export function whatItWaitsFor(order: Waiting, connection: Connection | null): WaitsFor {
  if (order.status === "unpaid") return "unpaid";
  if (order.fulfilledBy === "platform") return "platform";
  if (!connection || connection.status === "disconnected") return "disconnected";
  if (connection.status === "parked") return "consent";
  if (connection.pausedAt) return "paused";
  return connection.armedFlows.includes("orders") ? "soon" : "notArmed";
}

/** Whether nothing is written about it in Shopify now, by somebody's wish or for want of a consent. */
export function isAtRest(order: Waiting, connection: Connection | null): boolean {
  return !["unpaid", "platform", "soon"].includes(whatItWaitsFor(order, connection));
}

/** How far an order is on its way to Shopify, in a word and its colour; one that does not move says why. */
export function sayImport(
  order: Waiting & Pick<OrderListItem, "importState">,
  connection: Connection | null,
): ImportShown {
  const { importState } = order;
  const tone = TONES[importState];
  if (importState !== "planned") return { label: t(`orders.import.${importState}`), tone };
  const what = whatItWaitsFor(order, connection);
  return { label: t(`orders.waits.${what}`), tone: isAtRest(order, connection) ? "attention" : tone };
}
