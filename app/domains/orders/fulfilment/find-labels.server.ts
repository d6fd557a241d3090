import { CallError } from "../../../platform/errors.ts";
import type { OrdersDeps } from "../deps.ts";
import { factsFromJson } from "../intake/facts-json.ts";
import { hasPlatformLabel } from "./platform-parcels.ts";

export interface Label {
  packageId: string;
  /** Where it can be opened and printed, for a day. */
  url: string;
}

/** Packages of an order whose labels the platform makes: of what it ships, and of nothing else. */
export function labelledPackages(facts: unknown): string[] {
  const { lines, ...order } = factsFromJson(facts);
  if (!hasPlatformLabel(order)) return [];
  return [...new Set(lines.flatMap((line) => (line.status === "cancelled" ? [] : (line.packageId ?? []))))].sort();
}

/**
 * The platform's labels of an order, fetched now: their addresses live a day, so none is kept. not-ready: there is none before the parcel is
 * arranged in the channel's seller centre (TikTok Shop fact §12).
 */
export async function findLabels(
  deps: OrdersDeps,
  { shopId, id }: { shopId: string; id: string },
): Promise<{ outcome: "found"; labels: Label[] } | { outcome: "not-ready" | "not-found" }> {
  const order = await deps.db.channelOrder.findFirst({ where: { id, shopId } });
  const connection = order ? await deps.connection(order.connectionId) : null;
  const { label } = connection ? deps.channels(connection.channel).orders : {};
  const packages = order ? labelledPackages(order.facts) : [];
  if (!connection || !label || packages.length === 0) return { outcome: "not-found" };
  const labels: Label[] = [];
  for (const packageId of packages) {
    try {
      labels.push({ packageId, url: (await label(deps.forShop(connection.id), packageId)).url });
    } catch (error) {
      const isEarly = error instanceof CallError && (error.family === "conflict" || error.family === "unavailable");
      if (!isEarly) throw error;
    }
  }
  return labels.length > 0 ? { outcome: "found", labels } : { outcome: "not-ready" };
}
