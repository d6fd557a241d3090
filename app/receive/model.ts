import type { Tx } from "../platform/db.server.ts";

/** What became of a delivery. All but the first are answered with 200. */
export type Received = "bad-signature" | "recorded" | "repeat" | "unknown-shop" | "unknown-topic";

/** Stores the delivery's id and what it makes us want in one transaction. "repeat": the id was there already, nothing was changed. */
export type Record = (delivery: {
  source: string;
  id: string;
  topic: string;
  scopeHint?: string;
  inTx: (tx: Tx) => Promise<void>;
}) => Promise<"recorded" | "repeat">;
