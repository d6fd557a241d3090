import type { ChannelEvent, DeliveriesPort, VerifiedDelivery } from "../channels/port.ts";
import type { Clock } from "../platform/clock.ts";
import type { Received, ReceivedEvent, Record } from "./model.ts";

interface ConnectionRef {
  id: string;
  grantId: string;
}

export interface ChannelReceiverDeps {
  channelId: string;
  deliveries: DeliveriesPort;
  clock: Clock;
  findConnection(channelShopId: string): Promise<ConnectionRef | null>;
  findGrant(externalId: string): Promise<string | null>;
  record: Record;
}

/** TikTok Shop fact: signatures carry no time, so old deliveries verify for ever. One this old is only a hint to look. */
const HINT_AFTER_MS = 24 * 3_600_000;

/** One verified delivery of a channel is recorded with what it tells. Unknown shops and topics change nothing. */
export async function receiveChannel(deps: ChannelReceiverDeps, raw: Uint8Array, headers: Headers): Promise<Received> {
  const delivery = deps.deliveries.verify(raw, headers);
  if (!delivery) return "bad-signature";
  const told = delivery.events.filter((event) => event.kind !== "unknown");
  if (told.length === 0) return "unknown-topic";
  const owner = await findOwner(deps, delivery);
  if (!owner) return "unknown-shop";
  const { connection } = owner;
  const isHint = deps.clock.now().getTime() - delivery.sentAt.getTime() > HINT_AFTER_MS;
  const events = told.flatMap((event) => translate(owner, event, isHint));
  if (connection && !isHint) events.push({ kind: "webhook-seen", connectionId: connection.id, at: deps.clock.now() });
  return deps.record({
    source: deps.channelId,
    id: delivery.deliveryId,
    topic: delivery.topic,
    scopeHint: connection ? `connection:${connection.id}` : `grant:${owner.grantId}`,
    events,
  });
}

interface Owner {
  connection: ConnectionRef | null;
  grantId: string;
}

async function findOwner(deps: ChannelReceiverDeps, delivery: VerifiedDelivery): Promise<Owner | null> {
  const connection = delivery.channelShopId ? await deps.findConnection(delivery.channelShopId) : null;
  if (connection) return { connection, grantId: connection.grantId };
  const grantId = delivery.grantExternalId ? await deps.findGrant(delivery.grantExternalId) : null;
  return grantId ? { connection: null, grantId } : null;
}

/** An old delivery's time says nothing about now: it is looked at without waiting for a truth that is newer. */
function translate({ connection, grantId }: Owner, event: ChannelEvent, isHint: boolean): ReceivedEvent[] {
  switch (event.kind) {
    case "order-changed":
      return connection
        ? [
            {
              kind: "channel-order-changed",
              connectionId: connection.id,
              channelOrderId: event.channelOrderId,
              seenAt: isHint ? undefined : event.at,
            },
          ]
        : [];
    case "after-sales-changed":
      return connection
        ? [{ kind: "after-sales-changed", connectionId: connection.id, channelOrderId: event.channelOrderId }]
        : [];
    case "listing-changed":
      return connection
        ? [
            {
              kind: "listing-changed",
              connectionId: connection.id,
              channelProductId: event.channelProductId,
              seenAt: isHint ? undefined : event.at,
            },
          ]
        : [];
    case "grant-ended":
    case "grant-ending":
      return [{ kind: "grant-changed", grantId }];
    case "unknown":
      return [];
    default:
      return event satisfies never;
  }
}
