import { z } from "zod";
import type { ListingSkuDraft } from "../../channels/port.ts";

/**
 * selected: not yet checked · refused: a finding blocks · ready: may be sent (perhaps after its defaults) · creating: sent, the answer
 * not yet seen · in-review: the channel looks at it · live: on sale · rejected: the channel refused it · stopped: taken off sale ·
 * deleted: gone from the channel.
 */
export const listingStatuses = [
  "selected",
  "refused",
  "ready",
  "creating",
  "in-review",
  "live",
  "rejected",
  "stopped",
  "deleted",
] as const;
export type ListingStatus = (typeof listingStatuses)[number];

/** Stable codes; sentence and next step of each are in the locale files under `findings.{code}`. */
export type FindingCode =
  | "gift-card"
  | "not-active"
  | "needs-selling-plan"
  | "not-shipped"
  | "too-many-options"
  | "too-many-skus"
  | "no-picture"
  | "picture-too-small"
  | "picture-refused"
  | "price-out-of-range"
  | "no-category"
  | "certificate-missing"
  | "size-chart-missing"
  | "responsible-person-missing"
  | "manufacturer-missing"
  | "attribute-missing"
  | "title-missing"
  | "title-too-short"
  | "title-too-long"
  | "title-emoji"
  | "title-language"
  | "description-missing"
  | "description-too-long"
  | "weight-missing"
  | "package-size-missing"
  | "sku-missing"
  | "sku-duplicate"
  | "sku-too-long"
  | "sku-has-blanks"
  | "option-shortened"
  | "attribute-defaulted"
  | "attribute-choice"
  | "picture-dropped"
  | "variant-not-listed";

/**
 * One result of preflight. Blocks: the channel would refuse it. defaultOffered: a yes to the proposed defaults settles it; a choice is no default, it is
 * asked by itself.
 */
export interface Finding {
  code: FindingCode;
  /** Which part of the listing, e.g. "title", "attributes", "price". */
  field: string;
  blocks: boolean;
  defaultOffered: boolean;
  /** Keys of the locale files. */
  sentence: string;
  nextStep: string;
  /** What fills the sentence. */
  values: Record<string, string>;
}

const attributeValueSchema = z.object({ id: z.string().optional(), name: z.string().optional() });

/** What the merchant fixed for one listing, field by field; wins over what the product says. */
export const overridesSchema = z.object({
  title: z.string().optional(),
  descriptionHtml: z.string().optional(),
  categoryId: z.string().optional(),
  attributes: z.record(z.string(), z.array(attributeValueSchema)).optional(),
  weightGrams: z.number().positive().optional(),
  packageSizeCm: z
    .object({ length: z.number().positive(), width: z.number().positive(), height: z.number().positive() })
    .optional(),
  certificates: z.array(z.object({ id: z.string(), pictureUris: z.array(z.string()).min(1) })).optional(),
});
export type Overrides = z.infer<typeof overridesSchema>;

export type Barcode = NonNullable<ListingSkuDraft["barcode"]>;

export interface WantedSku {
  listingSkuId: string;
  sellerSku: string;
  options: { name: string; value: string; pictureUrl?: string }[];
  barcode?: Barcode;
}

/** Everything an edit replaces, without price and stock. Pictures are named by their source; it is JSON and is stored as it is. */
export interface WantedContent {
  title: string;
  descriptionHtml: string;
  categoryId: string;
  pictureUrls: string[];
  attributes: { id: string; values: { id?: string; name?: string }[] }[];
  certificates: { id: string; pictureUris: string[] }[];
  weightGrams: number;
  packageSizeCm?: { length: number; width: number; height: number };
  skus: WantedSku[];
}

/** What a listing should be: content, and the price of each SKU by its listing SKU id. */
export interface Wanted {
  content: WantedContent;
  pricesMinor: ReadonlyMap<string, bigint>;
}

/** One thing to send. Stock goes its own way. */
export type PlanStep = "create" | "revise-content" | "revise-price" | "resume" | "stop";

/** One reason why the channel refused a listing, explained. */
export interface RefusalReason {
  code: string;
  /** Keys of the locale files; `code` fills them. */
  sentence: string;
  nextStep: string;
  /** The channel's own words. */
  raw: string;
  field?: string;
}

/**
 * Views of the product list. ready: may be sent as it is · needs-choice: a default or a choice waits for a yes · refused: we or the channel
 * said no.
 */
export const listingViews = ["all", "ready", "needs-choice", "live", "in-review", "refused", "stopped"] as const;
export type ListingView = (typeof listingViews)[number];

/** Orders of the product list; oldest: as they were first picked. */
export const listingSorts = ["oldest", "newest", "title", "title-down"] as const;
export type ListingSort = (typeof listingSorts)[number];

export interface ListingRow {
  id: string;
  productId: string;
  shopifyProductId: string;
  title: string;
  pictureUrl: string | null;
  productStatus: string;
  variants: number;
  status: ListingStatus;
  findings: Finding[];
  firstBlock: string | null;
  refusal: RefusalReason[];
  planned: PlanStep[];
  /** A default or a choice waits for somebody's yes. */
  needsDefaults: boolean;
  /** Among it is a default, not only a choice. */
  offersDefaults: boolean;
  /** Somebody agreed to all proposed defaults. */
  defaultsApplied: boolean;
  isSent: boolean;
  updatedAt: Date;
}

export interface Page<Row> {
  rows: Row[];
  /** Give it back to get the next page. Null: this was the last. */
  cursor: string | null;
}

/** What a shop's catalog looks like in numbers. */
export interface CatalogSummary {
  products: { known: number };
  listings: {
    total: number;
    byStatus: Record<string, number>;
    /** Refused listings by their first blocking finding. */
    refused: Record<string, number>;
    needsDefaults: number;
  };
}

/** The lease every writer of one listing takes, whatever its lane; also what rows wait for until it is on the channel. */
export const listingObject = (listingId: string): string => `listing:${listingId}`;
/** What waits until the channel's audit of a listing has ended. */
export const auditName = (listingId: string): string => `audit:${listingId}`;
/** Raised when a channel SKU becomes known: an order line may wait for it. */
export const skuName = (channelSkuId: string): string => `sku:${channelSkuId}`;
