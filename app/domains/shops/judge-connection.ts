import type { ConnectionView } from "./model.ts";

/**
 * What a connection's state means to the merchant. not-connected: there is none · disconnected: nothing is read or written, because the
 * consent is gone (revoked) or the merchant ended it · ending: ends once nothing is on sale · paused: nothing is written, reading goes
 * on · stopped: nothing may be on sale · listings-off: works, but no product may be sent · on: works and sends.
 */
export type ConnectionState =
  | { kind: "not-connected" }
  /** `since` is null where nobody knows it. */
  | { kind: "disconnected"; why: "revoked" | "ended"; since: Date | null }
  | { kind: "ending" | "paused" | "stopped"; since: Date }
  | { kind: "listings-off" }
  | { kind: "on" };
export type ConnectionStateKind = ConnectionState["kind"];

export type Judged = Pick<
  ConnectionView,
  "status" | "endedAt" | "endingAt" | "pausedAt" | "sellingStoppedAt" | "chosenFlows"
>;

/** Judges a connection; of several things that are so, what halts most is told. `revokedAt`: when its consent was found gone. */
export function judgeConnection(one: Judged | null, revokedAt: Date | null = null): ConnectionState {
  if (!one) return { kind: "not-connected" };
  if (one.status === "disconnected") return { kind: "disconnected", why: "ended", since: one.endedAt };
  if (one.status === "parked") return { kind: "disconnected", why: "revoked", since: revokedAt };
  if (one.endingAt) return { kind: "ending", since: one.endingAt };
  if (one.pausedAt) return { kind: "paused", since: one.pausedAt };
  if (one.sellingStoppedAt) return { kind: "stopped", since: one.sellingStoppedAt };
  return { kind: one.chosenFlows.includes("listings") ? "on" : "listings-off" };
}
