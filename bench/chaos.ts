import { freePort } from "../scripts/stand/processes.ts";
import { startStand } from "../scripts/stand/start-stand.ts";
import { type Figure, say } from "./figures.ts";
import { missedConsents } from "./support/chaos/consents.ts";
import { startFleet } from "./support/chaos/fleet.ts";
import { type Fault, judge, type Verdict } from "./support/chaos/judge.ts";
import { createMerchant, type Problems } from "./support/chaos/merchant.ts";
import { missedOrders } from "./support/chaos/missed.ts";
import type { Playing } from "./support/chaos/play.ts";
import { runSeed, type Troupe, tick } from "./support/chaos/run-seed.ts";
import { look, type Seen } from "./support/chaos/seen.ts";
import { setUpStores } from "./support/chaos/stores.ts";
import { tamper } from "./support/chaos/tamper.ts";
import { createSky } from "./support/chaos/weather.ts";
import { setWorldRate, worldNow } from "./support/chaos/world-time.ts";

/** Holds last a minute, deadlines the better part of an hour: nothing the bench does itself happens by the way. */
const SPEED = 60;
/** Longer than a call's deadline plus its late effect. */
const QUIET_MS = 45_000;
/** Lost news of a shipment is found by a look every 15 minutes, a lost creation is looked for during 5. */
const SETTLE_MS = 40 * 60_000;
const HELP_EVERY_MS = 90_000;
const MOST_TOLD = 20;
const CALM = { splits: "free", sameSkuSplits: "accept" };

interface Options {
  seed: number;
  seeds: number;
  orders: number;
  /** How many times as fast as the wall's the clocks of all processes run. */
  clock: number;
  /** The end state is spoilt by hand: the bench must see it. */
  isTampered: boolean;
}

/**
 * Orders of all kinds, cancelled, returned, split and moved, through every fault and every position of the sandbox's switches while processes
 * are killed in the middle of their work; then calm, and both platforms are compared order by order.
 *
 *     npm run bench -- chaos [--seed 1] [--orders 2000] [--seeds 1] [--clock 1] [--tamper]
 */
export default async function chaos(): Promise<Figure[]> {
  const options = readOptions(process.argv.slice(3));
  const clockEnv = setClock(options.clock);
  const frontPort = await freePort();
  const stand = await startStand({
    ...{ speed: SPEED, workers: 0, frontPort },
    onStep: (title) => say(`✓ ${title}`),
    sandboxEnv: { SANDBOX_CATALOG: "none", SANDBOX_SEED: String(options.seed), ...clockEnv },
    appEnv: clockEnv,
  });
  const fleet = await startFleet(stand, frontPort);
  let isGood = false;
  try {
    const stores = await setUpStores(stand);
    say("✓ two stores are connected and armed; now the trouble begins");
    const troupe: Troupe = {
      ...{ stand, stores, fleet, sky: createSky(stand.sandbox), merchant: createMerchant(stand, stores.main) },
      ...{ playing: [], consents: new Set() },
    };
    for (let seed = options.seed; seed < options.seed + options.seeds; seed++)
      await runSeed(troupe, seed, options.orders);
    await troupe.sky.calm();
    say("✓ the weather is calm");
    const settled = await settle(troupe);
    const end = options.isTampered ? await spoil(troupe) : settled;
    tellFaults(troupe, end);
    const missed = [
      ...(await troupe.sky.missed()),
      ...missedOrders(troupe, end.seen),
      ...missedConsents(troupe.consents, options),
    ];
    for (const sentence of missed) say(`! ${sentence}`);
    say(
      `  ${end.verdict.compared} orders compared; kills: ${[...fleet.killed()].map(([how, n]) => `${how} ${n}`).join(", ")}`,
    );
    const figures = figuresOf(end.verdict.faults, missed.length);
    isGood = figures.every((one) => one.ok);
    return figures;
  } finally {
    fleet.stop();
    await stand.stop({ keepLogs: !isGood });
  }
}

function readOptions(args: string[]): Options {
  const number = (name: string, usual: number): number => {
    const at = args.indexOf(`--${name}`);
    const value = at < 0 ? usual : Number(args[at + 1]);
    if (!(value > 0)) throw new Error(`--${name} needs a number above 0`);
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

async function judgeNow(troupe: Troupe, seen: Seen): Promise<End> {
  const { stores, playing, merchant } = troupe;
  const problems = await merchant.problems();
  const played = new Map(playing.map((one) => [one.channelOrderId, one.planned]));
  const verdict = judge(seen, {
    expectedOf: (order) => {
      if (order.shopId === stores.tests.channelShopId || stores.olderIds.includes(order.id)) return "none";
      return order.isStray ? "parked" : "home";
    },
    kindOf: (order) => played.get(order.id)?.kind ?? order.kind,
    problems: new Set(problems.keys()),
  });
  return { seen, verdict, problems };
}

/** Until both sides are equal and stay so, or it takes too long. Somebody looks after the problems meanwhile. */
async function settle(troupe: Troupe): Promise<End> {
  const until = worldNow() + SETTLE_MS;
  let helpAt = worldNow() + HELP_EVERY_MS / 3;
  let goodSince: number | null = null;
  for (;;) {
    const { seen, moves } = await tick(troupe, CALM);
    const end = await judgeNow(troupe, seen).catch(() => null);
    if (!end) continue;
    const { faults } = end.verdict;
    goodSince = faults.length === 0 && moves === 0 ? (goodSince ?? worldNow()) : null;
    if (goodSince !== null && worldNow() - goodSince > QUIET_MS) return end;
    if (worldNow() > until) return end;
    if (worldNow() < helpAt) continue;
    helpAt = worldNow() + HELP_EVERY_MS;
    await troupe.merchant.reconnect().catch((error: Error) => say(`! ${error.message}`));
    const counts = Map.groupBy(faults, (one) => one.what);
    say(`  ${[...counts].map(([what, some]) => `${what} ${some.length}`).join(", ") || "all equal"}; ${moves} moves`);
    for (const id of new Set(faults.map((one) => one.channelOrderId)))
      await troupe.merchant.help(id, end.problems, seen).catch((error: Error) => say(`! ${error.message}`));
  }
}

async function spoil(troupe: Troupe): Promise<End> {
  const before = await look(troupe.stand.sandbox);
  for (const sentence of await tamper(troupe.stand.sandbox, before)) say(`! by hand: ${sentence}`);
  return judgeNow(troupe, await look(troupe.stand.sandbox));
}

/** Each order that is wrong, with all that is needed to see it again: its seed, what it was and what was done with it. */
function tellFaults({ playing, merchant }: Troupe, { verdict, problems }: End): void {
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
  say(`  a person pressed "Look again" ${merchant.done.length} times`);
  for (const [kind, sums] of [...verdict.byKind].sort())
    say(`  ${kind}: ${sums.orders} orders, kept ${sums.channelMinor} on the channel, ${sums.shopifyMinor} in Shopify`);
}

const tellStory = ({ planned, done }: Playing): string =>
  `seed ${planned.seed} order ${planned.number}, ${planned.kind}, "${planned.story}", did ${done.join(" → ") || "nothing"}`;

function figuresOf(faults: Fault[], missed: number): Figure[] {
  const count = (what: Fault["what"]) =>
    new Set(faults.filter((one) => one.what === what).map((one) => one.channelOrderId)).size;
  const figure = (name: string, value: number, unit = "orders"): Figure => ({
    ...{ name, value, unit, bar: "0", baseline: null, ratio: null, ok: value === 0 },
  });
  return [
    figure("lost", count("lost")),
    figure("doubled", count("doubled")),
    figure("states_unequal", count("state")),
    figure(
      "money_diff_minor",
      faults.reduce((sum, one) => sum + (one.minor ?? 0), 0),
      "minor units",
    ),
    // what was to be gone through and was not: a run that tried less proves nothing
    figure("not_tried", missed, "count"),
  ];
}
