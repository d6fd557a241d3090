import type { Pages, SandboxAnswer, SandboxRequest } from "../kernel/model.ts";
import { isOwnPage } from "../kernel/own-page.ts";
import { answerPage, problem, readForm, redirect } from "../pages/html.ts";
import { leadToOrder, serveSellerCentre } from "../seller-centre/pages.ts";
import { buyerIdOf, PHONE_BUYER } from "../tiktok-shop/buy.ts";
import type { createControl } from "../tiktok-shop/control.ts";
import type { Shop, World } from "../tiktok-shop/model.ts";
import { chooser } from "./chooser.ts";
import { feed } from "./feed.ts";
import { myOrders } from "./my-orders.ts";
import { phone } from "./phone.ts";
import { productSheet } from "./product-sheet.ts";

const HOST = "shop.localhost";

/** The channel's doors, as its pages use them. */
export type ChannelDoors = ReturnType<typeof createControl>;

/** The channel as people see it: a phone-shaped shop front for buyers, and the seller centre under /seller. */
export function createShopPages(world: World, doors: ChannelDoors): Pages {
  return {
    match: (req) => req.host === HOST && !/^\/(tiktok-media|open)\//.test(req.path),
    handle: (req) => serve(world, doors, req),
  };
}

async function serve(world: World, doors: ChannelDoors, req: SandboxRequest): Promise<SandboxAnswer> {
  if (req.method !== "GET" && !isOwnPage(req)) return { status: 403, body: "no" };
  const [, first = "", code = "", place = "", id = ""] = req.path.split("/");
  const shops = [...world.shops.values()];
  const shop = shops.find((one) => one.code === code);
  if (first === "seller" && code === "order" && place === "detail") return leadToOrder(world, req);
  if (first === "seller" && (shop || !code)) return serveSellerCentre(world, doors, req, shop ?? null);
  if (req.path === "/" && shops.length === 1 && shops[0]) return redirect(`/shops/${shops[0].code}`);
  if (req.path === "/") return answerPage(req, chooser(world, "shops"));
  if (first !== "shops" || !shop) return answerPage(req, chooser(world, "shops", "There is no such page here."), 404);
  if (req.method === "POST") {
    if (place === "buy") return buy(world, doors, req, shop);
    return place === "return" ? giveBack(world, doors, req, shop) : cancel(world, doors, req, shop);
  }
  return show(world, req, shop, place, id);
}

function show(world: World, req: SandboxRequest, shop: Shop, place: string, id: string): SandboxAnswer {
  if (place === "") {
    const screen = feed(world, shop, Number(req.query.get("shown")));
    return answerPage(req, phone(world, req, { shop, tab: "feed", title: "Shop", screen }));
  }
  if (place === "orders")
    return answerPage(
      req,
      phone(world, req, { shop, tab: "orders", title: "My orders", screen: myOrders(world, shop) }),
    );
  const product = world.products.get(id);
  if (place !== "products" || product?.shopId !== shop.id || product.status !== "ACTIVATE")
    return refused(world, req, shop, "This is not on sale any more.");
  const sheet = productSheet(world, shop, product);
  if (req.query.has("sheet"))
    return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: sheet };
  return answerPage(req, phone(world, req, { shop, tab: "feed", title: "Buy", screen: sheet }));
}

async function buy(world: World, doors: ChannelDoors, req: SandboxRequest, shop: Shop): Promise<SandboxAnswer> {
  const { productId = "", skuId = "", quantity = "1", atTheDoor } = readForm(req);
  const product = world.products.get(productId);
  let error = "Somebody was faster: there is not that much left.";
  try {
    const { orderId } = await doors.buy({
      ...{ skuId, quantity: Number(quantity), buyer: PHONE_BUYER },
      ...(atTheDoor === "1" ? { cashOnDelivery: true } : {}),
    });
    if (orderId) return redirect(`/shops/${shop.code}/orders`, "Bought. It is on hold while you may change your mind.");
  } catch (thrown) {
    error = Number(quantity) >= 1 ? "This is not on sale any more." : (thrown as Error).message;
  }
  if (!product?.live) return refused(world, req, shop, error);
  const sheet = productSheet(world, shop, product, { error, skuId, quantity });
  return answerPage(req, phone(world, req, { shop, tab: "feed", title: "Buy", screen: sheet }), 422);
}

async function cancel(world: World, doors: ChannelDoors, req: SandboxRequest, shop: Shop): Promise<SandboxAnswer> {
  const { orderId = "" } = readForm(req);
  const order = world.orders.get(orderId);
  if (order?.buyerId !== buyerIdOf(PHONE_BUYER)) return refused(world, req, shop, "That is not your order.");
  const isInstant = order.status === "UNPAID" || order.status === "ON_HOLD";
  try {
    await doors.cancel({ orderId, by: "BUYER", request: !isInstant });
  } catch {
    return refused(world, req, shop, "It is too late: the order is on its way or cancelled already.");
  }
  return redirect(`/shops/${shop.code}/orders`, isInstant ? "Cancelled." : "The shop has been asked.");
}

const SAID: Record<string, string> = {
  ship: "Sent back.",
  accept: "You take the offer.",
  decline: "You do not take the offer.",
  withdraw: "You keep it.",
};

/** A buyer asks for a return, a refund or another one, or goes on with one. */
async function giveBack(world: World, doors: ChannelDoors, req: SandboxRequest, shop: Shop): Promise<SandboxAnswer> {
  const { orderId, returnId = "", type, what = "" } = readForm(req);
  const order = world.orders.get(orderId ?? world.returns.get(returnId)?.orderId ?? "");
  if (order?.buyerId !== buyerIdOf(PHONE_BUYER)) return refused(world, req, shop, "That is not your order.");
  try {
    if (!orderId) await doors["continue-return"]({ returnId, what: what as "ship" });
    else await doors["ask-return"]({ orderId, type: type as "REFUND" });
  } catch {
    return refused(world, req, shop, "That cannot be done (any more).");
  }
  return redirect(`/shops/${shop.code}/orders`, orderId ? "The shop has been asked." : (SAID[what] ?? "Done."));
}

function refused(world: World, req: SandboxRequest, shop: Shop, text: string): SandboxAnswer {
  const screen = `${problem(text)}<p class="more"><a class="button" href="/shops/${shop.code}">Back to the shop</a></p>`;
  return answerPage(req, phone(world, req, { shop, tab: "feed", title: "Not possible", screen }), 422);
}
