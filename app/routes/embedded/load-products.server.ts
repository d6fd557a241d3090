import type { ListingRow, ListingView } from "../../domains/catalog/model.ts";
import type { FindingShown, ListingShown, PlanShown, ProgressShown } from "../../domains/catalog/ui/products-data.ts";
import type { ConnectionView } from "../../domains/shops/model.ts";
import { t, tCode } from "../../locales/translate.ts";
import type { Visit } from "./visit.server.ts";

const views = ["all", "needs-me", "ready", "in-review", "live", "refused"] as const satisfies readonly ListingView[];

/** The connection a page works on: the one named, else the first that works, else the first. Null: none is connected. */
export async function chooseConnection({ services, shop }: Visit, id: string | null): Promise<ConnectionView | null> {
  const all = await services.shops.listConnections(shop.id);
  return all.find((one) => one.id === id) ?? all.find((one) => one.status === "active") ?? all[0] ?? null;
}

/** One page of picked products, the numbers above it and how far a run is. */
export async function loadProducts(visit: Visit, query: URLSearchParams) {
  const { services, shop } = visit;
  const view = views.find((one) => one === query.get("view")) ?? "all";
  const [search, cursor] = [query.get("search") ?? "", query.get("cursor") ?? ""];
  const connection = await chooseConnection(visit, query.get("connectionId"));
  if (!connection)
    return {
      connection: null,
      view,
      search,
      cursor,
      rows: [],
      nextCursor: null,
      total: 0,
      isChecking: false,
      progress: NOTHING_RUNS,
    };
  const where = { shopId: shop.id, connectionId: connection.id };
  const [page, summary, progress] = await Promise.all([
    services.catalog.listListings({ ...where, view, ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) }),
    services.catalog.summary(where),
    services.catalog.progress(where),
  ]);
  return {
    connection: {
      id: connection.id,
      name: connection.name,
      isActive: connection.status === "active",
      isArmed: connection.armedFlows.includes("listings"),
    },
    ...{ view, search, cursor },
    rows: page.rows.map(showListing),
    nextCursor: page.cursor,
    total: summary.listings.total,
    isChecking: (summary.listings.byStatus.selected ?? 0) > 0 || (summary.listings.byStatus["in-review"] ?? 0) > 0,
    progress: showProgress(progress, connection.armedFlows.includes("listings")),
  };
}

const NOTHING_RUNS: ProgressShown = {
  isRunning: false,
  title: "",
  done: 0,
  total: 0,
  percent: 0,
  rate: "",
  timeLeft: null,
  failures: 0,
};

/** A listing as pages show it: its findings, and what the channel said, in final words. */
export function showListing(row: ListingRow): ListingShown {
  const { id, productId, title, pictureUrl, variants, status, isSent, needsDefaults } = row;
  // nothing blocks and nothing waits for defaults: those that were offered are in use
  const isApplied = row.firstBlock === null && !needsDefaults;
  return {
    id,
    productId,
    title,
    pictureUrl,
    variants,
    status,
    isSent,
    needsDefaults,
    findings: [...row.findings.map((one) => showFinding(one, isApplied)), ...row.refusal.map(showRefusal)],
  };
}

function showFinding(finding: ListingRow["findings"][number], isApplied: boolean): FindingShown {
  const { code, sentence, nextStep, values, blocks, defaultOffered } = finding;
  return {
    code,
    sentence: tCode(sentence, values, "findings.unknown.sentence"),
    nextStep:
      defaultOffered && isApplied ? t("products.defaultInUse") : tCode(nextStep, values, "findings.unknown.nextStep"),
    blocks,
    defaultOffered,
  };
}

function showRefusal({ code, sentence, nextStep, raw }: ListingRow["refusal"][number]): FindingShown {
  const values = { code, raw };
  return {
    code,
    sentence: `${tCode(sentence, values, "findings.unknown.sentence")} ${raw}`.trim(),
    nextStep: tCode(nextStep, values, "findings.unknown.nextStep"),
    blocks: true,
    defaultOffered: false,
  };
}

const FORECAST_AFTER = 20;

type Progress = Awaited<ReturnType<Visit["services"]["catalog"]["progress"]>>;

/** Sending is what merchants wait for; while nothing is sent, checking. Nothing due: nothing runs. */
function showProgress({ byStatus, lanes, failures }: Progress, isArmed: boolean): ProgressShown {
  const sending = isArmed ? lanes.find((line) => line.lane === "listings" && line.due > 0) : undefined;
  const line = sending ?? lanes.find((one) => one.lane === "intake" && one.due > 0);
  if (!line) return NOTHING_RUNS;
  const total = Math.max(
    line.due,
    Object.values(byStatus).reduce((sum, count) => sum + count, 0),
  );
  const done = total - line.due;
  return {
    isRunning: true,
    title: t(sending ? "products.progress.sending" : "products.progress.checking"),
    ...{ done, total, failures },
    percent: total === 0 ? 100 : Math.round((100 * done) / total),
    rate: t("products.progress.rate", { rate: Math.round(line.ratePerSecond * 60) }),
    // a forecast out of the first few is a fright, not a help
    timeLeft:
      line.timeLeftMs === null || line.doneLastMinute < FORECAST_AFTER
        ? null
        : t("products.progress.left", { left: duration(line.timeLeftMs) }),
  };
}

function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  return seconds < 90
    ? t("products.progress.seconds", { count: seconds })
    : t("products.progress.minutes", { count: Math.round(seconds / 60) });
}

const LINES = [
  ["create", "products.plan.create"],
  ["revise-content", "products.plan.reviseContent"],
  ["revise-price", "products.plan.revisePrice"],
  ["resume", "products.plan.resume"],
  ["stop", "products.plan.stop"],
] as const;

/** The plan in words: what would happen, and who cannot go for which reason. Writes nothing. */
export async function showPlan({ services, shop }: Visit, connectionId: string): Promise<PlanShown> {
  const where = { shopId: shop.id, connectionId };
  const [{ counts }, { listings }] = await Promise.all([
    services.catalog.previewPlan({ ...where, limit: 0 }),
    services.catalog.summary(where),
  ]);
  const lines = LINES.filter(([step]) => counts[step] > 0).map(([step, key]) => t(key, { count: counts[step] }));
  if (listings.needsDefaults > 0) lines.push(t("products.plan.needsDefaults", { count: listings.needsDefaults }));
  const sendable = counts.create + counts["revise-content"] + counts.resume;
  return {
    sendable,
    refused: counts.held,
    needsDefaults: listings.needsDefaults,
    lines: lines.length > 0 ? lines : [t("products.plan.nothing")],
    reasons: Object.entries(listings.refused)
      .sort(([, a], [, b]) => b - a)
      .map(([code, count]) => ({
        code,
        count,
        sentence: tCode(`products.plan.why.${code}`, {}, "products.plan.why.unknown"),
      })),
  };
}
