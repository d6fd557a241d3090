import { until } from "../stand/processes.ts";
import type { SandboxState } from "../stand/sandbox-client.ts";
import type { Stand } from "../stand/start-stand.ts";
import type { CatalogCheck, Outcome } from "./model.ts";

type Say = (sentence: string) => void;

/** Time for so many orders to move: a large catalog needs more. */
const patience = (leastMs: number, orders: number) => leastMs + orders * 500;

/** Buys what the catalog's check asks for, waits until every order is home, and has some cancelled by their buyers. */
export async function buyAndCancel(stand: Stand, catalog: CatalogCheck, say: Say): Promise<Outcome["bought"]> {
  const { sandbox } = stand;
  const bought: Outcome["bought"] = [];
  for (const lines of await catalog.purchases(stand)) {
    const { orderId } = await sandbox.post<{ orderId: string | null }>("tiktok/buy", { lines });
    if (orderId === null) throw new Error(`SKU ${lines[0]?.skuId} was sold out before it was bought`);
    bought.push({ orderId, lines });
  }
  await until(
    "every order to be home, held",
    patience(60_000, bought.length),
    async () => {
      const { truth } = await sandbox.state();
      return truth.ordersShopify >= bought.length && truth.missing === 0;
    },
    200,
  );
  const cancelled = bought.slice(0, catalog.cancelled(bought.length)).map(({ orderId }) => orderId);
  for (const orderId of cancelled) await sandbox.post("tiktok/cancel", { orderId, by: "BUYER" });
  await until(
    "the cancelled orders to be cancelled in Shopify",
    60_000,
    async () => {
      const { shopify } = await sandbox.state();
      return cancelled.every((id) =>
        shopify.orders.some((order) => order.sourceIdentifier === id && order.cancelledAt),
      );
    },
    200,
  );
  say(`${bought.length} orders home, ${cancelled.length} of them cancelled by their buyers`);
  return bought;
}

/** Ends the holds, ships everything in Shopify and waits until the channel has the tracking numbers. */
export async function fulfilEverything({ sandbox }: Stand, say: Say): Promise<void> {
  await sandbox.post("tiktok/end-holds");
  const count = (await sandbox.state()).truth.ordersChannel;
  const open = await until(
    "the holds to be released in Shopify",
    patience(90_000, count),
    async () => {
      const { shopify } = await sandbox.state();
      const orders = shopify.orders.filter((order) => !order.cancelledAt);
      return orders.every((order) => !order.held) ? orders : undefined;
    },
    200,
  );
  for (const [n, order] of open.entries()) {
    await sandbox.post("shopify/fulfil", {
      orderId: order.id,
      trackingCompany: "UPS",
      trackingNumber: `1Z999AA101${String(10_000_000 + n * 37)}`,
    });
  }
  await until(
    "every tracking number to be on the channel",
    patience(90_000, count),
    async () => {
      const state = await sandbox.state();
      return open.every((order) => order.sourceIdentifier && isFulfilled(state, order.sourceIdentifier));
    },
    200,
  );
  say(`${open.length} orders fulfilled, tracking on the channel`);
}

/** The order has a package on the channel whose number is one of its Shopify fulfilments'. */
export function isFulfilled(state: SandboxState, channelOrderId: string): boolean {
  const sent =
    state.tiktok.orders.find((order) => order.id === channelOrderId)?.packages.map((one) => one.trackingNumber) ?? [];
  const shipped =
    state.shopify.orders
      .find((order) => order.sourceIdentifier === channelOrderId)
      ?.fulfillments.map((one) => one.trackingNumber) ?? [];
  return sent.length > 0 && sent.every((number) => number !== null && shipped.includes(number));
}
