import type { OrderStatus } from "../../../channels/port.ts";
import { after } from "../../../platform/clock.ts";
import { hasTravelled, isKindReason } from "../intake/owed-units.ts";
import { leftOutKind } from "../kinds.ts";
import type { HoldState, ImportState } from "../model.ts";
import { isHandedOver } from "./order-money.ts";

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
/** An older order that was looked for and not found is sent within this time, or looked for again. */
const LOOK_IS_GOOD_FOR_MS = 10 * 60_000;

/** What the decision needs of a stored order. */
export interface ImportFacts {
  status: OrderStatus;
  fulfilledBy: string;
  kinds: readonly string[];
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
  /** Why it is only shown; null: it is not. */
  shownWhy: string | null;
  /** Somebody else brought it home. */
  isLinked: boolean;
  /** Somebody asked for it although it is older than the cut-off or of a kind that is left out. */
  importAskedAt: Date | null;
  /** Such an order was last looked for then, and not found. */
  lookedBeforeAt: Date | null;
  /** The buyer is still to pay at the door, as far as Shopify knows. */
  isPaymentOpen?: boolean;
}

export interface ImportWorld {
  now: Date;
  /** The merchant allowed orders to be written. */
  isArmed: boolean;
  /** Orders created before are shown only, and linked to what others made of them. */
  cutoffAt: Date | null;
  /** Kinds that get no Shopify order. */
  leaveOut: readonly string[];
}

export type ImportStep =
  | { step: "nothing" }
  | { step: "show"; why: "cancelled" | "before-cutoff" | `kind:${string}` }
  | { step: "link" }
  /** Shown so far; now it may come home. */
  | { step: "replan" }
  /** Perhaps it is home already: whatever is older than the cut-off is looked for before it is made. */
  | { step: "look-before" }
  | { step: "wait-for-arming" }
  | { step: "wait"; until: Date; reason: string }
  | { step: "send"; attempt: number }
  /** looksDone: what importLooks becomes when this look finds nothing. */
  | { step: "look"; by: "id" | "search"; looksDone: number }
  | { step: "hold" }
  | { step: "read-buyer" }
  | { step: "write-buyer" }
  | { step: "release" }
  /** The buyer paid at the door: Shopify is told. */
  | { step: "take-payment" }
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
      if (mayComeAfterAll(order, world)) return { step: "replan" };
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
  const isAsked = order.importAskedAt !== null;
  // what was sent once may be there: it is brought to its end whatever was chosen since
  const leftOut = isAsked || attempt > 1 ? null : leftOutKind(order.kinds, world.leaveOut);
  if (leftOut) return { step: "show", why: `kind:${leftOut}` };
  if (order.status === "unpaid" || order.status.startsWith("unknown:")) return { step: "nothing" };
  // it comes as shipped, so not before the platform has shipped it
  if (order.fulfilledBy === "platform" && !hasTravelled(order.status)) return { step: "nothing" };
  if (world.cutoffAt && isOlder(order.createdAt, world.cutoffAt) && attempt === 1 && !isAsked)
    return { step: "show", why: "before-cutoff" };
  if (!world.isArmed) return { step: "wait-for-arming" };
  if (isAsked && attempt === 1 && !wasJustLookedFor(order, world.now)) return { step: "look-before" };
  return { step: "send", attempt };
}

/** Channels tell in whole seconds when an order was made: one of the cut-off's own second is a new order. */
const isOlder = (createdAt: Date, cutoffAt: Date): boolean =>
  Math.floor(createdAt.getTime() / 1000) < Math.floor(cutoffAt.getTime() / 1000);

const wasJustLookedFor = ({ lookedBeforeAt }: ImportFacts, now: Date): boolean =>
  lookedBeforeAt !== null && now < after(lookedBeforeAt, LOOK_IS_GOOD_FOR_MS);

/** Somebody asked for it, or its kind is left out no longer and it is still to be shipped. */
function mayComeAfterAll(order: ImportFacts, world: ImportWorld): boolean {
  if (order.isLinked || order.status === "cancelled" || order.shownWhy === "cancelled") return false;
  if (order.importAskedAt !== null) return true;
  const isLeftOutStill = order.shownWhy !== null && order.kinds.some((kind) => world.leaveOut.includes(kind));
  return isKindReason(order.shownWhy) && !isLeftOutStill && !hasTravelled(order.status);
}

/** Whether an order comes to Shopify as fulfilled, without touching stock there: no shelf of the shop has its units, or not any more. */
export const comesShipped = (order: Pick<ImportFacts, "fulfilledBy" | "status" | "importAskedAt">): boolean =>
  order.fulfilledBy === "platform" || (order.importAskedAt !== null && hasTravelled(order.status));

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
  if (order.isPaymentOpen && isHandedOver(order.status))
    return world.isArmed ? { step: "take-payment" } : { step: "wait-for-arming" };
  if (order.holdState === "released" && order.holdUncertainUntil) {
    if (world.now < order.holdUncertainUntil)
      return { step: "wait", until: order.holdUncertainUntil, reason: "an old hold may still land" };
    return { step: "release" };
  }
  return { step: "nothing" };
}
