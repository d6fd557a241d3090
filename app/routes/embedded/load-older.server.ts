import type { BackfillShown } from "../../domains/orders/ui/older-data.ts";
import type { ShopView } from "../../domains/shops/model.ts";
import { t } from "../../locales/translate.ts";
import { formatDay } from "../../ui/format-time.ts";
import { nameDay } from "../../ui/start-of-day.ts";
import type { Visit } from "./visit.server.ts";

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;

type Backfill = Awaited<ReturnType<Visit["services"]["orders"]["listBackfills"]>>[number];

/** What the page of older orders shows: shops to read from, the days proposed, and the runs so far. */
export async function loadOlder({ services, shop }: Visit) {
  const { grantedScopes, timezone } = shop;
  const [connections, former, runs] = await Promise.all([
    services.shops.listConnections(shop.id),
    services.shops.listFormerConnections(shop.id),
    services.orders.listBackfills({ shopId: shop.id, grantedScopes }),
  ]);
  const names = new Map([...connections, ...former].map(({ id, name }) => [id, name]));
  const now = services.clock.now();
  const today = nameDay(now, timezone);
  return {
    shops: connections.filter((one) => one.status === "active").map(({ id, name }) => ({ id, name })),
    days: { today, until: today, from: nameDay(new Date(now.getTime() - USUAL_DAYS * DAY_MS), timezone) },
    reach: services.orders.reach(grantedScopes) !== null,
    runs: runs.map((run) => showRun(run, shop, names.get(run.connectionId) ?? "")),
  };
}

function showRun(run: Backfill, shop: ShopView, shopName: string): BackfillShown {
  const { id, state, counts, fromAt, untilAt, readTo } = run;
  const day = (at: Date) => formatDay(at, shop.timezone);
  const isStarted = readTo > fromAt;
  const values = { count: counts.all, at: day(readTo) };
  const named = ["home", "linked", "askable", "wanted", "parked", "older", "others"] as const;
  return {
    id,
    // the last day is meant with all its hours
    range: t("incoming.older.range", { from: day(fromAt), until: day(new Date(untilAt.getTime() - 1)) }),
    shop: shopName,
    state: state === "asked" && counts.wanted > 0 ? "asking" : state,
    needsMe: counts.parked > 0,
    progress:
      state === "reading"
        ? {
            text: isStarted ? t("incoming.older.readingTo", values) : t("incoming.older.reading", values),
            share: (readTo.getTime() - fromAt.getTime()) / (untilAt.getTime() - fromAt.getTime()),
          }
        : null,
    counts: [
      t("incoming.older.counts.all", { count: counts.all }),
      ...named.flatMap((name) =>
        counts[name] > 0 ? [t(`incoming.older.counts.${name}`, { count: counts[name] })] : [],
      ),
    ],
    askable: counts.askable,
    isMoving: state === "reading" || state === "asking" || counts.wanted > 0,
  };
}
