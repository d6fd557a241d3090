import { freePort } from "../scripts/stand/processes.ts";
import { startStand } from "../scripts/stand/start-stand.ts";
import { type Figure, say } from "./figures.ts";
import { missedConsents } from "./support/chaos/consents.ts";
import { type Fleet, startFleet } from "./support/chaos/fleet.ts";
import { judge, type Told, type Verdict } from "./support/chaos/judge.ts";
import { createMerchant, type Problems } from "./support/chaos/merchant.ts";
import { missedOrders } from "./support/chaos/missed.ts";
import type { Playing } from "./support/chaos/play.ts";
import { runSeed, type Troupe, tick } from "./support/chaos/run-seed.ts";
import { look, type Seen } from "./support/chaos/seen.ts";
import { STOCK, setUpStores } from "./support/chaos/stores.ts";
import { buySpares, type FigureName, type Outcome, tamper } from "./support/chaos/tamper.ts";
import { createSky } from "./support/chaos/weather.ts";
import { setWorldRate, worldNow } from "./support/chaos/world-time.ts";

/** Holds last a minute, deadlines the better part of an hour: nothing the bench does itself happens by the way. */
const SPEED = 60;
/** Longer than a call's deadline plus its late effect, and than a hold lasts. */
const QUIET_MS = 65_000;
/** Lost news of a shipment is found by a look every 5 minutes, a lost creation is looked for during 5; some work is tried again every 15. */
const SETTLE_MS = 30 * 60_000;
const HELP_EVERY_MS = 90_000;
const MOST_TOLD = 20;
const CALM = { splits: "free", sameSkuSplits: "accept" };

interface Options {
  seed: number;
  seeds: number;
  orders: number;
  /** How many times as fast as the wall's the clocks of all processes run. */
  clock: number;
  /** In the end one thing after the other is spoilt by hand: its figure must move. */
  isTampered: boolean;
}

/**
 * Orders of all kinds, cancelled, returned, split and moved, through every fault and every position of the sandbox's switches while processes
 * are killed in the middle of their work; then calm, and both platforms are compared order by order.
 *
 *     npm run bench -- chaos [--seed 1] [--orders 2000] [--seeds 1] [--clock 1] [--tamper]
 *
 * A seed with the same number of orders is the same plan again. What must have happened is asked of all seeds together: seeds that follow each
 * other go on where the one before ended, so that ten with a few orders each try everything, too.
 */
export default async function chaos(): Promise<Figure[]> {
  const options = readOptions(process.argv.slice(3));
  const clockEnv = setClock(options.clock);
  const frontPort = await freePort();
  const stand = await startStand({
    ...{ speed: SPEED, workers: 0, frontPort, isFastDatabase: true },
    onStep: (title) => say(`✓ ${title}`),
    sandboxEnv: { SANDBOX_CATALOG: "none", SANDBOX_SEED: String(options.seed), ...clockEnv },
    appEnv: clockEnv,
  });
  let fleet: Fleet | undefined;
  let isGood = false;
  try {
    fleet = await startFleet(stand, frontPort);
    const figures = await play({ stand, fleet }, options);
    isGood = figures.every((one) => one.ok);
    return figures;
  } finally {
    await fleet?.stop();
    await stand.stop({ keepLogs: !isGood });
  }
}

async function play({ stand, fleet }: Pick<Troupe, "stand" | "fleet">, options: Options): Promise<Figure[]> {
  const stores = await setUpStores(stand);
  say("✓ two stores are connected and armed; now the trouble begins");
  const troupe: Troupe = {
    ...{ stand, stores, fleet, sky: createSky(stand.sandbox), merchant: createMerchant(stand, stores.main) },
    ...{ playing: [], consents: new Set(), actsInTrouble: 0 },
  };
  for (let seed = options.seed; seed < options.seed + options.seeds; seed++)
    await runSeed(troupe, seed, options.orders);
  troupe.actsInTrouble = troupe.playing.flatMap(({ done }) => done).length;
  await troupe.sky.calm();
  say("✓ the weather is calm");
  const spares = options.isTampered ? await buySpares(troupe) : undefined;
  const end = await settle(troupe);
  const told = toldBy(end.problems);
  const assess = async (): Promise<Outcome> => {
    const seen = await look(stand.sandbox);
    const { faults } = judgeAll(troupe, seen, told);
    return { faults, figures: count(faults, await missedOf(troupe, seen, told, options), fleet.died().length) };
  };
  tellEnd(troupe, end);
  const missed = await missedOf(troupe, end.seen, told, options);
  for (const sentence of [...missed, ...fleet.died()]) say(`! ${sentence}`);
  const counts = count(end.verdict.faults, missed, fleet.died().length);
  const figures = Object.entries(counts).map(([name, value]) => figureOf(name as FigureName, value));
  if (spares) figures.push(noticed(await tamper(troupe, spares, told, assess)));
  return figures;
}

function readOptions(args: string[]): Options {
  const number = (name: string, usual: number): number => {
    const at = args.indexOf(`--${name}`);
    const value = at < 0 ? usual : Number(args[at + 1]);
    if (!(Number.isInteger(value) && value > 0)) throw new Error(`--${name} needs a whole number above 0`);
    return value;
  };
  return {
    ...{
      seed: number("seed", 1),
      seeds: number("seeds", 1),
      orders: number("orders", 2_000),
      clock: number("clock", 1),
    },
    isTampered: args.includes("--tamper"),
  };
}

/** The same fast clock for every process of the stand, by its environment. */
function setClock(rate: number): Record<string, string> {
  setWorldRate(rate);
  if (rate === 1) return {};
  const from = Date.now();
  const file = new URL("./support/fast-clock.ts", import.meta.url).href;
  return { NODE_OPTIONS: `--import=${file}`, FAST_CLOCK_RATE: String(rate), FAST_CLOCK_FROM: String(from) };
}

interface End {
  seen: Seen;
  verdict: Verdict;
  problems: Problems;
}

const toldBy = (problems: Problems): Told => new Map([...problems].map(([id, { kinds }]) => [id, kinds]));

function judgeAll({ stores, playing }: Troupe, seen: Seen, told: Told): Verdict {
  const played = new Map(playing.map((one) => [one.channelOrderId, one.planned]));
  const isWithoutRestock = ({ planned }: Playing) =>
    planned.acts.some((one) => one.act === "cancel-in-shopify" && !one.restock);
  const unsure = new Set(playing.filter(isWithoutRestock).map((one) => one.channelOrderId));
  return judge(seen, {
    expectedOf: (order) => {
      if (order.shopId === stores.tests.channelShopId || stores.olderIds.includes(order.id)) return "none";
      return order.isStray ? "parked" : "home";
    },
    kindOf: (order) => played.get(order.id)?.kind ?? order.kind,
    told,
    goods: { skus: stores.main.goods.map(({ sku }) => sku), stock: STOCK },
    isCancelledWithoutRestock: ({ id, status }) => status === "CANCELLED" && unsure.has(id),
  });
}

async function judgeNow(troupe: Troupe, seen: Seen): Promise<End> {
  const problems = await troupe.merchant.problems();
  return { seen, verdict: judgeAll(troupe, seen, toldBy(problems)), problems };
}

/** What should have happened and did not, each as a sentence. */
const missedOf = async (troupe: Troupe, seen: Seen, told: Told, options: Options): Promise<string[]> => [
  ...(await troupe.sky.missed()),
  ...missedOrders(troupe, seen, told),
  ...missedConsents(troupe.consents, options),
];

/** Until both sides are equal and stay so, or nothing gets better for too long. Somebody looks after the problems meanwhile. */
async function settle(troupe: Troupe): Promise<End> {
  let fewest = Number.POSITIVE_INFINITY;
  let until = worldNow() + SETTLE_MS;
  let helpAt = worldNow() + HELP_EVERY_MS / 3;
  let goodSince: number | null = null;
  for (;;) {
    const { seen, moves } = await tick(troupe, CALM);
    const end = await judgeNow(troupe, seen).catch(() => null);
    if (!end) continue;
    const { faults } = end.verdict;
    goodSince = faults.length === 0 && moves === 0 ? (goodSince ?? worldNow()) : null;
    if (goodSince !== null && worldNow() - goodSince > QUIET_MS) return end;
    if (faults.length < fewest) [fewest, until] = [faults.length, worldNow() + SETTLE_MS];
    if (worldNow() > until) return end;
    if (worldNow() < helpAt) continue;
    helpAt = worldNow() + HELP_EVERY_MS;
    const { merchant } = troupe;
    for (const look of [merchant.reconnect, merchant.tryAgain])
      await look().catch((error: Error) => say(`! ${error.message}`));
    const counts = Map.groupBy(faults, (one) => one.what);
    say(`  ${[...counts].map(([what, some]) => `${what} ${some.length}`).join(", ") || "all equal"}; ${moves} moves`);
    for (const id of new Set(faults.map((one) => one.channelOrderId)))
      await merchant.help(id, end.problems, seen).catch((error: Error) => say(`! ${error.message}`));
  }
}

/** Each order that is wrong, with all that is needed to see it again: its seed, what it was and what was done with it. */
function tellEnd({ playing, merchant, fleet, actsInTrouble }: Troupe, { verdict, problems, seen }: End): void {
  const played = new Map(playing.map((one) => [one.channelOrderId, one]));
  for (const [id, faults] of Map.groupBy(verdict.faults, (one) => one.channelOrderId)) {
    const one = played.get(id);
    say(`✗ ${id} (${one ? tellStory(one) : "nobody's plan"})`);
    if (one && one.skipped.length > 0) say(`    left out: ${one.skipped.join("; ")}`);
    if (one && one.left.length > 0) say(`    still to come: ${one.left.map(({ act }) => act).join(", ")}`);
    if (problems.get(id)) say(`    problems: ${problems.get(id)?.kinds.join(", ")}`);
    for (const { what, text } of faults) say(`    ${what}: ${text}`);
  }
  for (const one of playing.filter(({ left }) => left.length > 0).slice(0, MOST_TOLD))
    say(`  not over: ${tellStory(one)}; still to come: ${one.left.map(({ act }) => act).join(", ")}`);
  const acts = playing.flatMap(({ done }) => done).length;
  say(
    `  ${actsInTrouble} of ${acts} steps were taken while things went wrong; ${merchant.done.length} times a person helped`,
  );
  const { shopify, tiktok } = seen.truth.calls;
  say(`  ${verdict.compared} orders compared; ${shopify} calls to Shopify, ${tiktok} to the channel`);
  say(`  kills: ${[...fleet.killed()].map(([how, n]) => `${how} ${n}`).join(", ")}`);
  for (const [kind, sums] of [...verdict.byKind].sort())
    say(`  ${kind}: ${sums.orders} orders, kept ${sums.channelMinor} on the channel, ${sums.shopifyMinor} in Shopify`);
}

const tellStory = ({ planned, done }: Playing): string =>
  `seed ${planned.seed} order ${planned.number}, ${planned.kind}, "${planned.story}", did ${done.join(" → ") || "nothing"}`;

function count(faults: Verdict["faults"], missed: string[], died: number): Record<FigureName, number> {
  const ordersWith = (what: Verdict["faults"][number]["what"]) =>
    new Set(faults.filter((one) => one.what === what).map((one) => one.channelOrderId)).size;
  return {
    lost: ordersWith("lost"),
    doubled: ordersWith("doubled"),
    states_unequal: ordersWith("state"),
    money_diff_minor: faults.reduce((sum, one) => sum + (one.minor ?? 0), 0),
    // what was to be gone through and was not: a run that tried less proves nothing
    not_tried: missed.length,
    died,
  };
}

const UNITS: Partial<Record<FigureName, string>> = {
  money_diff_minor: "minor units",
  not_tried: "count",
  died: "processes",
};
const figureOf = (name: FigureName, value: number): Figure => ({
  ...{ name, value, unit: UNITS[name] ?? "orders", bar: "0", baseline: null, ratio: null, ok: value === 0 },
});

/** Of so many things spoilt by hand so many moved their figure. */
const noticed = ({ tried, noticed: value }: { tried: number; noticed: number }): Figure => ({
  ...{ name: "spoilt_noticed", value, unit: "count", bar: `= ${tried}`, baseline: null, ratio: null },
  ok: tried > 0 && value === tried,
});
