import { type Actor, closeProblem, recordActivity } from "../../platform/activity.server.ts";
import { after } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.server.ts";
import type { Claim, DrainContext } from "../../platform/engine/model.ts";
import type { ShopsDeps } from "./deps.ts";
import { about, type SwitchOutcome } from "./pause.server.ts";
import { wakeConnections } from "./revive.server.ts";
import { holdOffSale } from "./stop-selling.server.ts";
import { type AboutConnection, changeConnection } from "./store.server.ts";

/** How often an ending looks whether anything is still on sale. */
const LOOK_MS = 2_000;

/** What becomes of listings that are on sale. `leave`: they stay, and nobody keeps their stock any more. */
export type ListingsAtEnd = "leave" | "take-off";

/**
 * Ends a connection at once, or as soon as everything is off sale. Taking off needs the consent, so it is refused ("consent-needed") when
 * that is gone. Asking again with `leave` ends at once what is still waiting.
 */
export async function disconnect(
  deps: ShopsDeps,
  input: AboutConnection & { actor: Actor; listings: ListingsAtEnd },
): Promise<SwitchOutcome | "consent-needed" | "ending"> {
  const outcome = await changeConnection(
    deps,
    input,
    async (tx, row) => {
      if (row.status === "disconnected") return "already" as const;
      if (input.listings === "leave") {
        await endConnection(deps, tx, row, input.actor, "leave");
        return "changed" as const;
      }
      if (row.status !== "active") return "consent-needed" as const;
      if (row.endingAt) return "ending" as const;
      if (!row.sellingStoppedAt) await holdOffSale(deps, tx, row);
      await tx.connection.update({
        where: { id: row.id },
        data: { endingAt: deps.clock.now(), endingBy: input.actor.id },
      });
      await deps.engine.want(tx, { lane: "housekeeping", scope: `connection:${row.id}`, subject: "ending" });
      await recordActivity(tx, { ...about(row, input.actor), event: "connection.ending" });
      return "ending" as const;
    },
    { endsGrant: true },
  );
  if (outcome === "ending") await wakeConnections(deps, [input.connectionId]);
  return outcome;
}

/** Calls a disconnection off that has not ended yet. What is off sale stays off until selling is resumed. */
export async function keepConnected(
  deps: ShopsDeps,
  input: AboutConnection & { actor: Actor },
): Promise<SwitchOutcome> {
  return changeConnection(deps, input, async (tx, row) => {
    if (row.status === "disconnected") return "not-connected";
    if (!row.endingAt) return "already";
    await tx.connection.update({ where: { id: row.id }, data: { endingAt: null, endingBy: null } });
    await recordActivity(tx, { ...about(row, input.actor), event: "connection.kept" });
    return "changed";
  });
}

/** Work of `ending`: ends the connection once nothing of it is on sale. Called off meanwhile, or ended already: nothing to do. */
export async function tendEnding(
  deps: ShopsDeps,
  connectionId: string,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const row = await deps.db.connection.findUnique({ where: { id: connectionId } });
  if (!row?.endingAt || row.status === "disconnected") {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  const left = await deps.countOnSale(connectionId);
  if (left > 0) {
    await ctx.end(claim, { kind: "later", at: after(ctx.now(), LOOK_MS), reason: `${left} listings are on sale` });
    return;
  }
  await changeConnection(
    deps,
    { shopId: row.shopId, connectionId },
    async (tx, now) => {
      if (now.endingAt && now.status !== "disconnected")
        await endConnection(deps, tx, now, { kind: "staff", id: now.endingBy ?? "" }, "take-off");
      await ctx.end(claim, { kind: "done" }, tx);
    },
    { endsGrant: true },
  );
}

type Row = { id: string; shopId: string; grantId: string; name: string };

/** Tokens go, every row stays. The grant's tokens stay only while another connection lives by them. */
async function endConnection(deps: ShopsDeps, tx: Tx, row: Row, actor: Actor, listings: ListingsAtEnd): Promise<void> {
  await tx.connection.update({
    where: { id: row.id },
    data: {
      ...{ status: "disconnected", parkedReason: "disconnected", sealedAccess: "", webhooksSetAt: null },
      ...{ endedAt: deps.clock.now(), endingAt: null, endingBy: null },
    },
  });
  const others = await tx.connection.count({ where: { grantId: row.grantId, status: { not: "disconnected" } } });
  if (others === 0) {
    await tx.grant.update({ where: { id: row.grantId }, data: { status: "needs-consent", sealedTokens: "" } });
  }
  const ours = await tx.connection.count({
    where: { grantId: row.grantId, shopId: row.shopId, status: { not: "disconnected" } },
  });
  const keys = [
    `not-ready:${row.id}`,
    ...(ours === 0 ? [`grant-ended:${row.grantId}`, `grant-ending:${row.grantId}`] : []),
  ];
  for (const key of keys) await closeProblem(tx, { shopId: row.shopId, key, at: deps.clock.now() });
  const entry = about(row, actor);
  await recordActivity(tx, { ...entry, event: "connection.disconnected", data: { ...entry.data, listings } });
  deps.log.info({ connectionId: row.id, listings, tokensRemoved: others === 0 }, "connection.disconnected");
}
