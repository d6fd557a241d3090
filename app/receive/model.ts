import type { Tx } from "../platform/db.server.ts";

/** What became of a delivery. All but the first are answered with 200. */
export type Received = "bad-signature" | "recorded" | "repeat" | "unknown-shop" | "unknown-topic";

/** What a verified delivery tells, in our words: always "look at this", never the truth. Times are the other side's. */
export type ReceivedEvent =
  | { kind: "product-changed"; shopId: string; productGid: string; seenAt: Date | null }
  /** A variant's weight or tracking. */
  | { kind: "item-changed"; shopId: string; inventoryItemGid: string }
  | {
      kind: "stock-changed";
      shopId: string;
      inventoryItemGid: string;
      locationGid: string;
      /** Null: Shopify does not say. */
      available: number | null;
      updatedAt: Date | null;
    }
  | {
      kind: "shopify-order-changed";
      shopId: string;
      topic: string;
      orderGid: string;
      sourceIdentifier: string | null;
      updatedAt: Date | null;
      /** This and the next only where the body says them: they spare a look at an order neither fulfilled nor cancelled. */
      fulfillmentStatus?: string | null;
      cancelledAt?: string | null;
    }
  /** No hold is left on this part of an order. */
  | { kind: "shopify-hold-released"; shopId: string; fulfillmentOrderGid: string }
  | { kind: "shop-facts-changed"; shopId: string }
  | { kind: "locations-changed"; shopId: string }
  /** A buyer wants to see what is held about them, or wants it erased. Their contact travels sealed. */
  | {
      kind: "buyer-asks";
      shopId: string;
      what: "export" | "erase";
      externalId: string | null;
      orderGids: string[];
      sealedContact: string | null;
      at: Date;
    }
  /** Everything about a shop that left is to be erased. */
  | { kind: "shop-erasure-asked"; shopId: string; at: Date }
  | { kind: "channel-order-changed"; connectionId: string; channelOrderId: string; seenAt: Date | undefined }
  /** A cancellation or a return of the order. */
  | { kind: "after-sales-changed"; connectionId: string; channelOrderId: string }
  | { kind: "listing-changed"; connectionId: string; channelProductId: string; seenAt: Date | undefined }
  | { kind: "grant-changed"; grantId: string }
  /** The channel's webhooks arrive. */
  | { kind: "webhook-seen"; connectionId: string; at: Date };

// Events are kept as JSON for a moment: a field with a time is a Date and named in TIMES.

const TIMES = new Set(["seenAt", "updatedAt", "at"]);

/** An event that was kept as JSON: its times are text there. */
export function reviveEvent(json: unknown): ReceivedEvent {
  const entries = Object.entries(json as object).map(([key, value]) => [
    key,
    TIMES.has(key) && typeof value === "string" ? new Date(value) : value,
  ]);
  return Object.fromEntries(entries) as ReceivedEvent;
}

type EventOf<Kind> = Extract<ReceivedEvent, { kind: Kind }>;

/**
 * What each room wants done about events of one kind, told together. Every function only writes down what is due, with as few statements
 * for many events as for one: others wait for the rows it touches.
 */
export type Listeners = {
  [Kind in ReceivedEvent["kind"]]: (tx: Tx, events: readonly EventOf<Kind>[]) => Promise<unknown>;
};

/** Writes the delivery down with what it tells; it is reacted to right after. "repeat": the id was there, nothing was changed. */
export type Record = (delivery: {
  source: string;
  id: string;
  topic: string;
  scopeHint?: string;
  events: readonly ReceivedEvent[];
}) => Promise<"recorded" | "repeat">;
