import type { OrdersDeps } from "../deps.ts";
import { HOLD_WINDOW_DAYS } from "../model.ts";

/** How long it took until an order that the channel holds was held in Shopify too. Times in milliseconds. */
export interface HoldWindow {
  orders: number;
  /** From the purchase to the confirmed hold: half of the orders took no longer, and the worst. */
  typicalMs: number;
  worstMs: number;
  /** How long an order lay in Shopify without its hold, at worst: only then could anybody have shipped it. */
  worstBareMs: number;
}

const DAY_MS = 24 * 3_600_000;

/** Measured over the last days, in one connection. Null: nothing was held. */
export async function readHoldWindow(
  { db, clock }: Pick<OrdersDeps, "db" | "clock">,
  { shopId, connectionId }: { shopId: string; connectionId: string },
): Promise<HoldWindow | null> {
  const since = new Date(clock.now().getTime() - HOLD_WINDOW_DAYS * DAY_MS);
  // the channel tells whole seconds, and its clock may run ahead of ours
  const [found] = await db.$queryRaw<Record<keyof HoldWindow, number | null>[]>`
    select count(*)::int as orders,
      percentile_disc(0.5) within group (order by ms)::float8 as "typicalMs", max(ms)::float8 as "worstMs",
      max(bare)::float8 as "worstBareMs"
    from (
      select greatest(0, extract(epoch from "heldAt" - coalesce("paidAt", "createdAt")) * 1000) as ms,
        greatest(0, extract(epoch from "heldAt" - "importedAt") * 1000) as bare
      from "ChannelOrder" where "shopId" = ${shopId} and "connectionId" = ${connectionId} and "heldAt" >= ${since}) held`;
  if (!found?.orders) return null;
  const { orders, typicalMs, worstMs, worstBareMs } = found;
  return { orders, typicalMs: typicalMs ?? 0, worstMs: worstMs ?? 0, worstBareMs: worstBareMs ?? 0 };
}
