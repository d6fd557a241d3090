import { until } from "../../../scripts/stand/processes.ts";
import type { Stand } from "../../../scripts/stand/start-stand.ts";
import { say } from "../../figures.ts";
import { chanceOf } from "./chance.ts";
import type { ChaosStore } from "./stores.ts";
import { worldSleep } from "./world-time.ts";

/** How a consent may come to its end, and what the first new one lacks. */
const ends = ["revoked", "run out"] as const;
const withheld = ["seller.return_refund.basic", "seller.order.info", "seller.fulfillment.basic"] as const;
const AWAY_MS = 20_000;
const PATIENCE_MS = 5 * 60_000;
const EVERY_MS = 500;

/** In every fourth seed: without a consent nothing else happens for a while. */
export const breaksConsent = (seed: number): boolean => seed % 4 === 1;

/**
 * The seller's consent ends while orders come in; the seller agrees again, first without one of the permissions, then to all. `done` notes
 * what happened.
 */
export async function breakConsent(stand: Stand, store: ChaosStore, seed: number, done: Set<string>): Promise<void> {
  const chance = chanceOf(seed + 104_729);
  const [how, scope] = [chance.pick(ends), chance.pick(withheld)];
  const { sandbox } = stand;
  if (how === "revoked") await sandbox.post("tiktok/revoke", { store: "fresh" });
  else {
    // the next consent is a short one, and nobody renews it
    await sandbox.post("tiktok/settings", { grantLifeMs: AWAY_MS });
    await agree(store);
    await sandbox.post("tiktok/settings", { grantLifeMs: 365 * 86_400_000 });
  }
  await worldSleep(AWAY_MS);
  await sandbox.post("tiktok/settings", { withheldScopes: [scope] });
  await beRefused(store);
  await sandbox.post("tiktok/settings", { withheldScopes: [] });
  await agree(store);
  for (const one of [how, "withheld"]) done.add(one);
  say(`  seed ${seed}: the consent was ${how}; the next one lacked ${scope}`);
}

/** Until it takes: the way leads through calls that go wrong, too. */
const agree = (store: ChaosStore) =>
  until("the seller to agree", PATIENCE_MS, async () => (await consent(store)) === "agreed", EVERY_MS);

/** Until the app says which permission is missing. */
const beRefused = (store: ChaosStore) =>
  until("the app to miss a permission", PATIENCE_MS, async () => /answered 400/.test(await consent(store)), EVERY_MS);

async function consent(store: ChaosStore): Promise<string> {
  try {
    await store.journey.consent();
    return "agreed";
  } catch (error) {
    return (error as Error).message;
  }
}

/** What of it never happened. */
export const missedConsents = (
  done: ReadonlySet<string>,
  { seed, seeds }: { seed: number; seeds: number },
): string[] => {
  if (!Array.from({ length: seeds }, (_, at) => seed + at).some(breaksConsent)) return [];
  const happened = ends.some((how) => done.has(how)) && done.has("withheld");
  return happened ? [] : ["the seller's consent never ended"];
};
