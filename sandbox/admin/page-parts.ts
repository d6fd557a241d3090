import { escapeHtml, renderPage } from "../pages/html.ts";
import type { Shop } from "../shopify/model.ts";
import type { World } from "../shopify/world.ts";
import { header, navigation } from "./frame.ts";

/** A page of the admin outside the app. */
export function shell(given: {
  world: World;
  shop: Shop;
  title: string;
  page: string;
  notice: string;
  content: string;
}): string {
  const { world, shop, title, page, notice, content } = given;
  const store = `/store/${shop.domain.replace(".myshopify.com", "")}`;
  const note = notice ? `<p class="notice" role="status">${escapeHtml(notice)}</p>` : "";
  return renderPage({
    title: `${title} · Sandbox admin`,
    styles: ["admin/host.css"],
    scripts: ["admin/menu.js"],
    bodyClass: "admin",
    home: `${store}/${page}`,
    body: `${header(shop.name)}${navigation({ store, base: `${store}/apps/${world.app.handle}`, appName: world.app.name, current: page })}
<div id="shade" hidden></div><main class="page"><h1>${title}</h1>${note}${content}</main>`,
  });
}

/** A form that opens one of the doors. */
export function form(action: string, door: string, hidden: Record<string, string>, inner: string): string {
  const fields = Object.entries({ door, ...hidden }).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  return `<form method="post" action="${escapeHtml(action)}">${fields.join("")}${inner}</form>`;
}

/** A labelled text field; the label is for screen readers where the table's heading says it already. */
export function field(name: string, label: string, value: string, type = "text"): string {
  return `<input name="${name}" aria-label="${escapeHtml(label)}" value="${escapeHtml(value)}" type="${type}" required>`;
}
