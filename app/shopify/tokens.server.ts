import { Session } from "@shopify/shopify-api";
import { z } from "zod";
import type { Clock } from "../platform/clock.ts";
import type { Vault } from "../platform/crypto.server.ts";
import type { Db, Tx } from "../platform/db.server.ts";
import { CallError } from "../platform/errors.ts";
import type { Logger } from "../platform/log.server.ts";
import { isShopDomain } from "./domains.ts";
import { type Fetch, type PostAnswer, postJson } from "./http.server.ts";
import { offlineIdOf, openSession, toRow } from "./session-store.server.ts";
import type { ShopLock } from "./shop-lock.server.ts";

/** Shopify's own libraries renew this long before the end. */
const EARLY_MS = 5 * 60_000;
const DEADLINE_MS = 10_000;
/** A token that was replaced elsewhere meanwhile is refused, and then looked up anew. */
const REMEMBERED_MS = 2_000;
const MOST_REMEMBERED = 5_000;
/** Shopify fact: a refresh token lives 90 days, counted anew at every renewal. */
const WELL_BEFORE_END_MS = 60 * 24 * 3_600_000;

/** Offline access of every shop for work without a visitor. All functions throw `CallError`. */
export interface ShopTokens {
  /** A token good for at least five more minutes. Family auth, code `needs-opening`: only opening the app in the admin helps. */
  accessToken(domain: string): Promise<string>;
  /** After a 401: what somebody else stored meanwhile, else a renewed token. */
  replace(domain: string, refusedToken: string): Promise<string>;
  /** Keeps an idle shop's pair alive: renews when fewer than 60 of the 90 days are left. */
  renewIfOld(domain: string): Promise<"renewed" | "young" | "needs-opening">;
  /**
   * Uninstalled: every token of the shop goes at once. `issuedBefore` spares those of a later installation when the news come late.
   */
  forget(domain: string, options?: { issuedBefore?: Date }): Promise<void>;
}

export interface TokenDeps {
  config: { shopify: { apiKey: string; apiSecrets: string[] } };
  db: Db;
  vault: Pick<Vault, "seal" | "open">;
  lock: ShopLock;
  clock: Clock;
  log: Logger;
  /** Shopify refused to renew: tell the merchant, stop the shop's jobs. Called at least once, after the refusal is stored. */
  onNeedsOpening(domain: string): Promise<void>;
  fetch?: Fetch;
}

const pairSchema = z.object({
  access_token: z.string().min(1),
  scope: z.string().optional(),
  expires_in: z.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().positive().optional(),
});

type Stored = { session: Session; refusedAt: Date | null };

/** Tokens over the ShopifySession table. Renewal runs under the shop's lock; the new pair replaces the old in that transaction. */
export function createShopTokens(deps: TokenDeps): ShopTokens {
  const { db, vault, lock, clock, log } = deps;
  const send: Fetch = deps.fetch ?? ((input, init) => fetch(input, init));

  /** Tokens as they were found a moment ago: an order takes several calls. */
  const recent = new Map<string, { token: string; until: number }>();
  /** Changes whenever something is forgotten: what was looked up before may be what was to be forgotten. */
  let forgotten = 0;

  async function find(from: Db | Tx, domain: string): Promise<Stored | null> {
    const row = await from.shopifySession.findUnique({ where: { id: offlineIdOf(domain) } });
    return row && { session: openSession(vault, row), refusedAt: row.refusedAt };
  }

  /** Renews unless `isGood` likes what is stored once the lock is ours. Null: Shopify refused. */
  async function renew(domain: string, isGood: (session: Session) => boolean): Promise<string | null> {
    return lock.hold(domain, async (tx) => {
      const stored = await find(tx, domain);
      if (!stored) throw needsOpening(domain);
      if (stored.refusedAt) return null;
      if (stored.session.accessToken && isGood(stored.session)) return stored.session.accessToken;

      const renewed = stored.session.refreshToken
        ? await askForNewPair(domain, stored.session.refreshToken)
        : "refused";
      const where = { id: stored.session.id };
      if (renewed === "refused") {
        await tx.shopifySession.updateMany({ where, data: { refusedAt: clock.now() } });
        return null;
      }
      const session = toSession(stored.session, renewed, clock.now());
      // not an upsert: a row that an uninstallation removed meanwhile stays removed
      await tx.shopifySession.updateMany({ where, data: toRow(vault, session) });
      log.info({ shopDomain: domain }, "shopify.token-renewed");
      return renewed.access_token;
    });
  }

  /**
   * Shopify fact (2026-08-28): a used refresh token stays good until the new pair is first used, so a lost answer may be asked for
   * again with the same one.
   */
  async function askForNewPair(domain: string, refreshToken: string) {
    const ask = () =>
      postJson(send, {
        url: `https://${domain}/admin/oauth/access_token`,
        headers: {},
        body: {
          client_id: deps.config.shopify.apiKey,
          client_secret: deps.config.shopify.apiSecrets[0],
          grant_type: "refresh_token",
          refresh_token: refreshToken,
        },
        deadlineMs: DEADLINE_MS,
        operation: "token",
        changes: false,
      });
    const first = await ask().catch((error: unknown) => (error instanceof CallError ? null : Promise.reject(error)));
    const answer = first && first.status < 500 ? first : await ask();
    return readPair(answer);
  }

  async function renewOrTell(domain: string, isGood: (session: Session) => boolean): Promise<string> {
    forgetRecent(domain);
    const token = await renew(domain, isGood).finally(() => forgetRecent(domain));
    if (token) return token;
    await deps.onNeedsOpening(domain);
    throw needsOpening(domain);
  }

  function forgetRecent(domain: string): void {
    forgotten += 1;
    recent.delete(domain);
  }

  function remember(domain: string, token: string): void {
    if (recent.size >= MOST_REMEMBERED) recent.clear();
    recent.set(domain, { token, until: clock.now().getTime() + REMEMBERED_MS });
  }

  const isLongLived = (session: Session) =>
    !session.expires || session.expires.getTime() - clock.now().getTime() > EARLY_MS;

  return {
    async accessToken(domain) {
      if (!isShopDomain(domain)) throw new CallError("not a shop's address", { family: "invalid", operation: "token" });
      const known = recent.get(domain);
      if (known && known.until > clock.now().getTime()) return known.token;
      const before = forgotten;
      const stored = await find(db, domain);
      if (stored?.session.accessToken && !stored.refusedAt && isLongLived(stored.session)) {
        if (forgotten === before) remember(domain, stored.session.accessToken);
        return stored.session.accessToken;
      }
      if (!stored) throw needsOpening(domain);
      return renewOrTell(domain, isLongLived);
    },

    async replace(domain, refusedToken) {
      return renewOrTell(domain, (session) => session.accessToken !== refusedToken && isLongLived(session));
    },

    async renewIfOld(domain) {
      const stored = await find(db, domain);
      if (!stored) return "needs-opening";
      const isYoung = ({ refreshTokenExpires }: Session) =>
        !refreshTokenExpires || refreshTokenExpires.getTime() - clock.now().getTime() > WELL_BEFORE_END_MS;
      if (!stored.refusedAt && isYoung(stored.session)) return "young";
      if (await renew(domain, isYoung)) return "renewed";
      await deps.onNeedsOpening(domain);
      return "needs-opening";
    },

    async forget(domain, { issuedBefore } = {}) {
      forgetRecent(domain);
      // a refused pair is dead whenever it was written down as such
      const older = issuedBefore && [{ updatedAt: { lt: issuedBefore } }, { refusedAt: { not: null } }];
      await db.shopifySession.deleteMany({ where: { shop: domain, ...(older ? { OR: older } : {}) } });
      forgetRecent(domain);
    },
  };
}

function needsOpening(domain: string): CallError {
  return new CallError(`${domain} has no usable token: the app must be opened in the admin`, {
    family: "auth",
    code: "needs-opening",
    operation: "token",
  });
}

/** "refused": this pair is at its end. Everything else that is no pair throws: it says nothing about the pair. */
function readPair({ status, text }: PostAnswer): z.infer<typeof pairSchema> | "refused" {
  const body = parseObject(text);
  if (status === 200) {
    const pair = pairSchema.safeParse(body);
    if (pair.success) return pair.data;
    throw new CallError("token: an unreadable answer", { family: "unknown", code: "unreadable", operation: "token" });
  }
  const code = typeof body.error === "string" ? body.error : `http-${status}`;
  // wrong credentials of the app itself must not disconnect every shop
  const isOurs = code === "invalid_client";
  if ((status === 400 || status === 401) && !isOurs) return "refused";
  throw new CallError(`token: refused with ${status} ${code}`, {
    family: isOurs ? "permission" : status === 429 ? "rateLimit" : "unavailable",
    code,
    operation: "token",
  });
}

function parseObject(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {}; // an error page of some proxy: judged by its status alone
  }
}

function toSession(old: Session, pair: z.infer<typeof pairSchema>, now: Date): Session {
  const inSeconds = (seconds: number | undefined) => (seconds ? new Date(now.getTime() + seconds * 1_000) : undefined);
  return new Session({
    id: old.id,
    shop: old.shop,
    state: old.state,
    isOnline: false,
    scope: pair.scope ?? old.scope,
    accessToken: pair.access_token,
    expires: inSeconds(pair.expires_in),
    refreshToken: pair.refresh_token ?? old.refreshToken,
    refreshTokenExpires: inSeconds(pair.refresh_token_expires_in) ?? old.refreshTokenExpires,
  });
}
