import { RETURN_ASKS } from "../model.ts";

/** Something the seller must have done by then: told of a parcel, given it to the carrier, answered a buyer. */
export interface Deadline {
  kind: "ship" | "hand-over" | "answer";
  at: Date;
}

interface Asking {
  status: string;
  answerBy: Date | null;
}

const WAITS_FOR_SELLER = new Set(["on-hold", "to-ship", "partly-shipped"]);

/**
 * What of an order is due first: its parcel (TikTok Shop fact §11, `rts_sla_time`), handing that to the carrier (`tts_sla_time`), or the
 * answer to a buyer who asks to cancel or to return (§13, `seller_next_action_response[].deadline`). Null: nothing waits for the seller.
 */
export function soonestDeadline(order: {
  status: string;
  fulfilledBy: string;
  shipByAt: Date | null;
  handOverAt: Date | null;
  cancellations: readonly Asking[];
  returns: readonly Asking[];
}): Deadline | null {
  const { status, fulfilledBy, shipByAt, handOverAt, cancellations, returns } = order;
  const asking = [
    ...cancellations.filter((one) => one.status === "requested"),
    ...returns.filter((one) => RETURN_ASKS.includes(one.status)),
  ];
  const due: Deadline[] = asking.flatMap(({ answerBy }) =>
    answerBy ? [{ kind: "answer" as const, at: answerBy }] : [],
  );
  if (fulfilledBy === "seller" && shipByAt && WAITS_FOR_SELLER.has(status)) due.push({ kind: "ship", at: shipByAt });
  if (fulfilledBy === "seller" && handOverAt && status === "awaiting-collection")
    due.push({ kind: "hand-over", at: handOverAt });
  return due.sort((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null;
}
