import { escapeHtml, renderPage } from "../pages/html.ts";
import { type ShopShown, shopSwitch } from "../pages/shop-switch.ts";
import type { Shop } from "../shopify/model.ts";
import type { World } from "../shopify/world.ts";
import { storeShown } from "../stores.ts";

/** What the frame's script must know. */
export interface FrameBoot {
  appOrigin: string;
  appName: string;
  /** Path of the app in the admin, /store/{store}/apps/{handle}. */
  base: string;
  shop: string;
  src: string;
}

const ICONS = {
  menu: "M3 5h14v1.6H3zM3 9.2h14v1.6H3zM3 13.4h14V15H3z",
  orders: "M4 3h12v10.5h-3.2a2.8 2.8 0 0 1-5.6 0H4zm0 12h2.4a4.4 4.4 0 0 0 7.2 0H16v2H4z",
  products: "m10 2 7 3.5v9L10 18l-7-3.5v-9zm0 2L6 6l4 2 4-2zM5 7.6v5.7l4 2V9.6zm10 0-4 2v5.7l4-2z",
};

const icon = (path: string) =>
  `<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false"><path d="${path}" fill="currentColor"/></svg>`;

const mark = ({ name }: ShopShown) =>
  `<span class="avatar" aria-hidden="true">${escapeHtml(name.slice(0, 1).toUpperCase())}</span>`;

/** The bar on top of every admin page; `place` is where in the other shops its switch leads. */
export function header(world: World, shop: Shop, place: string): string {
  const others = [...world.shops.values()].filter((one) => one !== shop);
  const links = others.map((one) => ({
    ...one,
    href: `/store/${one.domain.replace(".myshopify.com", "")}/${place}`,
  }));
  return `<header>
  <button id="menu" class="plain" aria-label="Navigation" aria-expanded="false" aria-controls="nav">${icon(ICONS.menu)}</button>
  <span class="brand">Sandbox admin</span><span class="simulated">Simulation</span>
  ${shopSwitch(shop, links, mark)}
  <div id="loading" hidden></div>
</header>`;
}

/** The admin's navigation; the app fills in its own part. */
export function navigation({
  store,
  base,
  appName,
  current,
}: {
  store: string;
  base: string;
  appName: string;
  current: string;
}): string {
  const name = escapeHtml(appName);
  const link = (page: string, label: string, path: string) =>
    `<a href="${store}/${page}"${page === current ? ' aria-current="page"' : ""}>${icon(path)}${label}</a>`;
  return `<nav id="nav" aria-label="Admin">
  ${link("orders", "Orders", ICONS.orders)}
  ${link("products", "Products", ICONS.products)}
  <h2><a href="${store}/apps"${current === "apps" ? ' aria-current="page"' : ""}>Apps</a></h2>
  <a id="appname" href="${base}"><span class="appicon" aria-hidden="true">${name.slice(0, 1)}</span>${name}</a>
  <div id="appnav"></div>
</nav>`;
}

/** The admin page with the app in it. */
export function framePage(world: World, shop: Shop, boot: FrameBoot): string {
  const store = boot.base.split("/").slice(0, 3).join("/");
  const name = escapeHtml(boot.appName);
  return renderPage({
    title: `${boot.appName} · Sandbox admin`,
    styles: ["admin/host.css"],
    scripts: ["admin/menu.js", "admin/host.js"],
    bodyClass: "admin",
    home: boot.base,
    store: storeShown(world.kernel.settings, shop),
    body: `${header(world, shop, `apps/${world.app.handle}`)}
${navigation({ store, base: boot.base, appName: boot.appName, current: "" })}
<div id="shade" hidden></div>
<main>
  <div id="titlebar"><span class="appicon" aria-hidden="true">${name.slice(0, 1)}</span><h1 id="title">${name}</h1><span id="actions"></span></div>
  <div id="savebar" role="region" aria-label="Unsaved changes" hidden></div>
  <iframe name="app-iframe" title="${name}" allow="clipboard-write" src="${escapeHtml(boot.src)}"></iframe>
</main>
<dialog id="picker" aria-label="Select products"></dialog>
<script type="application/json" id="boot">${JSON.stringify(boot).replace(/</g, "\\u003c")}</script>`,
  });
}

/** A page of the admin that has no stand-in, with a way back to the app. */
export function plainPage(title: string, shopName: string, back: string): string {
  return renderPage({
    title: "Sandbox admin",
    styles: ["admin/host.css"],
    bodyClass: "admin single",
    home: back,
    body: `<main class="card"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(shopName)}</p><p><a class="button primary" href="${escapeHtml(back)}">Open the app</a></p></main>`,
  });
}
