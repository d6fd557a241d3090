import type { OpenDecision } from "../../../channels/port.ts";
import type { OrdersDeps } from "../deps.ts";
import type { OfferedReason } from "./choose-reason.ts";

export interface Possible {
  /** By the channel's id of the cancellation or return. */
  answers: { requestId: string; decisions: OpenDecision[] }[];
  /** Null: the channel lets nothing of the order be cancelled now. */
  cancel: { channelLineIds: string[]; reasons: OfferedReason[] } | null;
  /** The channel's code, where it says why nothing may be cancelled. */
  refusedCode: string | null;
}

const CANCELLABLE = new Set(["unpaid", "on-hold", "to-ship", "partly-shipped"]);
const ANSWERABLE = ["requested", "offered", "awaiting-item", "item-sent"];

/**
 * What the channel lets the seller decide about an order right now. Asked when somebody wants to decide: only what is possible is offered.
 * Null: this shop has no such order, or its connection is gone.
 */
export async function whatCanBeDecided(
  deps: OrdersDeps,
  { shopId, id }: { shopId: string; id: string },
): Promise<Possible | null> {
  const order = await deps.db.channelOrder.findFirst({
    where: { id, shopId },
    include: {
      cancellations: { where: { status: "requested" } },
      returns: { where: { status: { in: ANSWERABLE } } },
    },
  });
  const connection = order ? await deps.connection(order.connectionId) : null;
  if (!order || !connection || connection.status !== "active") return null;
  const port = deps.channels(connection.channel).afterSales;
  const access = deps.forShop(connection.id);
  const ids = [
    ...order.cancellations.map((one) => one.channelCancelId),
    ...order.returns.map((one) => one.channelReturnId),
  ];
  const answers = await Promise.all(
    ids.map(async (requestId) => ({ requestId, decisions: withOffer(await port.openDecisions(access, requestId)) })),
  );
  const mayCancel = CANCELLABLE.has(order.status) && order.cancellations.length === 0;
  const cancel = mayCancel ? await port.cancellable(access, order.channelOrderId) : null;
  return {
    answers,
    cancel: cancel && cancel.channelLineIds.length > 0 ? cancel : null,
    refusedCode: cancel?.refusedCode ?? null,
  };
}

/** The channel need not name offers of a part: one may be made where the return may be approved. */
function withOffer(decisions: OpenDecision[]): OpenDecision[] {
  const names = (kind: OpenDecision["kind"]) => decisions.some((one) => one.kind === kind);
  const mayOffer = names("approve-return") && !names("offer-part");
  return mayOffer ? [...decisions, { kind: "offer-part", reasons: [] }] : decisions;
}
