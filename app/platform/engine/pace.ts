import type { Work } from "./model.ts";

/** A turn of a busy scope should end about so soon, that the others get theirs. */
const TURN_MS = 250;
const WEIGHT = 0.3;
const REMEMBERED = 5_000;

/** Learns how long a row takes in each scope and sizes its batches so that a turn stays short. */
export function createPace() {
  const msPerRow = new Map<string, number>();
  const keyOf = (work: Work, scope: string) => `${work.lane} ${scope}`;
  return {
    limit(work: Work, scope: string): number {
      const known = msPerRow.get(keyOf(work, scope));
      if (known === undefined) return work.batchSize;
      return Math.max(work.atOnce ?? 1, Math.min(work.batchSize, Math.round(TURN_MS / Math.max(known, 0.01))));
    },
    note(work: Work, scope: string, rows: number, seconds: number): void {
      if (rows === 0) return;
      const key = keyOf(work, scope);
      const seen = (seconds * 1000) / rows;
      const known = msPerRow.get(key) ?? seen;
      if (msPerRow.size > REMEMBERED) msPerRow.clear();
      msPerRow.set(key, known + (seen - known) * WEIGHT);
    },
  };
}
