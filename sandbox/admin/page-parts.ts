import type { SandboxRequest } from "../kernel/model.ts";
import { escapeHtml, noticeOf, renderPage } from "../pages/html.ts";
import type { Shop } from "../shopify/model.ts";
import { toDecimal } from "../shopify/money.ts";
import type { World } from "../shopify/world.ts";
import { storeShown } from "../stores.ts";
import { header, navigation } from "./frame.ts";

/** Where a shop's pages are. */
export const storePath = (shop: Shop) => `/store/${shop.domain.replace(".myshopify.com", "")}`;

/** A page of the admin outside the app. */
export function shell(given: {
  world: World;
  shop: Shop;
  req: SandboxRequest;
  title: string;
  page: "products" | "orders" | "apps";
  /** A link back to the list, for a page about one thing. */
  back?: boolean;
  content: string;
}): string {
  const { world, shop, req, title, page, back, content } = given;
  const store = storePath(shop);
  const base = `${store}/apps/${world.app.handle}`;
  const up = back ? `<a class="up" href="${store}/${page}" aria-label="All ${page}">←</a>` : "";
  return renderPage({
    title: `${title} · Sandbox admin`,
    styles: ["admin/host.css", "admin/store.css"],
    scripts: ["admin/menu.js", "admin/store.js"],
    bodyClass: "admin",
    home: `${store}/${page}`,
    store: storeShown(world.kernel.settings, shop),
    body: `${header(world, shop, page)}${navigation({ store, base, appName: world.app.name, current: page })}
<div id="shade" hidden></div><main class="page"><div class="page-inner">${noticeOf(req)}<h1>${up}<span>${escapeHtml(title)}</span></h1>${content}</div></main>`,
  });
}

/** A word in a coloured pill. */
export function badge(text: string, tone: "plain" | "good" | "warn" | "bad" = "plain"): string {
  return `<span class="badge ${tone}">${escapeHtml(text)}</span>`;
}

/** A picture of the catalog. Only the sandbox's own are shown: no request leaves the machine. */
export function picture(world: World, url: string | undefined, size: number, alt = ""): string {
  // a drawn one is told by the whole address: what it shows is in the query
  const own = url?.startsWith(world.kernel.publicUrl) ? url.slice(world.kernel.publicUrl.length) : null;
  const image = own
    ? `<img src="${escapeHtml(own)}" alt="${escapeHtml(alt)}" width="${size}" height="${size}" loading="lazy">`
    : "";
  return `<span class="picture" style="width:${size}px;height:${size}px">${image}</span>`;
}

/** A variant's name; empty where a product has only the one. */
export const variantName = (title: string | null) => (title === "Default Title" ? "" : (title ?? ""));

/** An amount with its currency, as people write it. */
export function sayMoney(minor: number, currency: string): string {
  const text = toDecimal(minor, currency);
  return currency === "USD" ? (minor < 0 ? `-$${text.slice(1)}` : `$${text}`) : `${text} ${currency}`;
}

/** SOME_STATUS in words: Some status. */
export function sayStatus(status: string): string {
  const words = status.toLowerCase().replaceAll("_", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** A labelled field of a form, with what is wrong with it under it. */
export function field(given: {
  name: string;
  label: string;
  value: string;
  type?: string;
  error?: string;
  extra?: string;
}): string {
  const { name, label, value, type = "text", error, extra = "" } = given;
  const wrong = error ? ` aria-invalid="true" aria-describedby="wrong-${name}"` : "";
  return `<label class="field"><span>${escapeHtml(label)}</span><input name="${name}" type="${type}" value="${escapeHtml(value)}"${wrong} ${extra}>${
    error ? `<span class="wrong" id="wrong-${name}" role="alert">${escapeHtml(error)}</span>` : ""
  }</label>`;
}

/** Choices in a select. */
export function select(name: string, label: string, options: [string, string][], chosen?: string): string {
  const list = options.map(
    ([value, text]) =>
      `<option value="${escapeHtml(value)}"${value === chosen ? " selected" : ""}>${escapeHtml(text)}</option>`,
  );
  return `<label class="field"><span>${escapeHtml(label)}</span><select name="${name}">${list.join("")}</select></label>`;
}

/** What stands where a list has nothing, with where to go next. */
export function emptyState(title: string, text: string): string {
  return `<div class="card empty"><h2>${escapeHtml(title)}</h2><p>${text}</p></div>`;
}
