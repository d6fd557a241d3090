import { until } from "../stand/processes.ts";
import type { Stand } from "../stand/start-stand.ts";
import { type CatalogCheck, type ProductSeen, type Purchase, seeProducts, type VariantSeen } from "./model.ts";

/** So much of what can be listed must be listed. */
const LEAST_SHARE = 0.95;
const RESTOCKED = 2;

/** A catalog nobody knows beforehand: nearly everything that can be listed is, and each listing sells once. */
export function createFileCheck(): CatalogCheck {
  /** What could be listed, seen before anything was sold. */
  let listable: ProductSeen[] = [];
  return {
    async purchases(stand) {
      const [products, prices] = await Promise.all([seeProducts(stand), readPrices(stand)]);
      listable = products.filter((product) => isListable(product, prices));
      await restock(stand, products);
      return buyOfEach(stand);
    },
    cancelled: (orders) => (orders > 5 ? 2 : 0),
    async findWrong({ state, listed, bought, refused }) {
      const home = new Set(state.shopify.orders.map((order) => order.sourceIdentifier));
      const skus = new Set(bought.filter(({ orderId }) => home.has(orderId)).flatMap(({ lines }) => lines.map(idOf)));
      const unsold = state.tiktok.products.filter(
        (one) => one.status === "ACTIVATE" && !one.skus.some((sku) => skus.has(sku.id)),
      );
      const claims: [boolean, string][] = [
        [listable.length > 0, "no product of the file can be listed at all"],
        [
          listed >= listable.length * LEAST_SHARE,
          `${listed} products are listed of ${listable.length} that could be; refused: ${JSON.stringify(refused)}`,
        ],
        [unsold.length === 0, `no order came home for ${unsold.length} listings, the first: ${unsold[0]?.title ?? ""}`],
      ];
      return claims.flatMap(([holds, sentence]) => (holds ? [] : [sentence]));
    },
  };
}

const idOf = ({ skuId }: { skuId: string }) => skuId;

interface Prices {
  lowest: number;
  highest: number;
}

/** The range of prices the channel takes in the connected shop's market. */
async function readPrices({ sandbox }: Stand): Promise<Prices> {
  const { tiktok } = await sandbox.state();
  const prices = tiktok.shops.find((shop) => tiktok.products.some((one) => one.shopId === shop.id))?.prices;
  if (!prices) throw new Error("nothing of this catalog is on the channel");
  return { lowest: Number(prices.lowest), highest: Number(prices.highest) };
}

/** What keeps a product off the channel for good: a gift card, a price, no picture, nothing to ship, no stock. Whatever else is missing, the app proposes. */
function isListable({ isGiftCard, pictures, variants }: ProductSeen, { lowest, highest }: Prices): boolean {
  const shipped = variants.filter((one) => one.requiresShipping);
  const isPriced = shipped.every(({ price }) => Number(price) >= lowest && Number(price) <= highest);
  return !isGiftCard && pictures > 0 && shipped.length > 0 && isPriced && shipped.some(isInStock);
}

const isInStock = ({ tracked, levels }: VariantSeen) => !tracked || levels.some((level) => level.available > 0);

/** New goods arrive for listings that are sold out, so that each of them can sell. */
async function restock(stand: Stand, products: ProductSeen[]): Promise<void> {
  const { sandbox } = stand;
  const soldOut = async () =>
    (await sandbox.state()).tiktok.products.filter((one) => one.status === "ACTIVATE" && !one.skus.some(canSell));
  if ((await soldOut()).length === 0) return;
  for (const { variants } of products.filter((one) => !one.variants.some(isInStock))) {
    const variant = variants.find((one) => one.requiresShipping);
    const locationId = variant?.levels[0]?.locationId;
    if (variant && locationId)
      await sandbox.post("shopify/set-stock", {
        inventoryItemId: variant.inventoryItemId,
        locationId,
        available: RESTOCKED,
      });
  }
  await until("restocked products to be on sale", 60_000, async () => (await soldOut()).length === 0, 200);
}

const canSell = (sku: { quantity: number }) => sku.quantity > 0;

/** One unit of every listing, each an order of its own. */
async function buyOfEach({ sandbox }: Stand): Promise<Purchase[]> {
  const { tiktok } = await sandbox.state();
  return tiktok.products
    .filter((one) => one.status === "ACTIVATE")
    .flatMap(({ skus }) => {
      const sku = skus.find(canSell);
      return sku ? [[{ skuId: sku.id, quantity: 1 }]] : [];
    });
}
