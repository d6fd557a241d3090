import type { OrderState } from "../../../shopify/model.ts";
import { isWithdrawn } from "../import/judge-hold.ts";

export interface ComparedUnit {
  channelLineId: string;
  shopifyLineId: string | null;
  status: string;
}

export interface UnitsInShopify {
  /** By Shopify line: units that staff took off before they were shipped. Those the channel cancelled are not among them. */
  takenOff: Map<string, number>;
  /** Units of the Shopify order that nobody bought on the channel, what was taken off again left out. */
  added: number;
}

type ShopifyOrder = Pick<OrderState, "lines" | "fulfillments">;

/**
 * Units of each Shopify line that left it without being shipped, by whomever: a refund, an edit, a cancellation. What is neither shipped nor
 * still to be shipped has been taken off.
 */
export function takenOffUnshipped({ lines, fulfillments }: ShopifyOrder): Map<string, number> {
  const shipped = new Map<string, number>();
  for (const { lineItemId, quantity } of fulfillments.filter((one) => !isWithdrawn(one)).flatMap((one) => one.lines))
    shipped.set(lineItemId, (shipped.get(lineItemId) ?? 0) + quantity);
  return new Map(
    lines.map((line) => [line.id, Math.max(0, line.quantity - (shipped.get(line.id) ?? 0) - line.unfulfilledQuantity)]),
  );
}

/**
 * What staff changed in the units of a Shopify order: what its lines say beside the units the channel sold. `cancelled`: units that the
 * channel has cancelled, whether they are off in Shopify yet or not. `fees`: how many of its lines are fees, which come before what is added.
 */
export function compareUnits(
  order: ShopifyOrder,
  units: readonly ComparedUnit[],
  { cancelled, fees }: { cancelled: ReadonlySet<string>; fees: number },
): UnitsInShopify {
  const off = takenOffUnshipped(order);
  const of = (lineId: string) => units.filter((unit) => unit.shopifyLineId === lineId);
  const takenOff = new Map<string, number>();
  const strange = order.lines.filter((line) => of(line.id).length === 0);
  const fee = new Set(strange.filter((line) => line.variantId === null).slice(0, fees));
  let added = strange.filter((line) => !fee.has(line)).reduce((sum, line) => sum + line.currentQuantity, 0);
  for (const line of order.lines) {
    const ours = of(line.id);
    if (ours.length === 0) continue;
    // an edit that adds to a line raises its quantity
    const more = Math.max(0, line.quantity - ours.length);
    const byChannel = ours.filter((unit) => cancelled.has(unit.channelLineId)).length;
    const byOthers = Math.max(0, (off.get(line.id) ?? 0) - byChannel);
    added += Math.max(0, more - byOthers);
    if (byOthers > more) takenOff.set(line.id, byOthers - more);
  }
  return { takenOff, added };
}
