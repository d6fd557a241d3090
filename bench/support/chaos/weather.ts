import type { SandboxClient } from "../../../scripts/stand/sandbox-client.ts";
import { type Chance, chanceOf, dealOn } from "./chance.ts";
import { look } from "./seen.ts";

type Platform = "shopify" | "tiktok";
const platforms: readonly Platform[] = ["shopify", "tiktok"];
/** Every kind of fault the sandbox knows. */
const faultKinds = [
  ...["latency", "timeout-before", "timeout-after", "late", "lost-answer", "429", "500", "503", "402", "423"],
] as const;

interface Switch {
  platform: Platform;
  door: string;
  name: string;
  /** The first is how it is in calm weather. */
  positions: readonly unknown[];
}

const channel = (name: string, ...positions: unknown[]): Switch => ({
  ...{ platform: "tiktok", door: "tiktok/settings", name, positions },
});
const shop = (name: string, ...positions: unknown[]): Switch => ({
  ...{ platform: "shopify", door: "shopify/settings", name, positions },
});
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Every switch of the sandbox that can be turned while orders come in. Those of a consent are turned where one is given (`consents.ts`). */
const switches: readonly Switch[] = [
  channel("audits", "automatic", "hold"),
  channel("randomAuditRejections", 0, 0.5),
  channel("zeroStock", "accept", "refuse"),
  channel("stockMeaning", "sellable", "total"),
  channel("orderSearchLagMs", 0, 30_000),
  channel("singleUseRefreshToken", false, true),
  channel("accessTokenLifeMs", 7 * DAY_MS, MINUTE_MS),
  channel("orderVariety", "varied", "plain"),
  channel("splits", "free", "forbidden", "required"),
  channel("sameSkuSplits", "accept", "refuse"),
  channel("vouchers", "inside", "beside"),
  channel("foreignOrderId", "omit", "refuse"),
  channel("failedPrerequisites", [], ["RETURN_WAREHOUSE"]),
  shop("throttle", true, false),
  shop("searchLagMs", 2_000, 0, 30_000),
  shop("customIdLagMs", 0, 20_000),
  shop("refuseTakenId", true, false),
  shop("refuseOverpaid", true, false),
  shop("cancelJobMs", 300, 10 * MINUTE_MS),
  shop("cancelJobRuns", true, false),
  shop("cancelRecordsRefund", true, false),
  shop("accessTokenLifeMs", 60 * MINUTE_MS, MINUTE_MS),
  shop("devOrdersPerMinute", 5, 30),
  shop("plan", "Plus", "Standard", "Advanced", "Enterprise", "Development"),
  { platform: "tiktok", door: "settings", name: "profile", positions: ["fast", "real", "dev"] },
];

type Troubles = Record<string, number | boolean>;
const webhookTroubles: readonly Troubles[] = [
  { loseEvery: 3 },
  { doubleEvery: 2 },
  { shuffle: true, doubleEvery: 3 },
  { delayMs: 5_000 },
  { off: true },
];

/** What goes wrong for a while, all of it drawn from the seed. */
export interface Weather {
  positions: { of: Switch; position: unknown }[];
  faults: { platform: Platform; every: number; kinds: string[] }[];
  webhooks: Record<Platform, Troubles>;
  tokens: "expire" | "revoke" | "leave";
}

const [TOKENS, TROUBLES, SWITCHES] = [101, 102, 200];

/**
 * The weathers of a seed. Each seed goes on where one before it, with as many weathers, ended: seeds that follow each other bring each position
 * of each switch and each trouble, however few weathers each has.
 */
export function planWeathers(seed: number, count: number): Weather[] {
  const chance = chanceOf(seed + 7_919);
  const from = (seed - 1) * count;
  const decks = switches.map((of, nth) => ({ of, cards: dealOn(of.positions, SWITCHES + nth, from, count) }));
  const troubles = new Map(
    platforms.map((platform, nth) => [platform, dealOn(webhookTroubles, TROUBLES + nth, from, count)]),
  );
  const tokens = dealOn(["expire", "revoke", "leave"] as const, TOKENS, from, count);
  return Array.from({ length: count }, (_, at) => ({
    positions: decks.map(({ of, cards }) => ({ of, position: cards[at] })),
    faults: platforms.map((platform) => drawFaults(platform, chance)),
    webhooks: {
      shopify: troubles.get("shopify")?.[at] ?? {},
      tiktok: troubles.get("tiktok")?.[at] ?? {},
    },
    tokens: tokens[at] ?? "leave",
  }));
}

const drawFaults = (platform: Platform, chance: Chance): Weather["faults"][number] => ({
  ...{ platform, every: 4 + chance.below(4), kinds: chance.shuffle(faultKinds) },
});

/** So many weathers bring every position of every switch. */
const everyPosition = Math.max(...switches.map((one) => one.positions.length), webhookTroubles.length);
const ORDERS_A_WEATHER = 100;
const FEW_ORDERS = 12;

/** How many weathers so many orders go through: all there are, where there are enough orders to be out in them. */
export const weathersFor = (orders: number): number =>
  Math.max(Math.min(everyPosition, Math.ceil(orders / FEW_ORDERS)), Math.ceil(orders / ORDERS_A_WEATHER));

/** Makes the weather, and tells what of it really struck: the sandbox counts. */
export function createSky(sandbox: SandboxClient) {
  /** Business calls made while a position was in force. */
  const callsUnder = new Map<string, number>();
  let inForce: { key: string; platform: Platform }[] = [];
  let callsBefore = { shopify: 0, tiktok: 0 };

  async function note(): Promise<void> {
    const { calls } = (await look(sandbox)).truth;
    for (const { key, platform } of inForce)
      callsUnder.set(key, (callsUnder.get(key) ?? 0) + calls[platform] - callsBefore[platform]);
    callsBefore = calls;
  }

  async function turn(positions: Weather["positions"]): Promise<void> {
    await note();
    const doors = Map.groupBy(positions, (one) => one.of.door);
    for (const [door, some] of doors)
      await sandbox.post(door, Object.fromEntries(some.map(({ of, position }) => [of.name, position])));
    inForce = positions.map(({ of, position }) => ({ key: keyOf(of, position), platform: of.platform }));
  }

  return {
    async begin(weather: Weather): Promise<void> {
      await turn(weather.positions);
      await sandbox.post("faults", { clear: true });
      await sandbox.post("faults", { add: weather.faults.map((one) => ({ ...one, operation: "*" })) });
      // tokens are no business calls: they are named
      await sandbox.post("faults", { add: weather.faults.map((one) => ({ ...one, operation: "token", every: 3 })) });
      for (const platform of platforms) await sandbox.post("webhooks", { platform, ...weather.webhooks[platform] });
      if (weather.tokens === "expire") await sandbox.post("tiktok/expire-tokens");
      if (weather.tokens === "revoke") await sandbox.post("shopify/revoke-tokens");
    },
    async calm(): Promise<void> {
      await turn(switches.map((of) => ({ of, position: of.positions[0] })));
      await sandbox.post("faults", { clear: true });
      await sandbox.post("webhooks", { clear: true });
      await sandbox.post("tiktok/end-audits");
    },
    /** What should have struck and did not, each as a sentence. */
    async missed(): Promise<string[]> {
      await note();
      const { struck } = await sandbox.get<{ struck: Record<Platform, Record<string, number>> }>("faults");
      const { webhooks } = await look(sandbox);
      return [
        ...platforms.flatMap((platform) =>
          faultKinds.filter((kind) => !struck[platform][kind]).map((kind) => `no ${kind} struck ${platform}`),
        ),
        ...switches.flatMap((of) =>
          of.positions
            .filter((position) => (callsUnder.get(keyOf(of, position)) ?? 0) < LEAST_CALLS)
            .map((position) => `hardly a call was made under ${keyOf(of, position)}`),
        ),
        ...(["lost", "doubled", "delayed", "shuffled"] as const)
          .filter((how) => webhooks[how] === 0)
          .map((how) => `no webhook was ${how}`),
      ];
    },
  };
}

const LEAST_CALLS = 10;
const keyOf = (of: Switch, position: unknown): string => `${of.platform} ${of.name} ${JSON.stringify(position)}`;
