import type { SandboxRequest } from "../kernel/model.ts";
import { escapeHtml, noticeOf, problem, renderPage } from "../pages/html.ts";
import { shopSwitch } from "../pages/shop-switch.ts";
import { storeShown } from "../stores.ts";
import type { Shop, World } from "../tiktok-shop/model.ts";
import { actionOf } from "../tiktok-shop/returns.ts";

export type Tab = "audits" | "listings" | "orders" | "requests";

const TABS: [Tab, string][] = [
  ["listings", "Listings"],
  ["audits", "Audits"],
  ["orders", "Orders"],
  ["requests", "Requests"],
];

/** How many things wait for somebody in a tab. */
function waiting(world: World, shop: Shop, tab: Tab): number {
  if (tab === "audits")
    return [...world.products.values()].filter((one) => one.shopId === shop.id && one.auditStatus === "AUDITING")
      .length;
  if (tab !== "requests") return 0;
  const asksToCancel = [...world.cancellations.values()].filter(
    (one) => one.shopId === shop.id && one.status === "CANCELLATION_REQUEST_PENDING",
  );
  const asksToReturn = [...world.returns.values()].filter(
    (one) => one.shopId === shop.id && actionOf(one) !== undefined,
  );
  return asksToCancel.length + asksToReturn.length;
}

/** A page of the seller centre. */
export function shell(
  world: World,
  req: SandboxRequest,
  given: { shop: Shop; tab: Tab; content: string; error?: string },
): string {
  const { shop, tab, content, error } = given;
  const title = TABS.find(([name]) => name === tab)?.[1] ?? "";
  const links = TABS.map(([name, label]) => {
    const count = waiting(world, shop, name);
    const tag = count > 0 ? ` <span class="waiting">${count}<span class="hidden-text"> waiting</span></span>` : "";
    return `<a href="/seller/${shop.code}/${name}"${name === tab ? ' aria-current="page"' : ""} data-key="${name}">${label}${tag}</a>`;
  });
  const others = [...world.shops.values()].filter((one) => one !== shop);
  const switched = others.map((one) => ({ ...one, href: `/seller/${one.code}/${tab}` }));
  return renderPage({
    title: `${title} · Seller centre (simulation)`,
    styles: ["seller-centre/seller-centre.css"],
    bodyClass: "seller",
    home: `/seller/${shop.code}/${tab}`,
    store: storeShown(world.kernel.settings, shop),
    body: `<header><span class="name">Seller centre</span><span class="simulated">Simulation</span>${shopSwitch(shop, switched)}<span class="links"><a href="/shops/${shop.code}">Shop front</a></span></header>
<nav aria-label="Seller centre" data-live="tabs">${links.join("")}</nav>
<main>${noticeOf(req)}<h1>${title}</h1>${problem(error)}${content}</main>`,
  });
}

/** What stands where a list has nothing. */
export function emptyState(title: string, text: string): string {
  return `<div class="empty" data-key="empty"><h2>${title}</h2><p>${text}</p></div>`;
}

/** A form with one or more buttons that opens one of the doors of this page. */
export function door(shop: Shop, tab: Tab, fields: Record<string, string>, inner: string): string {
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  return `<form method="post" action="/seller/${shop.code}/${tab}">${hidden.join("")}${inner}</form>`;
}

/** A word in a coloured pill. */
export function pill(text: string, tone: "plain" | "good" | "warn" | "bad" = "plain"): string {
  return `<span class="pill ${tone}">${escapeHtml(text)}</span>`;
}
