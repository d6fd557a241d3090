import { after } from "../../platform/clock.ts";
import type { Ending } from "../../platform/engine/model.ts";
import { type AfterSalesTurn, DONE } from "./after-sales-turn.server.ts";
import { RETURN_ASKS } from "./model.ts";
import { openOrderProblem } from "./problems.server.ts";

/** So long before a buyer's request decides itself, it is urgent. */
const NEAR_MS = 12 * 60 * 60_000;
/** What the channel decided by itself is read so soon after. */
const AFTER_MS = 60_000;

/** The channel soon decides by itself, or does not say when. */
export const isNear = (answerBy: Date | null, now: Date): boolean =>
  answerBy === null || answerBy.getTime() - now.getTime() <= NEAR_MS;

/** Requests that wait for the seller: urgent when their time runs out. The order is looked at again then, and when it is over. */
export async function watchDeadlines(turn: AfterSalesTurn): Promise<Ending> {
  const { deps, order, ctx } = turn;
  const now = ctx.now();
  const asked = [
    ...turn.cancellations
      .filter((one) => one.status === "requested" && order.status !== "cancelled")
      .map((one) => ({ kind: "cancellation-requested" as const, answerBy: one.answerBy, reason: one.reason })),
    ...turn.returns
      .filter((one) => one.answerBy !== null && RETURN_ASKS.includes(one.status))
      .map((one) => ({ kind: problemOf(one.status), answerBy: one.answerBy, reason: one.reason })),
  ];
  const near = asked.filter((one) => isNear(one.answerBy, now));
  if (near.length > 0)
    await deps.engine.change(async (tx) => {
      for (const { kind, answerBy, reason } of near)
        await openOrderProblem(tx, order, {
          ...{ kind, severity: "urgent" as const },
          data: { reason: reason ?? "", answerBy: answerBy?.toISOString() ?? "" },
        });
    });
  const looks = asked
    .flatMap(({ answerBy }) => (answerBy ? [after(answerBy, -NEAR_MS), after(answerBy, AFTER_MS)] : []))
    .filter((at) => at > now)
    .sort((a, b) => a.getTime() - b.getTime());
  return looks[0] ? { kind: "done", recheckAt: looks[0] } : DONE;
}

const problemOf = (status: string) =>
  status === "item-sent" ? ("return-arrived" as const) : ("return-requested" as const);
