import type { OrderPace } from "../../../shopify/model.ts";

/**
 * When the next order may be made in a shop that takes only so many in a time, behind those that were made lately and those that were
 * promised a turn.
 */
export function turnOf({ most, everyMs, lately }: OrderPace, promised: readonly Date[], now: Date): Date {
  const taken = [...lately, ...promised].map((at) => at.getTime()).sort((a, b) => a - b);
  const leaves = taken.at(-most);
  return new Date(leaves === undefined ? now.getTime() : Math.max(now.getTime(), leaves + everyMs));
}
