import type { Connection, Grant, Shop } from "@prisma/client";
import type { Db, Tx } from "../../platform/db.server.ts";
import type { ShopsDeps } from "./deps.ts";
import type { ConnectionStatus, ConnectionView, ConsentOutcome, Flow, ReadinessFacts, ShopView } from "./model.ts";
import { isFlow, parseSettings, readinessFactsSchema } from "./model.ts";

/** Text that the seal of a grant's tokens is bound to. */
const grantContext = (grant: { channel: string; externalId: string }) => `grant:${grant.channel}:${grant.externalId}`;
/** Text that the seal of a channel shop's key is bound to. */
export const connectionContext = (one: { channel: string; channelShopId: string }) =>
  `connection:${one.channel}:${one.channelShopId}`;

/** The token pair as it lies sealed in a grant. */
export interface StoredTokens {
  accessToken: string;
  refreshToken: string;
}

export type GrantRow = Grant;
export type ConnectionRow = Connection & { shop: Shop; grant: Pick<Grant, "status" | "market" | "refreshExpiresAt"> };
/** What a connection is read with. */
export const withShop = {
  shop: true,
  grant: { select: { status: true, market: true, refreshExpiresAt: true } },
} as const;

/** Seals a token pair for its grant. */
export function sealTokens(
  deps: ShopsDeps,
  grant: { channel: string; externalId: string },
  tokens: StoredTokens,
): string {
  return deps.vault.seal(JSON.stringify(tokens), grantContext(grant));
}

/** Opens a grant's token pair. Null: they were erased. */
export function openTokens(deps: ShopsDeps, grant: Grant): StoredTokens | null {
  if (!grant.sealedTokens) return null;
  return JSON.parse(deps.vault.open(grant.sealedTokens, grantContext(grant))) as StoredTokens;
}

/** What other rooms and screens may see of a connection. */
export function viewConnection(row: ConnectionRow): ConnectionView {
  const { id, shopId, grantId, channel, channelShopId, name, region, currency, sellerType, parkedReason } = row;
  const { armedAt, ordersCutoffAt, webhooksSetAt, lastWebhookAt, createdAt } = row;
  const { pausedAt, sellingStoppedAt, endingAt, endedAt } = row;
  const chosenFlows = row.armedFlows.filter(isFlow) as Flow[];
  return {
    ...{ id, shopId, grantId, channel, channelShopId, name, region, currency, sellerType, parkedReason },
    ...{ armedAt, ordersCutoffAt, webhooksSetAt, lastWebhookAt, createdAt },
    shopDomain: row.shop.domain,
    status: row.status as ConnectionStatus,
    ...{ pausedAt, sellingStoppedAt, endingAt, endedAt, chosenFlows },
    armedFlows: pausedAt ? [] : chosenFlows,
    market: row.grant.market,
    consentEndsAt: row.grant.status === "active" ? row.grant.refreshExpiresAt : null,
    settings: parseSettings(row.settings),
    readiness: readFacts(row.readiness),
  };
}

function readFacts(stored: unknown): ReadinessFacts | null {
  const parsed = readinessFactsSchema.safeParse(stored);
  // Nothing read yet, or written by another version: the next look writes it again.
  return parsed.success ? parsed.data : null;
}

/** What other rooms and screens may see of a shop. */
export function viewShop(row: Shop): ShopView {
  const { id, domain, name, currency, timezone, taxesIncluded, isDevelopment, grantedScopes, contextReadAt } = row;
  return {
    id,
    domain,
    name,
    currency,
    timezone,
    taxesIncluded,
    isDevelopment,
    grantedScopes,
    contextReadAt,
    guideDismissedAt: row.guideDismissedAt,
    isInstalled: row.uninstalledAt === null,
    needsOpening: row.needsOpeningAt !== null,
  };
}

/** Reads a connection of this shop. Null: there is none, or it is another shop's. */
export async function findConnection(
  db: Db | Tx,
  where: { shopId: string; connectionId: string },
): Promise<ConnectionRow | null> {
  return db.connection.findFirst({ where: { id: where.connectionId, shopId: where.shopId }, include: withShop });
}

/** The connection that currently works with a channel shop, whichever Shopify shop it belongs to. */
export async function findConnectionOfChannelShop(
  db: Db | Tx,
  channel: string,
  channelShopId: string,
): Promise<ConnectionRow | null> {
  return db.connection.findFirst({
    where: { channel, channelShopId, status: { not: "disconnected" }, shop: { uninstalledAt: null } },
    include: withShop,
    orderBy: { createdAt: "asc" },
  });
}

/** The lock under which a channel shop changes hands: two stores connecting it at once must not both win. Held until the transaction ends. */
export async function lockChannelShop(tx: Tx, channel: string, channelShopId: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`channel-shop:${channel}:${channelShopId}`}, 0))`;
}

/** The lock under which a grant's tokens are renewed or its state changes. Null: no such grant. Held until the transaction ends. */
export async function lockGrant(tx: Tx, grantId: string): Promise<Grant | null> {
  await tx.$queryRaw`select 1 from "Grant" where id = ${grantId} for update`;
  return tx.grant.findUnique({ where: { id: grantId } });
}

/** Connections by the Shopify shop they belong to. */
export function byShop<T extends { shopId: string }>(connections: T[]): [shopId: string, ours: T[]][] {
  const ids = [...new Set(connections.map((one) => one.shopId))];
  return ids.map((shopId) => [shopId, connections.filter((one) => one.shopId === shopId)]);
}

export type ConnectedShops = Extract<ConsentOutcome, { outcome: "connected" }>["connections"];

export interface AboutConnection {
  shopId: string;
  connectionId: string;
}

/**
 * Changes one connection of this shop under its lock, the grant's before it where the consent may end with it. Of several at once each
 * sees what the one before left. "not-connected": this shop has none of that id.
 */
export async function changeConnection<T>(
  deps: ShopsDeps,
  where: AboutConnection,
  change: (tx: Tx, row: Connection) => Promise<T>,
  options: { endsGrant?: boolean } = {},
): Promise<T | "not-connected"> {
  return deps.engine.change(async (tx) => {
    const found = await tx.connection.findFirst({ where: { id: where.connectionId, shopId: where.shopId } });
    if (!found) return "not-connected" as const;
    if (options.endsGrant) await lockGrant(tx, found.grantId);
    await tx.$queryRaw`select 1 from "Connection" where id = ${found.id} for update`;
    return change(tx, await tx.connection.findUniqueOrThrow({ where: { id: found.id } }));
  });
}
