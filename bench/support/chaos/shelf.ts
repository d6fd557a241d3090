import { type ChannelOrder, type ChannelReturn, isGone, type Seen } from "./seen.ts";

/** Units of one article: on the shelf in the beginning, and what orders made of them. */
interface Shelf {
  taken: number;
  /** Taken off a Shopify order that staff cancelled without putting anything back, unless the channel's buyer came first. */
  unsure: number;
}

/**
 * Whether Shopify's shelves hold what they held in the beginning, less what was bought and kept: a unit put back twice, or never, shows here.
 * `home`: the orders that Shopify has and the seller ships; `back`: the returns whose goods came back. Answers what differs, by SKU.
 */
export function compareShelves(
  seen: Seen,
  about: {
    stock: number;
    skus: readonly string[];
    home: readonly ChannelOrder[];
    back: readonly ChannelReturn[];
    isCancelledWithoutRestock(order: ChannelOrder): boolean;
  },
): Map<string, string> {
  const shelves = new Map<string, Shelf>(about.skus.map((sku) => [sku, { taken: 0, unsure: 0 }]));
  const returned = new Set(about.back.flatMap((one) => one.lineIds));
  for (const order of about.home) {
    const isUnsure = about.isCancelledWithoutRestock(order);
    for (const line of order.lines) {
      const shelf = shelves.get(line.sellerSku);
      if (!shelf) continue;
      if (!isGone(line)) shelf.taken += returned.has(line.id) ? 0 : 1;
      else if (isUnsure) shelf.unsure += 1;
    }
  }
  const wrong = new Map<string, string>();
  for (const [sku, { taken, unsure }] of shelves) {
    const item = seen.shopify.variantsBySku[sku]?.inventoryItemId ?? "";
    const levels = Object.values(seen.shopify.stock[item] ?? {});
    const there = levels.reduce((sum, level) => sum + level.available, 0);
    const most = about.stock - taken;
    if (there > most || there < most - unsure)
      wrong.set(sku, `stock: ${there} on the shelf, ${most}${unsure > 0 ? ` or up to ${unsure} fewer` : ""} by orders`);
  }
  return wrong;
}
