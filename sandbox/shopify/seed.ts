import type { CatalogProduct, CatalogVariant } from "../catalog/model.ts";
import type { InventoryItem, Location, Product, Shop, Variant } from "./model.ts";
import { toMinor } from "./money.ts";
import { drawnText, mediaFor } from "./seed-media.ts";
import { createLevel } from "./stock.ts";
import type { World } from "./world.ts";

const PLACES: Record<string, Omit<Location, "id" | "updatedAt">> = {
  main: {
    name: "Main warehouse",
    isActive: true,
    address1: "500 E 4th St",
    city: "Austin",
    provinceCode: "TX",
    countryCode: "US",
    zip: "78701",
  },
  second: {
    name: "Back room",
    isActive: true,
    address1: "12 Congress Ave",
    city: "Austin",
    provinceCode: "TX",
    countryCode: "US",
    zip: "78701",
  },
};

/** The two places every seeded shop has. */
export function addLocations(world: World, shop: Shop): void {
  const places = Object.values(PLACES);
  // ids grow: the main warehouse was there first
  const ids = places.map(() => world.ids.gid("Location")).sort();
  for (const [at, place] of places.entries()) {
    const id = ids[at] ?? world.ids.gid("Location");
    shop.locations.set(id, { ...place, id, updatedAt: world.now() });
  }
}

/** Puts products into a shop without telling anybody (as if they had always been there). */
export function addProducts(world: World, shop: Shop, products: CatalogProduct[]): Product[] {
  return products.map((one) => addProduct(world, shop, one));
}

function addProduct(world: World, shop: Shop, given: CatalogProduct): Product {
  const now = world.now();
  const options = given.options?.length ? given.options : [{ name: "Title", values: ["Default Title"] }];
  const product: Product = {
    kind: "Product",
    id: world.ids.gid("Product"),
    handle: given.handle,
    title: given.title,
    bodyHtml: drawnText(world, given),
    vendor: given.vendor ?? shop.name,
    productType: given.productType ?? "",
    category: given.category ?? null,
    tags: given.tags ?? [],
    status: given.status ?? "ACTIVE",
    isGiftCard: given.isGiftCard ?? false,
    options: options.map((option) => ({
      id: world.ids.gid("ProductOption"),
      name: option.name,
      values: option.values.map((name) => ({ id: world.ids.gid("ProductOptionValue"), name })),
    })),
    variantIds: [],
    media: mediaFor(world, given),
    createdAt: now,
    updatedAt: now,
  };
  shop.products.set(product.id, product);
  for (const [index, variant] of given.variants.entries())
    addVariant(world, shop, product, variant, index, given.pictures ?? []);
  return product;
}

function addVariant(
  world: World,
  shop: Shop,
  product: Product,
  given: CatalogVariant,
  index: number,
  pictures: { file: string }[],
): void {
  const now = world.now();
  const chosen = product.options.map((option) => ({
    name: option.name,
    value: given.options?.[option.name] ?? option.values[0]?.name ?? "Default Title",
  }));
  const item: InventoryItem = {
    kind: "InventoryItem",
    id: world.ids.gid("InventoryItem"),
    variantId: "",
    tracked: given.tracked ?? true,
    requiresShipping: given.requiresShipping ?? !product.isGiftCard,
    weight: given.weight ?? null,
    levels: new Map(),
    createdAt: now,
    updatedAt: now,
  };
  const variant: Variant = {
    kind: "Variant",
    id: world.ids.gid("ProductVariant"),
    productId: product.id,
    itemId: item.id,
    position: index + 1,
    title: chosen.map((one) => one.value).join(" / "),
    sku: given.sku ?? null,
    barcode: given.barcode ?? null,
    priceMinor: toMinor(given.price, shop.currency),
    compareAtMinor: given.compareAtPrice ? toMinor(given.compareAtPrice, shop.currency) : null,
    taxable: true,
    inventoryPolicy: given.continueSelling ? "CONTINUE" : "DENY",
    options: chosen,
    mediaId: product.media[pictures.findIndex((picture) => picture.file === given.picture)]?.id ?? null,
    createdAt: now,
    updatedAt: now,
  };
  item.variantId = variant.id;
  product.variantIds.push(variant.id);
  shop.variants.set(variant.id, variant);
  shop.items.set(item.id, item);
  const names = Object.keys(PLACES);
  for (const [at, locationId] of [...shop.locations.keys()].entries())
    createLevel(world, shop, item, locationId, given.stock?.[names[at] ?? ""] ?? 0);
}
