import type { Claim } from "../../platform/engine/model.ts";

/** A reading older than the event that asked for it is looked at again in a second; not for ever, since clocks of two sides differ. */
export function isOlderThanEvent(claim: Claim, readAs: Date, now: Date): boolean {
  const seen = claim.newestSeenAt;
  return seen !== null && readAs < seen && now.getTime() - seen.getTime() < 60_000;
}
export const LOOK_AGAIN_MS = 1_000;
