import { setTimeout as sleep } from "node:timers/promises";
import { createJourney } from "../scripts/journey.ts";
import { until } from "../scripts/stand/processes.ts";
import { type Stand, startStand } from "../scripts/stand/start-stand.ts";
import { type Figure, say } from "./figures.ts";

const MINUTES = 5;
const MINUTE_MS = 60_000;
/** A call that was in the air when its process died is looked for when it can land no more, and then once more. */
const SETTLE_MS = 8 * MINUTE_MS;

/** What the sandbox's drawer tells of itself, as far as this bench reads it. */
interface Drawer {
  why: string;
  truth: {
    orders: { channel: number; shopify: number; missing: number };
    doubled: { orders: number };
    oversold: { units: number };
  };
  spike: { asked: number; of: number } | null;
  stand: { phase: string } | null;
}

/** What is pressed when, in seconds. The channel's troubles take turns, since it has one at a time. */
const PRESSED: [number, string, object?][] = [
  [0, "webhooks", { name: "lose", on: true }],
  [0, "webhooks", { name: "double", on: true }],
  [0, "webhooks", { name: "shuffle", on: true }],
  [0, "audits", { mode: "hold" }],
  [0, "steady", { on: true }],
  [0, "channel", { mode: "timeout-after" }],
  [20, "kill-worker"],
  [30, "spike"],
  [45, "kill-worker"],
  [75, "channel", { mode: "slow" }],
  [90, "end-holds"],
  [150, "channel", { mode: "429" }],
  [160, "revoke"],
  [200, "spike"],
  [210, "kill-worker"],
  [225, "channel", { mode: "timeout-after" }],
  [240, "end-holds"],
  [270, "kill-worker"],
];
const RECONNECTED_AFTER_S = 15;

/** Everything in the sandbox's drawer switched on for five minutes; then the truth bar must end equal. All figures are the sandbox's. */
export default async function drawer(): Promise<Figure[]> {
  const stand = await startStand({
    speed: 60,
    onStep: (title) => say(`✓ ${title}`),
    supervised: { install: (running) => createJourney(running).open() },
  });
  try {
    const journey = createJourney(stand);
    await journey.install();
    const connectionId = await journey.connect();
    await journey.pickEverything(connectionId);
    await journey.arm(connectionId);
    await journey.send(connectionId);
    await journey.waitUntilListed();
    say("✓ catalog listed; now the trouble begins");
    await pressEverything(stand, () => journey.connect());
    await calm(stand);
    const end = await settle(stand);
    const { orders, doubled, oversold } = end.truth;
    say(`${end.why}: ${orders.shopify} of ${orders.channel} orders are home`);
    return [
      figure("orders", orders.channel, ">= 500", orders.channel >= 500),
      figure("lost", orders.missing, "0", orders.missing === 0),
      figure("doubled", doubled.orders, "0", doubled.orders === 0),
      // sold while the app was told nothing and could ask nothing: told, and no bar
      figure("oversold", oversold.units, "none", true),
    ];
  } finally {
    await stand.stop();
  }
}

const figure = (name: string, value: number, bar: string, ok: boolean): Figure => ({
  ...{ name, value, unit: "count", bar, baseline: null, ratio: null, ok },
});

const look = (stand: Stand) => stand.sandbox.get<Drawer>("drawer");

async function pressEverything(stand: Stand, connect: () => Promise<string>): Promise<void> {
  const began = Date.now();
  const at = (seconds: number) => sleep(Math.max(0, began + seconds * 1_000 - Date.now()));
  let reconnected: Promise<string> | null = null;
  for (const [seconds, name, input] of PRESSED) {
    await at(seconds);
    await press(stand, name, input);
    if (name === "revoke") reconnected = sleep(RECONNECTED_AFTER_S * 1_000).then(() => connectAgain(connect));
  }
  await reconnected;
  await at((MINUTES * MINUTE_MS) / 1_000);
}

/** The channel is in trouble meanwhile: whoever is told that it did not answer starts again. */
async function connectAgain(connect: () => Promise<string>): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await connect();
    } catch (error) {
      if (attempt === 5 || !(error instanceof Error) || !error.message.includes("answered 502")) throw error;
      await sleep(RECONNECTED_AFTER_S * 1_000);
    }
  }
}

/** Pressed until it takes: a worker that is just starting cannot be killed. */
async function press(stand: Stand, name: string, input: object = {}): Promise<void> {
  const done = await until(`"${name}" to be taken`, 60_000, async () => {
    try {
      return await stand.sandbox.post<{ done: string }>(`drawer/${name}`, input);
    } catch (error) {
      say(`  ${name}: ${(error as Error).message}`);
      return undefined;
    }
  });
  say(`  ${name}: ${done.done}`);
}

async function calm(stand: Stand): Promise<void> {
  await press(stand, "steady", { on: false });
  for (const name of ["lose", "double", "shuffle"]) await press(stand, "webhooks", { name, on: false });
  await press(stand, "channel", { mode: "normal" });
  await press(stand, "audits", { mode: "automatic" });
  say("✓ everything is off again");
}

/** As it stands when every order is home, or when it takes too long. */
async function settle(stand: Stand): Promise<Drawer> {
  const isHome = async () => {
    const { truth, spike } = await look(stand);
    return truth.orders.missing === 0 && (!spike || spike.asked === spike.of);
  };
  await until("every order to be home", SETTLE_MS, isHome, 1_000).catch((error: Error) => say(`! ${error.message}`));
  return look(stand);
}
