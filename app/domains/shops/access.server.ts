import type { AccessSource, ForGrant, ForShop, GrantAccess, ShopAccess } from "../../channels/port.ts";
import { atMost } from "../../platform/at-most.ts";
import { CallError } from "../../platform/errors.ts";
import type { ShopsDeps } from "./deps.ts";
import { parkGrant } from "./park-grant.server.ts";
import { connectionContext, type GrantRow, lockGrant, openTokens, sealTokens } from "./store.server.ts";

/** A token this close to its end is renewed before it is used. */
const MARGIN_MS = 60_000;
/** Longer than the deadline of the renewal call, because the row stays locked over it. */
const RENEWAL_MS = 30_000;

/**
 * What was handed out is handed out again for so long: the calls of one order follow each other. A token that was replaced meanwhile is
 * refused, and its renewal finds the new one. So long a call may also be made for a connection that has just ended.
 */
const REMEMBERED_MS = 1_000;
const MOST_REMEMBERED = 5_000;

/** Each holds a connection while the channel answers; a token host that hangs must not empty the pool. */
const GRANTS_AT_ONCE = 4;

export interface Access {
  forGrant(grantId: string): ForGrant;
  forShop(connectionId: string): ForShop;
  /** Renews when the access token ends before `before`; does nothing otherwise. */
  renewBefore(grantId: string, before: Date): Promise<void>;
}

/**
 * Hands out access that is good right now. Renewal runs under the grant's row lock, so of all processes one renews and the others
 * find the new pair; inside one process callers share one flight, so that waiting for the lock does not use up the pool. A refused
 * renewal means that the seller's grant has ended: its connections are parked, and CallError "auth" is thrown.
 */
export function createAccess(deps: ShopsDeps): Access {
  const flights = new Map<string, Promise<GrantAccess>>();
  const few = atMost(GRANTS_AT_ONCE);
  const recent = new Map<string, { access: ShopAccess; until: number }>();

  const remember = (access: ShopAccess): ShopAccess => {
    if (recent.size >= MOST_REMEMBERED) recent.clear();
    recent.set(access.connectionId, { access, until: deps.clock.now().getTime() + REMEMBERED_MS });
    return access;
  };

  const readGrant = async (grantId: string) => accessOf(await deps.db.grant.findUnique({ where: { id: grantId } }));

  const accessOf = async (grant: GrantRow | null): Promise<GrantAccess> => {
    const access = toAccess(deps, grant);
    const isOld = grant !== null && grant.accessExpiresAt.getTime() - MARGIN_MS <= deps.clock.now().getTime();
    return isOld ? renew(access) : access;
  };

  const renew = (stale: GrantAccess): Promise<GrantAccess> => {
    const running = flights.get(stale.grantId);
    if (running) return running;
    const flight = few(() => renewUnderLock(deps, stale)).finally(() => flights.delete(stale.grantId));
    flights.set(stale.grantId, flight);
    return flight;
  };

  const forGrant = (grantId: string): ForGrant => ({ get: () => readGrant(grantId), renew });

  const forShop = (connectionId: string): AccessSource<ShopAccess> => {
    const get = async (): Promise<ShopAccess> => {
      const known = recent.get(connectionId);
      if (known && known.until > deps.clock.now().getTime()) return known.access;
      const one = await deps.db.connection.findUnique({ where: { id: connectionId }, include: { grant: true } });
      if (one?.status !== "active") throw ended("the connection is not active");
      const grant = await accessOf(one.grant);
      const { channelShopId, region, currency, sellerType } = one;
      const shopKey = deps.vault.open(one.sealedAccess, connectionContext(one));
      return remember({ ...grant, connectionId, channelShopId, region, currency, sellerType, shopKey });
    };
    const renewShop = async (stale: ShopAccess) => {
      const renewed = await renew(stale).finally(() => recent.delete(connectionId));
      return { ...stale, ...renewed };
    };
    return { get, renew: renewShop };
  };

  const renewBefore = async (grantId: string, before: Date) => {
    const grant = await deps.db.grant.findUnique({ where: { id: grantId } });
    if (grant && grant.accessExpiresAt <= before) await renew(toAccess(deps, grant));
  };

  return { forGrant, forShop, renewBefore };
}

function toAccess(deps: ShopsDeps, grant: GrantRow | null): GrantAccess {
  const tokens = grant?.status === "active" ? openTokens(deps, grant) : null;
  if (!grant || !tokens) throw ended("the seller's consent has ended");
  return { grantId: grant.id, market: grant.market, accessToken: tokens.accessToken };
}

/** DESIGN asks for the row lock over the call: a second renewal with the same refresh token could cost us the grant. */
async function renewUnderLock(deps: ShopsDeps, stale: GrantAccess): Promise<GrantAccess> {
  let renewedAt: Date | undefined;
  try {
    return await deps.db.$transaction(
      async (tx) => {
        const grant = await lockGrant(tx, stale.grantId);
        renewedAt = grant?.renewedAt;
        const stored = toAccess(deps, grant);
        if (!grant || stored.accessToken !== stale.accessToken) return stored;
        const tokens = openTokens(deps, grant);
        if (!tokens) throw ended("the seller's consent has ended");
        const pair = await deps.channels(grant.channel).consent.renew(grant.market, tokens.refreshToken);
        await tx.grant.update({
          where: { id: grant.id },
          data: {
            sealedTokens: sealTokens(deps, grant, pair),
            accessExpiresAt: pair.accessExpiresAt,
            refreshExpiresAt: pair.refreshExpiresAt,
            renewedAt: deps.clock.now(),
          },
        });
        deps.log.info({ grantId: grant.id, accessExpiresAt: pair.accessExpiresAt }, "grant.renewed");
        return { ...stored, accessToken: pair.accessToken };
      },
      { timeout: RENEWAL_MS, maxWait: RENEWAL_MS },
    );
  } catch (error) {
    // "permission" is about our app (its address, its approval): it must not cost every seller a new consent
    if (error instanceof CallError && error.family === "auth") {
      await parkGrant(deps, { grantId: stale.grantId, reason: "renewal-refused", unlessRenewedAfter: renewedAt });
    }
    throw error;
  }
}

function ended(why: string): CallError {
  return new CallError(why, { family: "auth", operation: "access" });
}
