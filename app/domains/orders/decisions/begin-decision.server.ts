import type { DecisionKind } from "../../../channels/port.ts";
import type { Actor } from "../../../platform/activity.server.ts";
import type { Json, Tx } from "../../../platform/db.server.ts";
import { CallError } from "../../../platform/errors.ts";
import { afterSalesWant } from "../cancellations/poll-cancellations.server.ts";
import type { OrdersDeps } from "../deps.ts";
import { recordOrderActivity } from "../problems.server.ts";
import { lockOrder } from "../store.server.ts";

export interface NewDecision {
  kind: DecisionKind;
  /** The channel's id of what is answered; empty for `cancel`. */
  requestId: string;
  reason: string | null;
  comment?: string | null;
  evidence?: { uri: string; width: number; height: number }[];
  /** Cancel only these units; empty: all. */
  channelLineIds?: string[];
  offerMinor?: bigint | null;
  keepsItem?: boolean;
}

/** What proves it, as somebody picked it. */
export interface Picture {
  bytes: Uint8Array;
  fileName: string;
}

export type Decided = { outcome: "told" } | { outcome: "not-found" } | { outcome: "already" };

/**
 * Somebody decided: written down, and the channel is told next. A second one about the same thing, while the first is under way, is
 * refused, so that two clicks are one decision.
 */
export async function beginDecision(
  deps: OrdersDeps,
  input: NewDecision & { shopId: string; orderId: string; actor: Actor; picture?: Picture },
): Promise<Decided | { outcome: "picture-refused" }> {
  const found = await deps.db.channelOrder.findFirst({ where: { id: input.orderId, shopId: input.shopId } });
  if (!found || !(await isKnown(deps, input))) return { outcome: "not-found" };
  const evidence = await upload(deps, found, input.picture);
  if (!evidence) return { outcome: "picture-refused" };
  return deps.engine.change((tx) => keepDecision(deps, tx, found, { ...input, evidence, beganIn: "app" }));
}

/** The channel takes only pictures that lie with it already. Null: it does not take this one, or not now. */
async function upload(
  deps: OrdersDeps,
  { channel, connectionId }: { channel: string; connectionId: string },
  picture: Picture | undefined,
): Promise<NewDecision["evidence"] | null> {
  if (!picture) return [];
  try {
    const use = "description" as const;
    return [await deps.channels(channel).reference.uploadPicture(deps.forShop(connectionId), { ...picture, use })];
  } catch (error) {
    if (error instanceof CallError) return null;
    throw error;
  }
}

type Owner = Parameters<typeof lockOrder>[1] & { connectionId: string; channelOrderId: string };

/** In the caller's transaction, under the order's lock. */
export async function keepDecision(
  deps: OrdersDeps,
  tx: Tx,
  owner: Owner,
  input: NewDecision & { beganIn: "app" | "shopify"; actor: Actor },
): Promise<Decided> {
  const order = await lockOrder(tx, owner, owner.channelOrderId);
  if (!order) return { outcome: "not-found" };
  const { requestId } = input;
  const open = await tx.sellerDecision.count({
    where: { orderId: order.id, shopId: order.shopId, requestId, state: { in: ["wanted", "sending"] } },
  });
  if (open > 0) return { outcome: "already" };
  await tx.sellerDecision.create({
    data: {
      ...{ shopId: order.shopId, orderId: order.id, kind: input.kind, requestId, reason: input.reason },
      ...{ comment: input.comment || null, evidence: (input.evidence ?? []) as unknown as Json },
      ...{ channelLineIds: input.channelLineIds ?? [], offerMinor: input.offerMinor ?? null },
      ...{ isKept: input.keepsItem ?? false, beganIn: input.beganIn },
      ...{ actorKind: input.actor.kind, actorId: input.actor.id },
    },
  });
  await recordOrderActivity(tx, order, {
    event: "decision.made",
    actor: input.actor,
    data: { decision: input.kind, in: input.beganIn },
  });
  await deps.engine.want(tx, { ...afterSalesWant(order.connectionId, order.channelOrderId), urgency: 1 });
  return { outcome: "told" };
}

/** The request must be one of this very order, and the units its own. */
async function isKnown(
  deps: OrdersDeps,
  { shopId, orderId, requestId, channelLineIds = [], kind }: NewDecision & { shopId: string; orderId: string },
): Promise<boolean> {
  if (kind === "cancel") {
    const lines = await deps.db.channelOrderLine.count({
      where: { shopId, orderId, channelLineId: { in: channelLineIds } },
    });
    return requestId === "" && lines === new Set(channelLineIds).size;
  }
  const where = { shopId, orderId };
  const [cancellations, returns] = await Promise.all([
    deps.db.orderCancellation.count({ where: { ...where, channelCancelId: requestId } }),
    deps.db.orderReturn.count({ where: { ...where, channelReturnId: requestId } }),
  ]);
  return kind.endsWith("-cancellation") ? cancellations === 1 : returns === 1;
}
