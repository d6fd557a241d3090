import type { GraphQLResolveInfo } from "graphql";
import type { Shop } from "../model.ts";
import type { World } from "../world.ts";

/** What every resolver gets. */
export interface Context {
  world: World;
  shop: Shop;
  /** Scopes of the token; null: all. */
  scopes: string[] | null;
  /** Set by a mutation that did something. */
  effect: { changed: boolean };
  /** Search filters that were ignored, told in the answer's extensions. */
  ignoredFilters: string[];
}

// biome-ignore lint/suspicious/noExplicitAny: each resolver knows its own source and arguments; the schema has checked them
export type Resolver = (source: any, args: any, context: Context, info: GraphQLResolveInfo) => unknown;
/** Resolvers by type and field. A field not named here is read from the source object. */
export type Resolvers = Record<string, Record<string, Resolver>>;
