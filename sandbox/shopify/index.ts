import { createAdminPages } from "../admin/pages.ts";
import { makeCatalog } from "../catalog/make-catalog.ts";
import { readCatalog } from "../catalog/read-catalog.ts";
import type { Kernel, Platform } from "../kernel/model.ts";
import type { ShopCount } from "../kernel/truth-bar.ts";
import { STORES } from "../stores.ts";
import { readAppConfig } from "./app-toml.ts";
import { createControl } from "./control.ts";
import { countShops } from "./count.ts";
import { createGraphqlDoor } from "./graphql-door.ts";
import { addLocations, addProducts } from "./seed.ts";
import { tellShops } from "./snapshot.ts";
import { createTokenDoor } from "./token-door.ts";
import { createTokens } from "./tokens.ts";
import { addShop, createWorld, DEFAULT_SWITCHES, DEMO_SHOP } from "./world.ts";

/** The Shopify half of the sandbox: Admin GraphQL, token door, webhooks and the embedded admin frame. */
export function createShopify(kernel: Kernel): Platform<ShopCount> {
  const world = createWorld(kernel);
  const tokens = createTokens();
  const control = createControl(world, tokens);
  return {
    routes: [createTokenDoor(world, tokens), createGraphqlDoor(world, tokens)],
    pages: [createAdminPages(world, control)],
    state: () => tellShops(world),
    count: (store) => countShops(world, store),
    control,
    reset() {
      tokens.clear();
      world.shops.clear();
      world.picturesDrawn = 0;
      Object.assign(world.switches, DEFAULT_SWITCHES);
      Object.assign(world.app, readAppConfig());
      const demo = addShop(world, DEMO_SHOP, kernel.settings.devShop ? "Development" : "Plus", STORES.fresh);
      addLocations(world, demo);
      addProducts(world, demo, readCatalog(kernel.settings.catalog));
      // after the first one, which is the same with it and without it
      if (kernel.settings.busyShop === 0) return;
      const busy = addShop(world, STORES.busy.domain, "Plus", STORES.busy);
      addLocations(world, busy);
      addProducts(world, busy, makeCatalog(kernel.settings.busyShop));
    },
  };
}
