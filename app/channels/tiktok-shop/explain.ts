import type { Explanation } from "../port.ts";
import { meaningOf } from "./meanings.ts";

const ROOM = "channel-tiktok-shop";

/** Keys of the sentence and the next step for a platform code. An unknown code says so, with the code to give to support. */
export function explain(code: string): Explanation {
  const name = meaningOf(code)?.name ?? "unknown";
  return { name, sentence: `${ROOM}.reasons.${name}.sentence`, nextStep: `${ROOM}.reasons.${name}.nextStep` };
}
