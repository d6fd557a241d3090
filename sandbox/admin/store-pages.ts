import type { SandboxAnswer, SandboxRequest } from "../kernel/model.ts";
import { isOwnPage } from "../kernel/own-page.ts";
import { answerPage, readForm, redirect } from "../pages/html.ts";
import { numberOf } from "../shopify/ids.ts";
import type { Order, Product, Shop } from "../shopify/model.ts";
import type { World } from "../shopify/world.ts";
import { appsPage } from "./apps-page.ts";
import { extensionBlocks } from "./extension-block.ts";
import { orderActions } from "./order-actions.ts";
import { orderPage } from "./order-page.ts";
import { ordersPage } from "./orders-page.ts";
import { shell, storePath } from "./page-parts.ts";
import { productPage, type Rejected } from "./product-page.ts";
import { productsPage } from "./products-page.ts";
import { saveProduct } from "./save-product.ts";

// biome-ignore lint/suspicious/noExplicitAny: the control doors read their own JSON
export type Doors = Record<string, (input: any) => Promise<unknown>>;

interface Asked {
  world: World;
  doors: Doors;
  shop: Shop;
  req: SandboxRequest;
}

/** The admin's own pages: products and orders, as lists and one by one. Null: there is no such page. */
export async function serveStorePage(asked: Asked, page: string, number: string): Promise<SandboxAnswer | null> {
  const { world, shop, req } = asked;
  if (req.method !== "GET" && !isOwnPage(req)) return { status: 403, body: "no" };
  if (page === "products" && !number) {
    const content = productsPage(world, shop, req.query);
    return answerPage(req, shell({ world, shop, req, title: "Products", page, content }));
  }
  if (page === "orders" && !number)
    return answerPage(req, shell({ world, shop, req, title: "Orders", page, content: ordersPage(shop, req.query) }));
  if (page === "products") {
    const product = find(shop.products, number);
    if (!product) return gone(shop, page);
    return req.method === "POST" ? save(asked, product) : showProduct(asked, product);
  }
  if (page === "apps" && !number) return req.method === "POST" ? changeApp(asked) : showApps(asked);
  if (page !== "orders") return null;
  const order = find(shop.orders, number);
  if (!order) return gone(shop, page);
  return req.method === "POST" ? act(asked, order) : showOrder(asked, order);
}

function showApps({ world, shop, req }: Asked): SandboxAnswer {
  const content = appsPage(world, shop, req.path);
  return answerPage(req, shell({ world, shop, req, title: "Apps", page: "apps", content }));
}

/** Uninstalling ends the app's access at once; installing opens it. */
async function changeApp({ world, doors, shop, req }: Asked): Promise<SandboxAnswer> {
  const { door } = readForm(req);
  if (door !== "install" && door !== "uninstall") return { status: 403, body: "no" };
  await doors[door]?.({ shop: shop.domain });
  if (door === "uninstall") return redirect(req.path, `${world.app.name} was uninstalled.`);
  return redirect(`${storePath(shop)}/apps/${world.app.handle}`);
}

function find<T extends { id: string }>(all: Map<string, T>, number: string): T | undefined {
  for (const one of all.values()) if (numberOf(one.id) === number) return one;
  return undefined;
}

const gone = (shop: Shop, page: string) => redirect(`${storePath(shop)}/${page}`, "That is not there any more.");

function showProduct({ world, shop, req }: Asked, product: Product, rejected?: Rejected): SandboxAnswer {
  const blocks = extensionBlocks(shop, "admin.product-details.block.render", product.id);
  const content = `${productPage(world, shop, product, req.path, rejected)}${blocks}`;
  const page = shell({ world, shop, req, title: product.title, page: "products", back: true, content });
  return answerPage(req, page, rejected ? 422 : 200);
}

async function save(asked: Asked, product: Product): Promise<SandboxAnswer> {
  const saved = await saveProduct(asked.doors, asked.shop, product, readForm(asked.req));
  if (!("changed" in saved)) return showProduct(asked, product, saved);
  return redirect(asked.req.path, saved.changed > 0 ? "Saved." : "Nothing had changed.");
}

function showOrder({ world, shop, req }: Asked, order: Order, error?: { door: string; text: string }): SandboxAnswer {
  const content = orderPage(world, shop, order, req.path, error);
  const page = shell({ world, shop, req, title: `Order ${order.name}`, page: "orders", back: true, content });
  return answerPage(req, page, error ? 422 : 200);
}

async function act(asked: Asked, order: Order): Promise<SandboxAnswer> {
  const fields = readForm(asked.req);
  const door = fields.door ?? "";
  const action = Object.hasOwn(orderActions, door) ? orderActions[door] : undefined;
  if (!action) return { status: 403, body: "no" };
  try {
    return redirect(asked.req.path, await action(asked.doors, asked.shop, order, fields));
  } catch (error) {
    return showOrder(asked, order, { door, text: error instanceof Error ? error.message : "That did not work." });
  }
}
