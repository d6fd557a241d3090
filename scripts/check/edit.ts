import { until } from "../stand/processes.ts";
import type { Stand } from "../stand/start-stand.ts";
import { type Outcome, type ProductSeen, seeProducts, type VariantSeen } from "./model.ts";

/** A variant that was sold, and its SKU on the channel. */
interface Sold {
  product: ProductSeen;
  variant: VariantSeen;
  skuId: string;
}

/** Edits in Shopify reach the channel: stock down and up again, and a price, on one variant that was sold. */
export async function editStockAndPrice(
  stand: Stand,
  bought: Outcome["bought"],
  say: (sentence: string) => void,
): Promise<void> {
  const { sandbox } = stand;
  const { product, variant, skuId } = await findSold(stand, bought);
  const skuNow = async () =>
    (await sandbox.state()).tiktok.products.flatMap((one) => one.skus).find((sku) => sku.id === skuId);
  const { inventoryItemId } = variant;
  const locationId = [...variant.levels].sort((a, b) => b.available - a.available)[0]?.locationId;
  for (const available of variant.tracked ? [2, 31] : []) {
    await sandbox.post("shopify/set-stock", { inventoryItemId, locationId, available });
    await until(`the channel to offer ${available}`, 30_000, async () => (await skuNow())?.quantity === available, 100);
  }
  const cents = Math.round(Number(variant.price) * 100);
  const price = ((cents > 10_000 ? cents - 125 : cents + 125) / 100).toFixed(2);
  await sandbox.post("shopify/edit-product", { productId: product.id, variantId: variant.id, price });
  await until(
    "the channel to show the new price",
    30_000,
    async () => Number((await skuNow())?.price) === Number(price),
    100,
  );
  say(variant.tracked ? "a stock change and a price change reached the channel" : "a price change reached the channel");
}

/**
 * The variant of an order of one line: only orders say which SKU of the channel is which variant without asking the app. Preferably one whose
 * stock is counted, in one place.
 */
async function findSold(stand: Stand, bought: Outcome["bought"]): Promise<Sold> {
  const [{ shopify }, products] = await Promise.all([stand.sandbox.state(), seeProducts(stand)]);
  const variantOf = new Map(shopify.orders.map((order) => [order.sourceIdentifier, order.lines[0]?.variantId]));
  const found = bought.flatMap(({ orderId, lines: [line, ...others] }): Sold[] => {
    const id = variantOf.get(orderId);
    const product = products.find((one) => one.variants.some((variant) => variant.id === id));
    const variant = product?.variants.find((one) => one.id === id);
    return line && others.length === 0 && product && variant ? [{ product, variant, skuId: line.skuId }] : [];
  });
  const isPlain = ({ tracked, levels }: VariantSeen) =>
    tracked && levels.filter((level) => level.available !== 0).length <= 1;
  const best = found.find(({ variant }) => isPlain(variant)) ?? found.find(({ variant }) => !variant.tracked);
  if (!best) throw new Error("no order came home whose variant could be edited");
  return best;
}
