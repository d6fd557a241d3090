import type { OrderFacts, SplitRules } from "../../../channels/port.ts";

/** Why the channel would not take these units as one parcel; `reason`: in its own words, where it gives any. */
interface SplitFault {
  why: "may-not-split" | "must-split";
  reason: string;
}

/**
 * Whether the channel takes these units in one parcel (TikTok Shop fact §12: split attributes). It is asked only where there is something to
 * split: a part of what is open goes out, or all of several units at once. Null: it does, or does not say.
 */
export async function judgeSplit(
  { facts, channelLineIds }: { facts: Pick<OrderFacts, "lines">; channelLineIds: string[] },
  ask: () => Promise<SplitRules | null>,
): Promise<SplitFault | null> {
  const open = facts.lines.filter((line) => line.status !== "cancelled" && !line.trackingNumber);
  if (open.length < 2) return null;
  const isPart = open.some((line) => !channelLineIds.includes(line.channelLineId));
  const rules = await ask();
  if (!rules) return null;
  const reason = rules.reason ?? "";
  if (isPart && !rules.canSplit && !rules.mustSplit) return { why: "may-not-split", reason };
  return !isPart && rules.mustSplit ? { why: "must-split", reason } : null;
}
