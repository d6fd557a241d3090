import { type Actor, recordActivity } from "../../platform/activity.server.ts";
import type { Tx } from "../../platform/db.server.ts";
import type { ShopsDeps } from "./deps.ts";
import { about, type SwitchOutcome } from "./pause.server.ts";
import { wakeConnections } from "./revive.server.ts";
import { type AboutConnection, changeConnection } from "./store.server.ts";

/** Raised when selling goes on: what waited only for that is due again. */
const SELLING = "selling";

/** Takes everything off sale and keeps it there. `count`: how many are on sale as the person saw it; told to the activity. */
export async function stopSelling(deps: ShopsDeps, input: AboutConnection & { actor: Actor }): Promise<SwitchOutcome> {
  const count = await deps.countOnSale(input.connectionId);
  const outcome = await changeConnection(deps, input, async (tx, row) => {
    if (row.status !== "active") return "not-connected" as const;
    if (row.sellingStoppedAt) return "already" as const;
    await holdOffSale(deps, tx, row);
    const entry = about(row, input.actor);
    await recordActivity(tx, { ...entry, event: "connection.selling-stopped", data: { ...entry.data, count } });
    return "changed" as const;
  });
  if (outcome === "changed") await wakeConnections(deps, [input.connectionId]);
  return outcome;
}

/** Within the transaction that also says why. */
export async function holdOffSale(deps: ShopsDeps, tx: Tx, row: { id: string; shopId: string }): Promise<void> {
  await tx.connection.update({ where: { id: row.id }, data: { sellingStoppedAt: deps.clock.now() } });
  await deps.hooks.sellingChanged(tx, { shopId: row.shopId, connectionId: row.id });
}

/** Puts back on sale what only this kept off. A disconnection that waits for it is called off: both cannot be meant. */
export async function resumeSelling(
  deps: ShopsDeps,
  input: AboutConnection & { actor: Actor },
): Promise<SwitchOutcome> {
  const outcome = await changeConnection(deps, input, async (tx, row) => {
    if (row.status === "disconnected") return "not-connected" as const;
    if (!row.sellingStoppedAt) return "already" as const;
    await tx.connection.update({
      where: { id: row.id },
      data: { sellingStoppedAt: null, endingAt: null, endingBy: null },
    });
    await deps.hooks.sellingChanged(tx, { shopId: row.shopId, connectionId: row.id });
    await deps.engine.raise(tx, `connection:${row.id}`, SELLING);
    await recordActivity(tx, { ...about(row, input.actor), event: "connection.selling-resumed" });
    return "changed" as const;
  });
  if (outcome === "changed") await wakeConnections(deps, [input.connectionId]);
  return outcome;
}
