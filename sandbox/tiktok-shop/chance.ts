import type { World } from "./model.ts";
import { digest } from "./world.ts";

/**
 * Chance of its own for one subject: depends on the seed and the subject only, not on how many calls came before, so that
 * the n-th order of a run looks the same in every run.
 */
export function chanceOf(world: World, subject: string): () => number {
  let state = Number.parseInt(digest(`${world.kernel.settings.seed} ${subject}`).slice(0, 8), 16);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
