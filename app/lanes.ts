import type { LaneDefinition, Scope } from "./platform/engine/model.ts";

/**
 * All lanes, most harmful when late first. A lost wake-up of stock, orders and intake is made up for within 2 s, of reports,
 * whose rows gather for a call, within 5 s, of the others within 30 s.
 * The concurrencies say how many drains of a lane one process runs at once; scopes take turns. What may wait gives way to the
 * others for a moment while a process has more to do than it can.
 */
const LANES = [
  { name: "tokens", sweepEveryMs: 30_000, concurrency: 2 },
  { name: "stock", sweepEveryMs: 2_000, concurrency: 8 },
  { name: "orders", sweepEveryMs: 2_000, concurrency: 8 },
  { name: "after-sales", sweepEveryMs: 30_000, concurrency: 2 },
  { name: "fulfilment", sweepEveryMs: 30_000, concurrency: 4 },
  { name: "price", mayWait: true, sweepEveryMs: 30_000, concurrency: 4 },
  { name: "intake", mayWait: true, sweepEveryMs: 2_000, concurrency: 4 },
  { name: "listings", mayWait: true, sweepEveryMs: 30_000, concurrency: 4 },
  { name: "reports", mayWait: true, sweepEveryMs: 5_000, concurrency: 2 },
  { name: "housekeeping", mayWait: true, sweepEveryMs: 30_000, concurrency: 2 },
] as const;

export const laneNames: readonly string[] = LANES.map((lane) => lane.name);

/** The lanes with the gate that says which scopes may be worked. */
export function laneDefinitions(gate: (lane: string, scope: Scope) => Promise<boolean>): LaneDefinition[] {
  return LANES.map((lane, order) => ({ mayWait: false, ...lane, order, gate: (scope) => gate(lane.name, scope) }));
}
