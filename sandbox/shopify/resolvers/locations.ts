import { connect, type PageArgs } from "../graphql/connection.ts";
import type { Resolvers } from "../graphql/context.ts";
import { readSearch, sameText } from "../graphql/search.ts";
import { idSortKey, numberOf } from "../ids.ts";
import type { Level, Location } from "../model.ts";
import { isoTime } from "../time.ts";

interface LocationsArgs extends PageArgs {
  includeInactive?: boolean;
  sortKey?: string;
  query?: string | null;
}

export const locations: Resolvers = {
  QueryRoot: {
    location: (_source, { id }: { id?: string | null }, { shop }) =>
      id ? (shop.locations.get(id) ?? null) : [...shop.locations.values()][0],
    locations(_source, args: LocationsArgs, { shop }) {
      const search = readSearch<Location>(
        args.query,
        { name: (one, want) => sameText(one.name, want) },
        (one) => one.name,
      );
      const shown = [...shop.locations.values()].filter(
        (one) => (one.isActive || args.includeInactive) && search.test(one),
      );
      return connect(shown, args, (one) =>
        args.sortKey === "ID" ? idSortKey(one.id) : `${one.name.toLowerCase()} ${idSortKey(one.id)}`,
      );
    },
  },
  Location: {
    legacyResourceId: (location: Location) => numberOf(location.id),
    fulfillsOnlineOrders: (location: Location) => location.isActive,
    shipsInventory: (location: Location) => location.isActive,
    isFulfillmentService: () => false,
    fulfillmentService: () => null,
    hasActiveInventory: () => true,
    hasUnfulfilledOrders: () => false,
    activatable: (location: Location) => !location.isActive,
    deactivatable: () => false,
    deletable: () => false,
    deactivatedAt: () => null,
    addressVerified: () => true,
    createdAt: (location: Location) => isoTime(location.updatedAt),
    updatedAt: (location: Location) => isoTime(location.updatedAt),
    address: (location: Location) => ({
      address1: location.address1,
      address2: null,
      city: location.city,
      country: "United States",
      countryCode: location.countryCode,
      province: null,
      provinceCode: location.provinceCode,
      zip: location.zip,
      phone: null,
      latitude: null,
      longitude: null,
      formatted: [location.address1, `${location.city} ${location.provinceCode} ${location.zip}`, "United States"],
    }),
    inventoryLevel: (location: Location, { inventoryItemId }: { inventoryItemId: string }, { shop }) =>
      shop.items.get(inventoryItemId)?.levels.get(location.id) ?? null,
    inventoryLevels: (location: Location, args: PageArgs, { shop }) =>
      connect(
        [...shop.levels.values()].filter((level: Level) => level.locationId === location.id),
        args,
        (level) => idSortKey(level.itemId),
      ),
  },
};
