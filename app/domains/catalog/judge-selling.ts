import type { ListingRow } from "./model.ts";

/**
 * Where one product stands on one connection, in the merchant's words: not-picked: not sold there · checking: preflight runs ·
 * cannot-be-listed: a finding blocks · needs-yes: a proposed default waits for a yes · ready: may be sent · sending: on its way ·
 * in-review: the channel looks at it · live · rejected: the channel said no · off-sale: there, not on sale · deleted: gone from the
 * channel · ending: taken out, and not yet off sale.
 */
export type SellingState =
  | "not-picked"
  | "checking"
  | "cannot-be-listed"
  | "needs-yes"
  | "ready"
  | "sending"
  | "in-review"
  | "live"
  | "rejected"
  | "off-sale"
  | "deleted"
  | "ending";

export interface Selling {
  state: SellingState;
  /** "List" would change something. */
  canList: boolean;
  /** What "stop" would do: take it off sale, or only take back a pick that never went out. Null: nothing. */
  canStop: "off-sale" | "pick" | null;
}

/** What is to be judged: a listing, and whether the product is still picked for it. */
export type Sold = Pick<ListingRow, "status" | "needsDefaults" | "isSent"> & { isPicked: boolean };

/**
 * Judges a product on a connection. `isArmed`: listings are turned on there; as long as they are not, listing only picks, so what is
 * picked cannot be listed any further.
 */
export function judgeSelling(sold: Sold | null, { isArmed }: { isArmed: boolean }): Selling {
  if (!sold) return { state: "not-picked", canList: true, canStop: null };
  const isThere = ["creating", "in-review", "live"].includes(sold.status);
  if (!sold.isPicked) return { state: isThere ? "ending" : notPicked(sold), canList: true, canStop: null };
  const state = stateOfPicked(sold);
  return {
    state,
    canList: isArmed && !sold.isSent && !isThere,
    canStop: isThere ? "off-sale" : "pick",
  };
}

const notPicked = ({ status }: Sold): SellingState => (status === "stopped" ? "off-sale" : "not-picked");

function stateOfPicked({ status, needsDefaults, isSent }: Sold): SellingState {
  switch (status) {
    case "selected":
      return "checking";
    case "refused":
      return "cannot-be-listed";
    case "ready":
      if (needsDefaults) return "needs-yes";
      return isSent ? "sending" : "ready";
    case "creating":
      return "sending";
    case "stopped":
      return isSent ? "sending" : "off-sale";
    default:
      return status;
  }
}
