import type { Scope } from "../../platform/engine/model.ts";
import type { ShopsDeps } from "./deps.ts";
import { isFlow } from "./model.ts";

/** Lanes that read and store; nothing is written to a platform without its own arming further down. */
const READING = new Set(["orders", "after-sales", "reports"]);
const ALWAYS = new Set(["tokens", "intake", "housekeeping"]);

/**
 * Whether the rows of a lane may be worked for a scope. `tokens`, `intake` and `housekeeping` need an installed shop or an active
 * grant (`housekeeping` also a shop that is to be erased); `orders`, `after-sales` and `reports` a usable connection; every other lane also the armed flow of its own name and no pause.
 * While selling is stopped `listings` is open all the same: nothing but taking off sale can be planned then. Unknown lanes and scopes
 * are closed.
 */
export async function isGateOpen(deps: ShopsDeps, lane: string, scope: Scope): Promise<boolean> {
  const [kind, id] = splitScope(scope);
  if (kind === "connection") return isConnectionOpen(deps, lane, id);
  if (!ALWAYS.has(lane)) return false;
  if (kind === "grant") return (await deps.db.grant.count({ where: { id, status: "active" } })) > 0;
  // a shop that left wants one thing still: to be erased
  const isErasure = lane === "housekeeping" ? [{ eraseAskedAt: { not: null } }] : [];
  return (await deps.db.shop.count({ where: { id, OR: [{ uninstalledAt: null }, ...isErasure] } })) > 0;
}

/** What a gate follows from. Asked before every turn: one statement. */
interface Standing {
  isUsable: boolean;
  armedFlows: string[];
  isPaused: boolean;
  isSellingStopped: boolean;
}

async function isConnectionOpen({ db }: ShopsDeps, lane: string, id: string): Promise<boolean> {
  const [found] = await db.$queryRaw<Standing[]>`
    select c.status = 'active' and g.status = 'active' and s."uninstalledAt" is null as "isUsable", coalesce(c."armedFlows", '{}') as "armedFlows",
      c."pausedAt" is not null as "isPaused", c."sellingStoppedAt" is not null as "isSellingStopped"
    from "Connection" c join "Grant" g on g.id = c."grantId" join "Shop" s on s.id = c."shopId" where c.id = ${id}`;
  if (!found?.isUsable) return false;
  if (ALWAYS.has(lane) || READING.has(lane)) return true;
  if (lane === "listings" && found.isSellingStopped) return true;
  return isFlow(lane) && !found.isPaused && found.armedFlows.includes(lane);
}

/** "connection:0192…" → ["connection", "0192…"]. */
export function splitScope(scope: Scope): [kind: "shop" | "grant" | "connection", id: string] {
  const at = scope.indexOf(":");
  return [scope.slice(0, at) as "shop" | "grant" | "connection", scope.slice(at + 1)];
}
