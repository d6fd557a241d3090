import type { Resolvers } from "../graphql/context.ts";
import { fulfillmentOrders } from "./fulfillment-orders.ts";
import { fulfillments } from "./fulfillments.ts";
import { inventory } from "./inventory.ts";
import { inventoryWrites } from "./inventory-writes.ts";
import { locations } from "./locations.ts";
import { metafields } from "./metafields.ts";
import { nodes } from "./nodes.ts";
import { orderLines } from "./order-lines.ts";
import { orderWrites } from "./order-writes.ts";
import { orders } from "./orders.ts";
import { products } from "./products.ts";
import { refunds } from "./refunds.ts";
import { returns } from "./returns.ts";
import { shop } from "./shop.ts";
import { variants } from "./variants.ts";

/** All resolvers, type by type; areas may add fields to the same type. */
export const resolvers: Resolvers = join([
  shop,
  products,
  variants,
  locations,
  inventory,
  inventoryWrites,
  orders,
  orderLines,
  orderWrites,
  fulfillmentOrders,
  fulfillments,
  refunds,
  returns,
  metafields,
  nodes,
]);

function join(areas: Resolvers[]): Resolvers {
  const all: Resolvers = {};
  for (const area of areas) for (const [type, fields] of Object.entries(area)) all[type] = { ...all[type], ...fields };
  return all;
}
