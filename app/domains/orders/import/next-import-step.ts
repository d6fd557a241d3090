import type { OrderStatus } from "../../../channels/port.ts";
import { after } from "../../../platform/clock.ts";
import type { HoldState, ImportState } from "../model.ts";

/** After this a call for a new order is given up; its effect may still come. */
const CREATE_DEADLINE_MS = 30_000;
/** How long "sending" is believed: nobody else may conclude anything before. */
export const IMPORT_LEASE_MS = 120_000;
/** Looks by the order's unique id, counted from the deadline of the call. */
const LOOKS_BY_ID_MS = [0, 30_000, 120_000] as const;
/** The last look, by source identifier: the search index lags. Only after it may a second call be made. */
const LOOK_BY_SEARCH_MS = 300_000;
/** Looks before a second call: all by id, then one by search. */
export const ALL_LOOKS = LOOKS_BY_ID_MS.length + 1;

/** What the decision needs of a stored order. */
export interface ImportFacts {
  status: OrderStatus;
  fulfilledBy: string;
  createdAt: Date;
  importState: ImportState;
  importSentAt: Date | null;
  importLeaseUntil: Date | null;
  importAttempts: number;
  importLooks: number;
  shopifyOrderId: string | null;
  holdState: HoldState;
  holdUncertainUntil: Date | null;
  buyerVersion: number;
  buyerWrittenVersion: number;
  /** Shown only, but units of it are kept back because Shopify may not know of them. */
  isKeptBack: boolean;
}

export interface ImportWorld {
  now: Date;
  /** The merchant allowed orders to be written. */
  isArmed: boolean;
  /** Orders created before are shown only, and linked to what others made of them. */
  cutoffAt: Date | null;
}

export type ImportStep =
  | { step: "nothing" }
  | { step: "show"; why: "cancelled" | "platform-fulfils" | "before-cutoff" }
  | { step: "link" }
  | { step: "wait-for-arming" }
  | { step: "wait"; until: Date; reason: string }
  | { step: "send"; attempt: number }
  /** looksDone: what importLooks becomes when this look finds nothing. */
  | { step: "look"; by: "id" | "search"; looksDone: number }
  | { step: "hold" }
  | { step: "read-buyer" }
  | { step: "write-buyer" }
  | { step: "release" }
  | { step: "finish"; holdState: HoldState };

const BEFORE_SHIPPING_IS_ALLOWED = new Set<string>(["unpaid", "on-hold"]);

/**
 * The one next thing to do for an order's import: a pure function of the stored row and the clock. "sending" is committed before the
 * call, so a row found in it says that a call may have had its effect; such a row is never planned again before it was looked for.
 */
export function nextImportStep(order: ImportFacts, world: ImportWorld): ImportStep {
  if (order.shopifyOrderId !== null) return nextAfterCreation(order, world);
  switch (order.importState) {
    case "shown":
      return order.isKeptBack ? { step: "link" } : { step: "nothing" };
    case "done":
      return { step: "nothing" };
    case "sending":
    case "unknown":
      return nextWhileUnknown(order, world);
    case "planned":
    case "parked":
      return nextBeforeCreation(order, world, 1);
  }
}

function nextBeforeCreation(order: ImportFacts, world: ImportWorld, attempt: number): ImportStep {
  if (order.status === "cancelled") return { step: "show", why: "cancelled" };
  if (order.fulfilledBy === "platform") return { step: "show", why: "platform-fulfils" };
  if (order.status === "unpaid" || order.status.startsWith("unknown:")) return { step: "nothing" };
  if (world.cutoffAt && order.createdAt < world.cutoffAt && attempt === 1)
    return { step: "show", why: "before-cutoff" };
  if (!world.isArmed) return { step: "wait-for-arming" };
  return { step: "send", attempt };
}

function nextWhileUnknown(order: ImportFacts, world: ImportWorld): ImportStep {
  const sentAt = order.importSentAt ?? order.createdAt;
  const leaseUntil = order.importLeaseUntil ?? after(sentAt, IMPORT_LEASE_MS);
  if (order.importState === "sending" && world.now < leaseUntil)
    return { step: "wait", until: leaseUntil, reason: "a call is under way" };
  const deadline = after(sentAt, CREATE_DEADLINE_MS);
  const idLooksDue = LOOKS_BY_ID_MS.filter((ms) => after(deadline, ms) <= world.now).length;
  if (order.importLooks < idLooksDue) return { step: "look", by: "id", looksDone: idLooksDue };
  const nextById = LOOKS_BY_ID_MS[order.importLooks];
  if (nextById !== undefined)
    return { step: "wait", until: after(deadline, nextById), reason: "looking for the order" };
  if (order.importLooks < ALL_LOOKS) {
    const searchAt = after(deadline, LOOK_BY_SEARCH_MS);
    if (world.now < searchAt) return { step: "wait", until: searchAt, reason: "looking for the order" };
    return { step: "look", by: "search", looksDone: ALL_LOOKS };
  }
  return nextBeforeCreation(order, world, order.importAttempts + 1);
}

function nextAfterCreation(order: ImportFacts, world: ImportWorld): ImportStep {
  const isDone = order.importState === "done";
  if (order.status === "cancelled")
    return isDone
      ? { step: "nothing" }
      : { step: "finish", holdState: order.holdState === "wanted" ? "none" : order.holdState };
  const isOpen = !BEFORE_SHIPPING_IS_ALLOWED.has(order.status) && !order.status.startsWith("unknown:");
  const isHoldOpen = order.holdState === "wanted" || order.holdState === "held";
  if (!isOpen && order.holdState === "wanted") return { step: "hold" };
  const isBuyerNewer = order.buyerVersion > order.buyerWrittenVersion;
  const toWrite = isOpen && (isHoldOpen || isBuyerNewer);
  if (toWrite && !world.isArmed) return { step: "wait-for-arming" };
  if (toWrite && isHoldOpen && order.buyerVersion === 0) return { step: "read-buyer" };
  if (toWrite && isBuyerNewer) return { step: "write-buyer" };
  if (toWrite) return { step: "release" };
  if (!isDone) return { step: "finish", holdState: order.holdState };
  if (order.holdState === "released" && order.holdUncertainUntil) {
    if (world.now < order.holdUncertainUntil)
      return { step: "wait", until: order.holdUncertainUntil, reason: "an old hold may still land" };
    return { step: "release" };
  }
  return { step: "nothing" };
}
