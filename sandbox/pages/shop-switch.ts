import { readStore, STORES } from "../stores.ts";
import { escapeHtml } from "./html.ts";

/** A shop as the switch shows it. */
export interface ShopShown {
  name: string;
  /** Which store of the sandbox it belongs to, if any. */
  store?: string | undefined;
}

/** Which shop a page is about; where there are several, a menu leads to the same page of the others. `mark`: what stands before a name. */
export function shopSwitch(
  current: ShopShown,
  others: (ShopShown & { href: string })[],
  mark: (shop: ShopShown) => string = () => "",
): string {
  const tag = (shop: ShopShown) => `${mark(shop)}<span class="shopname">${escapeHtml(shop.name)}</span>`;
  if (others.length === 0) return `<span class="shop">${tag(current)}</span>`;
  const line = (shop: ShopShown) => {
    const store = readStore(shop.store);
    return `${mark(shop)}<span>${escapeHtml(shop.name)}${store ? `<small>${STORES[store].about}</small>` : ""}</span>`;
  };
  const links = others.map((one) => `<a href="${escapeHtml(one.href)}">${line(one)}</a>`);
  return `<details class="shop-switch"><summary class="shop">${tag(current)}<span class="hidden-text">, change shop</span></summary><div><p aria-current="true">${line(current)}</p>${links.join("")}</div></details>`;
}
