import { Session } from "@shopify/shopify-api";
import type { SessionStorage } from "@shopify/shopify-app-session-storage";
import type { Vault } from "../platform/crypto.server.ts";
import type { Db, Tx } from "../platform/db.server.ts";

type Vaulted = Pick<Vault, "seal" | "open">;

/**
 * The library's session store over the ShopifySession table: everything secret is sealed before it is written. `db()` gives the
 * connection that holds the shop's lock, if any. A pair Shopify refused to renew is not handed out, so that the next visit
 * exchanges anew.
 */
export function createSessionStore(deps: { db: () => Db | Tx; vault: Vaulted }): SessionStorage {
  const { db, vault } = deps;
  return {
    async storeSession(session) {
      const row = { ...toRow(vault, session), announcedAt: null };
      await db().shopifySession.upsert({ where: { id: session.id }, create: { id: session.id, ...row }, update: row });
      return true;
    },
    async loadSession(id) {
      const row = await db().shopifySession.findUnique({ where: { id } });
      return row && !row.refusedAt ? openSession(vault, row) : undefined;
    },
    async deleteSession(id) {
      await db().shopifySession.deleteMany({ where: { id } });
      return true;
    },
    async deleteSessions(ids) {
      await db().shopifySession.deleteMany({ where: { id: { in: ids } } });
      return true;
    },
    async findSessionsByShop(shop) {
      const rows = await db().shopifySession.findMany({ where: { shop }, take: 100 });
      return rows.map((row) => openSession(vault, row));
    },
  };
}

/** Shopify's library names a shop's offline session so. */
export function offlineIdOf(domain: string): string {
  return `offline_${domain}`;
}

/** The session of a stored row. Throws when the row was sealed for another id or with an unknown key. */
export function openSession(vault: Vaulted, row: { id: string; sealed: string }): Session {
  return Session.fromPropertyArray(JSON.parse(vault.open(row.sealed, contextOf(row.id))), true);
}

/** The columns of a session; a fresh pair lifts an earlier refusal. */
export function toRow(vault: Vaulted, session: Session) {
  return {
    shop: session.shop,
    isOnline: session.isOnline,
    scope: session.scope ?? null,
    expires: session.expires ?? null,
    refreshTokenExpires: session.refreshTokenExpires ?? null,
    refusedAt: null,
    sealed: vault.seal(JSON.stringify(session.toPropertyArray(true)), contextOf(session.id)),
  };
}

function contextOf(id: string): string {
  return `shopify-session:${id}`;
}
