import type { OrderReference, PartialResult } from "../../../channels/port.ts";
import { after } from "../../../platform/clock.ts";
import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";
import { CallError } from "../../../platform/errors.ts";
import { type OrdersConnection, type OrdersDeps, scopeOf } from "../deps.ts";
import { recordOrderActivity } from "../problems.server.ts";
import { pollSubject } from "../subjects.ts";
import { referenceOf } from "./reference-of.ts";
import { referenceWant } from "./reference-want.ts";

/** TikTok Shop fact §11: at most 100 a call. */
export const REFERENCES_AT_ONCE = 100;
/** Without the permission nothing goes until somebody consents anew; until then one call in a while tells. */
const NOT_ALLOWED_MS = 6 * 3_600_000;
/** The back-off has grown to a quarter of an hour by then: once a day is enough for what is refused again and again. */
const STUBBORN_AFTER = 12;
const STUBBORN_MS = 24 * 3_600_000;
const POLL_MS = 24 * 3_600_000;
const POLL_MOST = 1_000;

/**
 * Tells the channel which Shopify orders its orders became. The channel shows it to the seller and nothing else hangs on it: whatever fails is
 * tried again, and nobody is troubled. What was told once is not told again.
 */
export async function writeReferences(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claims: Claim[],
  ctx: DrainContext,
): Promise<void> {
  const port = deps.channels(connection.channel).orders;
  const isArmed = connection.armedFlows.includes("orders");
  if (!port.writeReferences || !isArmed) {
    const ending: Ending = port.writeReferences
      ? { kind: "waits", for: "armed:orders", reason: "orders are not armed" }
      : { kind: "done" };
    await Promise.all(claims.map((claim) => ctx.end(claim, ending)));
    return;
  }
  const orders = await findOrders(deps, connection, claims);
  const due: { claim: Claim; reference: OrderReference }[] = [];
  for (const claim of claims) {
    const order = orders.get(claim.subject);
    const reference = order && referenceOf(order);
    if (!reference) await ctx.end(claim, { kind: "done" });
    else if (await ctx.holds(claim)) due.push({ claim, reference });
  }
  if (due.length === 0) return;
  const references = due.map(({ reference }) => reference);
  let result: PartialResult;
  try {
    result = await port.writeReferences(deps.forShop(connection.id), references);
  } catch (error) {
    if (!(error instanceof CallError) || error.family !== "permission") throw error;
    const ending: Ending = { kind: "later", at: after(ctx.now(), NOT_ALLOWED_MS), reason: "not allowed to tell it" };
    await Promise.all(due.map(({ claim }) => ctx.end(claim, ending)));
    return;
  }
  const refused = new Map(result.failures.map(({ key, reason }) => [key, reason.code]));
  const told = due.filter(({ reference }) => !refused.has(reference.channelOrderId));
  const at = ctx.now();
  for (const { claim, reference } of told) {
    const order = orders.get(claim.subject);
    if (!order) continue;
    await deps.engine.change(async (tx) => {
      // only what was told is noted: the order may have become another one meanwhile
      const { count } = await tx.channelOrder.updateMany({
        where: { id: order.id, shopifyOrderId: order.shopifyOrderId, externalRefAt: null },
        data: { externalRefAt: at },
      });
      if (count === 1)
        await recordOrderActivity(tx, order, {
          event: "order.reference-told",
          data: { externalId: reference.externalId },
        });
      await ctx.end(claim, { kind: "done" }, tx);
    });
  }
  for (const { claim, reference } of due) {
    const code = refused.get(reference.channelOrderId);
    if (code !== undefined) await ctx.end(claim, againLater(claim, ctx.now(), `the channel refused it: ${code}`));
  }
}

/** Orders made before references were told, or whose row was lost. */
export async function pollReferences(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const { shopId, channel, channelShopId } = connection;
  const untold = await deps.db.channelOrder.findMany({
    where: { shopId, channel, channelShopId, shopifyOrderId: { not: null }, externalRefAt: null },
    select: { channelOrderId: true },
    orderBy: { createdAt: "desc" },
    take: POLL_MOST,
  });
  await deps.engine.change(async (tx) => {
    if (untold.length > 0)
      await deps.engine.want(
        tx,
        untold.map((order) => referenceWant(connection.id, order.channelOrderId)),
      );
    await ctx.end(claim, { kind: "done", recheckAt: after(ctx.now(), POLL_MS) }, tx);
  });
}

export const referencePollWant = (connectionId: string) => ({
  lane: "reports",
  scope: scopeOf(connectionId),
  subject: pollSubject("references"),
});

async function findOrders(deps: OrdersDeps, connection: OrdersConnection, claims: Claim[]) {
  const { shopId, channel, channelShopId } = connection;
  const idOf = (claim: Claim) => claim.subject.slice(claim.subject.indexOf(":") + 1);
  const rows = await deps.db.channelOrder.findMany({
    where: { shopId, channel, channelShopId, channelOrderId: { in: claims.map(idOf) } },
    include: { lines: { select: { channelLineId: true, shopifyLineId: true }, orderBy: { channelLineId: "asc" } } },
  });
  const byId = new Map(rows.map((row) => [row.channelOrderId, row]));
  return new Map(
    claims.flatMap((claim) => {
      const row = byId.get(idOf(claim));
      return row ? [[claim.subject, row] as const] : [];
    }),
  );
}

const againLater = (claim: Claim, now: Date, reason: string): Ending =>
  claim.failures < STUBBORN_AFTER ? { kind: "later", reason } : { kind: "later", at: after(now, STUBBORN_MS), reason };
