import { createJourney } from "../journey.ts";
import type { Stand } from "../stand/start-stand.ts";
import { editStockAndPrice } from "./edit.ts";
import type { CatalogCheck, CheckResult, Outcome } from "./model.ts";
import { buyAndCancel, fulfilEverything, isFulfilled } from "./orders.ts";

/**
 * One order all the way, many times: connects, lists the whole catalog, buys, cancels, fulfils and edits through the sandbox's doors, and
 * compares both sides. Never throws for a failed expectation: each one is told on stderr and makes `ok` false.
 */
export async function runCheck(stand: Stand, startedAt: number, catalog: CatalogCheck): Promise<CheckResult> {
  const say = (sentence: string) => console.error(`  ${sentence}`);
  const journey = createJourney(stand);
  let refused: Record<string, number> = {};
  let bought: Outcome["bought"] = [];
  let brokeOff: string | undefined;

  try {
    await journey.install();
    say("catalog read");
    const connectionId = await journey.connect();
    say("channel connected");
    await journey.pickEverything(connectionId);
    say("products picked, defaults applied, plan shown");
    await journey.arm(connectionId);
    await journey.send(connectionId);
    const summary = await journey.waitUntilListed();
    refused = summary.listings.refused;
    say(`${summary.listings.byStatus.live ?? 0} listed, ${summary.listings.byStatus.refused ?? 0} refused`);

    bought = await buyAndCancel(stand, catalog, say);
    await fulfilEverything(stand, say);
    await editStockAndPrice(stand, bought, say);
  } catch (error) {
    brokeOff = (error as Error).message;
  }

  const state = await stand.sandbox.state();
  const listed = state.tiktok.products.filter((one) => one.status === "ACTIVATE").length;
  const outcome: Outcome = { state, listed, refused, bought };
  // where the journey broke off, what was expected of its end tells nothing
  const wrong = brokeOff
    ? [brokeOff]
    : [...findCommonlyWrong(outcome, catalog), ...(await catalog.findWrong(outcome, stand))];
  for (const sentence of wrong) console.error(`✗ ${sentence}`);
  return {
    read: state.shopify.products,
    listed,
    refused,
    orders: state.truth.ordersChannel,
    shopifyOrders: state.truth.ordersShopify,
    doubled: state.truth.doubled,
    fulfilled: countFulfilled(outcome),
    calls: state.truth.calls.shopify + state.truth.calls.tiktok,
    seconds: Math.round((Date.now() - startedAt) / 100) / 10,
    ok: wrong.length === 0,
  };
}

const countFulfilled = ({ state }: Outcome) =>
  state.tiktok.orders.filter((order) => isFulfilled(state, order.id)).length;

/** What must hold whatever the catalog is. */
function findCommonlyWrong(outcome: Outcome, catalog: CatalogCheck): string[] {
  const { state, listed, refused, bought } = outcome;
  const { truth } = state;
  const refusals = Object.values(refused).reduce((sum, one) => sum + one, 0);
  const shipped = countFulfilled(outcome);
  const cancelled = state.tiktok.orders.filter((order) => order.status === "CANCELLED").length;
  const wantedCancelled = catalog.cancelled(bought.length);
  const claims: [boolean, string][] = [
    [
      state.shopify.products === listed + refusals,
      `read ${state.shopify.products} products, but ${listed} are listed and ${refusals} refused`,
    ],
    [truth.ordersChannel > 0, "nothing was bought"],
    [
      truth.ordersShopify === truth.ordersChannel,
      `${truth.ordersChannel} orders on the channel, ${truth.ordersShopify} in Shopify`,
    ],
    [truth.doubled === 0, `${truth.doubled} orders are doubled`],
    [cancelled === wantedCancelled, `${wantedCancelled} orders should be cancelled, not ${cancelled}`],
    [
      shipped > 0 && shipped === state.tiktok.orders.length - cancelled,
      `${shipped} of ${state.tiktok.orders.length - cancelled} orders are fulfilled on both sides`,
    ],
    [truth.oversold === 0, `${truth.oversold} units were sold that nobody owned`],
    [state.contractViolations === 0, `${state.contractViolations} calls broke the sandbox's contract`],
  ];
  return claims.flatMap(([holds, sentence]) => (holds ? [] : [sentence]));
}
