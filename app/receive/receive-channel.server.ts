import type { ChannelEvent, DeliveriesPort, VerifiedDelivery } from "../channels/port.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tx } from "../platform/db.server.ts";
import type { Received, Record } from "./model.ts";

interface ConnectionRef {
  id: string;
  shopId: string;
  grantId: string;
}

/** What each room wants done about a channel's event. Every function only writes due rows. */
export interface ChannelListeners {
  orderChanged(
    tx: Tx,
    connection: ConnectionRef,
    event: { channelOrderId: string; seenAt: Date | undefined },
  ): Promise<void>;
  listingChanged(
    tx: Tx,
    connection: ConnectionRef,
    event: { channelProductId: string; seenAt: Date | undefined },
  ): Promise<void>;
  grantLook(tx: Tx, grantId: string): Promise<void>;
  webhookSeen(tx: Tx, connectionId: string, at: Date): Promise<void>;
}

export interface ChannelReceiverDeps {
  channelId: string;
  deliveries: DeliveriesPort;
  clock: Clock;
  findConnection(channelShopId: string): Promise<ConnectionRef | null>;
  findGrant(externalId: string): Promise<string | null>;
  record: Record;
  on: ChannelListeners;
}

/** TikTok Shop fact: signatures carry no time, so old deliveries verify for ever. One this old is only a hint to look. */
const HINT_AFTER_MS = 24 * 3_600_000;

/** One verified delivery of a channel becomes due rows, in the transaction that records its id. Unknown shops and topics change nothing. */
export async function receiveChannel(deps: ChannelReceiverDeps, raw: Uint8Array, headers: Headers): Promise<Received> {
  const delivery = deps.deliveries.verify(raw, headers);
  if (!delivery) return "bad-signature";
  const events = delivery.events.filter((event) => event.kind !== "unknown");
  if (events.length === 0) return "unknown-topic";
  const owner = await findOwner(deps, delivery);
  if (!owner) return "unknown-shop";
  const isHint = deps.clock.now().getTime() - delivery.sentAt.getTime() > HINT_AFTER_MS;
  return deps.record({
    source: deps.channelId,
    id: delivery.deliveryId,
    topic: delivery.topic,
    scopeHint: owner.connection ? `connection:${owner.connection.id}` : `grant:${owner.grantId}`,
    inTx: async (tx) => {
      for (const event of events) await react(deps, tx, owner, event, isHint);
      if (owner.connection && !isHint) await deps.on.webhookSeen(tx, owner.connection.id, deps.clock.now());
    },
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
async function react(
  deps: ChannelReceiverDeps,
  tx: Tx,
  owner: Owner,
  event: ChannelEvent,
  isHint: boolean,
): Promise<void> {
  const seenAt = isHint ? undefined : event.at;
  switch (event.kind) {
    case "order-changed":
      if (owner.connection)
        await deps.on.orderChanged(tx, owner.connection, { channelOrderId: event.channelOrderId, seenAt });
      return;
    case "listing-changed":
      if (owner.connection)
        await deps.on.listingChanged(tx, owner.connection, { channelProductId: event.channelProductId, seenAt });
      return;
    case "grant-ended":
    case "grant-ending":
      return deps.on.grantLook(tx, owner.grantId);
    case "unknown":
      return;
    default:
      return event satisfies never;
  }
}
