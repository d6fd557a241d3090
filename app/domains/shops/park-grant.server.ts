import { closeProblem, openProblem, recordActivity } from "../../platform/activity.server.ts";
import type { ShopsDeps } from "./deps.ts";
import { byShop, lockGrant } from "./store.server.ts";

export type ParkReason = "renewal-refused" | "revoked" | "grant-expired";

/**
 * The seller's consent is gone: its connections are parked and one problem opens in each Shopify shop. Due rows are left as they
 * are; the gates keep them from being worked until somebody consents again. Safe to repeat.
 */
export async function parkGrant(
  deps: ShopsDeps,
  input: { grantId: string; reason: ParkReason; unlessRenewedAfter?: Date | undefined },
): Promise<void> {
  await deps.engine.change(async (tx) => {
    const grant = await lockGrant(tx, input.grantId);
    if (!grant || grant.status === "needs-consent") return;
    // somebody consented anew between the refusal and now: what was refused is not the pair we have
    if (input.unlessRenewedAfter && grant.renewedAt > input.unlessRenewedAfter) return;
    await tx.grant.update({ where: { id: grant.id }, data: { status: "needs-consent" } });
    const connections = await tx.connection.findMany({ where: { grantId: grant.id, status: "active" } });
    await tx.connection.updateMany({
      where: { grantId: grant.id, status: "active" },
      data: { status: "parked", parkedReason: input.reason },
    });
    for (const [shopId, ours] of byShop(connections)) {
      const names = ours.map((one) => one.name).join(", ");
      await openProblem(tx, {
        ...{
          shopId,
          key: `grant-ended:${grant.id}`,
          kind: "grant-ended",
          severity: "urgent" as const,
          affected: ours.length,
        },
        data: { names, reason: input.reason, market: grant.market, channel: grant.channel },
        connectionId: ours[0]?.id,
      });
      await closeProblem(tx, { shopId, key: `grant-ending:${grant.id}` });
      await recordActivity(tx, {
        shopId,
        actor: { kind: "job", id: "tokens" },
        event: "connection.parked",
        subject: `grant:${grant.id}`,
        data: { reason: input.reason, names },
      });
    }
    deps.log.warn({ grantId: grant.id, reason: input.reason, connections: connections.length }, "grant.parked");
  });
}
