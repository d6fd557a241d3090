import { randomBytes } from "node:crypto";

/** An access token as the sandbox remembers it. */
export interface AccessToken {
  shop: string;
  expiresAt: number;
  kind: "offline" | "online";
  /** The refresh token that made it, good until this token is first used. */
  bornOf: string | null;
}

interface RefreshToken {
  shop: string;
  expiresAt: number;
}

export interface OfflinePair {
  accessToken: string;
  refreshToken: string;
}

export interface Tokens {
  issueOffline(shop: string, lifeMs: number, now: number, bornOf?: string): OfflinePair;
  issueOnline(shop: string, lifeMs: number, now: number): string;
  /** The shop's former offline pairs stop working at once. */
  revokeOffline(shop: string): void;
  revokeAll(shop: string): void;
  /** The token if it may be used now; using it ends the refresh token it came from. */
  use(token: string, shop: string, now: number): AccessToken | null;
  /** Whether `use` would give the token; changes nothing. */
  isGood(token: string, shop: string, now: number): boolean;
  canRefresh(refreshToken: string, shop: string, now: number): boolean;
  clear(): void;
}

/** Shopify fact: refresh tokens live 90 days, counted anew with each refresh. */
export const REFRESH_LIFE_S = 90 * 24 * 3600;

/**
 * Tokens of all shops. Shopify facts: one live expiring offline token per app and shop, a new exchange revokes the former;
 * a used refresh token stays good until the pair it gave is first used, so that a lost answer can be asked for again.
 */
export function createTokens(): Tokens {
  const access = new Map<string, AccessToken>();
  const refresh = new Map<string, RefreshToken>();
  const make = (prefix: string) => `${prefix}_${randomBytes(16).toString("hex")}`;
  const dropAccess = (shop: string, kind?: AccessToken["kind"]) => {
    for (const [token, one] of access) if (one.shop === shop && (!kind || one.kind === kind)) access.delete(token);
  };
  const dropRefresh = (shop: string, except?: string) => {
    for (const [token, one] of refresh) if (one.shop === shop && token !== except) refresh.delete(token);
  };
  const find = (token: string, shop: string, now: number) => {
    const known = access.get(token);
    return known && known.shop === shop && known.expiresAt > now ? known : null;
  };
  return {
    isGood: (token, shop, now) => find(token, shop, now) !== null,
    issueOffline(shop, lifeMs, now, bornOf) {
      dropAccess(shop, "offline");
      dropRefresh(shop, bornOf);
      const accessToken = make("shpat");
      const refreshToken = make("shprt");
      access.set(accessToken, { shop, expiresAt: now + lifeMs, kind: "offline", bornOf: bornOf ?? null });
      refresh.set(refreshToken, { shop, expiresAt: now + REFRESH_LIFE_S * 1000 });
      return { accessToken, refreshToken };
    },
    issueOnline(shop, lifeMs, now) {
      const token = make("shpua");
      access.set(token, { shop, expiresAt: now + lifeMs, kind: "online", bornOf: null });
      return token;
    },
    revokeOffline(shop) {
      dropAccess(shop, "offline");
      dropRefresh(shop);
    },
    revokeAll(shop) {
      dropAccess(shop);
      dropRefresh(shop);
    },
    use(token, shop, now) {
      const known = find(token, shop, now);
      if (known?.bornOf) {
        refresh.delete(known.bornOf);
        known.bornOf = null;
      }
      return known;
    },
    canRefresh(refreshToken, shop, now) {
      const known = refresh.get(refreshToken);
      return !!known && known.shop === shop && known.expiresAt > now;
    },
    clear() {
      access.clear();
      refresh.clear();
    },
  };
}
