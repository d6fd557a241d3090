import { type Actor, recordActivity } from "../../platform/activity.server.ts";
import type { ShopsDeps } from "./deps.ts";
import { flows } from "./model.ts";
import { wakeConnections } from "./revive.server.ts";
import { type AboutConnection, changeConnection } from "./store.server.ts";

export type SwitchOutcome = "changed" | "already" | "not-connected";

/** Nothing is written from now on, whatever is armed. Reading goes on and due rows stay due. */
export async function pauseAll(deps: ShopsDeps, input: AboutConnection & { actor: Actor }): Promise<SwitchOutcome> {
  return changeConnection(deps, input, async (tx, row) => {
    if (row.status === "disconnected") return "not-connected";
    if (row.pausedAt) return "already";
    await tx.connection.update({ where: { id: row.id }, data: { pausedAt: deps.clock.now() } });
    await recordActivity(tx, { ...about(row, input.actor), event: "connection.paused-all" });
    return "changed";
  });
}

/** What was turned on writes again; everything that waited is worked now. */
export async function resumeAll(deps: ShopsDeps, input: AboutConnection & { actor: Actor }): Promise<SwitchOutcome> {
  const outcome = await changeConnection(deps, input, async (tx, row) => {
    if (row.status === "disconnected") return "not-connected" as const;
    if (!row.pausedAt) return "already" as const;
    await tx.connection.update({ where: { id: row.id }, data: { pausedAt: null } });
    for (const flow of flows.filter((one) => row.armedFlows.includes(one)))
      await deps.engine.raise(tx, `connection:${row.id}`, `armed:${flow}`);
    await recordActivity(tx, { ...about(row, input.actor), event: "connection.resumed-all" });
    return "changed" as const;
  });
  if (outcome === "changed") await wakeConnections(deps, [input.connectionId]);
  return outcome;
}

/** The part of an activity that every change of a connection has. */
export const about = (row: { id: string; shopId: string; name: string }, actor: Actor) => ({
  shopId: row.shopId,
  actor,
  subject: `connection:${row.id}`,
  data: { name: row.name },
});
