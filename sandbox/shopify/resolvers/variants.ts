import { connect, connectInOrder, type PageArgs } from "../graphql/connection.ts";
import type { Context, Resolvers } from "../graphql/context.ts";
import { type Filters, readSearch, sameNumber, sameText, sameTime } from "../graphql/search.ts";
import { idSortKey, numberOf } from "../ids.ts";
import { availableOf } from "../levels.ts";
import type { Product, Shop, Variant } from "../model.ts";
import { toDecimal } from "../money.ts";
import { isoTime } from "../time.ts";

interface ListArgs extends PageArgs {
  query?: string | null;
  sortKey?: string;
}

const filters = (shop: Shop): Filters<Variant> => ({
  id: (one, want) => sameNumber(BigInt(numberOf(one.id)), want),
  sku: (one, want) => sameText(one.sku, want),
  barcode: (one, want) => sameText(one.barcode, want),
  product_id: (one, want) => sameNumber(BigInt(numberOf(one.productId)), want),
  updated_at: (one, want) => sameTime(one.updatedAt, want),
  title: (one, want) => sameText(one.title, want),
  product_status: (one, want) => sameText(shop.products.get(one.productId)?.status ?? null, want),
});

const quantityOf = ({ shop }: Context, variant: Variant) => {
  const item = shop.items.get(variant.itemId);
  return item ? availableOf(item) : 0;
};

const mediaOf = (shop: Shop, variant: Variant) => {
  const product = shop.products.get(variant.productId);
  return product?.media.filter((media) => media.id === variant.mediaId) ?? [];
};

export const variants: Resolvers = {
  QueryRoot: {
    productVariant: (_source, { id }: { id: string }, { shop }) => shop.variants.get(id) ?? null,
    productVariants(_source, args: ListArgs, context) {
      const search = readSearch(args.query, filters(context.shop), (one: Variant) => `${one.title} ${one.sku ?? ""}`);
      context.ignoredFilters.push(...search.unknown);
      const found = [...context.shop.variants.values()].filter(search.test);
      const sortText = (one: Variant) =>
        args.sortKey === "SKU" ? (one.sku ?? "") : args.sortKey === "TITLE" ? one.title : "";
      return connect(found, args, (one) => `${sortText(one)} ${idSortKey(one.id)}`);
    },
  },
  ProductVariant: {
    legacyResourceId: (one: Variant) => numberOf(one.id),
    price: (one: Variant, _args, { shop }) => toDecimal(one.priceMinor, shop.currency),
    compareAtPrice: (one: Variant, _args, { shop }) =>
      one.compareAtMinor === null ? null : toDecimal(one.compareAtMinor, shop.currency),
    displayName: (one: Variant, _args, { shop }) => `${shop.products.get(one.productId)?.title ?? ""} - ${one.title}`,
    selectedOptions: (one: Variant, _args, { shop }) => {
      const product: Product | undefined = shop.products.get(one.productId);
      return one.options.map(({ name, value }, index) => ({
        name,
        value,
        optionValue: { ...product?.options[index]?.values.find((option) => option.name === value), hasVariants: true },
      }));
    },
    inventoryQuantity: (one: Variant, _args, context) => quantityOf(context, one),
    sellableOnlineQuantity: (one: Variant, _args, context) => quantityOf(context, one),
    availableForSale: (one: Variant, _args, context) =>
      one.inventoryPolicy === "CONTINUE" ||
      !context.shop.items.get(one.itemId)?.tracked ||
      quantityOf(context, one) > 0,
    requiresComponents: () => false,
    taxCode: () => null,
    showUnitPrice: () => false,
    unitPrice: () => null,
    unitPriceMeasurement: () => null,
    defaultCursor: (one: Variant) => numberOf(one.id),
    createdAt: (one: Variant) => isoTime(one.createdAt),
    updatedAt: (one: Variant) => isoTime(one.updatedAt),
    product: (one: Variant, _args, { shop }) => shop.products.get(one.productId),
    inventoryItem: (one: Variant, _args, { shop }) => shop.items.get(one.itemId),
    media: (one: Variant, args: PageArgs, { shop }) => connectInOrder(mediaOf(shop, one), args),
    image: (one: Variant, _args, { shop }) => {
      const media = mediaOf(shop, one)[0];
      return media
        ? {
            id: media.imageId,
            altText: media.alt || null,
            url: media.url,
            src: media.url,
            width: media.width,
            height: media.height,
          }
        : null;
    },
  },
};
