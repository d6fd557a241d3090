import type { ListingStatus, PlanStep } from "./model.ts";

/** What a listing should be, as far as planning needs to know. */
export interface PlanWanted {
  /** Hash of the wanted content. */
  hash: string;
  pricesMinor: ReadonlyMap<string, bigint>;
}

/** What is known to be on the channel. */
export interface Published {
  status: ListingStatus;
  isOnChannel: boolean;
  submittedHash: string | null;
  /** What the audit let live; differs from submitted while an edit is looked at. */
  liveHash: string | null;
  /** What the channel refused; not sent again until wanted changes. */
  refusedHash: string | null;
  /** Prices the channel acknowledged, by listing SKU id. */
  pricesMinor: ReadonlyMap<string, bigint | null>;
}

export interface PlanInput {
  /** Null: it must not be on sale (unselected, deleted, not active). */
  wanted: PlanWanted | null;
  /** A finding blocks, or a default nobody agreed to yet: nothing is sent. */
  isHeld: boolean;
  published: Published;
}

export interface Plan {
  /** In the order in which they are sent; empty: nothing to do. */
  steps: PlanStep[];
  /** "audit": the channel looks at the last version; only stock is sent meanwhile. "answer": a create was sent and its answer lost. */
  waitsFor?: "audit" | "answer";
}

/**
 * The cheapest steps from published to wanted. Pure; planning again after applying them gives none. Content and price go separately,
 * stock is not its business.
 */
export function planListing({ wanted, isHeld, published }: PlanInput): Plan {
  const { status } = published;
  if (status === "creating") return { steps: [], waitsFor: "answer" };
  if (!wanted) {
    if (!published.isOnChannel) return { steps: [] };
    // TikTok Shop fact: only what is on sale can be taken off it.
    if (status === "in-review") return { steps: [], waitsFor: "audit" };
    return { steps: status === "live" ? ["stop"] : [] };
  }
  if (status === "deleted") return { steps: [] };
  if (published.isOnChannel && isInAudit(published)) return { steps: [], waitsFor: "audit" };
  const back: PlanStep[] =
    status === "stopped" && published.refusedHash !== resumeRefusal(wanted.hash) ? ["resume"] : [];
  if (isHeld || published.refusedHash === wanted.hash) {
    // only the newer version is held back: what the channel let live before may be on sale
    const steps = published.liveHash === null ? [] : back;
    return { steps: [...steps, ...priceSteps(wanted, isHeld, published)] };
  }
  if (!published.isOnChannel) return { steps: ["create"] };
  const revise: PlanStep[] = published.submittedHash === wanted.hash ? [] : ["revise-content"];
  return { steps: [...revise, ...back, ...priceSteps(wanted, isHeld, published)] };
}

/** Kept as refusedHash when the channel would not put a listing back on sale: not asked again until wanted changes. */
export const resumeRefusal = (hash: string): string => `resume:${hash}`;

/** The channel looks at a version it has not let live yet. */
const isInAudit = ({ status, submittedHash, liveHash }: Published) =>
  status === "in-review" || (status === "live" && submittedHash !== liveHash);

/** A refused text is no reason to keep an old price. TikTok Shop fact: prices are taken for live listings only. */
function priceSteps(wanted: PlanWanted, isHeld: boolean, published: Published): PlanStep[] {
  if (isHeld || published.status !== "live") return [];
  const differs = [...wanted.pricesMinor].some(
    ([id, price]) => published.pricesMinor.has(id) && published.pricesMinor.get(id) !== price,
  );
  return differs ? ["revise-price"] : [];
}
