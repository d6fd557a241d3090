import type { ChannelShop, Consent, ConsentPort, GrantAccess } from "../../channels/port.ts";
import { type Actor, closeProblem, recordActivity } from "../../platform/activity.server.ts";
import type { Tx } from "../../platform/db.server.ts";
import { CallError } from "../../platform/errors.ts";
import { type OpenTicket, takeClaim, takeTicket } from "./consent-ticket.server.ts";
import type { ShopsDeps } from "./deps.ts";
import type { ConsentOutcome } from "./model.ts";
import { reviveConnection, wakeConnections } from "./revive.server.ts";
import {
  type ConnectedShops,
  connectionContext,
  findConnectionOfChannelShop,
  lockChannelShop,
  sealTokens,
} from "./store.server.ts";

/** The seller came back with a state. Without a good ticket nothing is called and nothing stored. `code` null: the seller refused. */
export async function finishConsent(
  deps: ShopsDeps,
  input: { channel: string; code: string | null; state: string },
): Promise<ConsentOutcome> {
  const ticket = await takeTicket(deps, { channel: input.channel, ticket: input.state });
  if (!ticket) return { outcome: "bad-state" };
  if (!input.code) return { outcome: "refused-by-seller", shopDomain: ticket.shopDomain };
  return connect(deps, ticket, input.code, [ticket.market]);
}

/** Somebody inside the admin claims a consent that began in the channel's own store. */
export async function claimConsent(
  deps: ShopsDeps,
  input: { shopId: string; staffId: string; claim: string },
): Promise<ConsentOutcome> {
  const shop = await deps.db.shop.findUniqueOrThrow({ where: { id: input.shopId } });
  const kept = await takeClaim(deps, input.claim);
  if (!kept) return { outcome: "bad-state" };
  const markets = deps
    .channels(kept.channel)
    .consent.markets()
    .map((one) => one.id);
  // The channel's own store does not say which app registration it was: a code is good for exactly one of them.
  const ticket = {
    shopId: shop.id,
    shopDomain: shop.domain,
    staffId: input.staffId,
    channel: kept.channel,
    market: markets[0] ?? "",
    connectionId: null,
  };
  return connect(deps, ticket, kept.code, markets);
}

async function connect(deps: ShopsDeps, ticket: OpenTicket, code: string, markets: string[]): Promise<ConsentOutcome> {
  const { shopDomain } = ticket;
  const { consent: port } = deps.channels(ticket.channel);
  const exchanged = await exchange(port, code, markets);
  if (!exchanged) return { outcome: "code-refused", shopDomain };
  const { consent, market } = exchanged;
  if (consent.kind !== "seller") return { outcome: "not-a-seller", shopDomain };
  const missing = port.neededScopes.filter((scope) => !consent.scopes.includes(scope));
  if (missing.length > 0) return { outcome: "missing-scopes", shopDomain, scopes: missing };
  const shops = await port.shops(freshAccess(consent, market));
  if (shops.length === 0) return { outcome: "no-shops", shopDomain };
  const outcome = await deps.engine.change((tx) => storeConsent(deps, tx, { ticket, consent, market, shops }));
  await wakeConnections(deps, await connectionsOfGrant(deps, ticket.channel, consent.externalId));
  return outcome;
}

async function connectionsOfGrant(deps: ShopsDeps, channel: string, externalId: string): Promise<string[]> {
  const rows = await deps.db.connection.findMany({
    where: { status: "active", grant: { channel, externalId } },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

async function exchange(
  port: ConsentPort,
  code: string,
  markets: string[],
): Promise<{ consent: Consent; market: string } | null> {
  for (const market of markets) {
    try {
      return { consent: await port.exchange(market, code), market };
    } catch (error) {
      if (!(error instanceof CallError) || !["auth", "permission", "invalid", "notFound"].includes(error.family))
        throw error;
    }
  }
  return null;
}

/** The token pair was given this second; there is nothing to renew it with yet. */
function freshAccess(consent: Consent, market: string) {
  const access: GrantAccess = { grantId: `new:${consent.externalId}`, market, accessToken: consent.accessToken };
  return {
    get: async () => access,
    renew: async () => {
      throw new CallError("the new token was refused", { family: "auth", operation: "shops" });
    },
  };
}

interface NewConsent {
  ticket: OpenTicket;
  consent: Consent;
  market: string;
  shops: ChannelShop[];
}

async function storeConsent(deps: ShopsDeps, tx: Tx, input: NewConsent): Promise<ConsentOutcome> {
  const { ticket, shops } = input;
  const taken: string[] = [];
  const free: ChannelShop[] = [];
  for (const one of [...shops].sort((a, b) => a.channelShopId.localeCompare(b.channelShopId))) {
    await lockChannelShop(tx, ticket.channel, one.channelShopId);
    const holder = await findConnectionOfChannelShop(tx, ticket.channel, one.channelShopId);
    if (holder && holder.shopId !== ticket.shopId) taken.push(one.name);
    else free.push(one);
  }
  // The seller's other store goes on with the new pair: the channel may have ended the old one.
  if (free.length === 0 && !(await hasGrant(tx, input)))
    return { outcome: "shop-taken", shopDomain: ticket.shopDomain, names: taken };
  const grantId = await storeGrant(deps, tx, input);
  if (free.length === 0) return { outcome: "shop-taken", shopDomain: ticket.shopDomain, names: taken };
  const connections: ConnectedShops = [];
  for (const one of await meantShops(tx, ticket, free))
    connections.push(await storeConnection(deps, tx, { ...input, grantId, shop: one }));
  return { outcome: "connected", shopDomain: ticket.shopDomain, connections };
}

/** A shop the merchant disconnected comes back only when the consent was asked for it, or for all: renewing another must not reconnect it. */
async function meantShops(
  tx: Tx,
  { shopId, channel, connectionId }: OpenTicket,
  free: ChannelShop[],
): Promise<ChannelShop[]> {
  if (connectionId === null) return free;
  const left = await tx.connection.findMany({
    where: { shopId, channel, id: { not: connectionId }, endedAt: { not: null } },
    select: { channelShopId: true },
  });
  return free.filter((one) => !left.some((row) => row.channelShopId === one.channelShopId));
}

async function hasGrant(tx: Tx, { ticket, consent }: NewConsent): Promise<boolean> {
  const where = { channel_externalId: { channel: ticket.channel, externalId: consent.externalId } };
  return (await tx.grant.findUnique({ where })) !== null;
}

async function storeGrant(deps: ShopsDeps, tx: Tx, { ticket, consent, market }: NewConsent): Promise<string> {
  const key = { channel: ticket.channel, externalId: consent.externalId };
  const data = {
    ...{ market, sellerName: consent.sellerName, scopes: consent.scopes, status: "active", warnedDays: null },
    ...{ accessExpiresAt: consent.accessExpiresAt, refreshExpiresAt: consent.refreshExpiresAt },
    sealedTokens: sealTokens(deps, key, consent),
    renewedAt: deps.clock.now(),
  };
  const grant = await tx.grant.upsert({
    where: { channel_externalId: key },
    create: { ...key, ...data },
    update: data,
  });
  // Everything parked for want of this consent goes on, in whichever store.
  const parked = await tx.connection.findMany({ where: { grantId: grant.id, status: "parked" } });
  for (const one of parked) await reviveConnection(deps, tx, one.id);
  for (const { shopId } of await tx.connection.findMany({
    where: { grantId: grant.id },
    distinct: ["shopId"],
    select: { shopId: true },
  })) {
    await closeProblem(tx, { shopId, key: `grant-ended:${grant.id}` });
    await closeProblem(tx, { shopId, key: `grant-ending:${grant.id}` });
  }
  await deps.engine.want(tx, { lane: "tokens", scope: `grant:${grant.id}`, subject: `grant:${grant.id}` });
  await deps.engine.raise(tx, `grant:${grant.id}`, `grant:${grant.id}`);
  return grant.id;
}

async function storeConnection(
  deps: ShopsDeps,
  tx: Tx,
  input: NewConsent & { grantId: string; shop: ChannelShop },
): Promise<{ id: string; name: string }> {
  const { ticket, shop, grantId } = input;
  const key = { shopId: ticket.shopId, channel: ticket.channel, channelShopId: shop.channelShopId };
  const data = {
    ...{ grantId, name: shop.name, region: shop.region, currency: shop.currency, sellerType: shop.sellerType },
    sealedAccess: deps.vault.seal(shop.shopKey, connectionContext(key)),
  };
  const before = await tx.connection.findUnique({ where: { shopId_channel_channelShopId: key } });
  if (before && before.grantId !== grantId)
    await closeProblem(tx, { shopId: ticket.shopId, key: `grant-ended:${before.grantId}` });
  const row = await tx.connection.upsert({
    where: { shopId_channel_channelShopId: key },
    create: { ...key, ...data, status: "parked" },
    update: data,
  });
  await reviveConnection(deps, tx, row.id);
  const actor: Actor = { kind: "staff", id: ticket.staffId };
  await recordActivity(tx, {
    shopId: ticket.shopId,
    actor,
    event: before ? "connection.consented-again" : "connection.connected",
    subject: `connection:${row.id}`,
    data: { name: shop.name, region: shop.region },
  });
  return { id: row.id, name: row.name };
}
