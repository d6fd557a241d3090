import { after } from "../../../platform/clock.ts";
import type { Want } from "../../../platform/engine/model.ts";
import { scopeOf } from "../deps.ts";
import { holdSubject, orderObject } from "../subjects.ts";

/** Webhooks tell of a hold that was taken away; should one be lost, we look. Most holds last an hour, those of pre-orders for weeks. */
const SOONEST_MS = 20 * 60_000;
const LATEST_MS = 6 * 60 * 60_000;

/** The due row of "does the hold of this order still stand?". */
export const holdWant = (connectionId: string, channelOrderId: string): Want => ({
  lane: "orders",
  scope: scopeOf(connectionId),
  subject: holdSubject(channelOrderId),
  object: orderObject(channelOrderId),
});

/** Looked at less and less often: after as long again as the order is old. */
export function nextHoldLook({ createdAt }: { createdAt: Date }, now: Date): Date {
  const ageMs = now.getTime() - createdAt.getTime();
  return after(now, Math.min(LATEST_MS, Math.max(SOONEST_MS, ageMs)));
}
