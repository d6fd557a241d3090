/**
 * What the rest of the house may ask of Shopify, in our words. Callers never see GraphQL. Every function acts for one shop with its
 * stored offline token; it throws `CallError` (platform/errors) with a closed family, or `BudgetClosed` when the shop's cost budget is used up.
 * Money crosses as integer minor units; ids are Shopify's global ids.
 */

export interface ShopFacts {
  name: string;
  domain: string;
  currency: string;
  timezone: string;
  taxesIncluded: boolean;
  countryCode: string;
  /** Development or trial shop: five orders a minute. */
  isDevelopment: boolean;
  grantedScopes: string[];
}

export interface ShopifyVariant {
  id: string;
  inventoryItemId: string;
  title: string;
  sku: string | null;
  barcode: string | null;
  priceMinor: bigint;
  compareAtMinor: bigint | null;
  weightGrams: number | null;
  requiresShipping: boolean;
  tracked: boolean;
  continueSelling: boolean;
  taxable: boolean;
  position: number;
  options: { name: string; value: string }[];
  pictureUrl: string | null;
}

export interface ShopifyProduct {
  id: string;
  title: string;
  descriptionHtml: string;
  vendor: string;
  productType: string;
  tags: string[];
  /** ACTIVE | DRAFT | ARCHIVED | UNLISTED | later ones */
  status: string;
  isGiftCard: boolean;
  needsSellingPlan: boolean;
  categoryName: string | null;
  options: { name: string; values: string[] }[];
  pictures: { url: string; width: number; height: number; alt: string }[];
  variants: ShopifyVariant[];
  updatedAt: Date;
}

export interface ShopifyStock {
  inventoryItemId: string;
  locationId: string;
  available: number;
  updatedAt: Date | null;
}

export interface OrderAddress {
  firstName: string;
  lastName: string;
  address1: string;
  address2: string;
  city: string;
  provinceCode: string;
  zip: string;
  countryCode: string;
  phone: string;
}

export interface OrderDraft {
  /** Value of the unique app-owned order metafield and of sourceIdentifier. */
  sourceIdentifier: string;
  sourceName: string;
  sourceUrl: string | null;
  processedAt: Date;
  currency: string;
  /** The shop keeps its books in another currency: how much of it one unit of the order's is worth. */
  exchange?: { currency: string; rate: string };
  taxesIncluded: boolean;
  test: boolean;
  tags: string[];
  note: string;
  attributes: { key: string; value: string }[];
  email: string | null;
  phone: string | null;
  shippingAddress: OrderAddress | null;
  lines: {
    variantId: string | null;
    title: string;
    sku: string | null;
    quantity: number;
    unitPriceMinor: bigint;
    requiresShipping: boolean;
    taxable: boolean;
    properties: { name: string; value: string }[];
    taxes: { title: string; rate: string; amountMinor: bigint; channelLiable: boolean }[];
  }[];
  shipping: {
    title: string;
    code: string;
    amountMinor: bigint;
    taxes: { title: string; rate: string; amountMinor: bigint; channelLiable: boolean }[];
  }[];
  payments: { gateway: string; amountMinor: bigint; processedAt: Date }[];
  /** What the payments leave of the total is still to be paid: see `markPaid`. */
  isPaymentOpen?: boolean;
  decrementStock: boolean;
  /** Left out: Shopify numbers it. Any text is taken, doubled ones too. */
  name?: string;
  /** Everything in it is fulfilled already, from no location of the shop. */
  comesShipped?: boolean;
}

export interface CreatedOrder {
  id: string;
  name: string;
  lines: { id: string; variantId: string | null; sku: string | null; quantity: number }[];
  /** What of it can be held, as far as Shopify told with its answer; it may not know yet. */
  parts: HoldTarget[];
}

/** Shopify lets some shops make only so many orders in a time. */
export interface OrderPace {
  most: number;
  everyMs: number;
  /** When those were made that count, the oldest first. */
  lately: Date[];
}

export type OrderCreateResult =
  | { outcome: "created"; order: CreatedOrder }
  /** The unique metafield value exists already: the order is there. */
  | { outcome: "taken" }
  /** The shop takes no more orders now. Nothing was made. */
  | { outcome: "no-slot" }
  | { outcome: "refused"; reasons: { code: string | null; field: string; message: string }[] };

export interface FulfillmentOrderFacts {
  id: string;
  status: string;
  canHold: boolean;
  canReleaseHold: boolean;
  holds: { id: string; handle: string | null }[];
  lines: { id: string; lineItemId: string; remaining: number; total: number }[];
}

/** An order that was changed, and what of it may concern a channel. */
export interface ChangedOrder {
  id: string;
  updatedAt: Date;
  isCancelled: boolean;
  /** Something of it, now: a parcel that was called off does not count. */
  isFulfilled: boolean;
  /** Fewer units than were bought: by a refund or an edit. */
  hasUnitsOff: boolean;
  hasReturn: boolean;
}

export interface OrderState {
  id: string;
  name: string;
  updatedAt: Date;
  cancelledAt: Date | null;
  /** CUSTOMER, INVENTORY, …; null while it is not cancelled. */
  cancelReason: string | null;
  financialStatus: string;
  fulfillmentStatus: string;
  /** NO_RETURN, RETURN_REQUESTED, IN_PROGRESS, …, RETURNED */
  returnStatus: string;
  sourceIdentifier: string | null;
  lines: {
    id: string;
    /** With what staff added, and what was taken off since. */
    quantity: number;
    /** Without what was refunded, taken off or returned. */
    currentQuantity: number;
    /** Still to be shipped: without what was shipped or taken off. */
    unfulfilledQuantity: number;
    sku: string | null;
    variantId: string | null;
  }[];
  fulfillments: {
    id: string;
    status: string;
    updatedAt: Date;
    tracking: { company: string | null; number: string | null; url: string | null }[];
    lines: { lineItemId: string; quantity: number }[];
  }[];
}

/** What was paid for an order and what was paid back, in the currency the buyer paid in. */
export interface OrderPayments {
  currency: string;
  isCancelled: boolean;
  /** In the order in which they were made. */
  sales: { id: string; gateway: string; amountMinor: bigint; refundedMinor: bigint }[];
  refundedMinor: bigint;
  refunds: { id: string; note: string; totalMinor: bigint }[];
}

export interface ShopifyReturn {
  id: string;
  name: string;
  /** REQUESTED | OPEN | CLOSED | CANCELED | DECLINED | later ones */
  status: string;
  lines: {
    id: string;
    lineItemId: string;
    quantity: number;
    processed: number;
    note: string;
    reverseLineId: string | null;
    /** Where it was shipped from. */
    locationId: string | null;
  }[];
}

/** What placing and releasing holds needs, at a fifth of the cost of `FulfillmentOrderFacts`. */
export type HoldTarget = Omit<FulfillmentOrderFacts, "lines">;

/**
 * The gateway of one shop. `createShopifyGateway(...).forShop({ id, domain })` gives one; `{ urgency: "person" }` for a click that
 * somebody waits for (it may use the reserve that work leaves alone).
 */
export interface ShopGateway {
  shopFacts(): Promise<ShopFacts>;
  /** Null: gone. All variants, paged inside. */
  product(id: string): Promise<ShopifyProduct | null>;
  /** Ids of products updated since a time, ascending by update time. */
  productsChangedSince(since: Date | null): AsyncIterable<{ id: string; updatedAt: Date }>;
  locations(): Promise<{ id: string; name: string; isActive: boolean; fulfillsOnlineOrders: boolean }[]>;
  /** Stock of up to 250 items at all their locations. */
  stock(inventoryItemIds: string[]): Promise<ShopifyStock[]>;

  /** Makes sure the unique app-owned order metafield is defined, and reads it back. Throws when it is not. */
  ensureOrderIdDefinition(): Promise<void>;
  /**
   * Leave to make one more order now, to be had before `createOrder`: what making it costs is paid with it, and holding it where it is to
   * be held, so that no order stands there without its hold for want of points. Throws `BudgetClosed` when the points are not there. False:
   * a development or trial shop, which takes five orders a minute.
   */
  takeOrderSlot(what: { isDevelopment: boolean; isHeld: boolean }): Promise<boolean>;
  /** How many orders the shop takes, and which count now. Null: as many as there are. */
  orderPace(shop: { isDevelopment: boolean }): Promise<OrderPace | null>;
  /** Deadline 30 s. Never repeated by the gateway itself. */
  createOrder(draft: OrderDraft): Promise<OrderCreateResult>;
  findOrderByCustomId(value: string): Promise<{ id: string; name: string } | null>;
  /** By the search index, which lags. */
  findOrdersBySourceIdentifier(
    value: string,
  ): Promise<{ id: string; name: string; cancelledAt: Date | null; createdAt: Date }[]>;
  /** Orders updated since a time, whoever made them, ascending by update time. The search index behind it lags. */
  ordersChangedSince(since: Date): AsyncIterable<ChangedOrder>;
  orderState(id: string): Promise<OrderState | null>;
  /** What stands in the order's note now; empty as well when the order is gone. `paysForUpdate`: pays for the `updateOrder` that follows. */
  orderNote(id: string, options?: { paysForUpdate?: boolean }): Promise<string>;
  /** `isPaid`: with the reading of its note. */
  updateOrder(
    id: string,
    change: { shippingAddress?: OrderAddress; email?: string; phone?: string; note?: string },
    options?: { isPaid?: boolean },
  ): Promise<void>;
  addTags(id: string, tags: string[]): Promise<void>;
  /** Lines of a created order, for the order found by looking. */
  orderLines(id: string): Promise<CreatedOrder | null>;

  /**
   * Empty as well when the order is gone. Orders just created may have none yet for a moment. `paysForRelease`: pays for the first `releaseHold`
   * that follows.
   */
  holdTargets(orderId: string, options?: { paysForRelease?: boolean }): Promise<HoldTarget[]>;
  fulfillmentOrders(orderId: string): Promise<FulfillmentOrderFacts[]>;
  /** Safe to repeat: an existing hold of the same handle counts as done. `handle` up to 64 characters. `isPaid`: with the order's slot. */
  holdFulfillment(
    fulfillmentOrderId: string,
    hold: { handle: string; note: string; isPaid?: boolean },
  ): Promise<{ holdId: string | null }>;
  /**
   * Records what somebody else shipped, of the units that are open; one place a call. Not idempotent: read the order's fulfilments first, and
   * again after an uncertain answer. Nobody is notified.
   */
  recordFulfillment(
    orderId: string,
    parcel: { lines: { lineItemId: string; quantity: number }[]; company: string | null; trackingNumber: string },
  ): Promise<
    | { outcome: "recorded"; id: string; lines: { lineItemId: string; quantity: number }[] }
    /** A hold is on it. */
    | { outcome: "held" }
    | { outcome: "nothing-open" }
    | { outcome: "refused"; reasons: { code: string | null; field: string; message: string }[] }
  >;
  /** Safe to repeat: holds already gone count as released. Other apps' holds are never touched. `isPaid`: with the reading of what is held. */
  releaseHold(fulfillmentOrderId: string, holdIds: string[], options?: { isPaid?: boolean }): Promise<void>;
  /** Ships all that remains of one fulfilment order. Not safe to repeat: read what remains first. The buyer is told nothing by Shopify. */
  fulfil(
    fulfillmentOrderId: string,
    tracking: { company: string | null; number: string | null },
  ): Promise<{ outcome: "fulfilled" } | { outcome: "refused"; reasons: { code: string | null; message: string }[] }>;

  /** Gives a fulfilment its numbers. Safe to repeat. Throws CallError "invalid" when Shopify does not take them. */
  writeTracking(fulfillmentId: string, tracking: { company: string | null; numbers: string[] }): Promise<void>;

  /** Records no refund. Asynchronous at Shopify: returns when accepted; read the order to see it done. Refusals are values. */
  cancelOrder(
    id: string,
    input: {
      reason: "CUSTOMER" | "INVENTORY" | "FRAUD" | "DECLINED" | "STAFF" | "OTHER";
      restock: boolean;
      note: string;
    },
  ): Promise<{ outcome: "accepted" } | { outcome: "refused"; reasons: { code: string | null; message: string }[] }>;

  /** Records that what is outstanding was paid. Read the order's financial status before each try; refusals are values. */
  markPaid(id: string): Promise<{ outcome: "paid" } | { outcome: "refused"; reasons: string[] }>;

  /** Null: the order is gone. */
  payments(orderId: string): Promise<OrderPayments | null>;
  /** Takes units or money off an order. Safe to repeat with the same key and input; the note is there to look for later. */
  createRefund(
    orderId: string,
    input: {
      key: string;
      note: string;
      currency: string;
      /** Units that were not shipped. */
      lines: { lineItemId: string; quantity: number; restock: boolean }[];
      payments: { saleId: string; gateway: string; amountMinor: bigint }[];
    },
  ): Promise<
    | { outcome: "recorded"; refundId: string; totalMinor: bigint }
    | { outcome: "busy" }
    | { outcome: "refused"; reasons: string[] }
  >;

  returns(orderId: string): Promise<ShopifyReturn[]>;
  /** Shipped units that no return names yet. */
  returnable(orderId: string): Promise<{ fulfillmentLineId: string; lineItemId: string; quantity: number }[]>;
  /** Never repeated by the gateway itself: look for the note first. */
  openReturn(
    orderId: string,
    input: { note: string; requestedAt: Date; lines: { fulfillmentLineId: string; quantity: number }[] },
  ): Promise<{ outcome: "opened"; return: ShopifyReturn } | { outcome: "refused"; reasons: string[] }>;
  /** Units that came back: so many on the shelf at a place, so many not. Read `returns` before each try. */
  processReturn(
    returnId: string,
    lines: { id: string; reverseLineId: string; restock: number; leave: number; locationId: string | null }[],
  ): Promise<{ outcome: "processed" } | { outcome: "refused"; reasons: string[] }>;
  /** Safe to repeat. */
  cancelReturn(returnId: string): Promise<{ outcome: "cancelled" } | { outcome: "refused"; reasons: string[] }>;
}

/** A verified Shopify webhook. */
export interface ShopifyDelivery {
  deliveryId: string;
  topic: string;
  shopDomain: string;
  triggeredAt: Date;
  /** Parsed without losing digits of large numbers: integers beyond 2^53 are text. */
  body: unknown;
}
