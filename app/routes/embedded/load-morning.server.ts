import type { OrderListItem } from "../../domains/orders/index.server.ts";
import { HOLD_WINDOW_DAYS, STANDING_DAYS } from "../../domains/orders/model.ts";
import type {
  FeeShown,
  FigureShown,
  MorningShown,
  NeedShown,
  RateShown,
  StandingShown,
} from "../../domains/orders/ui/morning-data.ts";
import type { ConnectionView } from "../../domains/shops/model.ts";
import { t } from "../../locales/translate.ts";
import { formatDecimal } from "../../platform/money.ts";
import { formatMoment } from "../../ui/format-time.ts";
import { showDue } from "./due.ts";
import { duration } from "./duration.ts";
import { payoutTerms, percentOf } from "./payout-terms.server.ts";
import { actionOf, type Places } from "./show-order-problems.server.ts";
import { showProblems } from "./show-problems.server.ts";
import type { Visit } from "./visit.server.ts";

/** So many of what needs somebody stand above the list; the rest is a click away. */
const NEEDS_SHOWN = 5;
/** A rate this near to its limit is news. */
const NEAR = 0.75;

interface Seen {
  since: Date;
  isFirst: boolean;
  newOrders: number;
  needsMe: number;
  connections: readonly ConnectionView[];
}

/** What stands above the list in the morning: what came in and what it brings, what needs somebody, and how the shop stands. */
export async function loadMorning(visit: Visit, seen: Seen): Promise<MorningShown> {
  const [figures, needs, standing] = await Promise.all([
    showFigures(visit, seen),
    showNeeds(visit, seen),
    Promise.all(seen.connections.map((one) => showStanding(visit, one, seen.connections.length > 1))),
  ]);
  const { shop } = visit;
  return {
    title: seen.isFirst ? t("morning.first") : t("morning.since", { at: formatMoment(seen.since, shop.timezone) }),
    ...figures,
    needs,
    needsMe: seen.needsMe,
    standing,
    fees: seen.connections.map((one) => showFee(visit, one)),
  };
}

/** Money of one currency in one row; the estimate of each connection by its own terms. */
async function showFigures(
  visit: Visit,
  { since, newOrders, connections }: Seen,
): Promise<Pick<MorningShown, "figures" | "assumption">> {
  const { services, shop } = visit;
  const earned = await services.orders.earnings({ shopId: shop.id, since });
  const termsOf = payoutTerms(visit, connections);
  const figures = [...Map.groupBy(earned, (one) => one.currency)].map(([currency, parts]): FigureShown => {
    const amount = (minor: bigint) => `${formatDecimal(minor, currency)} ${currency}`;
    const sum = (minors: bigint[]) => minors.reduce((all, one) => all + one, 0n);
    const payouts = parts.map((one) =>
      services.orders.estimate({
        ...one,
        money: { taxMinor: one.taxMinor, fees: [{ name: "", amountMinor: one.buyerFeesMinor }] },
        ...termsOf(one.connectionId),
      }),
    );
    const known = (minors: (bigint | null)[]) =>
      minors.every((one) => one !== null) ? amount(sum(minors)) : t("morning.figures.unknown");
    return {
      currency,
      // what went back is no more, so that the figures add up to the last
      buyers: amount(sum(parts.map((one) => one.buyerPaidMinor - one.back.buyerMinor))),
      platform: amount(sum(parts.map((one) => one.platformPaidMinor - one.back.platformMinor))),
      fees: known(payouts.map((one) => one.feeMinor)),
      get: known(payouts.map((one) => one.youGetMinor)),
    };
  });
  const empty: FigureShown = { currency: shop.currency, ...NOTHING };
  return {
    figures: { orders: String(newOrders), money: figures.length > 0 ? figures : [empty] },
    assumption: sayAssumption(connections.map((one) => termsOf(one.id).feeBasisPoints)),
  };
}

const NOTHING = {
  ...{ buyers: t("morning.figures.nothing"), platform: t("morning.figures.nothing") },
  ...{ fees: t("morning.figures.nothing"), get: t("morning.figures.nothing") },
};

function sayAssumption(rates: (number | null)[]): string {
  const [first, ...others] = [...new Set(rates)];
  if (first === null || first === undefined)
    return others.length > 0 ? t("morning.fee.mixed") : t("morning.fee.unknown");
  return others.length > 0 ? t("morning.fee.mixed") : t("morning.fee.assumes", { percent: percentOf(first) });
}

function showFee({ services }: Visit, { id, name, channel, region, settings }: ConnectionView): FeeShown {
  const { feeBasisPoints } = services.channel(channel).terms(region);
  return {
    ...{ connectionId: id, name },
    percent: settings.feeBasisPoints === null ? "" : percentOf(settings.feeBasisPoints),
    help:
      feeBasisPoints === null
        ? t("morning.fee.helpUnknown")
        : t("morning.fee.help", { percent: percentOf(feeBasisPoints) }),
  };
}

/** The most pressing orders that need somebody, each with its cause and the one action that helps. */
async function showNeeds(visit: Visit, { connections }: Seen): Promise<NeedShown[]> {
  const { services, shop } = visit;
  const { orders } = await services.orders.listOrders({
    ...{ shopId: shop.id, view: "needs-me", sort: "deadline", limit: NEEDS_SHOWN },
  });
  const problems = await showProblems(services, shop, { subjects: orders.map((one) => `order:${one.id}`) });
  const now = services.clock.now();
  return orders.flatMap((order): NeedShown[] => {
    const [first, ...others] = problems.filter((one) => one.subject === `order:${order.id}`);
    if (!first) return [];
    return [
      {
        id: order.id,
        title: first.title,
        meaning: first.meaning,
        tone: first.tone,
        toneLabel: first.toneLabel,
        more: others.length > 0 ? t("morning.needs.more", { count: others.length }) : null,
        due: order.deadline ? showDue(order.deadline, now) : null,
        url: `/app/orders/${order.id}`,
        action: actionOf(first.kind, placesOf(visit, order, connections)),
      },
    ];
  });
}

/** Where an order is seen on both sides. */
export function placesOf(
  { services }: Pick<Visit, "services">,
  order: Pick<OrderListItem, "id" | "channel" | "connectionId" | "channelOrderId" | "shopifyOrderId" | "linkedOrderId">,
  connections: readonly Pick<ConnectionView, "id" | "region">[],
): Places {
  const region = connections.find((one) => one.id === order.connectionId)?.region ?? "";
  const shopifyOrder = order.shopifyOrderId ?? order.linkedOrderId;
  return {
    channelUrl: services.channel(order.channel).orderPage({ region, channelOrderId: order.channelOrderId }),
    pageUrl: `/app/orders/${order.id}`,
    shopifyUrl: shopifyOrder ? `shopify://admin/orders/${shopifyOrder.split("/").at(-1)}` : null,
  };
}

async function showStanding(visit: Visit, connection: ConnectionView, isNamed: boolean): Promise<StandingShown> {
  const { services, shop } = visit;
  const of = { shopId: shop.id, connectionId: connection.id };
  const [{ due, late, dueSoon, paid, cancelled, cancelledSoon }, held] = await Promise.all([
    services.orders.standing(of),
    services.orders.holdWindow(of),
  ]);
  const { standards } = services.channel(connection.channel).terms(connection.region);
  return {
    id: connection.id,
    title: isNamed ? t("morning.standing.titleOf", { name: connection.name }) : t("morning.standing.title"),
    toShip: t("morning.standing.toShip", { count: dueSoon }),
    held: held
      ? t("morning.standing.hold", {
          ...{ count: held.orders, days: HOLD_WINDOW_DAYS, typical: duration(held.typicalMs) },
          ...{ worst: duration(held.worstMs), bare: duration(held.worstBareMs) },
        })
      : null,
    rates: [
      showRate("late", { count: late, soon: dueSoon, of: due, limit: standards?.lateShare ?? null }),
      showRate("cancelled", {
        ...{ count: cancelled, soon: cancelledSoon, of: paid, limit: standards?.cancelledShare ?? null },
      }),
    ],
    note: t("morning.standing.note", { days: STANDING_DAYS }),
  };
}

const PAGES = { late: "/app/orders?view=late&sort=deadline", cancelled: "/app/orders?view=cancelled-by-us" };

function showRate(
  id: RateShown["id"],
  { count, soon, of, limit }: { count: number; soon: number; of: number; limit: number | null },
): RateShown {
  const share = (part: number) => ((100 * part) / of).toFixed(1);
  const predicted = of === 0 ? 0 : (count + soon) / of;
  const tone =
    limit === null || of === 0
      ? "info"
      : predicted > limit
        ? "critical"
        : predicted > limit * NEAR
          ? "warning"
          : "success";
  return {
    ...{ id, tone, title: t(`morning.standing.${id}.title`), toneLabel: t(`morning.standing.tone.${tone}`) },
    now: of === 0 ? t("morning.standing.none") : t(`morning.standing.${id}.now`, { share: share(count), count, of }),
    predicted: of > 0 && soon > 0 ? t(`morning.standing.${id}.predicted`, { share: share(count + soon) }) : null,
    limit: limit === null ? t("morning.standing.noLimit") : t("morning.standing.limit", { share: String(limit * 100) }),
    url: count + soon > 0 ? PAGES[id] : null,
  };
}
