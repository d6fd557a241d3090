import type { ImportState, ReturnCarriage } from "../model.ts";

export interface ReturnFacts {
  /** refund | return | replacement | unknown:… */
  kind: string;
  status: string;
  /** The buyer keeps the goods. */
  isKept: boolean;
  importState: ImportState;
  shopifyOrderId: string | null;
  shopifyState: ReturnCarriage;
  sentAt: Date | null;
  isRestockDecided: boolean;
}

export interface ReturnWorld {
  now: Date;
  isArmed: boolean;
  /** Our return on the Shopify order, found by its note. */
  found: "none" | "open" | "processed" | "cancelled";
}

export type ReturnStep =
  | { step: "nothing" }
  /** What became of the Shopify order is not yet known. */
  | { step: "wait-for-import" }
  | { step: "wait-for-arming" }
  | { step: "wait"; until: Date }
  | { step: "open" }
  /** The goods are here, and nobody has said what becomes of them. */
  | { step: "ask-restock" }
  | { step: "process" }
  | { step: "cancel" }
  /** Nothing is left to do about the goods. `how`: whether a Shopify return tells of them. */
  | { step: "finish"; how: "done" | "none" };

/** A call whose end was not seen is not made again before its effect can no longer come: deadline 10 s and a margin. */
const RETURN_MAY_LAND_MS = 40_000;

const GOODS_EXPECTED = ["awaiting-item", "item-sent", "approved", "completed"];
const GOODS_HERE = ["approved", "completed"];
const OVER = ["rejected", "withdrawn"];

/**
 * What a channel's return asks of Shopify about the goods; its money is a refund of its own. Goods that come back get a Shopify return: opened
 * when the seller agreed, processed when they are here. What ends before is cancelled there.
 */
export function nextReturnStep(facts: ReturnFacts, { now, isArmed, found }: ReturnWorld): ReturnStep {
  const { shopifyState, status } = facts;
  if (shopifyState === "done" || shopifyState === "none" || shopifyState === "parked") return { step: "nothing" };
  const comesBack = facts.kind === "return" && !facts.isKept && GOODS_EXPECTED.includes(status);
  const isOver = OVER.includes(status) || ((facts.kind !== "return" || facts.isKept) && status === "completed");
  if (!comesBack && !isOver) return { step: "nothing" };
  if (facts.shopifyOrderId === null) {
    const isUnclear = facts.importState === "sending" || facts.importState === "unknown";
    if (isUnclear) return { step: "wait-for-import" };
    return facts.importState === "shown" || isOver ? { step: "finish", how: "none" } : { step: "wait-for-import" };
  }
  const call = (step: ReturnStep): ReturnStep => {
    const mayLand = facts.sentAt ? new Date(facts.sentAt.getTime() + RETURN_MAY_LAND_MS) : null;
    if (mayLand && now < mayLand) return { step: "wait", until: mayLand };
    return isArmed ? step : { step: "wait-for-arming" };
  };
  if (isOver) {
    if (found === "open") return call({ step: "cancel" });
    // an opening whose answer was lost may still land, and would have to be cancelled then
    if (found === "none" && shopifyState === "opening") {
      const next = call({ step: "finish", how: "none" });
      return next.step === "wait-for-arming" ? { step: "finish", how: "none" } : next;
    }
    return { step: "finish", how: found === "processed" ? "done" : "none" };
  }
  if (found === "processed") return { step: "finish", how: "done" };
  if (found !== "open") return call({ step: "open" });
  if (!GOODS_HERE.includes(status)) return { step: "nothing" };
  return facts.isRestockDecided ? call({ step: "process" }) : { step: "ask-restock" };
}
