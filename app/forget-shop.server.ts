import type { Catalog } from "./domains/catalog/index.server.ts";
import type { Inventory } from "./domains/inventory/index.server.ts";
import type { Orders } from "./domains/orders/index.server.ts";
import type { Shops } from "./domains/shops/index.server.ts";
import { type Db, deleteInParts } from "./platform/db.server.ts";
import type { Engine } from "./platform/engine/engine.server.ts";
import type { Claim, DrainContext } from "./platform/engine/model.ts";

interface Rooms {
  db: Db;
  engine: Engine;
  shops: Shops;
  catalog: Catalog;
  inventory: Inventory;
  orders: Orders;
}

/**
 * Chore `forget-shop`: a shop that left wants everything about it erased. Each room forgets its own, the highest floor first; the shop goes
 * last, so that a chore that broke off goes on where it ended. Void once the app was installed again.
 */
export const forgetShopChore = (rooms: Rooms) => async (claim: Claim, ctx: DrainContext) => {
  const shopId = claim.scope.slice("shop:".length);
  const found = await rooms.shops.toBeErased(shopId);
  if (!found) {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  const which = { shopId, connectionIds: found.connectionIds };
  for (const room of [rooms.orders, rooms.inventory, rooms.catalog]) await room.forgetShop(which);
  for (const table of ["Activity", "Problem"])
    await deleteInParts(rooms.db, { table, column: "shopId", values: [shopId] });
  await rooms.engine.change(async (tx) => {
    await rooms.shops.forgetShop(tx, shopId);
    await ctx.end(claim, { kind: "done" }, tx);
  });
};
