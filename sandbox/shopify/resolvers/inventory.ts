import { GraphQLError } from "graphql";
import { connect, connectInOrder, type PageArgs } from "../graphql/connection.ts";
import type { Resolvers } from "../graphql/context.ts";
import { readSearch, sameNumber, sameText, sameTime } from "../graphql/search.ts";
import { idSortKey, numberOf } from "../ids.ts";
import type { InventoryItem, Level } from "../model.ts";
import { isoTime } from "../time.ts";

/** Names of stock quantities and where a level keeps them. */
const QUANTITIES: Record<string, (level: Level) => number> = {
  available: (level) => level.available,
  on_hand: (level) => level.onHand,
  committed: (level) => level.committed,
  incoming: (level) => level.incoming,
  reserved: (level) => level.reserved,
  damaged: (level) => level.damaged,
  safety_stock: (level) => level.safetyStock,
  quality_control: (level) => level.qualityControl,
};

export const inventory: Resolvers = {
  QueryRoot: {
    inventoryItem: (_source, { id }: { id: string }, { shop }) => shop.items.get(id) ?? null,
    inventoryLevel: (_source, { id }: { id: string }, { shop }) => shop.levels.get(id) ?? null,
    inventoryItems(_source, args: PageArgs & { query?: string | null }, context) {
      const { shop } = context;
      const skuOf = (one: InventoryItem) => shop.variants.get(one.variantId)?.sku ?? null;
      const search = readSearch<InventoryItem>(
        args.query,
        {
          id: (one, want) => sameNumber(BigInt(numberOf(one.id)), want),
          sku: (one, want) => sameText(skuOf(one), want),
          updated_at: (one, want) => sameTime(one.updatedAt, want),
        },
        (one) => skuOf(one) ?? "",
      );
      context.ignoredFilters.push(...search.unknown);
      return connect([...shop.items.values()].filter(search.test), args, (one) => idSortKey(one.id));
    },
  },
  InventoryItem: {
    legacyResourceId: (one: InventoryItem) => numberOf(one.id),
    sku: (one: InventoryItem, _args, { shop }) => shop.variants.get(one.variantId)?.sku ?? null,
    duplicateSkuCount: (one: InventoryItem, _args, { shop }) => {
      const sku = shop.variants.get(one.variantId)?.sku;
      return sku ? [...shop.variants.values()].filter((variant) => variant.sku === sku).length - 1 : 0;
    },
    measurement: (one: InventoryItem) => ({
      id: one.id.replace("/InventoryItem/", "/InventoryItemMeasurement/"),
      weight: one.weight,
    }),
    countryCodeOfOrigin: () => null,
    provinceCodeOfOrigin: () => null,
    harmonizedSystemCode: () => null,
    unitCost: () => null,
    createdAt: (one: InventoryItem) => isoTime(one.createdAt),
    updatedAt: (one: InventoryItem) => isoTime(one.updatedAt),
    variant: (one: InventoryItem, _args, { shop }) => shop.variants.get(one.variantId),
    variants: (one: InventoryItem, args: PageArgs, { shop }) =>
      connectInOrder([shop.variants.get(one.variantId)].filter(Boolean), args),
    locationsCount: (one: InventoryItem) => ({ count: one.levels.size, precision: "EXACT" }),
    inventoryLevel: (one: InventoryItem, { locationId }: { locationId: string }) => one.levels.get(locationId) ?? null,
    inventoryLevels: (one: InventoryItem, args: PageArgs & { includeInactive?: boolean }) =>
      connectInOrder(
        [...one.levels.values()].filter((level) => level.isActive || args.includeInactive),
        args,
      ),
  },
  InventoryLevel: {
    item: (level: Level, _args, { shop }) => shop.items.get(level.itemId),
    location: (level: Level, _args, { shop }) => shop.locations.get(level.locationId),
    createdAt: (level: Level) => isoTime(level.createdAt),
    updatedAt: (level: Level) => isoTime(level.updatedAt),
    canDeactivate: () => false,
    deactivationAlert: () => null,
    quantities: (level: Level, { names }: { names: string[] }) =>
      names.map((name) => {
        const read = QUANTITIES[name];
        if (!read) throw new GraphQLError("Invalid quantity name", { extensions: { code: "BAD_USER_INPUT" } });
        return {
          id: `gid://shopify/InventoryQuantity/${numberOf(level.locationId)}?name=${name}`,
          name,
          quantity: read(level),
          updatedAt: isoTime(level.updatedAt),
        };
      }),
  },
};
