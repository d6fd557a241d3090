import type { Row } from "./columns.ts";
import { decodeText } from "./decode-text.ts";
import { type Group, groupRows } from "./group-rows.ts";
import type { CatalogProduct } from "./model.ts";
import { parseRows } from "./parse-rows.ts";
import { readYesNo } from "./read-numbers.ts";
import { readPictures } from "./read-pictures.ts";
import { type FileHabits, habitsOf, readVariants } from "./read-variants.ts";

const STATUSES: Record<string, CatalogProduct["status"]> = {
  active: "ACTIVE",
  draft: "DRAFT",
  archived: "ARCHIVED",
  unlisted: "UNLISTED",
};

/**
 * Reads a Shopify product export with the columns of any year. Every product of the file comes back, sellable or not. Throws CatalogError when
 * the file is no such export.
 */
export function readCsv(bytes: Uint8Array, name: string): CatalogProduct[] {
  const rows = parseRows(decodeText(bytes), name);
  const habits = habitsOf(rows);
  return groupRows(rows).map((group) => toProduct(group, habits));
}

function toProduct({ handle, title, rows }: Group, habits: FileHabits): CatalogProduct {
  // most exports say it on the product's first line only
  const say = (field: keyof Row) => rows.find((row) => row[field] !== "")?.[field] ?? "";
  const isGiftCard = readYesNo(say("giftCard")) ?? false;
  const { options, variants } = readVariants(rows, habits, isGiftCard);
  return {
    handle,
    title,
    bodyHtml: say("body"),
    vendor: say("vendor") || undefined,
    productType: say("type"),
    category: say("category") || undefined,
    tags: [
      ...new Set(
        say("tags")
          .split(",")
          .map((tag) => tag.trim())
          .filter(Boolean),
      ),
    ],
    // Shopify fact: without a status a product is active; "Published" is about the online store alone.
    status: STATUSES[say("status").toLowerCase()] ?? "ACTIVE",
    isGiftCard,
    options,
    variants,
    pictures: readPictures(rows),
  };
}
