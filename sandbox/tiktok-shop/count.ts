import type { ChannelCount } from "../kernel/truth-bar.ts";
import { buyerIdOf, PHONE_BUYER } from "./buy.ts";
import type { Order, OrderStatus, World } from "./model.ts";
import { shopsOfStore } from "./world.ts";

const travels = new Set<OrderStatus>(["IN_TRANSIT", "DELIVERED", "COMPLETED"]);

/** What the drawer shows beside the truth bar. */
export interface ChannelFigures extends ChannelCount {
  held: number;
  waitingForAudit: number;
  audits: "automatic" | "hold";
  consents: number;
  onSale: number;
  /** What the buyer at the phone has bought. */
  phoneOrders: { id: string; boughtAt: number; isTracked: boolean }[];
}

/** Orders, units and what waits, of a store or of all shops, for the truth bar and the drawer. */
export function countChannel(world: World, store?: string): ChannelFigures {
  const shops = new Set(shopsOfStore(world, store).map((shop) => shop.id));
  const isMeant = ({ shopId }: { shopId: string }) => shops.has(shopId);
  const orders: ChannelCount["orders"] = [];
  let unitsSold = 0;
  let held = 0;
  const phoneOrders: ChannelFigures["phoneOrders"] = [];
  const phoneBuyer = buyerIdOf(PHONE_BUYER);
  for (const order of world.orders.values()) {
    if (!isMeant(order)) continue;
    // what the platform ships itself comes home as shipped, so it is expected nowhere before
    if (order.kind === "platform" && !travels.has(order.status)) continue;
    const paidAt = (order.paidTime ?? order.createTime) * 1000;
    orders.push({ id: order.id, status: order.status, paidAt, isStrange: isStrange(world, order) });
    if (order.status === "ON_HOLD") held += 1;
    if (order.buyerId === phoneBuyer) phoneOrders.push(describePhoneOrder(world, order));
    for (const line of order.lines) if (line.displayStatus !== "CANCELLED") unitsSold += 1;
  }
  let waitingForAudit = 0;
  let onSale = 0;
  for (const product of world.products.values()) {
    if (!isMeant(product)) continue;
    if (product.auditStatus === "AUDITING") waitingForAudit += 1;
    if (product.status === "ACTIVATE") onSale += 1;
  }
  return {
    orders,
    unitsSold,
    oversold: [...shops].reduce((sum, id) => sum + (world.oversold.get(id) ?? 0), 0),
    held,
    waitingForAudit,
    audits: world.knobs.audits,
    consents: world.grants.filter((grant) => !grant.revoked && [...grant.shopIds].some((id) => shops.has(id))).length,
    onSale,
    phoneOrders,
  };
}

function describePhoneOrder(world: World, order: Order): ChannelFigures["phoneOrders"][number] {
  return {
    id: order.id,
    boughtAt: order.snapshots[0]?.atMs ?? order.createTime * 1000,
    isTracked: order.packageIds.some((id) => world.packages.get(id)?.trackingNumber !== undefined),
  };
}

/** Its total does not sum, or it is of a listing that the seller made by hand. */
function isStrange(world: World, { money, lines }: Order): boolean {
  return Boolean(money.strayMinor) || lines.some(({ productId }) => world.products.get(productId)?.isByHand);
}
