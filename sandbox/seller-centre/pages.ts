import type { SandboxAnswer, SandboxRequest } from "../kernel/model.ts";
import { answerPage, readForm, redirect } from "../pages/html.ts";
import { chooser } from "../shop-front/chooser.ts";
import type { ChannelDoors } from "../shop-front/pages.ts";
import type { Shop, World } from "../tiktok-shop/model.ts";
import { audits, listings } from "./listings.ts";
import { orders, requests, SELLER_REASONS } from "./orders.ts";
import { shell, type Tab } from "./shell.ts";

const CONTENT: Record<Tab, (world: World, shop: Shop, req: SandboxRequest) => string> = {
  ...{ listings, audits, requests },
  orders: (world, shop, req) => orders(world, shop, req.query.get("order") ?? ""),
};

/** The seller's side of the channel: audit queue, listings, orders, and what buyers ask for. `shop` null: which one is to be chosen. */
export async function serveSellerCentre(
  world: World,
  doors: ChannelDoors,
  req: SandboxRequest,
  shop: Shop | null,
): Promise<SandboxAnswer> {
  const [only] = world.shops.values();
  if (!shop)
    return world.shops.size === 1 && only
      ? redirect(`/seller/${only.code}`)
      : answerPage(req, chooser(world, "seller"));
  const [, , , place = "listings"] = req.path.split("/");
  if (!Object.hasOwn(CONTENT, place))
    return answerPage(req, chooser(world, "seller", "There is no such page here."), 404);
  const tab = place as Tab;
  const show = (status: number, error?: string) =>
    answerPage(req, shell(world, req, { shop, tab, content: CONTENT[tab](world, shop, req), error }), status);
  if (req.method !== "POST") return show(200);
  try {
    return redirect(req.path, await act(world, doors, shop, readForm(req)));
  } catch (error) {
    return show(422, (error as Error).message);
  }
}

/** The seller centre's own address of an order, as apps link to it: leads to that order in the list of its shop. */
export function leadToOrder(world: World, req: SandboxRequest): SandboxAnswer {
  const order = world.orders.get(req.query.get("order_no") ?? "");
  const shop = order && world.shops.get(order.shopId);
  if (!order || !shop)
    return answerPage(
      req,
      chooser(world, "seller", "There is no such order, or it was made before the last reset."),
      404,
    );
  return redirect(`/seller/${shop.code}/orders?order=${order.id}`);
}

/** What a form asked for; answers a sentence for the toast, throws one when it cannot be (any more). */
async function act(world: World, doors: ChannelDoors, shop: Shop, fields: Record<string, string>): Promise<string> {
  if (fields.door === "audit") {
    const product = world.products.get(fields.productId ?? "");
    if (product?.shopId !== shop.id || product.auditStatus !== "AUDITING")
      throw new Error("This audit has ended already.");
    if (world.knobs.audits !== "hold")
      throw new Error("Audits end by themselves; hold them in the drawer to decide yourself.");
    const verdict = fields.verdict === "reject" ? "reject" : "approve";
    await doors.audit({ productId: product.id, verdict, reason: fields.reason });
    return verdict === "approve" ? "Approved. It is on sale." : "Rejected. The app is told the reason.";
  }
  if (fields.door === "cancel") {
    const order = world.orders.get(fields.orderId ?? "");
    const reason = SELLER_REASONS[fields.reason ?? ""];
    if (order?.shopId !== shop.id || !reason) throw new Error("There is no such order or reason.");
    await doors.cancel({ orderId: order.id, by: "SELLER", reason: fields.reason, replenish: reason.replenish });
    return "Cancelled by the seller.";
  }
  if (fields.door === "platform-ships") {
    const order = world.orders.get(fields.orderId ?? "");
    if (order?.shopId !== shop.id) throw new Error("There is no such order.");
    await doors["platform-ships"]({ orderId: order.id });
    return "Shipped with a label of the platform. The app is told the number.";
  }
  if (fields.door === "decide-return") {
    const asked = world.returns.get(fields.returnId ?? "");
    const { decision = "" } = fields;
    if (asked?.shopId !== shop.id) throw new Error("There is no such request.");
    await doors["decide-return"]({ returnId: asked.id, decision });
    return decision.startsWith("REJECT") ? "Refused." : "Approved. The app hears of it.";
  }
  const request = world.cancellations.get(fields.cancelId ?? "");
  if (fields.door !== "answer" || request?.shopId !== shop.id) throw new Error("There is no such request.");
  const answer = fields.answer === "refuse" ? "refuse" : "approve";
  await doors["answer-cancellation"]({ cancelId: request.id, answer });
  return answer === "approve" ? "Approved. The units are cancelled." : "Refused. The order goes on.";
}
