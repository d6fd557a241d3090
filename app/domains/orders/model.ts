import type { DecisionKind } from "../../channels/port.ts";

/** Words of the orders room: safe for browser and server. */

export { feeTitle } from "./import/fee-title.ts";
export { readAttributes, readTags, unknownPlaceholders as templateProblems } from "./import/order-labels.ts";
export { kindsWorthSaying } from "./kinds.ts";
export { KEPT } from "./privacy/what-is-kept.ts";

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

/** What became of the goods of a channel return in Shopify. none: there is nothing to do there. */
export type ReturnCarriage = "wanted" | "opening" | "open" | "closing" | "cancelling" | "done" | "none" | "parked";

/** Everything a seller may tell the channel after a sale. */
const DECISION_KINDS = [
  "cancel",
  "approve-cancellation",
  "refuse-cancellation",
  "approve-refund",
  "approve-return",
  "approve-received",
  "approve-replacement",
  "refund-instead",
  "refund-now",
  "offer-part",
  "refuse-refund",
  "refuse-return",
  "refuse-received",
  "refuse-replacement",
] as const satisfies readonly DecisionKind[];

/** Whether a word names such a decision. */
export const isDecisionKind = (word: string | null): word is DecisionKind =>
  (DECISION_KINDS as readonly (string | null)[]).includes(word);

/** A return in one of these states waits for the seller, while the channel names a time to answer. */
export const RETURN_ASKS: readonly string[] = ["requested", "item-sent"];

/** Shopify accepts a cancellation and carries it out later. Accepted so often and still not cancelled: the merchant is told. */
export const CANCEL_TRIES = 2;

/** A hold that somebody keeps taking away is put back so often, and no more: two tools must not fight for ever. */
export const HOLDS_AGAIN_MOST = 3;

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
  | "order-payment-refused"
  | "order-unreadable"
  | "order-cancelled-in-shopify"
  | "order-units-cancelled-in-shopify"
  | "order-edited-in-shopify"
  | "return-begun-in-shopify"
  | "order-hold-released"
  | "order-hold-given-up"
  | "order-shipped-early"
  | "cancellation-requested"
  | "cancellation-partial"
  | "cancellation-refused"
  | "cancellation-after-shipping"
  | "cancellation-units-shipped"
  | "cancellation-not-done"
  | "decision-refused"
  | "return-requested"
  | "return-arrived"
  | "return-restock"
  | "return-refused"
  | "refund-refused"
  | "refund-differs"
  | "shipment-carrier-unknown"
  | "shipment-tracking-missing"
  | "shipment-conflict"
  | "shipment-refused"
  | "shipment-by-platform"
  | "shipment-tracking-invalid"
  | "shipment-split-refused"
  | "shipment-correction-refused"
  | "shipment-not-in-shopify"
  | "shipment-changed"
  | "fulfilment-refused";

/** Views of the order list that stand above it. since: new since the visitor last looked, and not reviewed. */
export const orderViews = ["since", "needs-me", "to-ship", "on-hold", "parked", "cancelled", "all"] as const;
/** Views that a figure leads to: the orders behind the late-dispatch and the cancellation rate. */
export const figureViews = ["late", "cancelled-by-us"] as const;
export type OrderView = (typeof orderViews)[number] | (typeof figureViews)[number];

/** newest: as they were bought. deadline: what must be done first. */
export const orderSorts = ["newest", "deadline"] as const;
export type OrderSort = (typeof orderSorts)[number];

/** The rates are counted over so many days. */
export const STANDING_DAYS = 30;
/** How long holds took is counted over so many days. */
export const HOLD_WINDOW_DAYS = 7;
/** A deadline nearer than this is one of today. */
export const SOON_MS = 24 * 3_600_000;

/** Columns of both kinds of file; the texts of their headings are the caller's. Nothing about the buyer is among them. */
export const ORDER_COLUMNS = [
  ...["bought", "paid", "channelOrder", "shopifyOrder", "status", "kind", "currency"],
  ...["items", "sellerDiscount", "platformDiscount", "shipping", "tax", "buyerFees"],
  ...["buyerPaid", "platformPaid", "buyerRefunded", "platformRefunded", "taxRefunded", "estimatedFee", "youGet"],
] as const;
export const LINE_COLUMNS = [
  ...["bought", "paid", "channelOrder", "shopifyOrder", "status", "kind", "currency"],
  ...["title", "sku", "quantity", "unitPrice", "sellerDiscount", "platformDiscount", "tax", "lineTotal"],
  ...["cancelledQuantity", "returnedQuantity"],
] as const;

/** Why an order cannot be fulfilled from here. */
export type FulfilmentRefusal =
  | "not-found"
  | "not-in-shopify"
  | "unpaid"
  | "on-hold"
  | "cancelled"
  | "cancellation-open"
  | "cancelling"
  | "shipped"
  | "platform-ships"
  | "not-armed"
  | "under-way";

/** Stable key of a problem of one order. */
export const orderProblemKey = (kind: OrderProblemKind, connectionId: string, channelOrderId: string): string =>
  `${kind}:${connectionId}:${channelOrderId}`;
