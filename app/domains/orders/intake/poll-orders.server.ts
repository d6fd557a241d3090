import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext } from "../../../platform/engine/model.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";
import { readFromChannel, readWant } from "./read-orders.server.ts";
import { storeOrder } from "./store-order.server.ts";
import { keepPlace, moveWatermark, walkSince } from "./watermarks.server.ts";

const CHUNK = 200;
const USUAL_MS = 2 * 60_000;
const SILENT_MS = 30_000;
/** No webhook for so long counts as silence. */
const SILENCE_AFTER_MS = 10 * 60_000;

/** Update times are whole seconds, and clocks differ a little: a reading begun so soon after one may have missed what came in the same second. */
const SAME_SECOND_MS = 3_000;

const NEVER = new Date(0);

interface Changed {
  channelOrderId: string;
  updatedAt: Date;
}

/** Walks what changed since the last whole walk and wants every order we do not know in that state; then wants itself again. */
export async function pollOrders(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const since = await walkSince(deps.db, connection, "orders");
  let untold = 0;
  let newest: Date | null = null;
  for await (const chunk of chunksOf(changedOrders(deps, connection, since))) {
    if (!(await ctx.holds(claim))) return;
    const unknown = await notKnown(deps, connection, chunk);
    untold += unknown.filter((one) => one.isUntold).length;
    for (const { updatedAt } of chunk) if (!newest || updatedAt > newest) newest = updatedAt;
    const resumeAt = newest ?? since;
    const wants = unknown.map((one) => readWant(connection.id, one.channelOrderId, one.updatedAt));
    await deps.engine.change(async (tx) => {
      await deps.engine.want(tx, wants);
      if (chunk.length === CHUNK) await keepPlace(tx, connection, { name: "orders", since, resumeAt });
    });
  }
  const walkedAt = ctx.now();
  const recheckAt = after(walkedAt, pollIntervalMs({ lastWebhookAt: connection.lastWebhookAt, untold, now: walkedAt }));
  await deps.engine.change(async (tx) => {
    await moveWatermark(tx, connection, { name: "orders", newest, since, walkedAt });
    await ctx.end(claim, { kind: "done", recheckAt }, tx);
  });
  if (untold > 0) ctx.log.info({ connectionId: connection.id, untold }, "orders.found_by_poll");
}

/** Every two minutes; every half minute while no webhooks come or they left something out. */
export function pollIntervalMs(seen: { lastWebhookAt: Date | null; untold: number; now: Date }): number {
  const isSilent = !seen.lastWebhookAt || seen.now.getTime() - seen.lastWebhookAt.getTime() > SILENCE_AFTER_MS;
  return isSilent || seen.untold > 0 ? SILENT_MS : USUAL_MS;
}

/**
 * Reads every order changed since a time, now and without due rows, so that a look before raising stock counts what nobody told us
 * of yet. Returns how many were stored.
 */
export async function ordersSince(deps: OrdersDeps, connection: OrdersConnection, since: Date): Promise<number> {
  let stored = 0;
  for await (const chunk of chunksOf(changedOrders(deps, connection, since))) {
    const unknown = (await notKnown(deps, connection, chunk)).filter((one) => one.isUntold);
    const readings = await readFromChannel(
      deps,
      connection,
      unknown.map((one) => one.channelOrderId),
    );
    for (const reading of readings.values()) {
      await deps.engine.change((tx) => storeOrder(deps, tx, connection, reading));
      stored += 1;
    }
  }
  return stored;
}

const changedOrders = (deps: OrdersDeps, connection: OrdersConnection, since: Date): AsyncIterable<Changed> =>
  deps.channels(connection.channel).orders.changedSince(deps.forShop(connection.id), since);

/** Those of a chunk that are not stored in that state or a newer one (`isUntold`), or may have changed once more in the second they were read. */
async function notKnown(
  deps: OrdersDeps,
  connection: OrdersConnection,
  chunk: Changed[],
): Promise<(Changed & { isUntold: boolean })[]> {
  const { shopId, channel, channelShopId } = connection;
  const rows = await deps.db.channelOrder.findMany({
    where: { shopId, channel, channelShopId, channelOrderId: { in: chunk.map((one) => one.channelOrderId) } },
    select: { channelOrderId: true, updateTime: true, seenAt: true },
  });
  const known = new Map(rows.map((row) => [row.channelOrderId, row]));
  return chunk
    .filter(({ channelOrderId, updatedAt }) => {
      const row = known.get(channelOrderId);
      return (
        !row ||
        row.updateTime < updatedAt ||
        (row.updateTime <= updatedAt && row.seenAt < after(updatedAt, SAME_SECOND_MS))
      );
    })
    .map((one) => ({ ...one, isUntold: (known.get(one.channelOrderId)?.updateTime ?? NEVER) < one.updatedAt }));
}

async function* chunksOf(walk: AsyncIterable<Changed>): AsyncGenerator<Changed[]> {
  let chunk: Changed[] = [];
  for await (const one of walk) {
    chunk.push(one);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
