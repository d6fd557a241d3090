import type { SandboxAnswer, SandboxRequest } from "../kernel/model.ts";
import type { Shop } from "../shopify/model.ts";
import type { World } from "../shopify/world.ts";
import { ordersPage } from "./orders-page.ts";
import { shell } from "./page-parts.ts";
import { productBlockPage } from "./product-block-page.ts";
import { productsPage } from "./products-page.ts";

/** Doors a page's forms may open: what a merchant does by hand. */
const FORMS = ["edit-product", "set-stock", "fulfil", "cancel"];

// biome-ignore lint/suspicious/noExplicitAny: the control doors read their own JSON
export type Doors = Record<string, (input: any) => Promise<unknown>>;

/** The admin's own pages, Products and Orders, as far as the demo needs them. Null: there is no such page. */
export async function serveStorePage(
  world: World,
  doors: Doors,
  shop: Shop,
  req: SandboxRequest,
  page: string,
): Promise<SandboxAnswer | null> {
  const here = req.path.replace(/\/\d+$/, "");
  if (req.method === "POST") return submit(doors, shop, req, page);
  const number = /\/products\/(\d+)$/.exec(req.path)?.[1];
  const one = number ? productBlockPage(shop, number, here) : null;
  if (one) return answer(shell({ world, shop, ...one, page, notice: req.query.get("notice") ?? "" }));
  const notice = req.query.get("notice") ?? "";
  const content = page === "products" ? productsPage(shop, here) : page === "orders" ? ordersPage(shop, here) : null;
  if (content === null) return null;
  return answer(shell({ world, shop, title: page === "products" ? "Products" : "Orders", page, notice, content }));
}

function answer(body: string): SandboxAnswer {
  return { status: 200, headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" }, body };
}

/** A form of a page: opens the door it names, then shows the page again with what came of it. Other sites' forms are refused. */
async function submit(doors: Doors, shop: Shop, req: SandboxRequest, page: string): Promise<SandboxAnswer> {
  const { door = "", ...fields } = Object.fromEntries(new URLSearchParams(req.raw.toString("utf8")));
  const { origin, host } = req.headers;
  const run = FORMS.includes(door) ? doors[door] : undefined;
  if (!run || (origin && new URL(origin).host !== host)) return { status: 403, body: "no" };
  let notice = "Saved";
  try {
    const input = "available" in fields ? { ...fields, available: Number(fields.available) } : fields;
    await run({ ...input, shop: shop.domain });
  } catch (error) {
    notice = error instanceof Error ? error.message : "That did not work";
  }
  return {
    status: 303,
    headers: {
      location: `/store/${shop.domain.replace(".myshopify.com", "")}/${page}?notice=${encodeURIComponent(notice)}`,
    },
    body: "",
  };
}
