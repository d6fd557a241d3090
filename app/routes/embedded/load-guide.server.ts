import type { ConnectionView, ReadinessItem } from "../../domains/shops/model.ts";
import { type GuideShown, type GuideStep, guideSteps, type SaidShown } from "../../domains/shops/ui/guide-data.ts";
import type { PlanInNumbers } from "../../domains/shops/ui/home-data.ts";
import { t } from "../../locales/translate.ts";
import { formatMoment } from "../../ui/format-time.ts";
import type { Visit } from "./visit.server.ts";

const NOTHING_TRIED = { wanted: 1, sent: 0, pending: 0, live: 0, sendable: 0, queued: 0 };
const NOTHING_PLANNED: PlanInNumbers = { live: 0, queued: 0, wouldList: 0, refused: 0 };

/** How far setting up is, read from what is so and never from what was clicked. Led by the shop connected first. */
export async function loadGuide(visit: Visit, connections: readonly ConnectionView[]): Promise<GuideShown> {
  const { services, shop } = visit;
  const one = connections.find((connection) => connection.status === "active") ?? connections[0];
  const where = { shopId: shop.id, connectionId: one?.id ?? "" };
  const [readiness, summary, trial, plan] = await Promise.all([
    one ? services.shops.readiness(where) : null,
    one ? services.catalog.summary(where) : null,
    one ? services.catalog.trial(where) : NOTHING_TRIED,
    one ? planInNumbers(services, one) : NOTHING_PLANNED,
  ]);
  const failing = readiness?.failing ?? [];
  const picked = summary?.listings.total ?? 0;
  const isSo: Record<GuideStep, boolean> = {
    connect: one?.status === "active",
    // where stock comes from has a step of its own
    ready:
      readiness !== null && readiness.checkedAt !== null && failing.every((item) => !item.blocks || isStock(item.code)),
    stock: one !== undefined && one.settings.warehouseId !== null && one.settings.locationIds.length > 0,
    pick: picked > 0,
    // one that was rejected does not hold up the rest of the way
    try: trial.live >= trial.wanted || (trial.live > 0 && trial.pending === 0),
    arm: ["orders", "stock"].every((flow) => one?.chosenFlows.some((chosen) => chosen === flow)),
  };
  const done = guideSteps.filter((step) => isSo[step]);
  const said: GuideShown["said"] = one
    ? sayChosen(visit, one, { failing, checkedAt: readiness?.checkedAt ?? null, picked, trial })
    : {};
  return {
    connectionId: one?.id ?? null,
    done,
    next: guideSteps.find((step) => !isSo[step]) ?? null,
    failing: failing.filter((item) => item.blocks && !isStock(item.code)),
    isChecked: readiness?.checkedAt !== null && readiness !== null,
    isListingOn: one?.armedFlows.includes("listings") ?? false,
    ...{ picked, trial, plan },
    said: Object.fromEntries(done.map((step) => [step, said[step]])),
  };
}

/** What turning on would do to the products of a connection. */
export async function planInNumbers(
  { catalog }: Visit["services"],
  { id: connectionId, shopId, chosenFlows }: ConnectionView,
): Promise<PlanInNumbers> {
  const where = { shopId, connectionId };
  const [{ listings }, { sendable, queued }] = await Promise.all([catalog.summary(where), catalog.trial(where)]);
  const { live = 0, refused = 0 } = listings.byStatus;
  // while listings are on they are on their way already
  return { live, queued: chosenFlows.includes("listings") ? 0 : queued, wouldList: sendable, refused };
}

interface Facts {
  failing: ReadinessItem[];
  checkedAt: Date | null;
  picked: number;
  trial: { live: number };
}

/** What was chosen, by Reelshelf or by the merchant, in each step. */
function sayChosen(
  { shop }: Visit,
  one: ConnectionView,
  { failing, checkedAt, picked, trial }: Facts,
): Record<GuideStep, SaidShown> {
  const { name, region, currency, ordersCutoffAt } = one;
  const moment = (at: Date) => formatMoment(at, shop.timezone);
  const page = (label: string, url: string) => ({ label, url });
  const advice = failing.filter((item) => !item.blocks).length;
  const at = checkedAt ? moment(checkedAt) : "";
  return {
    connect: { text: t("home.guide.said.connect", { name, region, currency }), link: null },
    ready: {
      text: advice > 0 ? t("home.guide.said.readyAdvice", { at, count: advice }) : t("home.guide.said.ready", { at }),
      link: page(t("home.guide.see"), "/app/settings"),
    },
    stock: { text: sayStock(one), link: page(t("home.guide.change"), "/app/settings") },
    pick: {
      text: t("home.guide.said.pick", { count: picked }),
      link: page(t("home.guide.see"), "/app/products"),
    },
    try: {
      text: t("home.guide.said.try", { count: trial.live }),
      link: page(t("home.guide.see"), "/app/products?view=live"),
    },
    arm: {
      text: ordersCutoffAt ? t("home.guide.said.arm", { at: moment(ordersCutoffAt) }) : t("home.guide.said.armUntimed"),
      link: page(t("home.guide.change"), "/app/settings"),
    },
  };
}

/** "Stock of Main warehouse is sold from US Warehouse. Left out: Back room." */
function sayStock({ readiness, settings }: ConnectionView): string {
  const warehouse = readiness?.warehouses.find((one) => one.id === settings.warehouseId)?.name ?? "";
  const locations = (readiness?.locations ?? []).filter((one) => one.isActive);
  const names = (isChosen: boolean) =>
    new Intl.ListFormat("en").format(
      locations.filter((one) => settings.locationIds.includes(one.id) === isChosen).map((one) => one.name),
    );
  const leftOut = names(false);
  return [
    t("home.guide.said.stock", { locations: names(true), warehouse }),
    ...(leftOut ? [t("home.guide.said.stockLeftOut", { locations: leftOut })] : []),
  ].join(" ");
}

const isStock = (code: string) => code === "warehouse-not-chosen" || code === "location-not-chosen";
