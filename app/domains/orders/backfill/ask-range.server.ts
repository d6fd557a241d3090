import type { Prisma } from "@prisma/client";
import type { Actor } from "../../../platform/activity.server.ts";
import type { Db, Tx } from "../../../platform/db.server.ts";
import type { Want } from "../../../platform/engine/model.ts";
import { type OrdersConnection, type OrdersDeps, scopeOf } from "../deps.ts";
import { hasTravelled } from "../intake/owed-units.ts";
import { recordOrderActivity } from "../problems.server.ts";
import { importSubject, orderObject } from "../subjects.ts";
import { reachOf } from "./reach.ts";
import { type BackfillTurn, goOn } from "./turn.ts";

/** Orders asked for in one transaction. */
const ORDERS_A_TURN = 200;
/** Fresh orders go first. */
const URGENCY = -1;

/** Orders that may be asked for: shown so far, nobody brought them home, and there is something to bring. */
const WHERE_ASKABLE: Prisma.ChannelOrderWhereInput = {
  importState: "shown",
  linkedOrderId: null,
  importAskedAt: null,
  status: { notIn: ["cancelled", "unpaid"] },
  OR: [
    { parkedReason: { in: ["before-cutoff", "platform-fulfils", "too-old"] } },
    { parkedReason: { startsWith: "kind:" } },
  ],
};

/** In a range the kinds that are left out stay out: only what is older is meant. */
const whereInRange = (range: {
  shopId: string;
  connectionId: string;
  fromAt: Date;
  untilAt: Date;
}): Prisma.ChannelOrderWhereInput => ({
  shopId: range.shopId,
  connectionId: range.connectionId,
  createdAt: { gte: range.fromAt, lt: range.untilAt },
});

const WHERE_OLDER: Prisma.ChannelOrderWhereInput = {
  ...WHERE_ASKABLE,
  OR: [{ parkedReason: { in: ["before-cutoff", "platform-fulfils"] } }],
};

/** The next part of a range: each order is asked for once, with its import due. Those Shopify tells nothing of are shown as such. */
export async function askMore(
  deps: OrdersDeps,
  connection: OrdersConnection,
  { backfill, claim, ctx }: BackfillTurn,
): Promise<void> {
  await deps.engine.change(async (tx) => {
    const some = await tx.channelOrder.findMany({
      where: { AND: [whereInRange(backfill), WHERE_OLDER] },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: ORDERS_A_TURN,
    });
    await ask(deps, tx, connection, some, ctx.now());
    const isOver = some.length < ORDERS_A_TURN;
    if (isOver) await tx.orderBackfill.update({ where: { id: backfill.id }, data: { state: "asked" } });
    await ctx.end(claim, isOver ? { kind: "done" } : goOn(ctx.now()), tx);
  });
}

type Askable = { id: string; shopId: string; connectionId: string; channelOrderId: string; createdAt: Date };

async function ask(deps: OrdersDeps, tx: Tx, connection: OrdersConnection, orders: Askable[], now: Date) {
  const reach = reachOf(connection.shop.grantedScopes ?? [], now);
  const tooOld = orders.filter((order) => reach !== null && order.createdAt < reach);
  const askable = orders.filter((order) => !tooOld.includes(order));
  const named = (some: Askable[]) => ({ id: { in: some.map((order) => order.id) } });
  if (tooOld.length > 0) await tx.channelOrder.updateMany({ where: named(tooOld), data: { parkedReason: "too-old" } });
  if (askable.length === 0) return;
  await tx.channelOrder.updateMany({ where: named(askable), data: { importAskedAt: now } });
  await deps.engine.want(tx, askable.map(importWantOf));
}

const importWantOf = ({ connectionId, channelOrderId }: Askable): Want => ({
  lane: "orders",
  scope: scopeOf(connectionId),
  subject: importSubject(channelOrderId),
  object: orderObject(channelOrderId),
  urgency: URGENCY,
});

type AskOutcome = { outcome: "asked" } | { outcome: "too-old" } | { outcome: "not-armed" } | { outcome: "nothing" };

/** One order is asked for, whatever kept it out. Safe to press twice. */
export async function askImport(
  deps: OrdersDeps,
  input: { shopId: string; id: string; actor: Actor },
): Promise<AskOutcome> {
  const order = await deps.db.channelOrder.findFirst({
    where: { AND: [{ id: input.id, shopId: input.shopId }, WHERE_ASKABLE] },
  });
  const connection = order && (await deps.connection(order.connectionId));
  if (!order || !connection) return { outcome: "nothing" };
  if (!connection.armedFlows.includes("orders")) return { outcome: "not-armed" };
  const now = deps.clock.now();
  const reach = reachOf(connection.shop.grantedScopes ?? [], now);
  const isTooOld = reach !== null && order.createdAt < reach;
  await deps.engine.change(async (tx) => {
    await ask(deps, tx, connection, [order], now);
    if (!isTooOld) await recordOrderActivity(tx, order, { event: "order.import-asked", actor: input.actor });
  });
  return { outcome: isTooOld ? "too-old" : "asked" };
}

/** Whether the order page offers to bring this order home. */
export const mayBeAskedFor = (order: {
  importState: string;
  linkedOrderId: string | null;
  importAskedAt: Date | null;
  status: string;
  fulfilledBy: string;
  parkedReason: string | null;
}): boolean =>
  order.importState === "shown" &&
  order.linkedOrderId === null &&
  order.importAskedAt === null &&
  !["cancelled", "unpaid"].includes(order.status) &&
  (order.fulfilledBy !== "platform" || hasTravelled(order.status)) &&
  (["before-cutoff", "platform-fulfils"].includes(order.parkedReason ?? "") ||
    (order.parkedReason ?? "").startsWith("kind:"));

/** How far a range is, counted from the orders themselves. */
export async function countRange(db: Db, range: Parameters<typeof whereInRange>[0] & { reach: Date | null }) {
  const inRange = whereInRange(range);
  const count = (where: Prisma.ChannelOrderWhereInput) => db.channelOrder.count({ where: { AND: [inRange, where] } });
  const [all, home, linked, askable, older, others, wanted, parked] = await Promise.all([
    count({}),
    count({ shopifyOrderId: { not: null } }),
    count({ shopifyOrderId: null, linkedOrderId: { not: null } }),
    count({ AND: [WHERE_OLDER, range.reach ? { createdAt: { gte: range.reach } } : {}] }),
    count({
      importState: "shown",
      linkedOrderId: null,
      OR: [
        { parkedReason: "too-old" },
        ...(range.reach ? [{ AND: [WHERE_OLDER, { createdAt: { lt: range.reach } }] }] : []),
      ],
    }),
    count({
      OR: [{ status: { in: ["cancelled", "unpaid"] } }, { parkedReason: { startsWith: "kind:" } }],
      ...{ shopifyOrderId: null, linkedOrderId: null },
    }),
    count({
      ...{ shopifyOrderId: null, linkedOrderId: null, status: { notIn: ["cancelled", "unpaid"] } },
      OR: [
        // decided within moments, or on its way; what the platform still has to ship waits for that
        { importState: { in: ["planned", "sending", "unknown"] }, fulfilledBy: { not: "platform" } },
        { importState: "shown", importAskedAt: { not: null } },
      ],
    }),
    count({ importState: "parked" }),
  ]);
  return { all, home, linked, askable, older, others, wanted, parked };
}
