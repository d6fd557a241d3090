import type { Claim, DrainContext } from "./model.ts";

/**
 * Works claims off beside each other, each ending by its own error, so that one bad row never decides about another. Rows of one
 * object are worked one after the other: they would overwrite each other's reading. Claims not begun when the drain is told to stop
 * are left to the engine, which gives them back.
 */
export async function eachClaim(
  claims: readonly Claim[],
  context: DrainContext,
  atOnce: number,
  work: (claim: Claim) => Promise<void>,
): Promise<void> {
  const groups = [...Map.groupBy(claims, (claim) => claim.object ?? claim.subject).values()];
  const worker = async () => {
    for (let group = groups.shift(); group; group = groups.shift()) {
      for (const claim of group) {
        if (context.signal.aborted) return;
        try {
          await work(claim);
        } catch (error) {
          await context.fail(claim, error);
        }
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, groups.length) }, worker));
}
