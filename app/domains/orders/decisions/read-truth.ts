import type { AnswerKind, DecisionKind } from "../../../channels/port.ts";
import type { DecisionTruth } from "./next-decision-step.ts";

interface Decided {
  kind: DecisionKind;
  requestId: string;
  /** Empty: the whole order. */
  channelLineIds: string[];
}

export interface Shown {
  lines: { channelLineId: string; status: string }[];
  cancellations: { channelCancelId: string; status: string; channelLineIds: string[] }[];
  returns: { channelReturnId: string; status: string; channelLineIds: string[] }[];
}

/** Which state of a request each answer leads to, and in which it can still be given. */
const ANSWERS: Record<AnswerKind, { so: readonly string[]; open: readonly string[] }> = {
  "approve-cancellation": { so: ["approved", "completed"], open: ["requested"] },
  "refuse-cancellation": { so: ["withdrawn"], open: ["requested"] },
  "approve-refund": { so: ["approved", "completed"], open: ["requested"] },
  "approve-return": { so: ["awaiting-item", "item-sent", "approved", "completed"], open: ["requested"] },
  "approve-received": { so: ["approved", "completed"], open: ["item-sent"] },
  "approve-replacement": { so: ["completed"], open: ["requested"] },
  "refund-instead": { so: ["completed"], open: ["requested"] },
  "refund-now": { so: ["approved", "completed"], open: ["requested", "awaiting-item"] },
  "offer-part": { so: ["offered"], open: ["requested"] },
  "refuse-refund": { so: ["rejected"], open: ["requested"] },
  "refuse-return": { so: ["rejected"], open: ["requested"] },
  "refuse-received": { so: ["item-rejected"], open: ["item-sent"] },
  "refuse-replacement": { so: ["rejected"], open: ["requested"] },
};

/** Whether a decision is so already and whether it can still be made, by what was last read of the channel. */
export function readTruth(decision: Decided, shown: Shown): DecisionTruth {
  if (decision.kind === "cancel") return truthOfCancel(decision, shown);
  if (decision.kind === "begin-return") return truthOfReturn(decision, shown);
  const status =
    shown.cancellations.find((one) => one.channelCancelId === decision.requestId)?.status ??
    shown.returns.find((one) => one.channelReturnId === decision.requestId)?.status ??
    "";
  const { so, open } = ANSWERS[decision.kind];
  return { isSo: so.includes(status), isOpen: open.includes(status) };
}

/** The units are cancelled, or a cancellation of them that nobody has to answer is on its way. */
function truthOfCancel({ channelLineIds }: Decided, { lines, cancellations }: Shown): DecisionTruth {
  const meant = channelLineIds.length > 0 ? channelLineIds : lines.map((line) => line.channelLineId);
  const gone = new Set([
    ...lines.filter((line) => line.status === "cancelled").map((line) => line.channelLineId),
    ...cancellations
      .filter(({ status }) => status === "approved" || status === "completed")
      .flatMap((one) => one.channelLineIds),
  ]);
  return { isSo: meant.length > 0 && meant.every((id) => gone.has(id)), isOpen: meant.some((id) => !gone.has(id)) };
}

const NOT_TO_BE = new Set(["rejected", "item-rejected", "withdrawn"]);

/** The channel has a return of these units, whoever opened it. */
function truthOfReturn({ channelLineIds }: Decided, { returns }: Shown): DecisionTruth {
  const back = new Set(returns.filter((one) => !NOT_TO_BE.has(one.status)).flatMap((one) => one.channelLineIds));
  return { isSo: channelLineIds.length > 0 && channelLineIds.every((id) => back.has(id)), isOpen: true };
}
