import { STORES } from "../../sandbox/stores.ts";
import type { SandboxClient } from "../stand/sandbox-client.ts";
import type { Progress } from "./progress.ts";

const WEEKS = 6;
const ORDERS = 48;
const RETURNS = ["Too small", "Arrived damaged"];

interface PastOrder {
  orderId: string;
  placedAt: string;
  sellerSku: string;
  title: string;
  quantity: number;
  price: string;
  trackingNumber: string;
}

/**
 * The six weeks before today, in which another connector brought the orders home: they are on the channel and in Shopify, shipped, with the
 * times they have. The app shows what it finds of them and imports none. Two of their buyers want to give something back.
 */
export async function addPast(sandbox: SandboxClient, progress: Progress): Promise<void> {
  const shop = STORES.busy.domain;
  const { products } = await sandbox.post<{
    products: { title: string; variants: { sku: string | null; price: string }[] }[];
  }>("shopify/products", { shop });
  const goods = products.flatMap(({ title, variants: [first] }) =>
    first?.sku ? [{ title, sellerSku: first.sku, price: first.price }] : [],
  );
  const { orders } = await sandbox.post<{ orders: PastOrder[] }>("tiktok/history", {
    ...{ store: "busy", goods, orders: ORDERS, weeks: WEEKS },
  });
  for (const [n, order] of orders.entries()) {
    await progress.at("past", n / orders.length, "orders of the past six weeks");
    const usd = (amount: string) => ({ shopMoney: { amount, currencyCode: "USD" } });
    const { orderId } = await sandbox.post<{ orderId: string }>("shopify/order", {
      shop,
      input: {
        ...{ sourceName: "earlier-connector", sourceIdentifier: order.orderId, processedAt: order.placedAt },
        ...{ currency: "USD", tags: ["TikTok Shop", "earlier connector"] },
        lineItems: [{ title: order.title, sku: order.sellerSku, quantity: order.quantity, priceSet: usd(order.price) }],
        transactions: [
          {
            gateway: "TikTok Shop",
            amountSet: usd((Number(order.price) * order.quantity).toFixed(2)),
            processedAt: order.placedAt,
          },
        ],
      },
    });
    await sandbox.post("shopify/fulfil", {
      ...{ shop, orderId, trackingCompany: "UPS", trackingNumber: order.trackingNumber },
    });
  }
  const { tiktok } = await sandbox.state();
  const delivered = tiktok.orders.filter(
    ({ id, status }) => status === "DELIVERED" && orders.some((one) => one.orderId === id),
  );
  if (delivered.length < RETURNS.length) throw new Error("too few orders of the past were delivered lately");
  for (const [n, reason] of RETURNS.entries())
    await sandbox.post("tiktok/ask-return", { orderId: delivered[n]?.id, reason, patient: true });
}
