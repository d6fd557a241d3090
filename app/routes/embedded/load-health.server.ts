import type { ConnectionView } from "../../domains/shops/model.ts";
import type { TileShown } from "../../domains/shops/ui/health-data.ts";
import { t } from "../../locales/translate.ts";
import { formatClock, formatDay, formatMoment } from "../../ui/format-time.ts";
import { startOfDay } from "../../ui/start-of-day.ts";
import { duration } from "./duration.ts";
import type { JudgedConnection } from "./show-notices.server.ts";
import type { Visit } from "./visit.server.ts";

const DAY_MS = 24 * 3_600_000;
/** Stock that waits longer than this is news. */
const STOCK_LATE_MS = 60_000;
const CONSENT_SOON_DAYS = 30;

/** Four tiles over all connected shops. None without a connection: then there is nothing that could be well. */
export async function loadHealth(visit: Visit, judged: readonly JudgedConnection[]): Promise<TileShown[]> {
  if (judged.length === 0) return [];
  const connections = judged.map((one) => one.connection);
  const halted = sayHalted(visit, judged);
  const tiles = await Promise.all([
    listings(visit, connections),
    orders(visit, connections),
    stock(visit, connections),
  ]);
  return [...tiles.map((one) => asHalted(one, halted)), await consent(visit, connections)];
}

interface Halted {
  line: string;
  /** None of the shops is looked at: what is shown is old. */
  isUnchecked: boolean;
}

/** Why numbers are not what they seem: a shop is disconnected or paused. Null: all are watched and written to. */
function sayHalted({ shop }: Visit, judged: readonly JudgedConnection[]): Halted | null {
  const gone = judged.flatMap(({ state }) => (state.kind === "disconnected" ? [state] : []));
  const [first] = gone;
  if (first) {
    const line = first.since
      ? t("home.health.disconnected", { at: formatMoment(first.since, shop.timezone) })
      : t("home.health.disconnectedUntimed");
    return { line, isUnchecked: gone.length === judged.length };
  }
  const [paused] = judged.flatMap(({ state }) => (state.kind === "paused" ? [state] : []));
  if (!paused) return null;
  return { line: t("home.health.paused", { at: formatMoment(paused.since, shop.timezone) }), isUnchecked: false };
}

/** A tile never says that all is well with a shop that nobody looks at or writes to. */
function asHalted(shown: TileShown, halted: Halted | null): TileShown {
  if (!halted) return shown;
  const tone = "attention";
  if (!halted.isUnchecked)
    return { ...shown, tone, toneLabel: t("home.health.tone.halted"), lines: [halted.line, ...shown.lines] };
  return {
    ...{ ...shown, tone, toneLabel: t("home.health.tone.unchecked"), lead: t("home.health.unchecked") },
    lines: [halted.line, t("home.health.lastKnown", { lead: shown.lead })],
  };
}

async function listings({ services, shop }: Visit, connections: readonly ConnectionView[]): Promise<TileShown> {
  const [{ listings: all }, ...trials] = await Promise.all([
    services.catalog.summary({ shopId: shop.id }),
    ...connections.map((one) => services.catalog.trial({ shopId: shop.id, connectionId: one.id })),
  ]);
  const unsent = trials.reduce((sum, trial) => sum + trial.sendable, 0);
  const count = (...statuses: string[]) => statuses.reduce((sum, status) => sum + (all.byStatus[status] ?? 0), 0);
  const [refused, rejected] = [count("refused"), count("rejected")];
  const isStopped = connections.some((one) => one.sellingStoppedAt);
  return tile("listings", {
    lead: t("home.health.listings.lead", { count: count("live") }),
    lines: [
      ...(isStopped ? [t("home.health.listings.stopped")] : []),
      t("home.health.listings.inReview", { count: count("in-review", "creating") }),
      ...(unsent > 0 ? [t("home.health.listings.unsent", { count: unsent })] : []),
      ...(rejected > 0 ? [t("home.health.listings.rejected", { count: rejected })] : []),
      ...(refused > 0 ? [t("home.health.listings.refused", { count: refused })] : []),
    ],
    // what a rule of the channel keeps out for good is no news
    tone: rejected > 0 || isStopped ? "attention" : count("live") > 0 ? "good" : "none",
    url: rejected > 0 ? "/app/products?view=refused" : "/app/products",
  });
}

async function orders({ services, shop }: Visit, connections: readonly ConnectionView[]): Promise<TileShown> {
  const since = startOfDay(services.clock.now(), shop.timezone);
  const connectionIds = connections.map((one) => one.id);
  const proof = await services.orders.proofLine({ shopId: shop.id, since, connectionIds });
  const { channel, shopify, checkedAt } = proof;
  const missing = channel - shopify;
  const inLine = missing > 0 ? (await services.orders.line({ shopId: shop.id })).waiting : 0;
  const stuck = Math.max(0, missing - inLine);
  return tile("orders", {
    lead: t(missing === 0 ? "home.health.orders.lead" : "home.health.orders.leadMissing", { channel, shopify }),
    lines: [
      checkedAt
        ? t("home.health.orders.checked", { at: formatClock(checkedAt, shop.timezone) })
        : t("home.health.orders.unchecked"),
      ...(inLine > 0 ? [t("orders.line.tile", { count: inLine })] : []),
      ...(stuck > 0 ? [t("home.health.orders.missing", { count: stuck })] : []),
    ],
    tone: missing > 0 ? "attention" : checkedAt ? "good" : "none",
    url: stuck > 0 ? "/app/orders?view=needs-me" : "/app/orders",
  });
}

async function stock({ services, shop }: Visit, connections: readonly ConnectionView[]): Promise<TileShown> {
  const [[last], backlog] = await Promise.all([
    services.inventory.listSent({ shopId: shop.id, limit: 1 }),
    services.activity.backlog(connections.map((one) => one.id)),
  ]);
  const line = backlog.find((one) => one.lane === "stock");
  const isOff = connections.every((one) => !one.chosenFlows.includes("stock"));
  // before it is turned on for the first time waiting is no news
  const wasOn = connections.some((one) => one.ordersCutoffAt);
  const isLate = (line?.oldestMs ?? 0) > STOCK_LATE_MS;
  const waiting =
    line && line.due > 0
      ? t("home.health.stock.waiting", { count: line.due, age: duration(line.oldestMs ?? 0) })
      : t("home.health.stock.none");
  return tile("stock", {
    lead: last
      ? t("home.health.stock.lead", { at: formatMoment(last.at, shop.timezone) })
      : t("home.health.stock.leadNone"),
    lines: [waiting, ...(isOff ? [t("home.health.stock.off")] : [])],
    tone:
      (!isOff && isLate) || (isOff && wasOn && line && line.due > 0) ? "attention" : last && !isOff ? "good" : "none",
    url: "/app/activity?view=stock",
  });
}

async function consent({ services, shop }: Visit, connections: readonly ConnectionView[]): Promise<TileShown> {
  const ends = connections.flatMap((one) => one.consentEndsAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  const [soonest] = ends;
  const isMissing = ends.length < connections.length || !soonest;
  const days = soonest ? Math.floor((soonest.getTime() - services.clock.now().getTime()) / DAY_MS) : 0;
  return tile("consent", {
    lead:
      isMissing || !soonest
        ? t("home.health.consent.leadNone")
        : t("home.health.consent.lead", { at: formatDay(soonest, shop.timezone) }),
    lines: isMissing ? [] : [t("home.health.consent.left", { count: days })],
    tone: isMissing || days < CONSENT_SOON_DAYS ? "attention" : "good",
    url: "/app/settings",
  });
}

function tile(id: TileShown["id"], said: Pick<TileShown, "lead" | "lines" | "tone"> & { url: string }): TileShown {
  const { url, ...rest } = said;
  return {
    id,
    ...rest,
    title: t(`home.health.${id}.title`),
    toneLabel: t(`home.health.tone.${said.tone}`),
    link: { url, label: t(`home.health.${id}.link`) },
  };
}
