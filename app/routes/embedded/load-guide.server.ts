import type { ConnectionView } from "../../domains/shops/model.ts";
import { type GuideShown, type GuideStep, guideSteps } from "../../domains/shops/ui/guide-data.ts";
import type { Visit } from "./visit.server.ts";

const NOTHING_TRIED = { wanted: 1, sent: 0, pending: 0, live: 0, sendable: 0 };

/** How far setting up is, read from what is so and never from what was clicked. Led by the shop connected first. */
export async function loadGuide(
  { services, shop }: Visit,
  connections: readonly ConnectionView[],
): Promise<GuideShown> {
  const one = connections.find((connection) => connection.status === "active") ?? connections[0];
  const where = { shopId: shop.id, connectionId: one?.id ?? "" };
  const [readiness, summary, trial] = await Promise.all([
    one ? services.shops.readiness(where) : null,
    one ? services.catalog.summary(where) : null,
    one ? services.catalog.trial(where) : NOTHING_TRIED,
  ]);
  const failing = readiness?.failing ?? [];
  const total = summary?.listings.total ?? 0;
  const refused = summary?.listings.byStatus.refused ?? 0;
  const isSo: Record<GuideStep, boolean> = {
    connect: one?.status === "active",
    // where stock comes from has a step of its own
    ready:
      readiness !== null && readiness.checkedAt !== null && failing.every((item) => !item.blocks || isStock(item.code)),
    stock: one !== undefined && one.settings.warehouseId !== null && one.settings.locationIds.length > 0,
    pick: total > 0,
    // one that was rejected does not hold up the rest of the way
    try: trial.live >= trial.wanted || (trial.live > 0 && trial.pending === 0),
    arm: ["orders", "stock"].every((flow) => one?.chosenFlows.some((chosen) => chosen === flow)),
  };
  const done = guideSteps.filter((step) => isSo[step]);
  return {
    connectionId: one?.id ?? null,
    done,
    next: guideSteps.find((step) => !isSo[step]) ?? null,
    failing: failing.filter((item) => item.blocks && !isStock(item.code)),
    isChecked: readiness?.checkedAt !== null && readiness !== null,
    picked: total,
    trial,
    plan: { wouldList: total - refused, refused },
  };
}

const isStock = (code: string) => code === "warehouse-not-chosen" || code === "location-not-chosen";
