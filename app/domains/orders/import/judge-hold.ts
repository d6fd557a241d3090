import type { HoldTarget, OrderState } from "../../../shopify/model.ts";
import { HOLDS_AGAIN_MOST } from "../model.ts";

/** The handle is unique per app and fulfilment order in Shopify, so that a repeated hold is the same hold. */
export const HOLD = {
  handle: "reelshelf-buyer-remorse",
  note: "The buyer can still cancel on the channel. Released by itself when that time is over.",
};

const CLOSED = new Set(["CLOSED", "CANCELLED", "INCOMPLETE"]);
export const isOurs = (hold: HoldTarget["holds"][number]): boolean => hold.handle === HOLD.handle;
/** Whether our hold is on this part. */
export const isHeldByUs = (part: HoldTarget): boolean => part.holds.some(isOurs);
/** Whether this part is to be held, and can be. */
export const isToHold = (part: HoldTarget): boolean => part.canHold && !CLOSED.has(part.status) && !isHeldByUs(part);

export interface HoldVerdict {
  /** Parts of the Shopify order whose hold is to be put (back) on. */
  toHold: string[];
  /** Somebody took our hold off a part that can still be shipped. */
  isTaken: boolean;
  /** It was put back so often that it is not any more. */
  isGivenUp: boolean;
  /** Units that were fulfilled although the channel does not let the order be shipped yet. */
  shippedUnits: number;
}

const WITHDRAWN = new Set(["CANCELLED", "ERROR", "FAILURE"]);
/** A fulfilment that came to nothing, or was called off. */
export const isWithdrawn = ({ status }: { status: string }): boolean => WITHDRAWN.has(status);

/** Units of an order that were fulfilled in Shopify, withdrawn fulfilments left out. */
export const shippedUnits = (fulfillments: Pick<OrderState["fulfillments"][number], "status" | "lines">[]): number =>
  fulfillments
    .filter((one) => !isWithdrawn(one))
    .flatMap((one) => one.lines)
    .reduce((sum, line) => sum + line.quantity, 0);

/** What became of the hold of an order that the channel still holds. */
export function judgeHold(
  parts: HoldTarget[],
  fulfillments: OrderState["fulfillments"],
  known: { heldParts: readonly string[]; holdsAgain: number },
): HoldVerdict {
  const bare = parts.filter(isToHold);
  const isTaken = bare.some((part) => known.heldParts.includes(part.id));
  const isGivenUp = isTaken && known.holdsAgain >= HOLDS_AGAIN_MOST;
  return {
    ...{ isTaken, isGivenUp, shippedUnits: shippedUnits(fulfillments) },
    toHold: isGivenUp ? [] : bare.map((part) => part.id),
  };
}

/** Whether Shopify's fulfilments need not be asked for: everything is under our hold, so nothing has left. */
export const isAllHeld = (parts: HoldTarget[]): boolean => parts.length > 0 && parts.every(isHeldByUs);
