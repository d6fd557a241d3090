import { setTimeout as sleep } from "node:timers/promises";
import { STORES } from "../../sandbox/stores.ts";
import { until } from "../stand/processes.ts";
import type { SandboxClient, SandboxState, ShopifyOrderSeen } from "../stand/sandbox-client.ts";
import type { Progress } from "./progress.ts";

const ORDERS = 300;
/** An order at a time; the next round of holds ends after so many. */
const ROUND = 50;
const EVERY_MS = 150;
/** So many may be on their way home at once. */
const IN_FLIGHT = 4;
const CANCELLED = 8;
/** Left to be shipped by whoever plays with the shop. */
const TO_SHIP = 20;
/** Cannot come home before somebody acts: an unknown SKU, a total that does not sum. */
const PARKED = 2;

const shop = STORES.busy.domain;

/** What the drawer tells of the busy store; cheap. */
interface Told {
  truth: { orders: { channel: number; shopify: number; missing: number } };
}
const look = (sandbox: SandboxClient) => sandbox.get<Told>("drawer?store=busy");

/**
 * Buyers, and a merchant who ships what they bought: 300 orders, eight cancelled by their buyers, twenty still to ship, and six that need
 * somebody, each for a cause of its own.
 */
export async function sellAndShip(sandbox: SandboxClient, progress: Progress): Promise<void> {
  const before = (await look(sandbox)).truth.orders.channel;
  const skus = busySkus(await sandbox.state());
  const bought: string[] = [];
  const shipped = new Set<string>();
  await buyStrange(sandbox, skus);
  const home = async (most: number) =>
    until(
      "orders of the busy shop to come home",
      120_000,
      async () => {
        progress.check();
        return (await look(sandbox)).truth.orders.missing <= most + PARKED;
      },
      EVERY_MS,
    );
  for (let n = PARKED; n < ORDERS; n++) {
    if (n % 10 === 0) await progress.at("orders", n / ORDERS, `${n} of ${ORDERS} orders`);
    const lines = [at(skus, n * 17), ...(n % 4 === 0 ? [at(skus, n * 29 + 7)] : [])].map((sku, k) => ({
      ...{ skuId: sku.id, quantity: 1 + ((n + k) % 5 === 0 ? 1 : 0) },
    }));
    const { orderId } = await sandbox.post<{ orderId: string | null }>("tiktok/buy", { lines });
    if (orderId) bought.push(orderId);
    await home(IN_FLIGHT);
    if (bought.length === CANCELLED)
      for (const id of bought) await sandbox.post("tiktok/cancel", { orderId: id, by: "BUYER" });
    if (n % ROUND === ROUND - 1) await shipRound(sandbox, progress, shipped);
    await sleep(EVERY_MS);
  }
  await shipRound(sandbox, progress, shipped);
  const { truth } = await look(sandbox);
  if (truth.orders.channel - before < ORDERS - CANCELLED)
    throw new Error(`only ${truth.orders.channel - before} orders were bought`);
  await leaveUndone(sandbox, progress, shipped);
}

interface Sku {
  id: string;
  productId: string;
}

/** What can be bought in the busy shop and is not nearly sold out. */
function busySkus({ tiktok }: SandboxState): Sku[] {
  const mine = tiktok.shops.find((one) => one.name === STORES.busy.channelName);
  return tiktok.products
    .filter((one) => one.shopId === mine?.id && one.status === "ACTIVATE")
    .flatMap((one) => one.skus.filter((sku) => sku.quantity > 10).map((sku) => ({ id: sku.id, productId: one.id })));
}

function at(skus: Sku[], n: number): Sku {
  const sku = skus[n % skus.length];
  if (!sku) throw new Error("nothing of the busy shop is on sale");
  return sku;
}

/** An order of a listing the seller made by hand, which no product is linked to, and one whose total its parts do not explain. */
async function buyStrange(sandbox: SandboxClient, skus: Sku[]): Promise<void> {
  const { skuId } = await sandbox.post<{ skuId: string }>("tiktok/copy-listing", { productId: at(skus, 3).productId });
  await sandbox.post("tiktok/buy", { skuId });
  await sandbox.post("tiktok/buy", { skuId: at(skus, 11).id, strayMinor: 125 });
}

const open = async (sandbox: SandboxClient): Promise<ShopifyOrderSeen[]> => {
  const { shopify } = await sandbox.state();
  return shopify.orders.filter(
    (one) => one.shop === shop && !one.cancelledAt && one.fulfillments.length === 0 && one.sourceIdentifier,
  );
};

/** The holds are over; what may be shipped is shipped, but for the newest ones. */
async function shipRound(sandbox: SandboxClient, progress: Progress, shipped: Set<string>): Promise<void> {
  await sandbox.post("tiktok/end-holds", { store: "busy" });
  const ready = await until(
    "the holds of the busy shop to be released in Shopify",
    120_000,
    async () => {
      progress.check();
      const orders = await open(sandbox);
      return orders.every((one) => !one.held) ? orders : undefined;
    },
    1_000,
  );
  for (const order of ready.slice(0, Math.max(0, ready.length - TO_SHIP))) {
    progress.check();
    shipped.add(order.id);
    await sandbox.post("shopify/fulfil", {
      ...{ shop, orderId: order.id, trackingCompany: "UPS" },
      trackingNumber: `1Z999AA1${String(10_000_000 + shipped.size * 37)}77`,
    });
    await sleep(EVERY_MS);
  }
}

/** Four orders to ship that need somebody: two buyers changed their mind, one carrier is unknown to the channel, one parcel has no number. */
async function leaveUndone(sandbox: SandboxClient, progress: Progress, shipped: Set<string>): Promise<void> {
  progress.check();
  const [first, second, third, fourth] = (await open(sandbox)).filter((one) => !shipped.has(one.id));
  if (!first || !second || !third || !fourth) throw new Error("too few orders are left to ship");
  for (const one of [first, second])
    await sandbox.post("tiktok/cancel", { orderId: one.sourceIdentifier, by: "BUYER", request: true, patient: true });
  await sandbox.post("shopify/fulfil", {
    ...{ shop, orderId: third.id, trackingCompany: "Pigeon Post", trackingNumber: "PP-2204-77" },
  });
  await sandbox.post("shopify/fulfil", { shop, orderId: fourth.id });
}
