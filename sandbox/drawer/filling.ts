/** How far the busy store is being filled, as whoever fills it says. */
export interface Filling {
  /** What is being done, in a few words. */
  step: string;
  /** Of everything, 0 to 1. */
  share: number;
  state: "running" | "done" | "failed";
  /** What went wrong, in a sentence. */
  problem?: string;
}

const STATES = ["running", "done", "failed"];

/** Reads what is posted; throws with a sentence about what makes no sense. */
export function readFilling(given: Record<string, unknown>): Filling {
  const { step, share, state, problem } = given;
  if (typeof step !== "string" || typeof share !== "number" || !(share >= 0 && share <= 1))
    throw new Error("filling needs a step in words and a share between 0 and 1");
  if (!STATES.includes(String(state))) throw new Error(`the state of filling is one of ${STATES.join(", ")}`);
  return { step, share, state: state as Filling["state"], ...(typeof problem === "string" ? { problem } : {}) };
}
