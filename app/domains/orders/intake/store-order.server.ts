import { isDeepStrictEqual } from "node:util";
import type { OrderFacts } from "../../../channels/port.ts";
import type { Json, Tx } from "../../../platform/db.server.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";
import { platformPaidOf } from "../import/order-money.ts";
import { detailedFacts, pricePartsFromJson } from "../import/price-parts.ts";
import { kindsOf } from "../kinds.ts";
import { keepWords } from "../morning/keep-words.server.ts";
import { ERASED } from "../privacy/what-is-kept.ts";
import { closeOrderProblems, recordOrderActivity } from "../problems.server.ts";
import { lockOrder, type OrderRow, openBuyer, sealBuyer } from "../store.server.ts";
import { factsToJson } from "./facts-json.ts";
import { isSameBuyer, mergeBuyer } from "./merge-buyer.ts";
import { hasTravelled } from "./owed-units.ts";
import { areStored, storeLines } from "./store-lines.server.ts";
import { wantNext } from "./want-next.server.ts";

export interface Reading {
  facts: OrderFacts;
  /** When the reading was begun: the later of two readings with one update time is the newer. */
  beganAt: Date;
}

const NEVER = new Date(0);

/**
 * Stores one reading of a channel order in the caller's transaction: the row, its units, the units waiting in inventory, its history,
 * and what is due next. A reading that is not newer than the stored one changes nothing, so readings may come in any order.
 */
export async function storeOrder(
  deps: OrdersDeps,
  tx: Tx,
  connection: OrdersConnection,
  reading: Reading,
): Promise<{ isNew: boolean; isNewer: boolean }> {
  const { facts } = reading;
  const [first] = await tx.channelOrder.createManyAndReturn({
    data: [firstRow(connection, facts)],
    skipDuplicates: true,
  });
  const isNew = first !== undefined;
  const before = first ? { ...first, lines: [] } : await lockOrder(tx, connection, facts.channelOrderId);
  if (!before) throw new Error(`order ${facts.channelOrderId} vanished while it was stored`);
  if (!isNewer(before, reading)) return { isNew: false, isNewer: false };
  const rules = deps.channels(connection.channel).taxRules(connection);
  const detailed = detailedFacts(facts, pricePartsFromJson(before.priceParts), rules);

  const news = { ...rowOf(connection, facts), ...paidOf(detailed), ...buyerOf(deps, before, facts) };
  if (!isNew && isStored(before, news) && areStored(before, detailed)) {
    // the same once more: what follows from it is stored
    await tx.channelOrder.updateMany({ where: { id: before.id }, data: { seenAt: reading.beganAt } });
    await wantNext(deps, tx, connection, { before, order: before, facts, isNew });
    return { isNew, isNewer: true };
  }
  const data = { ...news, seenAt: reading.beganAt };
  await tx.channelOrder.updateMany({ where: { id: before.id }, data });
  const stored = { ...before, ...data } as OrderRow;
  const lines = await storeLines(deps, tx, connection, { order: before, facts: detailed });
  await keepWords(tx, { before, order: { ...stored, lines } });
  if (isNew)
    await recordOrderActivity(tx, before, {
      event: "order.seen",
      actor: actorOf(connection),
      data: { status: facts.status, happenedAt: facts.updatedAt.toISOString() },
    });
  else if (before.status !== facts.status) {
    // it has left, or never will: nobody can change where it goes
    if (hasTravelled(facts.status) || facts.status === "cancelled")
      await closeOrderProblems(tx, before, ["order-address-late", "order-edited-in-shopify"]);
    // past its hold it may be shipped: what was shipped too early is right now
    if (before.status === "on-hold")
      await closeOrderProblems(tx, before, [
        "order-hold-released",
        "order-hold-given-up",
        ...(facts.status === "cancelled" ? [] : (["order-shipped-early"] as const)),
      ]);
    await recordOrderActivity(tx, before, {
      event: "order.status-changed",
      actor: actorOf(connection),
      data: { from: before.status, to: facts.status, happenedAt: facts.updatedAt.toISOString() },
    });
  }
  await wantNext(deps, tx, connection, { before, order: { ...stored, lines }, facts, isNew });
  return { isNew, isNewer: true };
}

const actorOf = (connection: OrdersConnection) => ({ kind: "channel" as const, id: connection.channel });

const isStored = (before: OrderRow, news: object): boolean =>
  Object.entries(news).every(([name, value]) => isDeepStrictEqual(before[name as keyof OrderRow], value));

function isNewer(before: OrderRow, { facts, beganAt }: Reading): boolean {
  const difference = facts.updatedAt.getTime() - before.updateTime.getTime();
  return difference > 0 || (difference === 0 && beganAt >= before.seenAt);
}

/** A row older than any reading: the same path then stores the first reading and every later one. */
function firstRow(connection: OrdersConnection, facts: OrderFacts) {
  const { shopId, channel, channelShopId } = connection;
  return {
    ...{ shopId, channel, channelShopId, connectionId: connection.id, channelOrderId: facts.channelOrderId },
    ...rowOf(connection, facts),
    updateTime: NEVER,
    seenAt: NEVER,
  };
}

function rowOf(connection: OrdersConnection, facts: OrderFacts) {
  const kinds = kindsOf(facts, connection.settings.importing);
  return {
    ...{ kind: kinds[0] ?? "normal", kinds },
    ...{ status: facts.status, fulfilledBy: facts.fulfilledBy, currency: facts.currency },
    ...{ createdAt: facts.createdAt, paidAt: facts.paidAt, shipByAt: facts.shipByAt, updateTime: facts.updatedAt },
    ...paidOf(facts),
    taxMinor: facts.money.taxMinor,
    buyerFeesMinor: facts.money.fees.reduce((sum, fee) => sum + fee.amountMinor, 0n),
    facts: factsToJson(facts) as Json,
  };
}

/** The two payments of an order, and what they come to. */
function paidOf(facts: OrderFacts) {
  const { totalMinor: buyerPaidMinor } = facts.money;
  const platformPaidMinor = platformPaidOf(facts);
  return { totalMinor: buyerPaidMinor + platformPaidMinor, buyerPaidMinor, platformPaidMinor };
}

function buyerOf(deps: OrdersDeps, before: OrderRow, facts: OrderFacts) {
  // erased on request or by time: a later reading must not bring the buyer back, here or in Shopify
  if (before.erased > ERASED.nothing) return {};
  const known = openBuyer(deps, before);
  const merged = mergeBuyer(known, facts);
  if (!merged || isSameBuyer(known, merged)) return {};
  return { sealedBuyer: sealBuyer(deps, before, merged), buyerVersion: before.buyerVersion + 1 };
}
