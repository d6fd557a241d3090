import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What wakes people, and what explains it. Labels are our own closed words: never ids, never texts of the other side. */
export function createMetrics(options: { processMetrics?: boolean } = {}) {
  const registry = new Registry();
  if (options.processMetrics) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const readers: (() => Promise<void>)[] = [];

  const oldestDueSeconds = new Gauge({
    name: "reelshelf_oldest_due_row_seconds",
    help: "Age of the oldest row that is due, per lane",
    labelNames: ["lane"],
    registers,
    collect: async () => void (await Promise.all(readers.map((read) => read()))),
  });
  return {
    registry,
    oldestDueSeconds,
    /** Called at every scrape before the figures are read, e.g. to measure the backlog. */
    onScrape: (read: () => Promise<void>) => void readers.push(read),
    dueRows: new Gauge({
      name: "reelshelf_due_rows",
      help: "Rows that are due, per lane",
      labelNames: ["lane"],
      registers,
    }),
    pendingDeliveries: new Gauge({
      name: "reelshelf_pending_deliveries",
      help: "Webhook deliveries nobody reacted to yet",
      registers,
    }),
    oldestPendingSeconds: new Gauge({
      name: "reelshelf_oldest_pending_delivery_seconds",
      help: "How long the oldest delivery nobody reacted to has been lying",
      registers,
    }),
    rowsEnded: new Counter({
      name: "reelshelf_rows_ended_total",
      help: "Rows ended, per lane and kind of end",
      labelNames: ["lane", "end"],
      registers,
    }),
    rowsParked: new Counter({
      name: "reelshelf_rows_parked_total",
      help: "Rows parked because their work never came to an end",
      labelNames: ["lane"],
      registers,
    }),
    drainSeconds: new Histogram({
      name: "reelshelf_drain_seconds",
      help: "Time of one turn of a drain",
      labelNames: ["lane"],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    refusals: new Counter({
      name: "reelshelf_refusals_total",
      help: "Calls another platform refused, by operation, family and code",
      labelNames: ["platform", "operation", "family", "code"],
      registers,
    }),
    tokenFailures: new Counter({
      name: "reelshelf_token_failures_total",
      help: "Token renewals and exchanges that failed",
      labelNames: ["platform", "family"],
      registers,
    }),
    deliveries: new Counter({
      name: "reelshelf_deliveries_total",
      help: "Webhook deliveries by source and outcome",
      labelNames: ["source", "outcome"],
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
