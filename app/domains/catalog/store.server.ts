import type { Db, Tx } from "../../platform/db.server.ts";
import { Prisma } from "../../platform/db.server.ts";
import type { ProductFacts, VariantFacts } from "./facts.ts";
import {
  type Finding,
  type ListingStatus,
  type Overrides,
  overridesSchema,
  type PlanStep,
  type RefusalReason,
  type WantedContent,
} from "./model.ts";
import type { ListingPreview } from "./preview.ts";

const withAll = {
  product: { include: { variants: { orderBy: { position: "asc" } } } },
  skus: { orderBy: { id: "asc" } },
} satisfies Prisma.ListingInclude;

export type ListingRecord = Prisma.ListingGetPayload<{ include: typeof withAll }>;
export type SkuRecord = ListingRecord["skus"][number];

/** A listing of this connection with its product, variants and SKUs. Null: it is gone. */
export async function findListing(
  db: Db | Tx,
  where: { connectionId: string; listingId: string },
): Promise<ListingRecord | null> {
  return db.listing.findFirst({ where: { id: where.listingId, connectionId: where.connectionId }, include: withAll });
}

/** A version as it was sent: content, and prices in minor units by listing SKU id. */
export interface Version {
  content: WantedContent;
  prices: Record<string, string>;
}

// Each of these columns is written by this room alone, through the types beside it.
export const versionOf = (stored: unknown): Version | null => (stored ? (stored as Version) : null);
export const previewOfStored = (stored: unknown): ListingPreview | null => (stored ? (stored as ListingPreview) : null);
export const findingsOf = (stored: unknown): Finding[] => (Array.isArray(stored) ? (stored as Finding[]) : []);
export const refusalOf = (stored: unknown): RefusalReason[] =>
  Array.isArray(stored) ? (stored as RefusalReason[]) : [];
export const plannedOf = (stored: string[]): PlanStep[] => stored as PlanStep[];
export const statusOf = (stored: string): ListingStatus => stored as ListingStatus;

/** What the merchant fixed. Fields that can no longer be read are as if never fixed. */
export function overridesOf(stored: unknown): Overrides {
  const whole = overridesSchema.safeParse(stored ?? {});
  return whole.success ? whole.data : {};
}

export const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

/** The stored product in the words of the pure rules. */
export function factsOfProduct(row: ListingRecord["product"]): ProductFacts {
  const { shopifyId, title, descriptionHtml, vendor, productType, tags, status, isGiftCard, needsSellingPlan } = row;
  return {
    ...{ shopifyId, title, descriptionHtml, vendor, productType, tags, status, isGiftCard, needsSellingPlan },
    options: row.options as unknown as ProductFacts["options"],
    pictures: row.pictures as unknown as ProductFacts["pictures"],
  };
}

export function factsOfVariant(row: ListingRecord["product"]["variants"][number]): VariantFacts {
  const { shopifyId, sku, barcode, priceMinor, weightGrams, requiresShipping, pictureUrl } = row;
  return {
    shopifyId,
    sku,
    barcode,
    priceMinor,
    weightGrams,
    requiresShipping,
    pictureUrl,
    options: row.options as unknown as VariantFacts["options"],
  };
}

/** True for the error of a broken unique constraint. */
export const isTaken = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
