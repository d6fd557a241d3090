import { closeProblem, openProblem } from "./platform/activity.server.ts";
import type { Tx } from "./platform/db.server.ts";
import { PARKED, type ParkedRow, type Scope } from "./platform/engine/model.ts";

/** The parts of the engine that trying parked work again needs. */
interface Raiser {
  change<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  raise(tx: Tx, scope: Scope, name: string): Promise<number>;
}

const keyOf = (scope: string) => `work-parked:${scope}`;

/** Rows that never came to an end are ours to fix; the merchant is told once per scope that something stands still, and may try again. */
export async function reportParked(tx: Tx, rows: ParkedRow[]): Promise<void> {
  const byScope = Map.groupBy(rows, (row) => row.scope);
  for (const [scope, parked] of byScope) {
    const owner = await ownerOf(tx, scope);
    if (!owner) continue;
    const standing = await tx.dueRow.count({ where: { scope, parkedAt: { not: null } } });
    await openProblem(tx, {
      ...owner,
      key: keyOf(scope),
      kind: "work-parked",
      severity: "urgent",
      affected: Math.max(standing, parked.length),
      data: { lane: parked[0]?.lane ?? "" },
    });
  }
}

/** Everything of a shop that was given up is tried once more; its problems close, and open again if it fails again. */
export async function tryParkedAgain(engine: Raiser, shopId: string): Promise<void> {
  await engine.change(async (tx) => {
    const scope: Scope = `shop:${shopId}`;
    const connections = await tx.connection.findMany({ where: { shopId }, select: { id: true, grantId: true } });
    const scopes = [
      scope,
      ...connections.flatMap(({ id, grantId }): Scope[] => [`connection:${id}`, `grant:${grantId}`]),
    ];
    for (const one of new Set(scopes)) {
      await engine.raise(tx, one, PARKED);
      await closeProblem(tx, { shopId, key: keyOf(one) });
    }
  });
}

async function ownerOf(tx: Tx, scope: Scope): Promise<{ shopId: string; connectionId?: string } | null> {
  const [kind, id = ""] = scope.split(":");
  if (kind === "shop") return { shopId: id };
  const where = kind === "grant" ? { grantId: id } : { id };
  const connection = await tx.connection.findFirst({ where, select: { id: true, shopId: true } });
  return connection && { shopId: connection.shopId, connectionId: connection.id };
}
