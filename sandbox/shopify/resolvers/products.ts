import { connect, connectInOrder, type PageArgs } from "../graphql/connection.ts";
import type { Context, Resolvers } from "../graphql/context.ts";
import { type Filters, readSearch, sameNumber, sameText, sameTime } from "../graphql/search.ts";
import { idSortKey, numberOf } from "../ids.ts";
import { availableOf } from "../levels.ts";
import type { Media, Product, Shop, Variant } from "../model.ts";
import { toDecimal } from "../money.ts";
import { isoTime } from "../time.ts";

interface ListArgs extends PageArgs {
  query?: string | null;
  sortKey?: string;
}

const totalOf = (shop: Shop, product: Product) =>
  variantsOf(shop, product).reduce((sum, variant) => {
    const item = shop.items.get(variant.itemId);
    return item?.tracked ? sum + availableOf(item) : sum;
  }, 0);

/** A product's variants in their positions. */
const variantsOf = (shop: Shop, product: Product): Variant[] =>
  product.variantIds.map((id) => shop.variants.get(id)).filter((one) => one !== undefined);

const filters = (shop: Shop): Filters<Product> => ({
  id: (one, want) => sameNumber(BigInt(numberOf(one.id)), want),
  status: (one, want) => want.value.split(",").some((value) => sameText(one.status, { operator: ":", value })),
  updated_at: (one, want) => sameTime(one.updatedAt, want),
  created_at: (one, want) => sameTime(one.createdAt, want),
  title: (one, want) => one.title.toLowerCase().includes(want.value.replace(/\*$/, "").toLowerCase()),
  handle: (one, want) => sameText(one.handle, want),
  vendor: (one, want) => sameText(one.vendor, want),
  product_type: (one, want) => sameText(one.productType, want),
  tag: (one, want) => one.tags.some((tag) => sameText(tag, want)),
  tag_not: (one, want) => !one.tags.some((tag) => sameText(tag, want)),
  sku: (one, want) => variantsOf(shop, one).some((variant) => sameText(variant.sku, want)),
  barcode: (one, want) => variantsOf(shop, one).some((variant) => sameText(variant.barcode, want)),
  inventory_total: (one, want) => sameNumber(totalOf(shop, one), want),
  gift_card: (one, want) => String(one.isGiftCard) === want.value,
});

function sortText(shop: Shop, product: Product, sortKey: string | undefined): string {
  switch (sortKey) {
    case "TITLE":
      return product.title.toLowerCase();
    case "VENDOR":
      return product.vendor.toLowerCase();
    case "PRODUCT_TYPE":
      return product.productType.toLowerCase();
    case "CREATED_AT":
    case "PUBLISHED_AT":
      return isoTime(product.createdAt);
    case "UPDATED_AT":
      return isoTime(product.updatedAt);
    case "INVENTORY_TOTAL":
      return String(totalOf(shop, product) + 1e9).padStart(12, "0");
    default:
      return "";
  }
}

function find(context: Context, query: string | null | undefined): Iterable<Product> {
  if (!query) return context.shop.products.values();
  const search = readSearch(
    query,
    filters(context.shop),
    (one: Product) => `${one.title} ${one.vendor} ${one.productType}`,
  );
  context.ignoredFilters.push(...search.unknown);
  return [...context.shop.products.values()].filter(search.test);
}

export const products: Resolvers = {
  QueryRoot: {
    product: (_source, { id }: { id: string }, { shop }) => shop.products.get(id) ?? null,
    products: (_source, args: ListArgs, context) =>
      connect(
        find(context, args.query),
        args,
        (one) => `${sortText(context.shop, one, args.sortKey)} ${idSortKey(one.id)}`,
      ),
    productsCount: (_source, args: ListArgs, context) => count([...find(context, args.query)].length),
    productByIdentifier(_source, { identifier }: { identifier: { id?: string; handle?: string } }, { shop }) {
      if (identifier.id) return shop.products.get(identifier.id) ?? null;
      return [...shop.products.values()].find((one) => one.handle === identifier.handle) ?? null;
    },
  },
  Product: {
    legacyResourceId: (one: Product) => numberOf(one.id),
    descriptionHtml: (one: Product) => one.bodyHtml,
    bodyHtml: (one: Product) => one.bodyHtml,
    description: (one: Product) => plainText(one.bodyHtml),
    createdAt: (one: Product) => isoTime(one.createdAt),
    updatedAt: (one: Product) => isoTime(one.updatedAt),
    publishedAt: (one: Product) => (one.status === "ACTIVE" ? isoTime(one.createdAt) : null),
    category: (one: Product) => (one.category === null ? null : taxonomyCategory(one.category)),
    templateSuffix: () => null,
    combinedListingRole: () => null,
    requiresSellingPlan: () => false,
    hasVariantsThatRequiresComponents: () => false,
    hasOnlyDefaultVariant: (one: Product) =>
      one.options.length === 1 && one.options[0]?.values[0]?.name === "Default Title",
    hasOutOfStockVariants: (one: Product, _args, { shop }) =>
      variantsOf(shop, one).some((variant) => {
        const item = shop.items.get(variant.itemId);
        return item?.tracked && availableOf(item) <= 0;
      }),
    tracksInventory: (one: Product, _args, { shop }) =>
      variantsOf(shop, one).some((variant) => shop.items.get(variant.itemId)?.tracked),
    totalInventory: (one: Product, _args, { shop }) => totalOf(shop, one),
    variantsCount: (one: Product) => count(one.variantIds.length),
    mediaCount: (one: Product) => count(one.media.length),
    seo: () => ({ title: null, description: null }),
    onlineStoreUrl: () => null,
    onlineStorePreviewUrl: () => null,
    defaultCursor: (one: Product) => numberOf(one.id),
    options: (one: Product, { first }: { first?: number | null }) =>
      one.options.slice(0, first ?? undefined).map((option, index) => ({ ...option, position: index + 1 })),
    variants: (one: Product, args: PageArgs, { shop }) => connectInOrder(variantsOf(shop, one), args),
    media: (one: Product, args: PageArgs) => connectInOrder(one.media, args),
    images: (one: Product, args: PageArgs) => connectInOrder(one.media.map(imageOf), args),
    featuredMedia: (one: Product) => one.media[0] ?? null,
    featuredImage: (one: Product) => (one.media[0] ? imageOf(one.media[0]) : null),
    priceRangeV2(one: Product, _args, { shop }) {
      const prices = variantsOf(shop, one).map((variant) => variant.priceMinor);
      const price = (minor: number) => ({ amount: toDecimal(minor, shop.currency), currencyCode: shop.currency });
      return { minVariantPrice: price(Math.min(...prices)), maxVariantPrice: price(Math.max(...prices)) };
    },
  },
  ProductOption: {
    optionValues: (option: Product["options"][number]) =>
      option.values.map((value) => ({ ...value, hasVariants: true, linkedMetafieldValue: null })),
    values: (option: Product["options"][number]) => option.values.map((value) => value.name),
    linkedMetafield: () => null,
  },
  MediaImage: {
    image: (media: Media) => imageOf(media),
    preview: (media: Media) => ({ image: imageOf(media), status: "READY" }),
    mediaContentType: () => "IMAGE",
    status: () => "READY",
    fileStatus: () => "READY",
    mediaErrors: () => [],
    mediaWarnings: () => [],
    fileErrors: () => [],
  },
};

const imageOf = (media: Media) => ({
  id: media.imageId,
  altText: media.alt || null,
  url: media.url,
  src: media.url,
  originalSrc: media.url,
  width: media.width,
  height: media.height,
  thumbhash: null,
});

const count = (count: number) => ({ count, precision: "EXACT" });

const plainText = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

/** A category known by its full name only; Shopify's own tree is not in here. */
function taxonomyCategory(fullName: string): Record<string, unknown> {
  const names = fullName.split(">").map((name) => name.trim());
  const id = `gid://shopify/TaxonomyCategory/${encodeURIComponent(names.join("-").toLowerCase()).replace(/%/g, "")}`;
  return { id, name: names.at(-1), fullName, level: names.length, isRoot: names.length === 1, isLeaf: true };
}
