import type { Actor } from "../../../platform/activity.server.ts";
import { recordActivity } from "../../../platform/activity.server.ts";
import type { Want } from "../../../platform/engine/model.ts";
import { type OrdersDeps, scopeOf } from "../deps.ts";
import type { BackfillState } from "../model.ts";
import { backfillSubject } from "../subjects.ts";
import { countRange } from "./ask-range.server.ts";
import { reachOf } from "./reach.ts";

/** Runs shown, latest first. */
const SHOWN = 10;
/** The longest time one run covers: a year of days and one more for the leap. */
const LONGEST_MS = 367 * 24 * 3_600_000;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
const want = (connectionId: string, id: string): Want => ({
  lane: "orders",
  scope: scopeOf(connectionId),
  subject: backfillSubject(id),
  urgency: -1,
});

/** Reads the orders made in a time. They are shown; nothing is made in Shopify. The same range asked for while it is being read is that run. */
export async function startBackfill(
  deps: OrdersDeps,
  input: { shopId: string; connectionId: string; from: Date; until: Date; actor: Actor },
): Promise<{ outcome: "started" | "running"; id: string } | { outcome: "not-connected" | "wrong-range" }> {
  const { shopId, connectionId, actor } = input;
  const connection = await deps.connection(connectionId);
  if (connection?.shopId !== shopId || connection.status !== "active") return { outcome: "not-connected" };
  const now = deps.clock.now();
  const [fromAt, untilAt] = [input.from, input.until > now ? now : input.until];
  if (!(fromAt < untilAt) || untilAt.getTime() - fromAt.getTime() > LONGEST_MS) return { outcome: "wrong-range" };
  return deps.engine.change(async (tx) => {
    const running = await tx.orderBackfill.findFirst({ where: { shopId, connectionId, state: "reading", fromAt } });
    if (running && running.untilAt.getTime() >= untilAt.getTime() - 60_000)
      return { outcome: "running" as const, id: running.id };
    const { id } = await tx.orderBackfill.create({
      data: { shopId, connectionId, fromAt, untilAt, readTo: fromAt, startedAt: now },
    });
    await deps.engine.want(tx, want(connectionId, id));
    await recordActivity(tx, {
      shopId,
      actor,
      event: "orders.backfill-started",
      subject: `connection:${connectionId}`,
      data: { from: dayOf(fromAt), until: dayOf(untilAt) },
    });
    return { outcome: "started" as const, id };
  });
}

/** Asks for the orders of a run that was read: each is looked for in Shopify, and made where it is not. Safe to press twice. */
export async function importBackfill(
  deps: OrdersDeps,
  input: { shopId: string; id: string; actor: Actor },
): Promise<{ outcome: "asked" | "not-armed" | "not-read" | "not-found" }> {
  const backfill = await deps.db.orderBackfill.findFirst({ where: { id: input.id, shopId: input.shopId } });
  const connection = backfill && (await deps.connection(backfill.connectionId));
  if (!backfill || !connection) return { outcome: "not-found" };
  if (backfill.state === "reading") return { outcome: "not-read" };
  if (!connection.armedFlows.includes("orders")) return { outcome: "not-armed" };
  const { id, shopId, connectionId, fromAt, untilAt } = backfill;
  await deps.engine.change(async (tx) => {
    await tx.orderBackfill.update({ where: { id }, data: { state: "asking", importAskedAt: deps.clock.now() } });
    await deps.engine.want(tx, want(connectionId, id));
    await recordActivity(tx, {
      shopId,
      actor: input.actor,
      event: "orders.backfill-asked",
      subject: `connection:${connectionId}`,
      data: { from: dayOf(fromAt), until: dayOf(untilAt) },
    });
  });
  return { outcome: "asked" };
}

/** The latest runs with what became of their orders. */
export async function listBackfills(deps: OrdersDeps, input: { shopId: string; grantedScopes: readonly string[] }) {
  const rows = await deps.db.orderBackfill.findMany({
    where: { shopId: input.shopId },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: SHOWN,
  });
  const reach = reachOf(input.grantedScopes, deps.clock.now());
  return Promise.all(
    rows.map(async ({ state, ...row }) => ({
      ...row,
      state: state as BackfillState,
      counts: await countRange(deps.db, { ...row, reach }),
    })),
  );
}
