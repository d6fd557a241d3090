import type { PriceParts } from "../../../channels/port.ts";
import { after } from "../../../platform/clock.ts";
import type { Json } from "../../../platform/db.server.ts";
import { BudgetClosed, CallError } from "../../../platform/errors.ts";
import type { OrderCreateResult, OrderDraft } from "../../../shopify/model.ts";
import { shopifyOf } from "../deps.ts";
import { factsFromJson } from "../intake/facts-json.ts";
import { readAndStore } from "../intake/read-orders.server.ts";
import { storeOrder } from "../intake/store-order.server.ts";
import { importFactsOf, openBuyer } from "../store.server.ts";
import type { ImportTurn, StepResult } from "./import-order.server.ts";
import { lineUp } from "./line-up.server.ts";
import { linkLines } from "./link-lines.server.ts";
import { lookForTaken } from "./look-for-order.server.ts";
import { ALL_LOOKS, comesShipped, IMPORT_LEASE_MS } from "./next-import-step.ts";
import { type DraftResult, draftOrder } from "./order-draft.ts";
import { waitsAtDoor } from "./order-money.ts";
import { parkOrder, reasonOfDraft, reasonOfRefusal } from "./park-order.server.ts";
import { detailedFacts, needsPriceParts, pricePartsFromJson, pricePartsToJson } from "./price-parts.ts";
import { recordCreated } from "./record-created.server.ts";

/** The channel has no detail: the order's own amounts have to do, and nobody asks again. */
const NO_PARTS: PriceParts = { lines: [], shippingSellerDiscountMinor: 0n, shippingPlatformDiscountMinor: 0n };
/** What time may mend, and how often it is given the time. */
const PASSING = new Set<CallError["family"]>(["timeout", "unavailable", "rateLimit"]);
const PARTS_TRIES = 3;
/** What is sent is never older than this. */
export const FRESH_MS = 60_000;

/**
 * Makes the Shopify order. "sending" is committed before the call, so that whatever happens to this process, the next one knows that
 * a call may have had its effect.
 */
export async function sendOrder(turn: ImportTurn, attempt: number): Promise<StepResult> {
  const { deps, connection, claim, ctx, order } = turn;
  if (after(order.seenAt, FRESH_MS) < ctx.now()) {
    const read = await readAndStore(deps, connection, order.channelOrderId);
    return read === "stored" ? "again" : { kind: "later", reason: `the channel's reading is ${read}` };
  }
  if (await linkLines(turn)) return "again";
  if (await readPriceParts(turn)) return "again";
  const drafted = draftFor(turn);
  if (drafted.outcome !== "draft") return parkOrder(turn, reasonOfDraft(drafted, order.currency));

  const shopify = shopifyOf(deps, connection);
  await shopify.ensureOrderIdDefinition();
  const wait = await lineUp(turn);
  if (wait) return wait;
  if (!(await ctx.holds(claim)) || !(await commitSending(turn, attempt)))
    return { kind: "later", at: ctx.now(), reason: "somebody else works on it" };
  const result = await callOnce(turn, drafted.draft);
  switch (result.outcome) {
    case "created":
      await recordCreated(turn, result.order, "created");
      turn.made.parts = result.order.parts;
      return "again";
    case "taken":
      return lookForTaken(turn);
    case "no-slot":
      await takeBack(turn);
      return "again";
    case "refused":
      return parkOrder(turn, reasonOfRefusal(result, openBuyer(deps, order)));
    case "unknown":
      return "again";
  }
}

/** Reads who paid what of the price, once, where the order's own amounts leave it open. True: something was stored. */
async function readPriceParts(turn: ImportTurn): Promise<boolean> {
  const { deps, connection, order } = turn;
  if (order.priceParts !== null || !needsPriceParts(factsFromJson(order.facts))) return false;
  const parts = await askPriceParts(turn);
  // the amounts of the row and its units follow from a reading: the one in hand is stored once more, with the parts in it
  const facts = { ...factsFromJson(order.facts), buyer: null, buyerMessage: "" };
  const { isNewer } = await deps.engine.change(async (tx) => {
    const data = { priceParts: pricePartsToJson(parts) as Json };
    const { count } = await tx.channelOrder.updateMany({ where: { id: order.id }, data });
    if (count === 0) throw new Error(`order ${order.id} is gone`);
    return storeOrder(deps, tx, connection, { facts, beganAt: order.seenAt });
  });
  if (!isNewer) await readAndStore(deps, connection, order.channelOrderId);
  return true;
}

/** The order's own amounts are good enough to come home with: a detail that is not to be had holds nothing up for long. */
async function askPriceParts({ deps, connection, claim, order }: ImportTurn): Promise<PriceParts> {
  const { orders } = deps.channels(connection.channel);
  try {
    return (await orders.priceParts?.(deps.forShop(connection.id), order.channelOrderId)) ?? NO_PARTS;
  } catch (error) {
    const isPassing = error instanceof CallError && PASSING.has(error.family) && claim.failures < PARTS_TRIES;
    if (isPassing || !(error instanceof CallError) || error.family === "auth") throw error;
    return NO_PARTS;
  }
}

function draftFor({ deps, connection, order }: ImportTurn): DraftResult {
  const channel = deps.channels(connection.channel);
  const taxes = channel.taxRules(connection);
  const { settings } = connection;
  return draftOrder({
    facts: detailedFacts(factsFromJson(order.facts), pricePartsFromJson(order.priceParts), taxes),
    buyer: openBuyer(deps, order),
    variants: new Map(
      order.lines.flatMap(({ channelLineId, variantId, sellerSku: sku }) =>
        variantId ? [[channelLineId, { variantId, sku }]] : [],
      ),
    ),
    shop: connection.shop,
    names: { channel: channel.displayName, ...settings },
    taxes,
    exchangeRates: settings.exchangeRates,
    customers: settings.customerPolicy,
    kinds: order.kinds,
    labels: settings.importing,
    takesCustomLines: settings.importing.unlinked === "custom-line",
    comesShipped: comesShipped(importFactsOf(order)),
  });
}

/** Only the one who finds the row as it was decided on may send. */
async function commitSending({ deps, connection, ctx, order }: ImportTurn, attempt: number): Promise<boolean> {
  return deps.engine.changeTogether(async (tx) => {
    const now = ctx.now();
    const { count } = await tx.channelOrder.updateMany({
      where: {
        id: order.id,
        shopifyOrderId: null,
        importState: order.importState,
        importAttempts: order.importAttempts,
        importSentAt: order.importSentAt,
      },
      data: {
        ...{ importState: "sending", importSentAt: now, importLeaseUntil: after(now, IMPORT_LEASE_MS) },
        // The first attempt counts from one; a parked order that goes on keeps counting.
        ...{ importAttempts: Math.max(attempt, order.importAttempts + 1), importLooks: 0 },
        holdState: order.status === "on-hold" ? "wanted" : "none",
        ...{ buyerWrittenVersion: order.buyerVersion, turnAt: null },
        doorPayment: waitsAtDoor(factsFromJson(order.facts)) ? "open" : null,
      },
    });
    if (count !== 1) return false;
    const { shopId, channelOrderId } = order;
    await deps.inventory.markSending(tx, { shopId, connectionId: connection.id, channelOrderId, at: now });
    return true;
  });
}

async function callOnce(turn: ImportTurn, draft: OrderDraft): Promise<OrderCreateResult | { outcome: "unknown" }> {
  const { deps, connection, order } = turn;
  try {
    return await shopifyOf(deps, connection).createOrder(draft);
  } catch (error) {
    const isCertain = error instanceof BudgetClosed || (error instanceof CallError && !error.mayHaveHappened);
    const isUncertain = error instanceof CallError && error.mayHaveHappened;
    if (isUncertain) {
      await deps.engine.change((tx) =>
        tx.channelOrder.updateMany({
          where: { id: order.id, shopifyOrderId: null, importState: "sending" },
          data: { importState: "unknown" },
        }),
      );
      return { outcome: "unknown" };
    }
    // Nothing was sent or nothing was done: back to where it was. Anything else stays "sending" and is looked for later.
    if (isCertain) await takeBack(turn);
    throw error;
  }
}

async function takeBack({ deps, order }: ImportTurn): Promise<void> {
  const wasUnknown = order.importState === "unknown" || order.importState === "sending";
  const data = wasUnknown ? { importState: "unknown", importLooks: ALL_LOOKS } : { importState: order.importState };
  await deps.engine.change((tx) =>
    tx.channelOrder.updateMany({
      where: { id: order.id, shopifyOrderId: null, importState: "sending" },
      data: {
        ...{ ...data, importAttempts: order.importAttempts, importSentAt: order.importSentAt, importLeaseUntil: null },
        turnAt: order.turnAt,
      },
    }),
  );
}
