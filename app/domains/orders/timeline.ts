import type { Actor } from "../../platform/activity.server.ts";

/** Where something happened. */
export type Side = "channel" | "shopify" | "reelshelf";

/** One thing that happened to an order. `code` names its sentence in the locale files, under `orders.timeline`. */
export interface Moment {
  key: string;
  at: Date;
  side: Side;
  code: string;
  values: Record<string, string | number>;
  /** Null: the buyer. */
  actor: Actor | null;
}

/** What the story of an order is told from. */
export interface Story {
  channel: string;
  createdAt: Date;
  paidAt: Date | null;
  shipments: readonly { id: string; trackingNumber: string | null; sentAt: Date | null }[];
  activity: readonly { id: bigint; at: Date; actor: Actor; event: string; data: unknown }[];
}

/** Which side an event of ours happened on; what is not named here was done in Reelshelf. */
const SIDES: Record<string, Side> = {
  "order.imported": "shopify",
  "order.held": "shopify",
  "order.held-again": "shopify",
  "order.released": "shopify",
  "order.address-written": "shopify",
  "order.paid-at-door": "shopify",
  "order.fulfilled-in-shopify": "shopify",
  "order.cancelled-in-shopify": "shopify",
  "refund.recorded": "shopify",
  "refund.units-taken-off": "shopify",
  "return.opened-in-shopify": "shopify",
  "return.processed-in-shopify": "shopify",
  "decision.told": "channel",
  "shipment.sent": "channel",
  "order.reference-told": "channel",
  "shipment.carried-back": "shopify",
};
/** What comes before everything else. */
const FIRST = ["placed", "paid"];
const SECOND_MS = 1_000;

/** The story of an order on both sides, in time order. The activity may come in any order. */
export function tellTimeline({ channel, createdAt, paidAt, shipments, activity: told }: Story): Moment[] {
  const activity = [...told].sort((a, b) => (a.id < b.id ? -1 : 1));
  const seenAt = activity.find((one) => one.event === "order.seen")?.at;
  const seenPaidAt = activity.find(({ event, data }) => showsPaid(event, (data ?? {}) as Record<string, unknown>))?.at;
  // the channel's clock may run ahead of ours: nothing happened there after we had read of it
  const notAfter = (at: Date, readAt: Date | undefined) => (readAt && readAt < at ? readAt : at);
  const moments: Moment[] = [
    { key: "placed", at: notAfter(createdAt, seenAt), side: "channel", code: "placed", values: {}, actor: null },
  ];
  if (paidAt)
    moments.push({
      key: "paid",
      at: notAfter(paidAt, seenPaidAt),
      side: "channel",
      code: "paid",
      values: {},
      actor: null,
    });
  for (const { id, at, actor, event, data } of activity) {
    const facts = (data ?? {}) as Record<string, unknown>;
    const key = id.toString();
    const happened = notAfter(timeOf(facts.happenedAt) ?? at, at);
    const onChannel = (code: string, when: Date): Moment => ({
      ...{ key: `${key} there`, at: when, side: "channel", code, values: valuesOf(facts) },
      actor: { kind: "channel", id: channel },
    });
    switch (event) {
      case "order.seen": {
        const status = String(facts.status ?? "");
        // seen for the first time on hold: it is so since it was paid
        const since = status === "on-hold" && paidAt ? notAfter(paidAt, at) : happened;
        if (status && status !== "unpaid") moments.push(onChannel(`status-${status}`, since));
        moments.push({
          ...{ key, at, side: "reelshelf", code: codeOf(event), values: {} },
          actor: { kind: "job", id: "orders" },
        });
        break;
      }
      case "order.status-changed":
        moments.push(onChannel(`status-${String(facts.to ?? "")}`, happened));
        break;
      case "cancellation.seen":
        moments.push(onChannel(`cancellation-${String(facts.status ?? "")}`, happened));
        break;
      case "return.seen":
        moments.push(onChannel(`return-${String(facts.status ?? "")}`, happened));
        break;
      default: {
        const shipment = shipments.find((one) => one.id === facts.shipmentId);
        const values = {
          ...valuesOf(facts),
          number: shipment?.trackingNumber ?? "",
          count: Number(facts.count ?? facts.parcels ?? 1),
        };
        // the channel had it when the call began, not when we had written it down
        const when = shipment?.sentAt ? notAfter(shipment.sentAt, at) : happened;
        moments.push({ key, at: when, side: SIDES[event] ?? "reelshelf", code: codeOf(event), values, actor });
      }
    }
  }
  return moments
    .map((moment, position) => ({ moment, position }))
    .sort(
      (a, b) =>
        secondOf(a.moment) - secondOf(b.moment) || rankOf(a.moment) - rankOf(b.moment) || a.position - b.position,
    )
    .map(({ moment }) => moment);
}

/** Both platforms tell whole seconds. Within one we know no better than the order in which we wrote things down. */
const secondOf = ({ at }: Moment): number => Math.floor(at.getTime() / SECOND_MS);

const showsPaid = (event: string, { status, from }: Record<string, unknown>): boolean =>
  (event === "order.seen" && status !== "unpaid") || (event === "order.status-changed" && from === "unpaid");

const codeOf = (event: string): string => event.replaceAll(".", "-");

function rankOf({ code }: Moment): number {
  const rank = FIRST.indexOf(code);
  return rank === -1 ? FIRST.length : rank;
}

function timeOf(value: unknown): Date | null {
  const at = typeof value === "string" ? new Date(value) : null;
  return at && !Number.isNaN(at.getTime()) ? at : null;
}

function valuesOf(facts: Record<string, unknown>): Moment["values"] {
  const plain = Object.entries(facts).filter(
    (entry): entry is [string, string | number] => typeof entry[1] === "string" || typeof entry[1] === "number",
  );
  return Object.fromEntries(plain);
}
