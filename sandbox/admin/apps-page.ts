import { escapeHtml } from "../pages/html.ts";
import type { Shop } from "../shopify/model.ts";
import type { World } from "../shopify/world.ts";
import { badge, storePath } from "./page-parts.ts";

/** The app this admin knows, and the way to take it away and to get it back. */
export function appsPage(world: World, shop: Shop, path: string): string {
  const name = escapeHtml(world.app.name);
  const form = (door: string, label: string, look: string) =>
    `<form method="post" action="${path}"><input type="hidden" name="door" value="${door}"><button class="${look}">${label}</button></form>`;
  if (shop.isRemoved)
    return `<section class="card" data-live="app"><h2>${name} ${badge("Not installed", "warn")}</h2><p>It has no access to this store. What it had put on the channel stays there.</p>${form("install", `Install ${name}`, "primary")}</section>`;
  return `<section class="card" data-live="app"><h2>${name} ${badge("Installed", "good")}</h2><p><a class="button primary" href="${storePath(shop)}/apps/${world.app.handle}">Open</a></p>
<details><summary>Uninstall</summary><p>Its access to this store ends at once. It is told, and stops. Two days later it is told to erase everything about the store.</p>${form("uninstall", `Uninstall ${name}`, "critical")}</details></section>`;
}
