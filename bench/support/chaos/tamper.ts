import type { SandboxClient } from "../../../scripts/stand/sandbox-client.ts";
import { homesOf, type Seen } from "./seen.ts";
import { worldSleep } from "./world-time.ts";

/** Spoils what is equal, by hand, through Shopify's doors: an order made twice, one cancelled, one refunded. Tells each as a sentence. */
export async function tamper(sandbox: SandboxClient, seen: Seen): Promise<string[]> {
  const homes = homesOf(seen);
  const isWhole = (id: string) => homes.get(id)?.length === 1 && homes.get(id)?.[0]?.cancelledAt === null;
  const [twice, cancelled, refunded] = seen.tiktok.orders.filter(
    (order) =>
      isWhole(order.id) && order.status !== "CANCELLED" && order.paid.buyerMinor > 100 && order.packages.length === 0,
  );
  if (!twice || !cancelled || !refunded) throw new Error("there are not three orders to spoil");
  const currencyCode = "USD";
  const money = (amount: string) => ({ shopMoney: { amount, currencyCode } });
  await sandbox.post("shopify/order", {
    input: { sourceIdentifier: twice.id, lineItems: [{ title: "Once more", quantity: 1, priceSet: money("1.00") }] },
  });
  await sandbox.post("shopify/cancel", { orderId: homes.get(cancelled.id)?.[0]?.id, refund: false });
  const orderId = homes.get(refunded.id)?.[0]?.id ?? "";
  await sandbox.post("shopify/refund", {
    input: { orderId, transactions: [{ orderId, gateway: "manual", kind: "REFUND", amount: "0.07" }] },
  });
  await worldSleep(30_000);
  return [
    `${twice.id} was made twice`,
    `${cancelled.id} was cancelled in Shopify`,
    `${refunded.id} was refunded 7 minor units`,
  ];
}
