import { setTimeout as sleep } from "node:timers/promises";
import { createJourney, sellableSkus } from "../scripts/journey.ts";
import { freePort, type Running, until } from "../scripts/stand/processes.ts";
import type { SandboxState } from "../scripts/stand/sandbox-client.ts";
import { type Stand, startStand } from "../scripts/stand/start-stand.ts";
import type { Figure } from "./figures.ts";
import { type Forwarder, type Passing, startProxy } from "./support/forward.ts";

const ORDERS = 200;
const QUIET_MS = 45_000; // longer than a call's deadline plus its late effect
const LIMIT_MS = 19 * 60_000;

/** Where a process is killed, seen from the wire: its request never leaves, its answer never arrives, or it arrives and nothing more happens. */
type Point = "before send" | "after send" | "before commit";
interface PlannedKill {
  process: "worker" | "web";
  point: Point;
  /** The n-th passing request that matches. */
  match: (passing: Passing) => boolean;
  nth: number;
}

const create = (passing: Passing) => passing.operation === "OrderCreate";
const hold = (passing: Passing) => passing.operation === "FulfillmentHold";
const stock = (passing: Passing) => passing.path.includes("/inventory/update");
const shipment = (passing: Passing) => /\/fulfillment\/\d+\/orders\/\d+\/packages/.test(passing.path);
const webhook = (passing: Passing) => passing.path.startsWith("/webhooks/");

const KILLS: PlannedKill[] = [
  { process: "worker", point: "before send", match: create, nth: 5 },
  { process: "worker", point: "after send", match: create, nth: 12 },
  { process: "worker", point: "before commit", match: create, nth: 25 },
  { process: "worker", point: "after send", match: hold, nth: 8 },
  { process: "worker", point: "before commit", match: stock, nth: 15 },
  { process: "worker", point: "after send", match: create, nth: 60 },
  { process: "worker", point: "before send", match: hold, nth: 20 },
  { process: "worker", point: "after send", match: shipment, nth: 5 },
  { process: "web", point: "before send", match: webhook, nth: 60 },
  { process: "web", point: "after send", match: webhook, nth: 200 },
];

/**
 * 200 orders with two workers and two web processes while ten processes are killed, every fifth call to either platform times out, the order
 * search lags and every webhook comes twice and out of order. All figures are read from the sandbox.
 */
export default async function kills(): Promise<Figure[]> {
  const frontPort = await freePort();
  const stand = await startStand({ speed: 20, workers: 0, frontPort, onStep: (title) => console.error(`✓ ${title}`) });
  const proxies: Forwarder[] = [];
  try {
    const fleet = await startFleet(stand, frontPort, proxies);
    const journey = createJourney(stand);
    await journey.install();
    const connectionId = await journey.connect();
    await journey.pickEverything(connectionId);
    await journey.arm(connectionId);
    await journey.send(connectionId);
    await journey.waitUntilListed();
    console.error("✓ catalog listed; now the trouble begins");

    await bringTrouble(stand);
    fleet.startKilling();
    await buy(stand);
    await fulfil(stand);
    const state = await settle(stand, () => fleet.killed() === KILLS.length, Date.now() + LIMIT_MS);

    const home = new Set(state.shopify.orders.map((order) => order.sourceIdentifier).filter(Boolean));
    const unequal = stockUnequal(state);
    for (const line of unequal) console.error(`! ${line}`);
    console.error(
      `kills ${fleet.killed()}, calls ${JSON.stringify(state.truth.calls)}, missing ${state.truth.missing}`,
    );
    return [
      figure(
        "orders",
        state.truth.ordersChannel,
        `= ${ORDERS}`,
        state.truth.ordersChannel === ORDERS && fleet.killed() === KILLS.length,
      ),
      figure(
        "shopify_orders",
        state.truth.ordersShopify,
        `= ${ORDERS}`,
        home.size === ORDERS && state.truth.ordersShopify === ORDERS,
      ),
      figure("doubled", state.truth.doubled, "0", state.truth.doubled === 0),
      figure("stock_unequal", unequal.length, "0", unequal.length === 0),
    ];
  } finally {
    for (const proxy of proxies) proxy.close();
    await stand.stop();
  }
}

const figure = (name: string, value: number, bar: string, ok: boolean): Figure => ({
  name,
  value,
  unit: "count",
  bar,
  baseline: null,
  ratio: null,
  ok,
});

/** Two workers and two web processes, each behind a proxy of its own, so that the wire tells whom to kill. */
async function startFleet(stand: Stand, frontPort: number, proxies: Forwarder[]) {
  const webPorts = [await freePort(), await freePort()];
  const pending = [...KILLS];
  const counts = new Map<PlannedKill, number>();
  let killing = false;
  let killed = 0;

  /** Counts a passing request against the planned kills of a kind of process; returns the kill that is now due. */
  const due = (kind: PlannedKill["process"], passing: Passing): PlannedKill | undefined => {
    if (!killing) return undefined;
    for (const plan of pending.filter((one) => one.process === kind && one.match(passing))) {
      const seen = (counts.get(plan) ?? 0) + 1;
      counts.set(plan, seen);
      if (seen >= plan.nth) return plan;
    }
    return undefined;
  };
  const strike = async (plan: PlannedKill, victim: Running, restart: () => Promise<void>) => {
    pending.splice(pending.indexOf(plan), 1);
    await victim.kill();
    killed++;
    console.error(`✗ killed ${victim.name} ${plan.point}`);
    setTimeout(() => void restart().catch((error: Error) => console.error(`! ${error.message}`)), 2_000);
  };

  const startWorker = async (index: number) => {
    let self: Running | undefined;
    const marked = new Map<Passing, PlannedKill>();
    const proxy = await startProxy(() => [stand.sandbox.url], {
      async before(passing) {
        const plan = due("worker", passing);
        if (!plan || !self) return;
        if (plan.point === "before send") await strike(plan, self, () => startWorker(index));
        else if (pending.includes(plan)) marked.set(passing, plan);
      },
      async after(passing) {
        const plan = marked.get(passing);
        if (plan?.point === "after send" && self && pending.includes(plan))
          await strike(plan, self, () => startWorker(index));
      },
      async handed(passing) {
        const plan = marked.get(passing);
        if (plan?.point === "before commit" && self && pending.includes(plan))
          await strike(plan, self, () => startWorker(index));
      },
    });
    proxies.push(proxy);
    self = stand.startWorker({
      SANDBOX_SHOPIFY_URL: proxy.url,
      TIKTOK_SHOP_API_URL: proxy.url,
      TIKTOK_SHOP_AUTH_URL: proxy.url,
    });
  };
  const webs: Running[] = [];
  const startWeb = async (index: number) => {
    webs[index] = await stand.startWeb(webPorts[index] ?? 0);
  };
  // Webhooks reach the app through this front; a web process is killed with a delivery in its hands.
  const front = await startProxy(
    () => webPorts.map((port) => `http://127.0.0.1:${port}`),
    {
      async before(passing) {
        const plan = due("web", passing);
        const victim = webs[killed % 2];
        if (plan?.point === "before send" && victim) await strike(plan, victim, () => startWeb(webs.indexOf(victim)));
      },
      async after(passing) {
        const plan = due("web", passing);
        const victim = webs[killed % 2];
        if (plan?.point === "after send" && victim) await strike(plan, victim, () => startWeb(webs.indexOf(victim)));
      },
    },
    frontPort,
  );
  proxies.push(front);
  await Promise.all([startWorker(0), startWorker(1), startWeb(0), startWeb(1)]);
  return {
    startKilling: () => {
      killing = true;
    },
    killed: () => killed,
  };
}

async function bringTrouble({ sandbox }: Stand): Promise<void> {
  const kinds = ["timeout-before", "timeout-after", "timeout-before", "late"];
  await sandbox.post("faults", {
    add: [
      { id: "shopify-fifth", platform: "shopify", operation: "*", every: 5, kinds, ms: 20_000 },
      { id: "tiktok-fifth", platform: "tiktok", operation: "*", every: 5, kinds, ms: 20_000 },
    ],
  });
  await sandbox.post("tiktok/settings", { orderSearchLagMs: 30_000 });
  for (const platform of ["shopify", "tiktok"])
    await sandbox.post("webhooks", { platform, doubleEvery: 1, shuffle: true });
}

async function buy({ sandbox }: Stand): Promise<void> {
  const skus = sellableSkus(await sandbox.state());
  for (let n = 0; n < ORDERS; n++) {
    await sandbox.post("tiktok/buy", { lines: [{ skuId: skus[(n * 7) % skus.length]?.id, quantity: 1 }] });
    await sleep(150);
  }
  console.error(`✓ ${ORDERS} orders bought`);
}

/** Fulfils twenty of the orders in Shopify as soon as they may be shipped, so that the way back is under fire too. */
async function fulfil({ sandbox }: Stand): Promise<void> {
  const ready = await until(
    "orders that may be shipped",
    10 * 60_000,
    async () => {
      const { shopify } = await sandbox.state();
      const free = shopify.orders.filter((order) => !order.held && !order.cancelledAt);
      return free.length >= 20 ? free.slice(0, 20) : undefined;
    },
    1_000,
  );
  for (const [n, order] of ready.entries()) {
    await sandbox.post("shopify/fulfil", {
      orderId: order.id,
      trackingCompany: "UPS",
      trackingNumber: `1Z999AA101${20_000_000 + n}`,
    });
  }
  console.error("✓ 20 orders fulfilled in Shopify");
}

/** Waits until everything is home and equal, then once more for what may still land late; returns what the sandbox says then. */
async function settle({ sandbox }: Stand, allKilled: () => boolean, deadline: number): Promise<SandboxState> {
  const isSettled = (state: SandboxState) =>
    allKilled() &&
    state.truth.missing === 0 &&
    state.truth.ordersShopify >= ORDERS &&
    stockUnequal(state).length === 0 &&
    state.shopify.orders.every((order) => !order.held);
  while (Date.now() < deadline) {
    const state = await sandbox.state();
    if (!isSettled(state)) {
      console.error(
        `  ${state.truth.ordersShopify}/${ORDERS} home, ${state.shopify.orders.filter((order) => order.held).length} held, ${stockUnequal(state).length} stock lines differ`,
      );
      await sleep(10_000);
      continue;
    }
    await sleep(QUIET_MS);
    const later = await sandbox.state();
    if (isSettled(later)) return later;
  }
  return sandbox.state();
}

/** SKUs whose sellable number on the channel is not what Shopify's main location still has, each as a sentence. */
function stockUnequal(state: SandboxState): string[] {
  const bySku = (state.shopify as unknown as { variantsBySku: Record<string, { inventoryItemId: string }> })
    .variantsBySku;
  const wrong: string[] = [];
  let compared = 0;
  for (const sku of state.tiktok.products.flatMap((one) => one.skus)) {
    const item = bySku[sku.sellerSku ?? ""]?.inventoryItemId;
    if (!item) continue; // a SKU of our making: its variant has none of its own, or shares one with another
    compared++;
    const levels = Object.values(state.shopify.stock[item] ?? {});
    const main = Math.max(0, levels[0]?.available ?? 0);
    if (main !== sku.quantity) wrong.push(`${sku.sellerSku}: channel ${sku.quantity}, Shopify ${main}`);
  }
  return compared > 100 ? wrong : [`only ${compared} SKUs could be compared`, ...wrong];
}
