import type { Stand } from "../../../scripts/stand/start-stand.ts";
import { say } from "../../figures.ts";
import { breakConsent, breaksConsent } from "./consents.ts";
import { type Fleet, planKills } from "./fleet.ts";
import type { createMerchant } from "./merchant.ts";
import { type Playing, playOn } from "./play.ts";
import { type Planned, planOrders } from "./scenario.ts";
import { type ChannelOrder, homesOf, look, type Seen } from "./seen.ts";
import { type ChaosStores, GOODS } from "./stores.ts";
import { type createSky, planWeathers, type Weather, weathersFor } from "./weather.ts";
import { worldNow, worldSleep } from "./world-time.ts";

const WEATHER_MS = 12_000;
/** A weather that hardly anybody was out in goes on, for so long at most. */
const LONGEST_WEATHER_MS = 75_000;
const LONGER_AN_ORDER_MS = 4_000;
/** One in which there were hardly any calls at all goes on longer still, on a machine that has other things to do. */
const LONGEST_TIMES = 4;
const FEWEST_CALLS = 15;
const CALLS_A_WEATHER = 40;
const CALLS_AN_ORDER = 8;
/** Somebody opens the app so often: a consent of Shopify's that was taken away, or a renewal that failed, waits for that and for nothing else. */
const OPEN_EVERY_MS = 20_000;
/** Buyers come at this rate. */
const BUY_EVERY_MS = 400;

export interface Troupe {
  stand: Stand;
  stores: ChaosStores;
  fleet: Fleet;
  sky: ReturnType<typeof createSky>;
  merchant: ReturnType<typeof createMerchant>;
  /** Every order bought so far, of all seeds. */
  playing: Playing[];
  consents: Set<string>;
  /** Steps of orders' stories that were taken before the weather was calm. */
  actsInTrouble: number;
}

/** Plays all orders of one seed through its weathers. What is not over then goes on afterwards. */
export async function runSeed(troupe: Troupe, seed: number, count: number): Promise<void> {
  const began = worldNow();
  const orders = planOrders(seed, count, GOODS);
  const weathers = planWeathers(seed, weathersFor(count));
  const share = Math.ceil(count / weathers.length);
  troupe.fleet.kill(planKills(seed, count));
  for (const [at, weather] of weathers.entries()) {
    await troupe.sky.begin(weather);
    const consent =
      at === Math.min(1, weathers.length - 1) && breaksConsent(seed)
        ? breakConsent(troupe.stand, troupe.stores.main, seed, troupe.consents)
        : undefined;
    // the app may be out of reach for a moment: a process is starting
    void troupe.merchant.edit(seed * 100 + at).catch(() => undefined);
    if (at > 2) void troupe.merchant.reconnect().catch(() => undefined);
    await endure(troupe, weather, orders.splice(0, share));
    await consent;
    // without a consent hardly anybody was out in it
    if (consent) await endure(troupe, weather, []);
  }
  say(`  seed ${seed}: ${count} orders bought in ${Math.round((worldNow() - began) / 1_000)} s`);
}

/** Buyers buy while everybody else goes on with what they are at, until the weather is over. */
async function endure(troupe: Troupe, weather: Weather, orders: Planned[]): Promise<void> {
  const buyAll = async () => {
    for (const planned of orders) {
      await buy(troupe, planned);
      await worldSleep(BUY_EVERY_MS);
    }
  };
  const atLeastUntil = worldNow() + Math.max(WEATHER_MS, orders.length * BUY_EVERY_MS);
  // a purchase that fails ends the run at once
  await Promise.all([buyAll(), goOn(troupe, weather, atLeastUntil, orders.length)]);
}

/** Until then, and until enough calls for so many orders were made to either side. */
async function goOn(troupe: Troupe, weather: Weather, until: number, orders: number): Promise<void> {
  const rule = (name: string) => String(weather.positions.find(({ of }) => of.name === name)?.position ?? "");
  const began = worldNow();
  const longest = LONGEST_WEATHER_MS + orders * LONGER_AN_ORDER_MS;
  const enough = Math.max(CALLS_A_WEATHER, orders * CALLS_AN_ORDER);
  let isOver = false;
  let openAt = began + OPEN_EVERY_MS;
  let before: Seen["truth"]["calls"] | undefined;
  while (!isOver) {
    if (worldNow() > openAt) {
      openAt = worldNow() + OPEN_EVERY_MS;
      // a page may be out of reach for a moment: its process is starting
      void troupe.merchant.open().catch(() => undefined);
    }
    const { seen } = await tick(troupe, { splits: rule("splits"), sameSkuSplits: rule("sameSkuSplits") });
    const { calls } = seen.truth;
    before ??= calls;
    const least = Math.min(calls.shopify - before.shopify, calls.tiktok - before.tiktok);
    const lasted = worldNow() - began;
    if (lasted > longest) isOver = least >= FEWEST_CALLS || lasted > longest * LONGEST_TIMES;
    else isOver = worldNow() > until && least >= enough;
  }
}

/** A buyer buys it; its story begins. Answers the channel's order id. */
export async function buy({ stand, stores, playing }: Troupe, planned: Planned): Promise<string> {
  const store = planned.kind === "test" ? stores.tests : stores.main;
  const special = ["normal", "unpaid", "on-hold", "test"].includes(planned.kind) ? {} : { kind: planned.kind };
  const lines = planned.lines.map(({ good, quantity }) => ({ skuId: store.goods[good]?.skuId, quantity }));
  const bought = await stand.sandbox.post<{ orderId: string | null }>("tiktok/buy", {
    ...{ lines, ...special, buyer: `buyer ${planned.seed} ${planned.number}`, force: true },
    ...{ unpaid: planned.isUnpaid, skipHold: planned.skipHold },
    ...(planned.strayMinor ? { strayMinor: planned.strayMinor } : {}),
  });
  if (!bought.orderId) throw new Error(`order ${planned.number} of seed ${planned.seed} could not be bought`);
  playing.push({
    ...{ planned, channelOrderId: bought.orderId, left: [...planned.acts] },
    ...{ parcelsLeft: 0, sent: 0, done: [], skipped: [] },
  });
  return bought.orderId;
}

/** Everybody does the next thing that can be done now. Answers what was seen and how much was done. */
export async function tick(
  { stand, fleet, playing }: Pick<Troupe, "stand" | "fleet" | "playing">,
  rules: { splits: string; sameSkuSplits: string },
): Promise<{ seen: Seen; moves: number }> {
  const began = worldNow();
  fleet.mustLive();
  const seen = await look(stand.sandbox);
  const orders = new Map<string, ChannelOrder>(seen.tiktok.orders.map((order) => [order.id, order]));
  const homes = homesOf(seen);
  const returns = Map.groupBy(seen.tiktok.returns, (one) => one.orderId);
  let moves = 0;
  for (const one of playing.filter(({ left }) => left.length > 0)) {
    const order = orders.get(one.channelOrderId);
    if (!order) continue;
    const sight = { order, home: homes.get(order.id)?.[0], returns: returns.get(order.id) ?? [], ...rules };
    if (await playOn(stand.sandbox, one, sight)) moves += 1;
  }
  // looking takes longer the more there is: most of the time is the app's
  await worldSleep(Math.max(1_000, 2 * (worldNow() - began)));
  return { seen, moves };
}
