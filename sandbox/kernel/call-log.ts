import type { CallEntry, CallLog, PlatformName } from "./model.ts";

const KEPT = 200_000;

/** The call log: the newest 200,000 calls in full, business calls and faults counted without limit. */
export function createCallLog(): CallLog {
  let entries: CallEntry[] = [];
  let seq = 0;
  const counts: Record<PlatformName, number> = { shopify: 0, tiktok: 0 };
  let struck: ReturnType<CallLog["struck"]> = { shopify: {}, tiktok: {} };
  return {
    open(fields) {
      seq += 1;
      const entry: CallEntry = { seq, ...fields };
      if (entry.counted) counts[entry.platform] += 1;
      if (entry.fault) struck[entry.platform][entry.fault] = (struck[entry.platform][entry.fault] ?? 0) + 1;
      entries.push(entry);
      if (entries.length > KEPT * 1.1) entries = entries.slice(-KEPT);
      return entry;
    },
    list({ since, operation }) {
      return entries.filter(
        (one) => (since === undefined || one.seq > since) && (!operation || one.operation === operation),
      );
    },
    counts: () => ({ ...counts }),
    struck: () => structuredClone(struck),
    clear() {
      entries = [];
      struck = { shopify: {}, tiktok: {} };
      counts.shopify = 0;
      counts.tiktok = 0;
    },
  };
}
