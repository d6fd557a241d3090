import { type ListingRow, listingSorts, listingViews } from "../../domains/catalog/model.ts";
import type {
  ChoiceShown,
  FindingShown,
  ListingShown,
  PlanGroupShown,
  PlanShown,
  ProgressShown,
} from "../../domains/catalog/ui/products-data.ts";
import type { ConnectionState, ConnectionView } from "../../domains/shops/model.ts";
import { t, tCode } from "../../locales/translate.ts";
import { judgeAll, judgeShop, showNotices } from "./show-notices.server.ts";
import type { Visit } from "./visit.server.ts";

/** The connection a page works on: the one named, else the first that works, else the first. Null: none is connected. */
export async function chooseConnection({ services, shop }: Visit, id: string | null): Promise<ConnectionView | null> {
  const all = await services.shops.listConnections(shop.id);
  return all.find((one) => one.id === id) ?? all.find((one) => one.status === "active") ?? all[0] ?? null;
}

/** One page of picked products, the numbers above it, how far a run is, and the plan while it is open (`?plan=open`). */
export async function loadProducts(visit: Visit, query: URLSearchParams) {
  const { services, shop } = visit;
  const view = listingViews.find((one) => one === query.get("view")) ?? "all";
  const sort = listingSorts.find((one) => one === query.get("sort")) ?? "oldest";
  const [search, cursor] = [query.get("search") ?? "", query.get("cursor") ?? ""];
  const connection = await chooseConnection(visit, query.get("connectionId"));
  const judged = connection ? await judgeAll(visit, [connection]) : await judgeShop(visit);
  const notices = await showNotices(visit, judged, { isAboutProducts: true });
  if (!connection)
    return {
      connection: null,
      notices,
      ...{ view, search, sort, cursor, savedViews: [], savedId: null },
      rows: [],
      nextCursor: null,
      total: 0,
      isChecking: false,
      progress: NOTHING_RUNS,
      choices: [],
      plan: null,
    };
  const where = { shopId: shop.id, connectionId: connection.id };
  const [page, summary, progress, choices, plan, savedViews] = await Promise.all([
    services.catalog.listListings({
      ...where,
      view,
      sort,
      ...(search ? { search } : {}),
      ...(cursor ? { cursor } : {}),
    }),
    services.catalog.summary(where),
    services.catalog.progress(where),
    services.catalog.openChoices(where),
    query.get("plan") === "open" ? showPlan(visit, connection) : null,
    services.catalog.listViews({ shopId: shop.id }),
  ]);
  return {
    connection: {
      id: connection.id,
      name: connection.name,
      isActive: connection.status === "active",
      cannotSend: judged[0] ? whyNotSend(judged[0].state) : null,
    },
    notices,
    ...{ view, search, sort, cursor, savedViews },
    savedId: savedViews.find((one) => one.id === query.get("saved"))?.id ?? null,
    rows: page.rows.map(showListing),
    nextCursor: page.cursor,
    total: summary.listings.total,
    isChecking: (summary.listings.byStatus.selected ?? 0) > 0 || (summary.listings.byStatus["in-review"] ?? 0) > 0,
    plan,
    choices: choices.map(showChoice),
    progress: showProgress(progress, connection),
  };
}

/** Null: products may be sent. */
export const whyNotSend = (state: ConnectionState): string | null =>
  state.kind === "on" ? null : t(`products.plan.cannotSend.${state.kind}`);

function showChoice(choice: Awaited<ReturnType<Visit["services"]["catalog"]["openChoices"]>>[number]): ChoiceShown {
  const { productType, name, value, count } = choice;
  return {
    key: [name, value, productType].join(" · "),
    ...{ name, value, productType },
    question: productType
      ? t("products.choices.question", { name, value, type: productType })
      : t("products.choices.questionUntyped", { name, value }),
    action: t("products.choices.use", { value, count }),
  };
}

const NOTHING_RUNS: ProgressShown = {
  isRunning: false,
  title: "",
  done: 0,
  total: 0,
  percent: 0,
  rate: null,
  timeLeft: null,
  failures: 0,
};

/** A listing as pages show it: its findings, and what the channel said, in final words. */
export function showListing(row: ListingRow): ListingShown {
  const { id, productId, title, pictureUrl, variants, status, isSent, needsDefaults, offersDefaults } = row;
  return {
    id,
    productId,
    title,
    pictureUrl,
    variants,
    status,
    isSent,
    needsDefaults,
    offersDefaults,
    findings: [...row.findings.map((one) => showFinding(one, row.defaultsApplied)), ...row.refusal.map(showRefusal)],
  };
}

/** A default that was applied is told in a few words: the advice has been taken. */
export function showFinding(finding: ListingRow["findings"][number], isApplied: boolean): FindingShown {
  const { code, sentence, nextStep, values, blocks, defaultOffered } = finding;
  const isSettled = isApplied && defaultOffered;
  return {
    ...{ code, blocks, defaultOffered },
    sentence: isSettled
      ? tCode(`findings.${code}.applied`, values, "findings.unknown.sentence")
      : tCode(sentence, values, "findings.unknown.sentence"),
    nextStep: isSettled ? null : tCode(nextStep, values, "findings.unknown.nextStep"),
  };
}

export function showRefusal({ code, sentence, nextStep, raw }: ListingRow["refusal"][number]): FindingShown {
  const values = { code, raw };
  return {
    code,
    sentence: `${tCode(sentence, values, "findings.unknown.sentence")} ${raw}`.trim(),
    nextStep: tCode(nextStep, values, "findings.unknown.nextStep"),
    blocks: true,
    defaultOffered: false,
  };
}

/** A rate out of fewer is no rate, a forecast out of fewer a fright. */
const RATE_AFTER = 5;
const FORECAST_AFTER = 20;

type Progress = Awaited<ReturnType<Visit["services"]["catalog"]["progress"]>>;

/** Nobody checks while the channel is not reached. */
const isWorking = (connection: ConnectionView) => connection.status === "active";

/** Sending is what merchants wait for; while nothing is sent, checking. Only what was wanted together is counted. Nothing due: nothing runs. */
function showProgress({ checking, sending, lanes, byStatus }: Progress, connection: ConnectionView): ProgressShown {
  const isSending = connection.armedFlows.includes("listings") && sending.left > 0;
  const run = isSending ? sending : checking;
  if (run.left === 0 || !isWorking(connection)) return NOTHING_RUNS;
  const line = lanes.find((one) => one.lane === (isSending ? "listings" : "intake"));
  const done = run.total - run.left;
  // the lane's last minute may have been another run's
  const { doneLastMinute, ratePerSecond } = line && done >= RATE_AFTER ? line : { doneLastMinute: 0, ratePerSecond: 0 };
  return {
    isRunning: true,
    title: t(isSending ? "products.progress.sending" : "products.progress.checking"),
    ...{ done, total: run.total },
    percent: Math.round((100 * done) / run.total),
    rate: doneLastMinute < RATE_AFTER ? null : t("products.progress.rate", { rate: doneLastMinute }),
    timeLeft:
      doneLastMinute < FORECAST_AFTER
        ? null
        : t("products.progress.left", { left: duration((1_000 * run.left) / ratePerSecond) }),
    // what cannot be listed is found by checking
    failures: isSending ? 0 : (byStatus.refused ?? 0),
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

/** Products named in each group of the plan. */
const NAMED = 10;

/** The plan in words: what would happen to whom, what a yes would agree to, and who cannot go for which reason. Writes nothing. */
export async function showPlan({ services, shop }: Visit, connection: ConnectionView): Promise<PlanShown> {
  const { catalog } = services;
  const where = { shopId: shop.id, connectionId: connection.id };
  const [plan, { listings }, { checking }] = await Promise.all([
    catalog.listPlan({ ...where, limit: NAMED }),
    catalog.summary(where),
    catalog.progress(where),
  ]);
  const { goes, waits, cannot } = plan;
  // what a new listing changes is everything: only an update is looked at field by field
  const updates = goes.rows.filter((row) => row.steps.includes("revise-content")).map((row) => row.listingId);
  const [{ counts }, { rows }] = await Promise.all([
    catalog.previewPlan({ ...where, limit: 0 }),
    catalog.previewPlan({ ...where, listingIds: updates, limit: updates.length }),
  ]);
  const fields = new Map(rows.map((row) => [row.id, row.changes.length]));
  const isChecking = checking.left > 0 && isWorking(connection);
  return {
    sendable: counts.create + counts["revise-content"] + counts.resume,
    refused: cannot.count,
    needsDefaults: plan.offering,
    isChecking,
    // numbers that are not final are not told
    lines: isChecking
      ? [t("products.plan.checking", { done: checking.total - checking.left, total: checking.total })]
      : planLines(plan, counts, connection),
    defaults: plan.defaults.map(defaultText),
    moreDefaults: plan.moreDefaults > 0 ? t("products.plan.more", { count: plan.moreDefaults }) : null,
    // where all are named below with their reason, a summary says nothing new
    reasons: cannot.count > cannot.rows.length ? showReasons(listings.refused) : [],
    groups: [
      showGroup("goes", goes, (row) =>
        row.steps.map((step) => stepText(step, fields.get(row.listingId) ?? 0)).join(", "),
      ),
      showGroup("waits", waits, waitText),
      showGroup("cannot", cannot, ({ block }) =>
        block ? tCode(block.sentence, block.values, "findings.unknown.sentence") : "",
      ),
    ].filter((group) => group.products.length > 0),
  };
}

type Listed = Awaited<ReturnType<Visit["services"]["catalog"]["listPlan"]>>;
type Counts = Awaited<ReturnType<Visit["services"]["catalog"]["previewPlan"]>>["counts"];

/** What would happen and what keeps the rest from it. Only where nothing at all is in the way everything is as it should be. */
function planLines(
  { offering, asking, rejected, cannot }: Listed,
  counts: Counts,
  connection: ConnectionView,
): string[] {
  const lines = LINES.filter(([step]) => counts[step] > 0).map(([step, key]) => t(key, { count: counts[step] }));
  if (connection.sellingStoppedAt) lines.push(t("products.plan.sellingStopped"));
  if (offering > 0) lines.push(t("products.plan.needsDefaults", { count: offering }));
  if (asking > 0) lines.push(t("products.plan.asks", { count: asking }));
  if (rejected > 0) lines.push(t("products.plan.rejected", { count: rejected }));
  if (lines.length > 0) return lines;
  return [t(cannot.count > 0 ? "products.plan.nothingElse" : "products.plan.nothing")];
}

const defaultText = ({ code, values, count }: Listed["defaults"][number]): string =>
  t("products.plan.defaults.line", {
    what: tCode(`products.plan.defaults.${code}`, values, "products.plan.defaults.unknown"),
    products: t("products.plan.defaults.products", { count }),
  });

/** How much of a product waits: what it is stands once above for all. */
function waitText({ defaults, choices }: Planned): string {
  return [
    defaults > 0 ? t("products.plan.waits.defaults", { count: defaults }) : null,
    choices > 0 ? t("products.plan.waits.choices", { count: choices }) : null,
  ]
    .filter(Boolean)
    .join(", ");
}

function showReasons(refused: Record<string, number>): PlanShown["reasons"] {
  return Object.entries(refused)
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => ({
      code,
      count,
      sentence: tCode(`products.plan.why.${code}`, {}, "products.plan.why.unknown"),
    }));
}

type Group = Listed["goes"];
type Planned = Group["rows"][number];

function showGroup(id: PlanGroupShown["id"], group: Group, what: (row: Planned) => string): PlanGroupShown {
  const more = group.count - group.rows.length;
  return {
    id,
    title: t(`products.plan.group.${id}`, { count: group.count }),
    products: group.rows.map((row) => ({ id: row.listingId, title: row.title, what: what(row) })),
    more: more > 0 ? t("products.plan.more", { count: more }) : null,
  };
}

const stepText = (step: Planned["steps"][number], fields: number): string =>
  step === "revise-content" ? t("products.plan.fields", { count: fields }) : t(`products.plan.step.${step}`);
