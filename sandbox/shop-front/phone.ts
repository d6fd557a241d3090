import type { SandboxRequest } from "../kernel/model.ts";
import { escapeHtml, noticeOf, renderPage } from "../pages/html.ts";
import { shopSwitch } from "../pages/shop-switch.ts";
import { storeShown } from "../stores.ts";
import type { Shop, World } from "../tiktok-shop/model.ts";

/** A page on the phone: the shop's name, what is on the screen, and the two tabs under it. */
export function phone(
  world: World,
  req: SandboxRequest,
  given: { shop: Shop; tab: "feed" | "orders"; title: string; screen: string },
): string {
  const { shop, tab, title, screen } = given;
  const base = `/shops/${shop.code}`;
  const link = (to: string, label: string, isHere: boolean) =>
    `<a href="${to}"${isHere ? ' aria-current="page"' : ""}>${label}</a>`;
  const place = tab === "orders" ? "/orders" : "";
  const others = [...world.shops.values()].filter((one) => one !== shop);
  const links = others.map((one) => ({ ...one, href: `/shops/${one.code}${place}` }));
  return renderPage({
    title: `${title} · ${shop.name} (simulation)`,
    styles: ["shop-front/shop-front.css"],
    scripts: ["shop-front/shop-front.js"],
    bodyClass: "shop-front",
    home: base,
    store: storeShown(world.kernel.settings, shop),
    body: `<aside class="beside" aria-label="About this page"><h2>The buyer’s side</h2>
<p>A made-up short-video shop, seen on a phone. It shows only listings that are on sale and changes by itself.</p>
<p><a href="/seller/${shop.code}">Seller centre</a></p></aside>
<div class="phone"><header>${shopSwitch(shop, links)}<span class="simulated">Simulation</span></header>
<main>${noticeOf(req)}<h1 class="hidden-text">${escapeHtml(title)}</h1>${screen}</main>
<nav aria-label="Shop">${link(base, "Shop", tab === "feed")}${link(`${base}/orders`, "My orders", tab === "orders")}<a class="small-only" href="/seller/${shop.code}">Seller centre</a></nav></div>
<dialog id="sheet" aria-label="Buy"></dialog>`,
  });
}
