import type { Claim, DrainContext } from "./model.ts";

/**
 * Works claims off beside each other, each ending by its own error, so that one bad row never decides about another. Claims not begun
 * when the drain is told to stop are left to the engine, which gives them back.
 */
export async function eachClaim(
  claims: readonly Claim[],
  context: DrainContext,
  atOnce: number,
  work: (claim: Claim) => Promise<void>,
): Promise<void> {
  const queue = [...claims];
  const worker = async () => {
    for (let claim = queue.shift(); claim && !context.signal.aborted; claim = queue.shift()) {
      try {
        await work(claim);
      } catch (error) {
        await context.fail(claim, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, worker));
}
