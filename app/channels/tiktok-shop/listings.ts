import { CallError } from "../../platform/errors.ts";
import type { ChannelListing, ChannelReason, ForShop, ListingsPort, Money } from "../port.ts";
import type { Client } from "./client/client.server.ts";
import { chunk, walkPages } from "./client/pages.ts";
import { createBody, priceBody, reviseBody } from "./listing-body.ts";
import { findMarket } from "./markets.ts";
import { AUDIT_REFUSED } from "./meanings.ts";
import { partialResult } from "./parts.ts";
import { minorOrNull, word } from "./wire/fields.ts";
import { batchResult, createdProduct, type ProductWire, product, productPage } from "./wire/listings.ts";
import { nothing } from "./wire/setup.ts";

const STATUSES = {
  DRAFT: "draft",
  PENDING: "in-review",
  FAILED: "rejected",
  ACTIVATE: "live",
  SELLER_DEACTIVATED: "stopped",
  PLATFORM_DEACTIVATED: "stopped-by-channel",
  FREEZE: "frozen",
  DELETED: "deleted",
  SCHEDULED: "scheduled",
} as const;
const AUDIT_STATUSES = {
  NONE: "none",
  AUDITING: "in-review",
  FAILED: "rejected",
  PRE_APPROVED: "pre-approved",
  APPROVED: "approved",
} as const;

/** TikTok Shop fact: at most 20 ids per activation or deactivation. */
const BATCH = 20;
/** No limit is published for seller SKUs in a search; this keeps answers to one page. */
const SKUS_PER_SEARCH = 20;

export function createListings(client: Client): ListingsPort {
  const read = (access: ForShop, channelProductId: string) =>
    client.call("getProduct", { access, path: { product_id: channelProductId }, wire: product, read: asListing });

  const search = (access: ForShop, filter: Record<string, unknown>) =>
    walkPages(async (page_token) => {
      const { region } = await access.get();
      return client.call("searchProducts", {
        access,
        query: { page_size: "100", page_token },
        body: { ...filter, category_version: findMarket(region)?.categoryVersion },
        wire: productPage,
        read: ({ products, next_page_token }) => ({ items: products, next: next_page_token }),
      });
    });

  const switchSale = async (
    operation: "activateProducts" | "deactivateProducts",
    access: ForShop,
    channelProductIds: string[],
  ) => {
    const results = [];
    for (const product_ids of chunk(channelProductIds, BATCH)) {
      results.push(
        await client.call(operation, {
          access,
          body: { product_ids },
          parts: "expected",
          wire: batchResult,
          read: (_wire, { failures }) => partialResult(operation, failures),
        }),
      );
    }
    return { failures: results.flatMap(({ failures }) => failures) };
  };

  const getOrNull = (access: ForShop, channelProductId: string) => orNull(read(access, channelProductId));

  return {
    /** Safe to repeat with the same key. TikTok Shop fact: the order of the SKUs in the answer is not promised. */
    async create(access, draft) {
      const body = createBody(draft, await access.get());
      return client.call("createProduct", {
        access,
        body,
        wire: createdProduct,
        read: ({ product_id, skus, warnings }) => ({
          channelProductId: product_id,
          skus: skus.map(({ id, external_sku_id, seller_sku }) => ({
            channelSkuId: id,
            externalSkuId: external_sku_id ?? null,
            sellerSku: seller_sku ?? null,
          })),
          warnings: warnings.flatMap(({ message }) => message ?? []),
        }),
      });
    },

    get: getOrNull,

    async findBySellerSkus(access, sellerSkus) {
      const found = new Set<string>();
      for (const part of chunk([...new Set(sellerSkus)], SKUS_PER_SEARCH)) {
        for await (const { id } of search(access, { seller_skus: part })) found.add(id);
      }
      const listings: ChannelListing[] = [];
      for (const id of found) {
        const listing = await getOrNull(access, id);
        if (listing?.skus.some(({ sellerSku }) => sellerSku !== null && sellerSkus.includes(sellerSku)))
          listings.push(listing);
      }
      return listings;
    },

    /** TikTok Shop fact: this search cannot be sorted, so all pages are read before the first is handed out. */
    async *changedSince(access, since) {
      const changed: { channelProductId: string; status: string; updatedAt: Date }[] = [];
      for await (const { id, status, update_time } of search(access, { update_time_ge: seconds(since) })) {
        changed.push({ channelProductId: id, status: word(STATUSES, status), updatedAt: update_time ?? since });
      }
      yield* changed.sort((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime());
    },

    async reviseContent(access, channelProductId, content, skus) {
      await client.call("partialEditProduct", {
        access,
        path: { product_id: channelProductId },
        body: reviseBody(content, skus),
        wire: nothing,
        read: () => undefined,
      });
    },

    async setPrices(access, channelProductId, prices) {
      const shop = await access.get();
      await client.call("updatePrices", {
        access,
        path: { product_id: channelProductId },
        body: { skus: prices.map(({ channelSkuId, price }) => ({ id: channelSkuId, price: priceBody(price, shop) })) },
        wire: nothing,
        read: () => undefined,
      });
    },

    deactivate: (access, channelProductIds) => switchSale("deactivateProducts", access, channelProductIds),

    /** TikTok Shop fact: back on sale goes through an audit. */
    activate: (access, channelProductIds) => switchSale("activateProducts", access, channelProductIds),
  };
}

async function orNull<T>(outcome: Promise<T>): Promise<T | null> {
  try {
    return await outcome;
  } catch (error) {
    if (error instanceof CallError && error.family === "notFound") return null;
    throw error;
  }
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

function asListing(wire: ProductWire): ChannelListing {
  return {
    channelProductId: wire.id,
    externalProductId: wire.external_product_id ?? null,
    status: word(STATUSES, wire.status),
    auditStatus: word(AUDIT_STATUSES, wire.audit?.status),
    reasons: reasonsOf(wire),
    title: wire.title ?? "",
    updatedAt: wire.update_time ?? new Date(0),
    skus: wire.skus.map((sku) => ({
      channelSkuId: sku.id,
      externalSkuId: sku.external_sku_id ?? null,
      sellerSku: sku.seller_sku ?? null,
      price: priceOf(sku.price),
      stock: sku.inventory.flatMap(({ warehouse_id, quantity }) =>
        warehouse_id !== undefined && quantity !== undefined ? [{ warehouseId: warehouse_id, quantity }] : [],
      ),
    })),
  };
}

function priceOf(price: ProductWire["skus"][number]["price"]): Money | null {
  if (!price?.currency) return null;
  const amountMinor = minorOrNull(price.sale_price ?? price.tax_exclusive_price, price.currency);
  return amountMinor === null ? null : { amountMinor, currency: price.currency };
}

/** An audit explains itself in words and places; why a fine listing is held back arrives as a word of its own. */
function reasonsOf({ audit, audit_failed_reasons }: ProductWire): ChannelReason[] {
  const refused = audit_failed_reasons.flatMap(({ position, reasons, suggestions }) =>
    reasons.map((reason) => ({
      code: AUDIT_REFUSED,
      message: [reason, ...suggestions].join(" ").slice(0, 500),
      ...(position && { field: position }),
    })),
  );
  return [...refused, ...(audit?.pre_approved_reasons ?? []).map((code) => ({ code, message: code }))];
}
