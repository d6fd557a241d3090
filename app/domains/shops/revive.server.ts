import type { Tx } from "../../platform/db.server.ts";
import type { ShopsDeps } from "./deps.ts";

/**
 * A connection works (again): its webhooks are registered and its readiness read as due rows, so that a failing call is tried again.
 * Rows that stayed due while it was parked are worked as soon as its lanes are woken.
 */
export async function reviveConnection(deps: ShopsDeps, tx: Tx, connectionId: string): Promise<void> {
  const before = await tx.connection.findUniqueOrThrow({ where: { id: connectionId } });
  const { shopId } = await tx.connection.update({
    where: { id: connectionId },
    data: {
      ...{ status: "active", parkedReason: null, webhooksSetAt: null },
      // who consents anew does not want it to end
      ...{ endingAt: null, endingBy: null, endedAt: null },
    },
  });
  const scope = `connection:${connectionId}` as const;
  await deps.engine.want(tx, [
    { lane: "housekeeping", scope, subject: "webhooks" },
    { lane: "housekeeping", scope, subject: "readiness" },
  ]);
  await deps.hooks.connected(tx, { shopId, connectionId });
  // nobody kept listings and stock true meanwhile: all of it is compared again
  if (before.endedAt) await deps.hooks.settingsChanged(tx, { shopId, connectionId });
}

/** After the commit: nobody waits for the next sweep. Best effort. */
export async function wakeConnections(deps: ShopsDeps, connectionIds: string[]): Promise<void> {
  for (const id of connectionIds) for (const lane of deps.laneNames) await deps.engine.wake(lane, `connection:${id}`);
}
