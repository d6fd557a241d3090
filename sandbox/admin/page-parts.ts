import type { Shop } from "../shopify/model.ts";
import type { World } from "../shopify/world.ts";
import { escapeHtml, header, navigation } from "./frame.ts";

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
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Sandbox admin</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/host.css"></head>
<body>${header(shop.name)}${navigation({ store, base: `${store}/apps/${world.app.handle}`, appName: world.app.name, current: page })}
<div id="shade" hidden></div><main class="page"><h1>${escapeHtml(title)}</h1>${note}${content}</main><script src="/menu.js"></script></body></html>`;
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
