import type { Shop } from "./model.ts";
import { redactLater } from "./privacy.ts";
import type { Tokens } from "./tokens.ts";
import { tellShop } from "./webhooks/emit.ts";
import type { World } from "./world.ts";

/** The merchant installed (or opened) the app. */
export function install(shop: Shop): void {
  shop.installed = true;
  shop.isRemoved = false;
}

/** The merchant removed the app: its tokens are dead before the news is sent (a Shopify fact). */
export function uninstall(world: World, shop: Shop, tokens: Tokens): void {
  shop.installed = false;
  shop.isRemoved = true;
  tokens.revokeAll(shop.domain);
  tellShop(world, shop, "app/uninstalled");
  redactLater(world, shop);
}
