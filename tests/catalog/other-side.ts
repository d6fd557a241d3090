import type {
  AttributeSpec,
  Category,
  Channel,
  ChannelListing,
  ForShop,
  ListingDraft,
} from "../../app/channels/port.ts";
import { someLimits, someRules } from "../../app/domains/catalog/testing.ts";
import type { TestClock } from "../../app/platform/clock.ts";
import { BudgetClosed, CallError } from "../../app/platform/errors.ts";
import type { ShopGateway, ShopifyProduct, ShopifyStock } from "../../app/shopify/model.ts";

/**
 * Both other sides in memory, on the test's own clock: what a real socket would take minutes to show (deadlines, late effects) happens here
 * in no time. The journey test uses the sandbox over HTTP instead.
 */

/** before, after: the call times out before or after its effect. late: it times out, and the effect comes so much after its deadline. */
export type Trouble =
  | "before"
  | "after"
  | { lateMs: number }
  | { refused: string }
  | "budget"
  | "dies"
  | "dies-after"
  | "unavailable";

/** Stands for a process that was killed: no error of a platform, nothing after it runs. */
export class Killed extends Error {}

const DEADLINE_MS = 10_000;

export function createTroubles(clock: TestClock) {
  const planned = new Map<string, (Trouble | null)[]>();
  const pending: { at: Date; run: () => void }[] = [];
  const calls: string[] = [];

  /** Effects whose time has come. */
  const settle = () => {
    for (const one of pending.splice(0)) {
      if (one.at <= clock.now()) one.run();
      else pending.push(one);
    }
  };

  async function call<T>(operation: string, effect: () => T): Promise<T> {
    settle();
    calls.push(operation);
    const trouble = planned.get(operation)?.shift();
    if (trouble === undefined || trouble === null) return effect();
    if (typeof trouble === "object" && "refused" in trouble)
      throw new CallError("refused", { family: "invalid", operation, code: trouble.refused });
    if (trouble === "budget") throw new BudgetClosed(operation, new Date(clock.now().getTime() + 5_000));
    if (trouble === "unavailable") throw new CallError("busy", { family: "unavailable", operation });
    if (trouble === "dies") throw new Killed();
    if (trouble === "dies-after") {
      effect();
      throw new Killed();
    }
    if (trouble === "after") effect();
    const began = clock.now().getTime();
    clock.advance(DEADLINE_MS);
    if (typeof trouble === "object")
      pending.push({ at: new Date(began + DEADLINE_MS + trouble.lateMs), run: () => void effect() });
    throw new CallError("no answer", { family: "timeout", operation, mayHaveHappened: true });
  }

  return {
    /** What befalls the next calls, in order; null: nothing. */
    plan: (operation: string, ...troubles: (Trouble | null)[]) => void planned.set(operation, troubles),
    call,
    calls,
    count: (operation: string) => calls.filter((one) => one === operation).length,
    settle,
    pending,
  };
}

export type Troubles = ReturnType<typeof createTroubles>;

interface Kept extends ChannelListing {
  key: string;
  draft: ListingDraft;
  sold: Map<string, number>;
}

/** A channel that audits, keeps idempotency keys, lowers its stock with every purchase, and knows mugs. */
export function createChannelSide(clock: TestClock, troubles: Troubles, options: { takesZero?: boolean } = {}) {
  const listings = new Map<string, Kept>();
  const { takesZero = true } = options;
  let made = 0;
  const kept = (id: string): Kept => {
    const found = listings.get(id);
    if (!found || found.status === "deleted")
      throw new CallError("no such listing", { family: "notFound", operation: "listing" });
    return found;
  };
  const touch = (listing: Kept, change: Partial<Kept>) => Object.assign(listing, change, { updatedAt: clock.now() });
  const seen = (listing: Kept): ChannelListing =>
    structuredClone({ ...listing, draft: undefined, key: undefined, sold: undefined }) as unknown as ChannelListing;
  const skuOf = (channelSkuId: string) =>
    [...listings.values()].flatMap((one) => one.skus).find((sku) => sku.channelSkuId === channelSkuId);

  const create = (draft: ListingDraft) => {
    const known = [...listings.values()].find((one) => one.key === draft.idempotencyKey);
    if (!known) {
      if (
        [...listings.values()].some(
          (one) => one.status !== "deleted" && one.externalProductId === draft.externalProductId,
        )
      )
        throw new CallError("external id", { family: "conflict", operation: "create", code: "duplicate" });
      made += 1;
      const skus = draft.skus.map((sku, index) => ({
        channelSkuId: `17290000000000${made}${String(index).padStart(3, "0")}`,
        externalSkuId: sku.externalSkuId,
        sellerSku: sku.sellerSku,
        price: sku.price,
        stock: structuredClone(sku.stock),
      }));
      const id = `172900000000000000${made}`;
      listings.set(id, {
        channelProductId: id,
        externalProductId: draft.externalProductId,
        status: "in-review",
        auditStatus: "in-review",
        reasons: [],
        title: draft.content.title,
        updatedAt: clock.now(),
        skus: skus.reverse(),
        key: draft.idempotencyKey,
        draft: structuredClone(draft),
        sold: new Map(),
      });
    }
    const listing = [...listings.values()].find((one) => one.key === draft.idempotencyKey) as Kept;
    return {
      channelProductId: listing.channelProductId,
      skus: listing.skus.map(({ channelSkuId, externalSkuId, sellerSku }) => ({
        channelSkuId,
        externalSkuId,
        sellerSku,
      })),
      warnings: [],
    };
  };

  const categories: Category[] = [
    { id: "1", parentId: null, name: "Drinkware", isLeaf: false, isOpen: true },
    { id: "601", parentId: "1", name: "Mugs", isLeaf: true, isOpen: true },
    { id: "602", parentId: "1", name: "Secret Mugs", isLeaf: true, isOpen: false },
  ];
  let recommended: string | null = "601";
  let asked: AttributeSpec[] = [];

  const channel = {
    id: "tiktok-shop",
    displayName: "TikTok Shop",
    acceptsZeroStock: "unknown",
    explain: (code: string) => ({
      name: code === "zero" ? "stockOutOfRange" : "unknown",
      sentence: `reasons.${code}`,
      nextStep: `next.${code}`,
    }),
    reference: {
      limits: () => someLimits,
      categories: () => troubles.call("categories", () => categories),
      rules: () => troubles.call("rules", () => someRules),
      attributes: () => troubles.call("attributes", () => asked),
      recommendCategory: () => troubles.call("recommend", () => recommended),
      uploadPicture: (_access: ForShop, { fileName }: { fileName: string }) =>
        troubles.call("upload", () => ({
          uri: `uri-${fileName}-${troubles.count("upload")}`,
          width: 800,
          height: 800,
        })),
    },
    listings: {
      create: (_access: ForShop, draft: ListingDraft) => troubles.call("create", () => create(draft)),
      get: (_access: ForShop, id: string) =>
        troubles.call("get", () => (listings.has(id) ? seen(listings.get(id) as Kept) : null)),
      findBySellerSkus: (_access: ForShop, skus: string[]) =>
        troubles.call("find", () =>
          [...listings.values()]
            .filter((one) => one.skus.some((sku) => sku.sellerSku && skus.includes(sku.sellerSku)))
            .map(seen),
        ),
      async *changedSince(_access: ForShop, since: Date) {
        const found = await troubles.call("changed", () =>
          [...listings.values()].filter((one) => one.updatedAt >= since),
        );
        for (const { channelProductId, status, updatedAt } of found) yield { channelProductId, status, updatedAt };
      },
      reviseContent: (_access: ForShop, id: string, content: ListingDraft["content"]) =>
        troubles.call("revise", () => {
          const listing = kept(id);
          const status = listing.status === "live" ? "live" : "in-review";
          touch(listing, {
            status,
            auditStatus: "in-review",
            title: content.title,
            draft: { ...listing.draft, content },
          });
        }),
      setPrices: (
        _access: ForShop,
        _id: string,
        prices: { channelSkuId: string; price: { amountMinor: bigint; currency: string } }[],
      ) =>
        troubles.call("prices", () => {
          for (const { channelSkuId, price } of prices) {
            const sku = skuOf(channelSkuId);
            if (sku) sku.price = price;
          }
        }),
      deactivate: (_access: ForShop, ids: string[]) =>
        troubles.call("deactivate", () => {
          const failures = ids
            .filter((id) => kept(id).status !== "live")
            .map((key) => ({ key, reason: { code: "status", message: "not live" } }));
          for (const id of ids) if (kept(id).status === "live") touch(kept(id), { status: "stopped" });
          return { failures };
        }),
      activate: (_access: ForShop, ids: string[]) =>
        troubles.call("activate", () => {
          for (const id of ids) touch(kept(id), { status: "in-review", auditStatus: "in-review" });
          return { failures: [] };
        }),
    },
    stock: {
      set: (_access: ForShop, _id: string, rows: { channelSkuId: string; warehouseId: string; quantity: number }[]) =>
        troubles.call("stock", () => {
          const failures = rows
            .filter((row) => !takesZero && row.quantity === 0)
            .map((row) => ({ key: row.channelSkuId, reason: { code: "zero", message: "out of range" } }));
          for (const { channelSkuId, warehouseId, quantity } of rows) {
            const sku = skuOf(channelSkuId);
            if (sku && !failures.some((one) => one.key === channelSkuId)) sku.stock = [{ warehouseId, quantity }];
          }
          return { failures };
        }),
      read: (_access: ForShop, ids: string[]) =>
        troubles.call("read", () =>
          ids.flatMap((channelSkuId) =>
            (skuOf(channelSkuId)?.stock ?? []).map(({ warehouseId, quantity }) => ({
              channelSkuId,
              warehouseId,
              available: quantity,
              committed: 0,
            })),
          ),
        ),
    },
  } as unknown as Channel;

  return {
    channel,
    listings,
    categories,
    /** What the category asks for. */
    ask: (specs: AttributeSpec[]) => {
      asked = specs;
    },
    recommend: (id: string | null) => {
      recommended = id;
    },
    all: () => [...listings.values()],
    only: (): Kept => {
      const [one, ...more] = [...listings.values()];
      if (!one || more.length > 0) throw new Error(`${listings.size} listings on the channel`);
      return one;
    },
    audit(id: string, verdict: "approve" | "reject", reasons: { code: string; message: string }[] = []) {
      const listing = kept(id);
      if (verdict === "approve") touch(listing, { status: "live", auditStatus: "approved", reasons: [] });
      else
        touch(listing, { status: listing.status === "live" ? "live" : "rejected", auditStatus: "rejected", reasons });
    },
    remove: (id: string) => touch(kept(id), { status: "deleted" }),
    quantity: (channelSkuId: string) => skuOf(channelSkuId)?.stock[0]?.quantity ?? null,
    /** A buyer takes units; the channel lowers its number at once. False: not enough left. */
    buy(channelSkuId: string, units = 1): boolean {
      const row = skuOf(channelSkuId)?.stock[0];
      if (!row || row.quantity < units) return false;
      row.quantity -= units;
      return true;
    },
    /** Units of a cancelled order are sellable again. */
    giveBack(channelSkuId: string, units = 1) {
      const row = skuOf(channelSkuId)?.stock[0];
      if (row) row.quantity += units;
    },
  };
}

/** A Shopify shop with products and stock by location. */
export const PRODUCTS_PER_PAGE = 3;

export function createShopifySide(clock: TestClock, troubles: Troubles) {
  const products = new Map<string, ShopifyProduct>();
  const levels = new Map<string, ShopifyStock>();
  const keyOf = (item: string, location: string) => `${item} ${location}`;
  const gateway: Partial<ShopGateway> = {
    product: (id) => troubles.call("product", () => structuredClone(products.get(id) ?? null)),
    async *productsChangedSince(since) {
      const found = [...products.values()]
        .filter((one) => !since || one.updatedAt >= since)
        .sort((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime());
      do {
        const page = await troubles.call("products", () => found.splice(0, PRODUCTS_PER_PAGE));
        for (const { id, updatedAt } of page) yield { id, updatedAt };
      } while (found.length > 0);
    },
    locations: () =>
      troubles.call("locations", () => [{ id: "loc-1", name: "Main", isActive: true, fulfillsOnlineOrders: true }]),
    stock: (ids) =>
      troubles.call("levels", () =>
        [...levels.values()]
          .filter((level) => ids.includes(level.inventoryItemId))
          .map((level) => structuredClone(level)),
      ),
  };
  return {
    gateway: gateway as ShopGateway,
    products,
    put: (product: ShopifyProduct) => void products.set(product.id, { ...product, updatedAt: clock.now() }),
    setStock(inventoryItemId: string, available: number, locationId = "loc-1") {
      levels.set(keyOf(inventoryItemId, locationId), {
        inventoryItemId,
        locationId,
        available,
        updatedAt: clock.now(),
      });
    },
    stockOf: (inventoryItemId: string, locationId = "loc-1") =>
      levels.get(keyOf(inventoryItemId, locationId))?.available ?? 0,
  };
}
