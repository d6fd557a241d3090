import { STORES } from "../../sandbox/stores.ts";
import { createJourney } from "../journey.ts";
import { until } from "../stand/processes.ts";
import type { Stand } from "../stand/start-stand.ts";
import { listEverything } from "./listings.ts";
import { sellAndShip } from "./orders.ts";
import { addPast } from "./past.ts";
import { createProgress } from "./progress.ts";

/** Products the busy shop has; each becomes a listing. */
export const PRODUCTS = 400;

/** What needs somebody in the end, by the app's own problems: eight orders, the rejected listing, the consent that ends. */
const PROBLEMS = [
  "cancellation-requested",
  "cancellation-requested",
  "grant-ending",
  "listing-rejected",
  "order-money-differs",
  "order-sku-unlinked",
  "return-requested",
  "return-requested",
  "shipment-carrier-unknown",
  "shipment-tracking-missing",
];

/**
 * Fills the busy shop through the doors that merchants, buyers and auditors use: the app's own actions, and the sandbox's. Throws GivenUp
 * when given up, and a sentence when it does not get on.
 */
export async function fillBusyShop(stand: Stand, signal: AbortSignal, say?: (step: string) => void): Promise<void> {
  const { sandbox } = stand;
  const progress = createProgress(sandbox, signal, say);
  const seller = (await sandbox.state()).tiktok.shops.find((one) => one.name === STORES.busy.channelName);
  if (!seller) throw new Error("the sandbox has no busy shop");
  const journey = createJourney(stand, { shop: STORES.busy.domain, sellerId: seller.sellerId });
  await addPast(sandbox, progress);
  await progress.at("catalog", 0, "the app reads the catalog");
  await journey.install();
  await progress.at("connect", 0, "connecting the channel");
  const connectionId = await journey.connect();
  await journey.arm(connectionId);
  // six weeks in nobody needs the guide any more
  await journey.merchant.submit("/app?index", { intent: "dismiss-guide" });
  await listEverything(journey, connectionId, progress);
  await sellAndShip(sandbox, progress);
  await progress.at("rest", 0.2, "the last parcels and requests");
  await until(
    "the app to see what needs somebody in the busy shop",
    120_000,
    async () => {
      progress.check();
      const kinds = (await journey.merchant.summary()).problems.map((one) => one.kind).sort();
      return JSON.stringify(kinds) === JSON.stringify(PROBLEMS);
    },
    500,
  ).catch(async (error) => {
    const { problems } = await journey.merchant.summary();
    throw new Error(`${(error as Error).message}; it says: ${problems.map((one) => one.kind).join(", ")}`);
  });
}

/** Fills the busy shop in the background, again after each reset; says at the end how it went, in one line. */
export function keepBusy(say: (line: string) => void) {
  let running: AbortController | null = null;
  const run = async (stand: Stand, { signal }: AbortController) => {
    const began = Date.now();
    const tell = (told: object) => (signal.aborted ? undefined : stand.sandbox.post("filling", told).catch(() => {}));
    try {
      await fillBusyShop(stand, signal);
      await tell({ step: "filled", share: 1, state: "done" });
      say(`✓ Busy shop filled in the background (${Math.round((Date.now() - began) / 1000)} s)`);
    } catch (error) {
      if (signal.aborted) return;
      const problem = (error as Error).message;
      await tell({ step: "stopped", share: 0, state: "failed", problem });
      say(`✗ The busy shop could not be filled: ${problem}`);
    }
  };
  return {
    start(stand: Stand): void {
      running?.abort();
      running = new AbortController();
      void run(stand, running);
    },
    stop(): void {
      running?.abort();
      running = null;
    },
  };
}
