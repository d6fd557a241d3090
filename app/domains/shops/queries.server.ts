import type { Tx } from "../../platform/db.server.ts";
import type { ShopsDeps } from "./deps.ts";
import { judgeReadiness } from "./judge-readiness.ts";
import type { ConnectionView, Readiness, ShopView } from "./model.ts";
import { findConnection, findConnectionOfChannelShop, viewConnection, viewShop, withShop } from "./store.server.ts";

/** The shop of a domain. Null: it never installed the app. */
export async function getShopByDomain(deps: ShopsDeps, domain: string): Promise<ShopView | null> {
  const row = await deps.db.shop.findUnique({ where: { domain } });
  return row && viewShop(row);
}

/** The shop of an id. Null: there is none. */
export async function getShop(deps: ShopsDeps, shopId: string): Promise<ShopView | null> {
  const row = await deps.db.shop.findUnique({ where: { id: shopId } });
  return row && viewShop(row);
}

/** A connection with its shop, for whoever needs currency and taxes too. Null: it is gone. */
export async function getConnectionWithShop(
  deps: ShopsDeps,
  connectionId: string,
): Promise<(ConnectionView & { shop: ShopView }) | null> {
  const row = await deps.db.connection.findUnique({ where: { id: connectionId }, include: withShop });
  return row && { ...viewConnection(row), shop: viewShop(row.shop) };
}

/** One connection of this shop. Null: there is none of that id here. */
export async function getConnection(
  deps: ShopsDeps,
  shopId: string,
  connectionId: string,
): Promise<ConnectionView | null> {
  const row = await findConnection(deps.db, { shopId, connectionId });
  return row && viewConnection(row);
}

/** A connection by its id alone, for drains: their scope names it. Null: it is gone. */
export async function getConnectionById(deps: ShopsDeps, connectionId: string): Promise<ConnectionView | null> {
  const row = await deps.db.connection.findUnique({ where: { id: connectionId }, include: withShop });
  return row && viewConnection(row);
}

/** All connections of this shop, oldest first; those let go at an uninstallation are left out. */
export async function listConnections(deps: ShopsDeps, shopId: string): Promise<ConnectionView[]> {
  const rows = await deps.db.connection.findMany({
    where: { shopId, status: { not: "disconnected" } },
    include: withShop,
    orderBy: { createdAt: "asc" },
  });
  return rows.map(viewConnection);
}

/** Connections the merchant ended: their listings, orders and settings are kept for a new consent. Latest first. */
export async function listFormerConnections(deps: ShopsDeps, shopId: string): Promise<ConnectionView[]> {
  const rows = await deps.db.connection.findMany({
    where: { shopId, status: "disconnected", endedAt: { not: null } },
    include: withShop,
    orderBy: { endedAt: "desc" },
  });
  return rows.map(viewConnection);
}

/** Who works with a channel shop right now. Null: nobody; its deliveries are counted and dropped. */
export async function connectionForChannelShop(
  deps: ShopsDeps,
  channel: string,
  channelShopId: string,
): Promise<ConnectionView | null> {
  const row = await findConnectionOfChannelShop(deps.db, channel, channelShopId);
  return row && viewConnection(row);
}

/** A grant by the channel's own id of who consented. Null: unknown. */
export async function grantIdOf(deps: ShopsDeps, channel: string, externalId: string): Promise<string | null> {
  const found = await deps.db.grant.findUnique({
    where: { channel_externalId: { channel, externalId } },
    select: { id: true },
  });
  return found?.id ?? null;
}

/** Readiness as the last look left it, judged with today's settings. Null: no such connection. */
export async function readReadiness(
  deps: ShopsDeps,
  where: { shopId: string; connectionId: string },
): Promise<Readiness | null> {
  const one = await getConnection(deps, where.shopId, where.connectionId);
  return one && judgeReadiness(one.readiness, one.settings, one);
}

/** Remembers that webhooks arrive; at most one write every 15 s, because each delivery would touch the same row. */
export async function noteWebhooks(tx: Tx, events: readonly { connectionId: string; at: Date }[]): Promise<void> {
  const newest = Math.max(...events.map((event) => event.at.getTime()));
  const before = new Date(newest - 15_000);
  const ids = [...new Set(events.map((event) => event.connectionId))];
  // settings that are being changed hold the row for a while: the next delivery notes it as well
  await tx.$executeRaw`
    with seen as materialized (
      select id from "Connection" where id = any(${ids}) and ("lastWebhookAt" is null or "lastWebhookAt" < ${before}::timestamptz)
      order by id for update skip locked
    )
    update "Connection" c set "lastWebhookAt" = ${new Date(newest)}::timestamptz from seen s where c.id = s.id`;
}
