import type { Services } from "../../composition.server.ts";
import type { ShopView } from "../../domains/shops/model.ts";
import { t, tCode, type Values } from "../../locales/translate.ts";
import { formatDay, formatMoment } from "../../ui/format-time.ts";
import { pageOf } from "./page-of.ts";

/** An open problem in final words. `act` says what its one action does. */
export interface ProblemText {
  key: string;
  kind: string;
  subject: string | null;
  title: string;
  meaning: string;
  affected: string;
  since: string;
  tone: "critical" | "warning" | "info";
  toneLabel: string;
  actionLabel: string;
  /** What fills the texts. */
  values: Values;
  act:
    | { kind: "page"; url: string }
    | { kind: "intent"; intent: string; connectionId: string | null; market: string | null };
}

type Problem = Awaited<ReturnType<Services["activity"]["listOpenProblems"]>>[number];

const TONES = { urgent: "critical", "needs-you": "warning", info: "info" } as const;

/**
 * Open problems of a shop, most urgent first, oldest first within. About a shop that was disconnected only its orders need somebody; the
 * rest is kept for a new consent. `about`: only those of one order or listing, or of several.
 */
export async function showProblems(
  services: Services,
  shop: ShopView,
  about: { subject?: string; subjects?: string[] } = {},
): Promise<ProblemText[]> {
  const [all, former] = await Promise.all([
    services.activity.listOpenProblems({ shopId: shop.id, ...about }),
    services.shops.listFormerConnections(shop.id),
  ]);
  const ended = new Set(former.map((one) => one.id));
  const problems = all.filter((one) => !ended.has(one.connectionId ?? "") || aboutOf(one) === "orders");
  const rank = (one: Problem) => Object.keys(TONES).indexOf(one.severity);
  return [...problems]
    .sort((a, b) => rank(a) - rank(b) || a.openedAt.getTime() - b.openedAt.getTime())
    .map((one) => inWords(one, shop));
}

function inWords(problem: Problem, shop: ShopView): ProblemText {
  const values = { ...valuesOf(problem), ...untilOf(problem, shop) };
  const severity = problem.severity in TONES ? (problem.severity as keyof typeof TONES) : "needs-you";
  const about = aboutOf(problem);
  return {
    key: problem.key,
    kind: problem.kind,
    subject: problem.subject,
    title: tCode(`problems.${problem.kind}.title`, values, "problems.unknown.title"),
    meaning: tCode(`problems.${problem.kind}.meaning`, values, "problems.unknown.meaning"),
    affected: t(`app.count.${about}`, { count: problem.affected }),
    since: t("app.since", { at: formatMoment(problem.openedAt, shop.timezone) }),
    tone: TONES[severity],
    toneLabel: t(`app.severity.${severity}`),
    actionLabel: tCode(`problems.${problem.kind}.action`, values, "problems.unknown.action"),
    values,
    act: actOf(problem, about, values),
  };
}

type About = "orders" | "products" | "shops" | "requests";

function aboutOf({ kind }: Problem): About {
  if (kind === "buyer-data-asked") return "requests";
  if (kind.startsWith("order") || /^(shipment|cancellation|fulfilment|decision|return|refund)/.test(kind))
    return "orders";
  return /^(listing|product|stock|price|zero|sold)/.test(kind) ? "products" : "shops";
}

function valuesOf(problem: Problem): Values {
  const data =
    problem.data !== null && typeof problem.data === "object" && !Array.isArray(problem.data) ? problem.data : {};
  const values: Values = { affected: problem.affected, count: problem.affected };
  for (const [name, value] of Object.entries(data as Record<string, unknown>)) {
    if (typeof value === "string" || typeof value === "number") values[name] = value;
  }
  if (typeof values.days === "number") values.count = values.days;
  return { ...values, ...reasonOf(data as Record<string, unknown>, values) };
}

/** By when it must be answered, where that is said. */
function untilOf({ data }: Problem, shop: ShopView): Values {
  const { answerBy } = (data ?? {}) as { answerBy?: unknown };
  return typeof answerBy === "string" && answerBy ? { until: formatDay(new Date(answerBy), shop.timezone) } : {};
}

/** Why, and what to do: in our words where the code is known, else in the other side's own. */
function reasonOf(data: Record<string, unknown>, values: Values): Values {
  const first = Array.isArray(data.reasons) ? (data.reasons[0] as Record<string, unknown> | undefined) : data;
  const text = (name: string) => (typeof first?.[name] === "string" ? first[name] : "");
  const inWords = (key: string) =>
    key ? tCode(key, { ...values, code: text("code") }, "problems.unknown.reason") : "";
  return { reason: inWords(text("sentence")) || text("message") || text("raw"), nextStep: inWords(text("nextStep")) };
}

function actOf(problem: Problem, about: About, values: Values): ProblemText["act"] {
  const { connectionId } = problem;
  if (problem.kind === "grant-ended" || problem.kind === "grant-ending")
    return { kind: "intent", intent: "connect", connectionId, market: String(values.market ?? "") };
  if (problem.kind === "work-parked") return { kind: "intent", intent: "try-again", connectionId, market: null };
  if (about === "shops") return { kind: "intent", intent: "recheck", connectionId, market: null };
  return { kind: "page", url: pageOf(problem.subject) ?? searchOf(about, values.channelOrderId) };
}

/** An order that could not be read has no page yet. */
const searchOf = (page: string, text: string | number | undefined): string =>
  text === undefined ? `/app/${page}` : `/app/${page}?search=${encodeURIComponent(String(text))}`;
