import { createHash, randomBytes } from "node:crypto";
import { after } from "../../platform/clock.ts";
import type { ShopsDeps } from "./deps.ts";

const TICKET_MS = 10 * 60_000;
/** TikTok Shop fact: a consent code is good for 30 minutes. A little less, so that a claim never meets a dead code. */
const CLAIM_MS = 28 * 60_000;

/** What is stored is the hash, so that a reader of the database cannot use an open ticket. */
const hashTicket = (secret: string): string => createHash("sha256").update(secret).digest("base64url");
const newSecret = () => randomBytes(32).toString("base64url");

export interface OpenTicket {
  shopId: string;
  shopDomain: string;
  staffId: string;
  channel: string;
  market: string;
  /** The connection this consent is meant for; null: every shop of the seller. */
  connectionId: string | null;
}

/** Makes a one-time ticket, good for ten minutes and bound to shop and person. It travels as the OAuth state. */
export async function makeConsentTicket(
  deps: ShopsDeps,
  input: { shopId: string; staffId: string; channel: string; market?: string; connectionId?: string | undefined },
): Promise<{ ticket: string; url: string }> {
  const ticket = newSecret();
  const market = input.market ?? deps.channels(input.channel).consent.markets()[0]?.id;
  if (!market) throw new Error(`channel ${input.channel} has no app registration`);
  const { shopId, staffId, channel, connectionId = null } = input;
  const expiresAt = after(deps.clock.now(), TICKET_MS);
  await deps.db.consentTicket.create({
    data: { id: hashTicket(ticket), shopId, staffId, channel, market, connectionId, expiresAt },
  });
  return { ticket, url: `/connect/${channel}?ticket=${ticket}` };
}

/** What a ticket that is still good is for, so that whoever opens its link can see it. Null: it is not. Looking does not use it up. */
export async function lookAtTicket(
  deps: ShopsDeps,
  input: { channel: string; ticket: string },
): Promise<{ shopDomain: string; shopName: string } | null> {
  const found = await findOpenTicket(deps, input);
  const shop = found ? await deps.db.shop.findUnique({ where: { id: found.shopId } }) : null;
  return shop && !shop.uninstalledAt ? { shopDomain: shop.domain, shopName: shop.name } : null;
}

/** Where the seller consents, for a ticket that is still good. Null: it is not. The ticket is not used up by looking. */
export async function startConsent(
  deps: ShopsDeps,
  input: { channel: string; ticket: string },
): Promise<string | null> {
  const found = await findOpenTicket(deps, input);
  return found ? deps.channels(found.channel).consent.consentUrl(found.market, input.ticket) : null;
}

async function findOpenTicket(deps: ShopsDeps, { channel, ticket }: { channel: string; ticket: string }) {
  const found = await deps.db.consentTicket.findUnique({ where: { id: hashTicket(ticket) } });
  const isOpen = found?.channel === channel && !found.usedAt && found.expiresAt > deps.clock.now();
  return isOpen ? found : null;
}

/** Uses a ticket up. Null: forged, expired, used before, or of an uninstalled shop; nothing is changed then. */
export async function takeTicket(
  deps: ShopsDeps,
  input: { channel: string; ticket: string },
): Promise<OpenTicket | null> {
  const now = deps.clock.now();
  const id = hashTicket(input.ticket);
  const { count } = await deps.db.consentTicket.updateMany({
    where: { id, channel: input.channel, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (count === 0) return null;
  const ticket = await deps.db.consentTicket.findUniqueOrThrow({ where: { id } });
  const shop = await deps.db.shop.findUnique({ where: { id: ticket.shopId } });
  if (!shop || shop.uninstalledAt) return null;
  const { shopId, staffId, channel, market, connectionId } = ticket;
  return { shopId, shopDomain: shop.domain, staffId, channel, market, connectionId };
}

/**
 * Keeps the code of a consent that began in the channel's own store, sealed, until somebody claims it inside the admin. Returns the
 * random value that the browser carries there; only its hash is stored.
 */
export async function keepUnclaimed(
  deps: ShopsDeps,
  input: { channel: string; code: string },
): Promise<{ claim: string }> {
  const claim = newSecret();
  const id = hashTicket(claim);
  await deps.db.unclaimedConsent.create({
    data: {
      id,
      channel: input.channel,
      market: "",
      sealedCode: deps.vault.seal(input.code, `claim:${id}`),
      expiresAt: after(deps.clock.now(), CLAIM_MS),
    },
  });
  return { claim };
}

/** Whether a claim can still be used; for showing the button. */
export async function isClaimable(deps: ShopsDeps, claim: string): Promise<boolean> {
  const found = await deps.db.unclaimedConsent.findUnique({ where: { id: hashTicket(claim) } });
  return found !== null && found.claimedAt === null && found.expiresAt > deps.clock.now();
}

/** Uses a claim up and opens its code. Null: forged, expired or used before. */
export async function takeClaim(deps: ShopsDeps, claim: string): Promise<{ channel: string; code: string } | null> {
  const now = deps.clock.now();
  const id = hashTicket(claim);
  const { count } = await deps.db.unclaimedConsent.updateMany({
    where: { id, claimedAt: null, expiresAt: { gt: now } },
    data: { claimedAt: now },
  });
  if (count === 0) return null;
  const kept = await deps.db.unclaimedConsent.findUniqueOrThrow({ where: { id } });
  await deps.db.unclaimedConsent.update({ where: { id }, data: { sealedCode: "" } });
  return { channel: kept.channel, code: deps.vault.open(kept.sealedCode, `claim:${id}`) };
}

/** Forgets tickets and claims that are long over. */
export async function sweepTickets(deps: ShopsDeps): Promise<void> {
  const old = after(deps.clock.now(), -24 * 3_600_000);
  await deps.db.consentTicket.deleteMany({ where: { expiresAt: { lt: old } } });
  await deps.db.unclaimedConsent.deleteMany({ where: { expiresAt: { lt: old } } });
}
