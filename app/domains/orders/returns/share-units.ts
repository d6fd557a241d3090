import type { ShopifyReturn } from "../../../shopify/model.ts";

/** Shipped units for a return, from what can still be returned; null: more is asked for than was shipped in Shopify. */
export function chooseShipped(
  byLine: ReadonlyMap<string, number>,
  returnable: readonly { fulfillmentLineId: string; lineItemId: string; quantity: number }[],
): { fulfillmentLineId: string; quantity: number }[] | null {
  const chosen: { fulfillmentLineId: string; quantity: number }[] = [];
  for (const [lineItemId, wanted] of byLine) {
    let open = wanted;
    for (const one of returnable.filter((some) => some.lineItemId === lineItemId)) {
      const quantity = Math.min(open, one.quantity);
      if (quantity > 0) chosen.push({ fulfillmentLineId: one.fulfillmentLineId, quantity });
      open -= quantity;
    }
    if (open > 0) return null;
  }
  return chosen;
}

/** What is left of a Shopify return to process: so many units of each line on the shelf, the others not. */
export function shareRestock(
  lines: ShopifyReturn["lines"],
  restockByLine: ReadonlyMap<string, number>,
): { id: string; reverseLineId: string; restock: number; leave: number; locationId: string | null }[] {
  const open = new Map(restockByLine);
  return lines.flatMap(({ id, lineItemId, quantity, processed, reverseLineId, locationId }) => {
    const left = quantity - processed;
    if (left <= 0 || reverseLineId === null) return [];
    // without a place there is no shelf to put it on
    const restock = locationId === null ? 0 : Math.min(left, open.get(lineItemId) ?? 0);
    open.set(lineItemId, (open.get(lineItemId) ?? 0) - restock);
    return [{ id, reverseLineId, restock, leave: left - restock, locationId }];
  });
}
