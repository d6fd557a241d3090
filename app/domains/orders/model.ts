/** Words of the orders room: safe for browser and server. */

export { readAttributes, readTags, unknownPlaceholders as templateProblems } from "./import/order-labels.ts";
export { kindsWorthSaying } from "./kinds.ts";

/**
 * planned: the Shopify order is still to be made (or waits for payment) · sending: a call is under way or its end was not seen ·
 * unknown: the call may have had its effect, we look · done: the Shopify order is there, held where it had to be ·
 * parked: somebody must act, or something named must come · shown: never to be imported.
 */
export type ImportState = "planned" | "sending" | "unknown" | "done" | "parked" | "shown";

/** The buyer-remorse hold in Shopify. wanted: not yet confirmed. */
export type HoldState = "none" | "wanted" | "held" | "released";

/** How far a range of older orders is: being read, read, its orders being asked for, all of them asked for. */
export type BackfillState = "reading" | "read" | "asking" | "asked";

export type ShipmentState = "wanted" | "sending" | "sent" | "parked" | "cancelled";

/** What became of a channel cancellation in Shopify. none: nothing was there to cancel. */
export type CancellationCarriage = "wanted" | "sending" | "done" | "parked" | "none";

/** Shopify accepts a cancellation and carries it out later. Accepted so often and still not cancelled: the merchant is told. */
export const CANCEL_TRIES = 2;

/** Kinds of problems this room opens; the text of each is in the locale files. */
export type OrderProblemKind =
  | "order-sku-unlinked"
  | "order-money-differs"
  | "order-currency-differs"
  | "order-without-lines"
  | "order-refused"
  | "order-stuck"
  | "order-doubled"
  | "order-address-missing"
  | "order-address-refused"
  | "order-address-late"
  | "order-unreadable"
  | "order-cancelled-in-shopify"
  | "cancellation-requested"
  | "cancellation-partial"
  | "cancellation-refused"
  | "cancellation-not-done"
  | "shipment-carrier-unknown"
  | "shipment-tracking-missing"
  | "shipment-conflict"
  | "shipment-refused"
  | "shipment-tracking-invalid"
  | "shipment-split-refused"
  | "shipment-correction-refused"
  | "shipment-not-in-shopify"
  | "shipment-changed";

/** Views of the order list. since: seen since the merchant last looked. */
export type OrderView = "since" | "needs-me" | "parked" | "to-ship" | "all";

/** Stable key of a problem of one order. */
export const orderProblemKey = (kind: OrderProblemKind, connectionId: string, channelOrderId: string): string =>
  `${kind}:${connectionId}:${channelOrderId}`;
