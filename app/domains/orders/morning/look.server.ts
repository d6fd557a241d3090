import type { OrdersDeps } from "../deps.ts";

/** Signs of one visit are nearer to each other than this. */
const VISIT_MS = 30 * 60_000;
/** So often a visit is noted while its page is open. */
const NOTE_MS = 60_000;
/** Whoever comes for the first time is shown the last day. */
const FIRST_MS = 24 * 3_600_000;

/**
 * Notes that a staff member looks at the orders now, and tells since when everything is new to them: the end of their visit before. It
 * stays the same as long as they stay, so that nothing vanishes under their eyes.
 */
export async function lookAtOrders(
  { db, clock }: Pick<OrdersDeps, "db" | "clock">,
  who: { shopId: string; staffId: string },
): Promise<{ since: Date; isFirst: boolean }> {
  const now = clock.now();
  const known = await db.orderLook.findUnique({ where: { shopId_staffId: who } });
  const isNewVisit = known !== null && now.getTime() - known.seenAt.getTime() > VISIT_MS;
  const sinceAt = isNewVisit ? known.seenAt : (known?.sinceAt ?? null);
  if (!known) await db.orderLook.createMany({ data: [{ ...who, seenAt: now }], skipDuplicates: true });
  else if (isNewVisit || now.getTime() - known.seenAt.getTime() > NOTE_MS)
    // two pages opened at once: the first one ends the old visit
    await db.orderLook.updateMany({ where: { ...who, seenAt: known.seenAt }, data: { sinceAt, seenAt: now } });
  return { since: sinceAt ?? new Date(now.getTime() - FIRST_MS), isFirst: sinceAt === null };
}
