import type { Claim, DrainContext } from "../../platform/engine/model.ts";

/**
 * Works claims off beside each other, each ending by its own error, so that one bad product never decides about another. Claims not
 * begun when the drain is told to stop are left to the engine, which gives them back.
 */
export async function eachClaim(
  claims: readonly Claim[],
  ctx: DrainContext,
  atOnce: number,
  work: (claim: Claim) => Promise<void>,
): Promise<void> {
  const queue = [...claims];
  const worker = async () => {
    for (let claim = queue.shift(); claim && !ctx.signal.aborted; claim = queue.shift()) {
      try {
        await work(claim);
      } catch (error) {
        await ctx.fail(claim, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, worker));
}

/** A reading older than the event that asked for it is looked at again in a second; not for ever, since clocks of two sides differ. */
export function isOlderThanEvent(claim: Claim, readAs: Date, now: Date): boolean {
  const seen = claim.newestSeenAt;
  return seen !== null && readAs < seen && now.getTime() - seen.getTime() < 60_000;
}
export const LOOK_AGAIN_MS = 1_000;
