import { z } from "zod";
import type { Flow } from "./flows.ts";

export { type Flow, flows, isFlow } from "./flows.ts";
export { type ConnectionState, judgeConnection } from "./judge-connection.ts";

/** Kinds of orders that can be kept out of Shopify; see orders/kinds.ts for what each is. */
const leavableKinds = [
  "platform",
  "sample",
  "replacement",
  "exchange",
  "zero-price",
  "pre-order",
  "backorder",
  "made-to-order",
  "subscription",
  "test",
] as const;

/** How orders become Shopify orders. */
const importingSchema = z.object({
  /** Kinds that are shown and get no Shopify order. */
  leaveOut: z.array(z.enum(leavableKinds)).default(["test"]),
  /** A development shop of the channel: all its orders are tests. The channel marks none itself. */
  isForTests: z.boolean().default(false),
  /** A unit that belongs to no product here: the order waits, comes with a line without a product, or is matched by its SKU's text. */
  unlinked: z.enum(["park", "custom-line", "by-sku"]).default("park"),
  /** Templates, see orders/import/order-labels.ts. Without a name Shopify numbers the order itself. */
  name: z.string().max(60).default(""),
  tags: z.array(z.string().min(1).max(40)).max(20).default(["{tag}", "{kind}"]),
  note: z.string().max(1_000).default("{buyer note}"),
  attributes: z
    .array(z.object({ key: z.string().min(1).max(60), value: z.string().max(200) }))
    .max(20)
    .default([
      { key: "{channel} order", value: "{order}" },
      { key: "Ship by", value: "{ship by}" },
    ]),
});
export type ImportingSettings = z.infer<typeof importingSchema>;

/** The merchant's choices for one connection. Every field has a default, so an old record is always readable. */
export const connectionSettingsSchema = z.object({
  /** The channel warehouse that carries our stock; null until chosen. */
  warehouseId: z.string().min(1).nullable().default(null),
  /** Shopify locations whose stock is offered. */
  locationIds: z.array(z.string().min(1)).default([]),
  /** Used where Shopify has no weight, once the merchant applies the defaults. */
  defaultWeightGrams: z.number().int().min(1).max(500_000).default(500),
  defaultPackageCm: z
    .object({ length: z.number().positive(), width: z.number().positive(), height: z.number().positive() })
    .default({ length: 20, width: 15, height: 10 }),
  /** Carrier told to the channel when Shopify's carrier name matches none of its own. */
  carrierFallbackId: z.string().min(1).nullable().default(null),
  /** Units kept back from every offer. */
  buffer: z.number().int().min(0).max(100_000).default(0),
  /** Part of the stock that is offered. */
  share: z.number().gt(0).max(1).default(1),
  /** What becomes of goods that came back: somebody is asked, or all of them go back on sale, or none. */
  restockReturns: z.enum(["ask", "restock", "leave"]).default("ask"),
  sourceName: z.string().min(1).default("tiktok-shop"),
  orderTag: z.string().default("TikTok Shop"),
  importing: importingSchema.prefault({}),
  /** guest: orders have no customer and no e-mail address. email: they carry the channel's relay address. */
  customerPolicy: z.enum(["guest", "email"]).default("guest"),
  /** By currency of an order: how much of the shop's currency one unit of it is worth. */
  exchangeRates: z.record(z.string(), z.string().regex(/^\d{1,9}(\.\d{1,9})?$/)).default({}),
  /** What the channel takes of a sale, in hundredths of a percent, for estimates; null: what it publishes for the market. */
  feeBasisPoints: z.number().int().min(0).max(5_000).nullable().default(null),
});
export type ConnectionSettings = z.infer<typeof connectionSettingsSchema>;

/** Reads stored settings; unknown fields are dropped, missing ones get their default. Throws on a field of the wrong kind. */
export function parseSettings(stored: unknown): ConnectionSettings {
  return connectionSettingsSchema.parse(stored ?? {});
}

export type ConnectionStatus = "active" | "parked" | "disconnected";

/** A connection as other rooms and screens see it: nothing sealed. */
export interface ConnectionView {
  id: string;
  shopId: string;
  shopDomain: string;
  grantId: string;
  channel: string;
  channelShopId: string;
  name: string;
  region: string;
  currency: string;
  sellerType: string;
  status: ConnectionStatus;
  parkedReason: string | null;
  /** What may be written right now: empty while paused. */
  armedFlows: Flow[];
  /** What is turned on, paused or not. */
  chosenFlows: Flow[];
  pausedAt: Date | null;
  sellingStoppedAt: Date | null;
  /** It will be disconnected as soon as nothing is on sale. */
  endingAt: Date | null;
  endedAt: Date | null;
  /** Which of the app's registrations its consent was given to. */
  market: string;
  /** The consent itself ends then, however often the tokens are renewed; null: there is none. */
  consentEndsAt: Date | null;
  armedAt: Date | null;
  ordersCutoffAt: Date | null;
  settings: ConnectionSettings;
  readiness: ReadinessFacts | null;
  webhooksSetAt: Date | null;
  lastWebhookAt: Date | null;
  createdAt: Date;
}

/** A Shopify shop as other rooms and screens see it. */
export interface ShopView {
  id: string;
  domain: string;
  name: string;
  currency: string;
  timezone: string;
  taxesIncluded: boolean;
  isDevelopment: boolean;
  grantedScopes: string[];
  isInstalled: boolean;
  needsOpening: boolean;
  contextReadAt: Date | null;
  guideDismissedAt: Date | null;
}

/** What the last look at both platforms gave; judged together with the settings by `judgeReadiness`. Stored as JSON. */
export const readinessFactsSchema = z.object({
  checkedAt: z.string(),
  prerequisites: z.array(z.object({ item: z.string(), failed: z.boolean(), reasons: z.array(z.string()) })),
  warehouses: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.string(),
      isEnabled: z.boolean(),
      isDefault: z.boolean(),
      region: z.string(),
    }),
  ),
  locations: z.array(
    z.object({ id: z.string(), name: z.string(), isActive: z.boolean(), fulfillsOnlineOrders: z.boolean() }),
  ),
  /** Null: not asked, because no warehouse is chosen. */
  sellerShips: z.boolean().nullable(),
  carriers: z.array(z.object({ id: z.string(), name: z.string() })),
  missingShopifyScopes: z.array(z.string()),
  missingChannelScopes: z.array(z.string()),
  shopCurrency: z.string(),
});
export type ReadinessFacts = z.infer<typeof readinessFactsSchema>;

/** Stable codes; title, meaning and fix of each are in the locale file under `readiness.{code}`. */
export type ReadinessCode =
  | "not-checked"
  | "prerequisite-failed"
  | "shopify-scopes-missing"
  | "channel-scopes-missing"
  | "currency-differs"
  | "no-warehouse"
  | "warehouse-not-chosen"
  | "warehouse-unusable"
  | "no-location"
  | "location-not-chosen"
  | "no-seller-shipping";

export interface ReadinessItem {
  code: ReadinessCode;
  blocks: boolean;
  /** Values for the sentence. */
  values: Record<string, string>;
}

export interface Readiness {
  ok: boolean;
  checkedAt: Date | null;
  failing: ReadinessItem[];
}

/** Who presses a button, as stored with every activity. */
export interface StaffActor {
  kind: "staff";
  id: string;
}

/** Result of a seller's return from the channel's consent page. */
export type ConsentOutcome =
  | { outcome: "connected"; shopDomain: string; connections: { id: string; name: string }[] }
  /** Forged, expired or used before. Nothing was called, nothing stored. */
  | { outcome: "bad-state" }
  | { outcome: "refused-by-seller"; shopDomain: string }
  /** Somebody other than a seller consented. */
  | { outcome: "not-a-seller"; shopDomain: string }
  | { outcome: "missing-scopes"; shopDomain: string; scopes: string[] }
  | { outcome: "no-shops"; shopDomain: string }
  /** Every shop of this seller already belongs to another Shopify shop. */
  | { outcome: "shop-taken"; shopDomain: string; names: string[] }
  /** The channel did not take the code (used, too old). */
  | { outcome: "code-refused"; shopDomain: string };

export type ArmOutcome =
  | { outcome: "armed"; flows: Flow[] }
  | { outcome: "not-ready"; failing: ReadinessItem[] }
  | { outcome: "not-connected" };
