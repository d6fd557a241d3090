import { escapeHtml, problem, renderPage } from "../pages/html.ts";
import type { World } from "../tiktok-shop/model.ts";
import { isConnected } from "./words.ts";

/** The shops of the channel to choose from, for buyers (`shops`) or sellers (`seller`). */
export function chooser(world: World, side: "shops" | "seller", error?: string): string {
  const links = [...world.shops.values()].map((shop) => {
    const onSale = [...world.products.values()].filter((one) => one.shopId === shop.id && one.status === "ACTIVATE");
    const state = isConnected(world, shop) ? "connected" : "not connected";
    return `<li data-key="${shop.id}"><a href="/${side}/${shop.code}"><strong>${escapeHtml(shop.name)}</strong><span>${shop.region} · ${state} · ${onSale.length} on sale</span></a></li>`;
  });
  return renderPage({
    title: "Choose a shop (simulation)",
    styles: ["shop-front/shop-front.css"],
    bodyClass: "choose",
    home: "/",
    ...(world.kernel.settings.busyShop > 0 ? { store: "fresh" as const } : {}),
    body: `<main><h1>${side === "seller" ? "Whose seller centre?" : "Which shop?"}</h1>${problem(error)}<p>These shops are made up: the channel is a simulation on this machine.</p><ul class="shops" data-live="shops">${links.join("")}</ul></main>`,
  });
}
