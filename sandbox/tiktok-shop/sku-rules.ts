import { toMinor } from "./decimal.ts";
import { Refusal } from "./errors.ts";
import { getMarket } from "./markets.ts";
import type { Shop, World } from "./model.ts";
import type { PriceInput, SkuInput } from "./product-input.ts";

const mostAttributes = 3;
const mostStock = 99_999;
const codePatterns: Record<string, RegExp> = {
  GTIN: /^\d{14}$/,
  EAN: /^(\d{8}|\d{13}|\d{14})$/,
  UPC: /^\d{12}$/,
  ISBN: /^(\d{13}|\d{9}[\dX])$/,
  JAN: /^(\d{8}|\d{13})$/,
};

/** Everything about the SKUs of one product that needs no look at other products. */
export function checkSkus(world: World, shop: Shop, skus: SkuInput[]): void {
  if (skus.length === 0) throw new Refusal(12052990, "there is no SKU");
  if (skus.length > getMarket(shop.region).maximumSkus) throw new Refusal(12052050, "there are too many SKUs");
  checkAttributeSets(world, skus);
  const codes = new Set<string>();
  const externalIds = new Set<string>();
  for (const sku of skus) {
    checkSellerSku(sku);
    checkIdentifierCode(sku, codes);
    if (sku.external_sku_id && externalIds.has(sku.external_sku_id)) {
      throw new Refusal(12052996, "two SKUs share an external id");
    }
    if (sku.external_sku_id) externalIds.add(sku.external_sku_id);
  }
}

/** TikTok Shop fact: at most three sales attributes, every SKU the same set, no two SKUs the same values, pictures on one attribute only. */
function checkAttributeSets(world: World, skus: SkuInput[]): void {
  const pictured = new Set<string>();
  let expected: string | null = null;
  const seen = new Set<string>();
  for (const sku of skus) {
    const attributes = sku.sales_attributes ?? [];
    if (attributes.length > mostAttributes) throw new Refusal(12052525, "a SKU has more than three sales attributes");
    if (attributes.length === 0 && skus.length > 1) throw new Refusal(12052550, "a SKU has no sales attributes");
    const keys = attributes.map((attribute) => attribute.id || (attribute.name ?? "").toLowerCase());
    if (keys.some((key) => key === "") || new Set(keys).size !== keys.length) {
      throw new Refusal(12052550, "the sales attributes of a SKU are incomplete");
    }
    const values = attributes.map((attribute) => attribute.value_id || (attribute.value_name ?? "").toLowerCase());
    if (values.some((value) => value === "")) throw new Refusal(12052550, "a sales attribute has no value");
    const set = [...keys].sort().join("\n");
    if (expected !== null && expected !== set)
      throw new Refusal(12052550, "the SKUs have different sets of attributes");
    expected = set;
    const combination = keys
      .map((key, index) => `${key}=${values[index]}`)
      .sort()
      .join("\n");
    if (seen.has(combination)) throw new Refusal(12052560, "two SKUs have the same attributes");
    seen.add(combination);
    for (const [index, attribute] of attributes.entries()) {
      const uris = [attribute.sku_img?.uri, ...(attribute.supplementary_sku_images ?? []).map((image) => image.uri)];
      for (const uri of uris) {
        if (uri === undefined) continue;
        pictured.add(keys[index] ?? "");
        if (!world.pictures.has(uri)) throw new Refusal(12052520, "a picture of a variant is unknown");
      }
    }
  }
  if (pictured.size > 1) throw new Refusal(12052521, "more than one attribute has pictures");
}

function checkSellerSku(sku: SkuInput): void {
  if (sku.seller_sku === undefined || sku.seller_sku === "") return;
  if (sku.seller_sku.length > 50 || /\s/.test(sku.seller_sku)) {
    throw new Refusal(12052990, "seller_sku has more than 50 characters or a blank");
  }
}

function checkIdentifierCode(sku: SkuInput, codes: Set<string>): void {
  const code = sku.identifier_code?.code;
  if (code === undefined) return;
  const pattern = codePatterns[sku.identifier_code?.type ?? ""];
  if (!pattern?.test(code)) throw new Refusal(12052591, "the identifier code does not fit its type");
  if (codes.has(code)) throw new Refusal(12052592, "two SKUs share an identifier code");
  codes.add(code);
}

/** Price in minor units. TikTok Shop fact: local sellers write `amount`, in the market's currency and range. */
export function readPrice(shop: Shop, price: PriceInput | undefined): number {
  const market = getMarket(shop.region);
  if (!price) throw new Refusal(12052073, "the price is missing");
  if (price.currency !== market.currency)
    throw new Refusal(12052084, `the currency of this market is ${market.currency}`);
  const text = shop.sellerType === "CROSS_BORDER" ? (price.sale_price ?? price.amount) : price.amount;
  const minor = text === undefined ? null : toMinor(text, price.currency);
  if (minor === null) throw new Refusal(12052073, "the price is missing or no amount of its currency");
  const lowest = toMinor(market.lowestPrice, price.currency) ?? 0;
  const highest = toMinor(market.highestPrice, price.currency) ?? 0;
  if (minor < lowest || minor > highest) {
    throw new Refusal(12052570, `the price is not between ${market.lowestPrice} and ${market.highestPrice}`);
  }
  return minor;
}

/** Struck-through price in minor units; undefined when there is none or it is below the price, which drops it. */
export function readListPrice(shop: Shop, sku: SkuInput, priceMinor: number): number | undefined {
  const { amount, currency } = sku.list_price ?? {};
  if (amount === undefined) return undefined;
  const market = getMarket(shop.region);
  if (currency !== market.currency) throw new Refusal(12052084, `the currency of this market is ${market.currency}`);
  const minor = toMinor(amount, market.currency);
  if (minor === null || minor > (toMinor(market.highestPrice, market.currency) ?? 0)) {
    throw new Refusal(12052571, "the list price is not taken");
  }
  return minor >= priceMinor ? minor : undefined;
}

/** Whether a stock quantity is taken: a code when it is not. */
export function findQuantityProblem(world: World, quantity: number | undefined): number | null {
  const least = world.knobs.zeroStock === "refuse" ? 1 : 0;
  if (quantity === undefined || quantity < least || quantity > mostStock) return 12052055;
  return null;
}

/** Warehouse rows of a new SKU: known sales warehouses, each once, quantities in range. */
export function readStockRows(world: World, shop: Shop, sku: SkuInput): { warehouseId: string; quantity: number }[] {
  const rows = sku.inventory ?? [];
  if (rows.length === 0) throw new Refusal(12052097, "the stock of a SKU is missing");
  const seen = new Set<string>();
  return rows.map((row) => {
    const isKnown = shop.warehouses.some((entry) => entry.id === row.warehouse_id && entry.type === "SALES_WAREHOUSE");
    if (!isKnown) throw new Refusal(12052530, "the warehouse is not one of this shop's");
    if (seen.has(row.warehouse_id)) throw new Refusal(12052531, "a warehouse is named twice");
    seen.add(row.warehouse_id);
    const problem = findQuantityProblem(world, row.quantity);
    if (problem !== null) throw new Refusal(problem, `the quantity ${row.quantity} is out of range`);
    return { warehouseId: row.warehouse_id, quantity: row.quantity ?? 0 };
  });
}
