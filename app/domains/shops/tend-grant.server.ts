import { closeProblem, openProblem, recordActivity } from "../../platform/activity.server.ts";
import { after } from "../../platform/clock.ts";
import { CallError } from "../../platform/errors.ts";
import type { Access } from "./access.server.ts";
import type { ShopsDeps } from "./deps.ts";
import { parkGrant } from "./park-grant.server.ts";
import { byShop, type GrantRow } from "./store.server.ts";

const DAY_MS = 24 * 3_600_000;
const WARN_AT_DAYS = [30, 7, 1] as const;

/** The warning that is due for a grant with so much time left: 30, 7 or 1; null while there is none. Pure. */
export function warningDue(leftMs: number): (typeof WARN_AT_DAYS)[number] | null {
  return WARN_AT_DAYS.findLast((days) => leftMs <= days * DAY_MS) ?? null;
}

/**
 * Keeps one grant alive: renews its access token a day ahead, looks whether the seller still consents, and warns 30, 7 and 1 days
 * before the consent itself ends. Returns when to look again; null: the consent has ended, and whoever consents anew wants this row.
 * Throws CallError when the channel does not answer.
 */
export async function tendGrant(deps: ShopsDeps, access: Access, grantId: string): Promise<Date | null> {
  const now = deps.clock.now();
  const grant = await deps.db.grant.findUnique({ where: { id: grantId } });
  if (grant?.status !== "active") return null;
  if (grant.refreshExpiresAt <= now) {
    await parkGrant(deps, { grantId, reason: "grant-expired" });
    return null;
  }
  try {
    await access.renewBefore(grantId, after(now, DAY_MS));
    await lookAtShops(deps, access, grant);
  } catch (error) {
    if (!(error instanceof CallError) || error.family !== "auth") throw error;
    // of a pair that was renewed or consented anew meanwhile the refusal says nothing
    await parkGrant(deps, { grantId, reason: "revoked", unlessRenewedAfter: grant.renewedAt });
    return null;
  }
  return warn(deps, await deps.db.grant.findUniqueOrThrow({ where: { id: grantId } }));
}

/** A shop may have ended its own authorisation while the grant lives on. It is parked alone. */
async function lookAtShops(deps: ShopsDeps, access: Access, grant: GrantRow): Promise<void> {
  const seen = new Set(
    (await deps.channels(grant.channel).consent.shops(access.forGrant(grant.id))).map((one) => one.channelShopId),
  );
  const gone = (await deps.db.connection.findMany({ where: { grantId: grant.id, status: "active" } })).filter(
    (one) => !seen.has(one.channelShopId),
  );
  if (gone.length === 0) return;
  await deps.engine.change(async (tx) => {
    for (const one of gone) {
      await tx.connection.update({ where: { id: one.id }, data: { status: "parked", parkedReason: "revoked" } });
      const data = { names: one.name, reason: "revoked", market: grant.market, channel: grant.channel };
      await openProblem(tx, {
        shopId: one.shopId,
        key: `grant-ended:${grant.id}`,
        kind: "grant-ended",
        severity: "urgent",
        connectionId: one.id,
        data,
      });
      await recordActivity(tx, {
        shopId: one.shopId,
        actor: { kind: "job", id: "tokens" },
        event: "connection.parked",
        subject: `connection:${one.id}`,
        data: { reason: "revoked" },
      });
    }
  });
}

async function warn(deps: ShopsDeps, grant: GrantRow): Promise<Date> {
  const now = deps.clock.now();
  const leftMs = grant.refreshExpiresAt.getTime() - now.getTime();
  const due = warningDue(leftMs);
  if (due !== grant.warnedDays) {
    await deps.engine.change(async (tx) => {
      await tx.grant.update({ where: { id: grant.id }, data: { warnedDays: due } });
      const connections = await tx.connection.findMany({
        where: { grantId: grant.id, status: { not: "disconnected" } },
      });
      for (const [shopId, ours] of byShop(connections)) {
        const key = `grant-ending:${grant.id}`;
        // A renewal may have moved the end away again.
        if (due === null) await closeProblem(tx, { shopId, key });
        else {
          const severity = due === 30 ? "info" : due === 7 ? "needs-you" : "urgent";
          const data = {
            days: due,
            names: ours.map((one) => one.name).join(", "),
            endsAt: grant.refreshExpiresAt.toISOString(),
            market: grant.market,
            channel: grant.channel,
          };
          await openProblem(tx, {
            shopId,
            key,
            kind: "grant-ending",
            severity,
            affected: ours.length,
            connectionId: ours[0]?.id,
            data,
          });
        }
      }
    });
  }
  return nextLook(grant, now, leftMs);
}

/** A day before the access token ends, at the next warning, at the end, and daily: whichever comes first; never sooner than in ten minutes. */
function nextLook(grant: GrantRow, now: Date, leftMs: number): Date {
  const warnings = [...WARN_AT_DAYS, 0].map((days) => leftMs - days * DAY_MS).filter((ms) => ms > 0);
  const renewal = grant.accessExpiresAt.getTime() - DAY_MS - now.getTime();
  return after(now, Math.max(10 * 60_000, Math.min(DAY_MS, renewal, ...warnings)));
}
