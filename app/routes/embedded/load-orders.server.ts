import type { OrderListItem, PlaceInLine } from "../../domains/orders/index.server.ts";
import { figureViews, kindsWorthSaying, type OrderView, orderSorts, orderViews } from "../../domains/orders/model.ts";
import type { OrderShown } from "../../domains/orders/ui/orders-data.ts";
import type { ConnectionView } from "../../domains/shops/model.ts";
import { t, tCode } from "../../locales/translate.ts";
import { formatDecimal } from "../../platform/money.ts";
import { formatClock, formatMoment } from "../../ui/format-time.ts";
import { nameDay, startOfNamedDay } from "../../ui/start-of-day.ts";
import { showDue } from "./due.ts";
import { duration } from "./duration.ts";
import { loadMorning, placesOf } from "./load-morning.server.ts";
import { type PayoutTerms, payoutTerms } from "./payout-terms.server.ts";
import { isAtRest, sayImport } from "./say-import.ts";
import { byWhom, shipmentWhy } from "./say-moment.ts";
import { actionOf } from "./show-order-problems.server.ts";
import type { Visit } from "./visit.server.ts";

const DAY_MS = 24 * 3_600_000;
/** Nearer than this, seconds would only look restless. */
const SOON_MS = 5_000;
const VIEWS: readonly OrderView[] = [...orderViews, ...figureViews];
/** Views of what has to be done begin with what is due first. */
const PRESSING = new Set<OrderView>(["needs-me", "to-ship", "late"]);

/** One page of orders and the proof line above it; on the first page of what is new also all that matters in the morning. */
export async function loadOrders(visit: Visit, query: URLSearchParams) {
  const { services, shop, actor } = visit;
  const shopId = shop.id;
  const asked = { search: query.get("search") ?? "", from: query.get("from") ?? "", to: query.get("to") ?? "" };
  // whoever searches looks for an order, not for news
  const isAsking = asked.search !== "" || asked.from !== "" || asked.to !== "";
  const view = VIEWS.find((one) => one === query.get("view")) ?? (isAsking ? "all" : "since");
  const sort = orderSorts.find((one) => one === query.get("sort")) ?? (PRESSING.has(view) ? "deadline" : "newest");
  const cursor = query.get("cursor") ?? "";
  const [{ since, isFirst }, connections, former] = await Promise.all([
    services.orders.lookAt({ shopId, staffId: actor.id }),
    services.shops.listConnections(shopId),
    services.shops.listFormerConnections(shopId),
  ]);
  const [from, to] = [startOfNamedDay(asked.from, shop.timezone), startOfNamedDay(asked.to, shop.timezone)];
  const connectionIds = [...connections, ...former].map((one) => one.id);
  const [page, proof, counts, news, line] = await Promise.all([
    services.orders.listOrders({
      ...{ shopId, view, sort, lastLookedAt: since },
      ...(asked.search ? { search: asked.search } : {}),
      ...(from ? { from } : {}),
      ...(to ? { before: dayAfter(to, shop.timezone) } : {}),
      ...(cursor ? { cursor } : {}),
    }),
    services.orders.proofLine({ shopId, connectionIds }),
    services.orders.countViews({ shopId }),
    services.orders.countNew({ shopId, since }),
    services.orders.line({ shopId }),
  ]);
  const seen = { since, isFirst, newOrders: news.all, needsMe: counts["needs-me"], connections };
  const isMorning = view === "since" && !cursor && !isAsking && connections.length > 0;
  const numbers = { channel: proof.channel, shopify: proof.shopify };
  const show = { visit, connections: [...connections, ...former], since, now: services.clock.now() };
  const termsOf = payoutTerms(visit, show.connections);
  return {
    ...{ view, sort, cursor, ...asked },
    counts: { ...counts, since: news.open },
    hasAny: news.hasAny,
    isConnected: connections.length > 0,
    isMoving: page.orders.some(
      (one) =>
        // one that waits for its turn moves every few seconds, not at once
        (["planned", "sending", "unknown"].includes(one.importState) && one.line === null) ||
        ["wanted", "sending"].includes(one.fulfilmentRequest?.state ?? ""),
    ),
    nextCursor: page.nextCursor,
    line: line.waiting > 0 && connections.some(isArmed) ? sayLine(line, show.now) : null,
    proof: {
      line: proof.checkedAt
        ? t("orders.proof.line", { ...numbers, at: formatClock(proof.checkedAt, shop.timezone) })
        : t("orders.proof.unchecked", numbers),
      isEqual: proof.channel === proof.shopify,
      missing: proof.channel - proof.shopify,
      ...numbers,
      parked: proof.parked,
    },
    morning: isMorning ? await loadMorning(visit, seen) : null,
    today: nameDay(show.now, shop.timezone),
    rows: page.orders.map((one) => showOrder(one, { ...show, terms: termsOf(one.connectionId) })),
  };
}

/** The day after the one that began then; days with 23 or 25 hours included. */
const dayAfter = (began: Date, zone: string): Date =>
  startOfNamedDay(nameDay(new Date(began.getTime() + 1.5 * DAY_MS), zone), zone) ?? new Date(began.getTime() + DAY_MS);

const isArmed = ({ armedFlows }: Pick<ConnectionView, "armedFlows">): boolean => armedFlows.includes("orders");

/** How many orders wait for their turn, and when all are home. */
function sayLine({ waiting, lastAt }: { waiting: number; lastAt: Date | null }, now: Date): string {
  return t("orders.line.all", { count: waiting, time: duration((lastAt ?? now).getTime() - now.getTime()) });
}

/** Where an order stands in line, and when it is home, about. */
export function sayPlace({ place, turnAt }: PlaceInLine, now: Date): string {
  const leftMs = turnAt.getTime() - now.getTime();
  return leftMs < SOON_MS
    ? t("orders.line.soon", { place })
    : t("orders.line.place", { place, time: duration(leftMs) });
}

function lineNotes({ line, connectionId }: OrderListItem, { connections, now }: Show): string[] {
  const connection = connections.find((one) => one.id === connectionId);
  return line && connection && isArmed(connection) ? [sayPlace(line, now)] : [];
}

interface Show {
  visit: Visit;
  connections: readonly ConnectionView[];
  since: Date;
  now: Date;
  terms: PayoutTerms;
}

function showOrder(one: OrderListItem, show: Show): OrderShown {
  const { shop } = show.visit;
  const places = placesOf(show.visit, one, show.connections);
  const connection = show.connections.find(({ id }) => id === one.connectionId) ?? null;
  return {
    id: one.id,
    channelOrderId: one.channelOrderId,
    createdAt: formatMoment(one.createdAt, shop.timezone),
    title: one.units > 1 ? t("orders.more", { title: one.firstTitle }) : one.firstTitle,
    units: one.units,
    money: showMoney(one, show),
    status: one.status,
    statusLabel: tCode(`orders.status.${one.status}`, { status: one.status }, "orders.status.unknown"),
    importState: one.importState,
    shopify: sayImport(one, connection),
    shopifyName: one.shopifyOrderName ?? one.linkedOrderName,
    ...{ channelUrl: places.channelUrl, shopifyUrl: places.shopifyUrl },
    kinds: sayKinds(one.kinds),
    held: one.holdState === "held" ? t(isAtRest(one, connection) ? "orders.heldOn" : "orders.held") : null,
    parked: one.importState === "parked" ? showParked(one, places) : null,
    notes: [
      ...lineNotes(one, show),
      ...olderNotes(one),
      ...requestNotes(one),
      ...shipmentNotes(one),
      ...cancellationNotes(one),
    ],
    note: one.note,
    due: one.deadline ? showDue(one.deadline, show.now) : null,
    isNew: one.reviewedAt === null && one.firstSeenAt > show.since,
    fulfilmentRefusal: one.fulfilmentRefusal ? t(`morning.fulfil.refusal.${one.fulfilmentRefusal}`) : null,
  };
}

/** What is left, about; where no fee is known, what was paid. Cancelled and unpaid orders bring nothing to estimate. */
function showMoney(one: OrderListItem, { visit, terms }: Show): OrderShown["money"] {
  // a narrow column must not part a number from its currency
  const amount = (minor: bigint) => `${formatDecimal(minor, one.currency)}\u00a0${one.currency}`;
  const plain = (minor: bigint) => formatDecimal(minor, one.currency);
  const total = { amount: amount(one.totalMinor) };
  if (one.status === "cancelled" || one.status === "unpaid")
    return { lead: t(`morning.money.${one.status}`, total), parts: "" };
  const payout = one.money ? visit.services.orders.estimate({ ...one, money: one.money, ...terms }) : null;
  if (!payout || payout.feeMinor === null || payout.youGetMinor === null)
    return { lead: t("morning.money.paid", total), parts: t("morning.money.unknown") };
  const parts = {
    buyer: plain(one.buyerPaidMinor),
    platform: plain(one.platformPaidMinor),
    fees: plain(payout.feeMinor),
  };
  return {
    lead: t("morning.money.get", { amount: amount(payout.youGetMinor) }),
    parts: sayParts(one, parts),
  };
}

function sayParts({ back, platformPaidMinor, currency }: OrderListItem, parts: Record<string, string>): string {
  const backMinor = back.buyerMinor + back.platformMinor;
  if (backMinor > 0n) return t("morning.money.partsBack", { ...parts, back: formatDecimal(backMinor, currency) });
  return platformPaidMinor === 0n ? t("morning.money.partsBuyer", parts) : t("morning.money.parts", parts);
}

/** Why it is parked, in one sentence, and the action that helps: at its cause, else on the order's own page. */
function showParked(one: OrderListItem, places: ReturnType<typeof placesOf>): OrderShown["parked"] {
  const reason = one.parkedReason ?? "unknown";
  const { label, url, target } = actionOf(reason, places);
  return {
    why: parkedTexts(reason).why,
    action: url ? { label, url, target } : { label: t("morning.act.see"), url: `/app/orders/${one.id}`, target: null },
  };
}

/** Why an order is parked, and what to do about it. */
export function parkedTexts(reason: string): { why: string; action: string } {
  return {
    why: tCode(`orders.parked.${reason}.why`, { reason }, "orders.parked.unknown.why"),
    action: tCode(`orders.parked.${reason}.action`, { reason }, "orders.parked.unknown.action"),
  };
}

/** What an order is besides an ordinary one, in a word each. */
export const sayKinds = (kinds: readonly string[]): string[] =>
  kindsWorthSaying(kinds).map((kind) => tCode(`incoming.kind.${kind}`, {}, "incoming.kind.unknown"));

/** Why an order is not imported (yet), and what that means for its units. */
export function olderNotes(
  one: Pick<
    OrderListItem,
    "importState" | "parkedReason" | "linkedOrderId" | "isKeptBack" | "units" | "fulfilledBy" | "importAskedAt"
  >,
): string[] {
  const { importState, parkedReason, linkedOrderId, isKeptBack, units } = one;
  if (importState === "planned" && one.fulfilledBy === "platform") return [t("incoming.leftOut.waitsForPlatform")];
  if (importState !== "shown") return [];
  if (linkedOrderId) return [t("orders.older.linked")];
  if (one.importAskedAt) return [t("incoming.leftOut.asked")];
  if (parkedReason === "before-cutoff")
    return [isKeptBack ? t("orders.older.keptBack", { count: units }) : t("orders.older.gone")];
  const kept = isKeptBack ? [t("incoming.leftOut.keptBack", { count: units })] : [];
  if (parkedReason === "too-old") return [t("incoming.leftOut.too-old"), ...kept];
  if (!parkedReason?.startsWith("kind:")) return [];
  const [kind] = sayKinds([parkedReason.slice("kind:".length)]);
  return [kind ? t("incoming.leftOut.kind", { kind }) : t("incoming.leftOut.unknown"), ...kept];
}

function requestNotes({ fulfilmentRequest }: OrderListItem): string[] {
  switch (fulfilmentRequest?.state) {
    case "wanted":
    case "sending":
    case "refused":
      return [t(`morning.fulfil.state.${fulfilmentRequest.state}`)];
    default:
      return [];
  }
}

function shipmentNotes(one: OrderListItem): string[] {
  return one.shipments.map((shipment) =>
    t(`orders.shipment.${shipment.state}`, {
      number: shipment.trackingNumber ?? "–",
      reason: shipmentWhy(shipment.reason),
    }),
  );
}

function cancellationNotes(one: OrderListItem): string[] {
  return one.cancellations
    .filter((cancellation) => cancellation.status !== "withdrawn")
    .map((cancellation) => {
      if (cancellation.status === "requested") return t("orders.cancellation.requested");
      const key =
        cancellation.shopifyState === "wanted" || cancellation.shopifyState === "sending"
          ? "carried"
          : cancellation.shopifyState === "parked"
            ? "parked"
            : "done";
      return t(`orders.cancellation.${key}`, { by: byWhom(cancellation.by) });
    });
}
