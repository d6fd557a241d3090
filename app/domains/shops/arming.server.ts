import { type Actor, recordActivity } from "../../platform/activity.server.ts";
import type { ShopsDeps } from "./deps.ts";
import { judgeReadiness } from "./judge-readiness.ts";
import {
  type ArmOutcome,
  type ConnectionSettings,
  connectionSettingsSchema,
  type Flow,
  flows,
  isFlow,
} from "./model.ts";
import { findConnection, viewConnection } from "./store.server.ts";

/**
 * Lets the named flows write from now on and raises what waited for them. Refused while something blocking fails. The first arming
 * fixes the cut-off for orders: older ones are shown, not imported.
 */
export async function armFlows(
  deps: ShopsDeps,
  input: { shopId: string; connectionId: string; flows: Flow[]; actor: Actor; ordersFrom?: Date },
): Promise<ArmOutcome> {
  const row = await findConnection(deps.db, input);
  if (row?.status !== "active") return { outcome: "not-connected" };
  const one = viewConnection(row);
  const readiness = judgeReadiness(one.readiness, one.settings, one);
  if (!readiness.ok) return { outcome: "not-ready", failing: readiness.failing.filter((item) => item.blocks) };
  const scope = `connection:${one.id}` as const;
  const armed = await deps.engine.change(async (tx) => {
    await tx.$queryRaw`select 1 from "Connection" where id = ${one.id} for update`;
    const now = await tx.connection.findUniqueOrThrow({ where: { id: one.id } });
    const all = flows.filter((flow) => now.armedFlows.includes(flow) || input.flows.includes(flow));
    const ordersCutoffAt =
      now.ordersCutoffAt ?? (input.flows.includes("orders") ? (input.ordersFrom ?? deps.clock.now()) : null);
    await tx.connection.update({
      where: { id: one.id },
      data: { armedFlows: all, armedAt: now.armedAt ?? deps.clock.now(), ordersCutoffAt },
    });
    for (const flow of input.flows) await deps.engine.raise(tx, scope, `armed:${flow}`);
    await recordActivity(tx, {
      shopId: one.shopId,
      actor: input.actor,
      event: "connection.armed",
      subject: scope,
      data: { flows: input.flows },
    });
    return all;
  });
  for (const lane of deps.laneNames) await deps.engine.wake(lane, scope);
  return { outcome: "armed", flows: armed };
}

/** Stops the named flows from writing (the pause button). Reading goes on; due rows stay due. False: no such connection. */
export async function disarmFlows(
  deps: ShopsDeps,
  input: { shopId: string; connectionId: string; flows: Flow[]; actor: Actor },
): Promise<boolean> {
  const row = await findConnection(deps.db, input);
  if (!row) return false;
  await deps.engine.change(async (tx) => {
    await tx.$queryRaw`select 1 from "Connection" where id = ${row.id} for update`;
    const now = await tx.connection.findUniqueOrThrow({ where: { id: row.id } });
    const left = now.armedFlows.filter((flow) => isFlow(flow) && !input.flows.includes(flow));
    await tx.connection.update({ where: { id: row.id }, data: { armedFlows: left } });
    await recordActivity(tx, {
      shopId: row.shopId,
      actor: input.actor,
      event: "connection.paused",
      subject: `connection:${row.id}`,
      data: { flows: input.flows },
    });
  });
  return true;
}

export type SettingsOutcome =
  | { outcome: "saved"; settings: ConnectionSettings }
  | { outcome: "invalid"; fields: Record<string, string> }
  | { outcome: "not-connected" };

/** Changes some of a connection's settings; the others stay. Whoever depends on them is told through the `settings` name. */
export async function saveSettings(
  deps: ShopsDeps,
  input: { shopId: string; connectionId: string; change: Record<string, unknown>; actor: Actor },
): Promise<SettingsOutcome> {
  const row = await findConnection(deps.db, input);
  if (!row) return { outcome: "not-connected" };
  const before = viewConnection(row);
  const parsed = connectionSettingsSchema.safeParse({ ...before.settings, ...input.change });
  if (!parsed.success)
    return {
      outcome: "invalid",
      fields: Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join("."), issue.code])),
    };
  const scope = `connection:${row.id}` as const;
  await deps.engine.change(async (tx) => {
    await tx.connection.update({ where: { id: row.id }, data: { settings: parsed.data } });
    await deps.engine.want(tx, { lane: "housekeeping", scope, subject: "readiness" });
    await deps.engine.raise(tx, scope, "settings");
    await deps.hooks.settingsChanged(tx, { shopId: row.shopId, connectionId: row.id });
    await recordActivity(tx, {
      shopId: row.shopId,
      actor: input.actor,
      event: "connection.settings-changed",
      subject: scope,
      data: { fields: Object.keys(input.change) },
    });
  });
  return { outcome: "saved", settings: parsed.data };
}
