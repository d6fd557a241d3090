import { randomBytes } from "node:crypto";
import type { OrderFacts } from "../../app/channels/port.ts";
import type { LinkedSku, OrdersConnection } from "../../app/domains/orders/deps.ts";
import { createOrders } from "../../app/domains/orders/index.server.ts";
import { aLine, anOrder } from "../../app/domains/orders/testing.ts";
import { housekeepingWork } from "../../app/domains/shops/index.server.ts";
import { parseSettings } from "../../app/domains/shops/model.ts";
import { createVault } from "../../app/platform/crypto.server.ts";
import { aLane, anEngine, dueDrains, silentLog } from "../../app/platform/engine/testing.ts";
import { aDatabase } from "../support/database.ts";
import { createChannelSide, createShopifySide, createTroubles, Killed } from "./other-side.ts";

export const SCOPE = "connection:con-1" as const;
const LANES = ["orders", "after-sales", "fulfilment", "reports", "housekeeping"] as const;

export type World = Awaited<ReturnType<typeof aWorld>>;

/** The orders room on a real database and engine, the two other sides in memory, all on one clock. */
export async function aWorld(options: { isIdUnique?: boolean; armed?: boolean; skus?: string[] } = {}) {
  const database = await aDatabase();
  const lanes = LANES.map((name, order) => aLane({ name, order }));
  const { engine, clock, db, close } = anEngine(database.url, { lanes, db: database.db });
  const troubles = createTroubles(clock);
  const channel = createChannelSide(clock, troubles);
  const shopify = createShopifySide(clock, troubles, { isIdUnique: options.isIdUnique ?? true });
  const waiting = new Map<string, "waiting" | "imported" | "released">();
  /** SKUs that exactly one variant of the shop carries. */
  const bySku = new Set<string>();
  const linked = new Set(options.skus ?? ["1729000000000000001", "1729000000000000002"]);
  const connection: OrdersConnection = {
    ...{
      id: "con-1",
      shopId: "shop-1",
      shopDomain: "demo.myshopify.com",
      channel: "tiktok-shop",
      channelShopId: "749",
      region: "US",
      sellerType: "LOCAL",
      status: "active",
    },
    ...{
      armedFlows: options.armed === false ? [] : ["orders", "fulfilment"],
      ordersCutoffAt: null,
      settings: parseSettings({}),
      lastWebhookAt: null,
    },
    ...{ createdAt: clock.now(), shop: { currency: "USD", taxesIncluded: false } },
  };
  const orders = createOrders({
    ...{ db, engine, clock, log: silentLog, vault: createVault([randomBytes(32)]) },
    channels: () => channel.channel,
    shopify: () => shopify.gateway,
    forShop: () => ({
      get: () => Promise.reject(new Error("no token is needed")),
      renew: () => Promise.reject(new Error("no token is needed")),
    }),
    connection: async () => connection,
    skus: async (_db, _connectionId, ids) => ids.filter((id) => linked.has(id)).map(linkOf),
    variantsBySku: async (_db, _shopId, skus) =>
      skus
        .filter((sku) => bySku.has(sku))
        .map((sku) => ({ sku, variantId: `gid://shopify/ProductVariant/${sku}`, inventoryItemId: `item-${sku}` })),
    inventory: {
      takeWaiting: async (_tx, { units }) => {
        for (const unit of units) if (!waiting.has(unit.channelLineId)) waiting.set(unit.channelLineId, "waiting");
      },
      markSending: async () => {},
      markImported: async (_tx, { channelOrderId }) => {
        const lines = channel.orders.get(channelOrderId)?.lines ?? [];
        for (const { channelLineId } of lines)
          if (waiting.get(channelLineId) === "waiting") waiting.set(channelLineId, "imported");
      },
      releaseWaiting: async (_tx, { channelLineIds }) => {
        for (const id of channelLineIds) if (waiting.has(id)) waiting.set(id, "released");
      },
    },
  });

  /** One pass over all lanes. False: there was nothing to do. A killed drain counts as work; its leases stay until they run out. */
  async function pass(): Promise<boolean> {
    let worked = false;
    const due = await dueDrains(db, clock.now());
    for (const work of orders.works) {
      if (!due.has(`${work.lane} ${SCOPE}`)) continue;
      const turn = await engine.turn(work, SCOPE);
      if (turn.error instanceof Killed) throw turn.error;
      worked ||= turn.outcome === "worked";
    }
    return worked;
  }

  /** Works until nothing is due for `ms` to come; the clock jumps from one due time to the next. */
  async function run(ms = 600_000): Promise<void> {
    const end = clock.now().getTime() + ms;
    for (let passes = 0; passes < 500; passes += 1) {
      troubles.settle();
      if (await pass()) continue;
      const times = await db.$queryRaw<{ at: Date | null }[]>`
        select min(t) as at from (
          select greatest("dueAt", coalesce("leaseUntil", "dueAt")) as t from "DueRow" where "dueAt" is not null and subject not like 'poll:%'
          union all select "leaseUntil" from "LaneRow" where "leaseUntil" is not null
        ) x where t > ${clock.now()}`;
      const next = Math.min(times[0]?.at?.getTime() ?? end + 1, ...troubles.pending.map((one) => one.at.getTime()));
      if (next > end) return void clock.advance(Math.max(0, end - clock.now().getTime()));
      clock.advance(Math.max(1, next - clock.now().getTime()));
    }
    throw new Error("the room never came to rest");
  }

  const tell = (channelOrderId: string, seenAt?: Date) =>
    engine.change((tx) => orders.channelOrdersChanged(tx, [{ connectionId: connection.id, channelOrderId, seenAt }]));
  const row = (channelOrderId: string) =>
    db.channelOrder.findFirstOrThrow({
      where: { channelOrderId },
      include: { lines: true, shipments: true, cancellations: true, returns: true, decisions: true, refunds: true },
    });
  return {
    ...{
      db,
      engine,
      clock,
      troubles,
      channel,
      shopify,
      waiting,
      linked,
      bySku,
      connection,
      orders,
      pass,
      run,
      tell,
      row,
    },
    /** A new order on the channel, told by webhook. */
    async buys(facts: OrderFacts = aNewOrder(clock.now())): Promise<string> {
      channel.add(facts);
      await tell(facts.channelOrderId, facts.updatedAt);
      return facts.channelOrderId;
    },
    /** Works off what is due of the shop's housekeeping. */
    async keepHouse(): Promise<void> {
      const work = housekeepingWork(orders.chores);
      while ((await engine.turn(work, "shop:shop-1")).claimed > 0) clock.advance(1_000);
    },
    /** Leases of a killed process run out. */
    afterDeath: () => clock.advance(121_000),
    openProblems: async () =>
      (await db.problem.findMany({ where: { closedAt: null }, orderBy: { key: "asc" } })).map((one) => one.kind),
    events: async () => (await db.activity.findMany({ orderBy: { id: "asc" } })).map((one) => one.event),
    async close() {
      await close();
      await database.drop();
    },
  };
}

function linkOf(channelSkuId: string): LinkedSku {
  return {
    channelSkuId,
    listingSkuId: `ls-${channelSkuId}`,
    variantId: `gid://shopify/ProductVariant/${channelSkuId}`,
    inventoryItemId: `gid://shopify/InventoryItem/${channelSkuId}`,
    sku: "CUP-1",
  };
}

let bought = 0;

/** A fresh order of `units` units of one SKU, created now. */
export function aNewOrder(
  now: Date,
  over: Parameters<typeof anOrder>[0] & { units?: number; skuId?: string } = {},
): OrderFacts {
  bought += 1;
  const { units = 1, skuId = "1729000000000000001", ...facts } = over;
  const status = facts.status ?? "to-ship";
  const lines = Array.from({ length: units }, (_, index) =>
    aLine({ channelLineId: `${57700000000 + bought * 100 + index}`, channelSkuId: skuId, status }),
  );
  return anOrder({
    channelOrderId: `${576000000000000000n + BigInt(bought)}`,
    createdAt: now,
    updatedAt: now,
    lines,
    ...facts,
  });
}

/** Nothing is paid: as samples and replacements are. */
export function free(): Pick<OrderFacts, "lines" | "money"> {
  const lines = [aLine({ channelLineId: `5770${Math.random()}`, originalMinor: 0n, saleMinor: 0n, taxes: [] })];
  const none = Object.fromEntries(
    ["total", "subTotal", "originalProduct", "sellerDiscount", "platformDiscount", "shipping", "originalShipping"].map(
      (name) => [`${name}Minor`, 0n],
    ),
  );
  return {
    lines,
    money: {
      ...(none as unknown as OrderFacts["money"]),
      ...{ shippingSellerDiscountMinor: 0n, shippingPlatformDiscountMinor: 0n, taxMinor: 0n, shippingTaxMinor: 0n },
      fees: [],
    },
  };
}
