import { data } from "@remix-run/node";
import type { Orders } from "../../domains/orders/index.server.ts";
import { feeTitle } from "../../domains/orders/model.ts";
import type { Moment } from "../../domains/orders/timeline.ts";
import type { MomentShown, OrderLineShown, OrderPageShown } from "../../domains/orders/ui/order-page-data.ts";
import type { ConnectionView, ShopView } from "../../domains/shops/model.ts";
import { t, tCode } from "../../locales/translate.ts";
import { formatDecimal } from "../../platform/money.ts";
import { formatMoment } from "../../ui/format-time.ts";
import { showDue } from "./due.ts";
import { duration } from "./duration.ts";
import { showAfterSales } from "./load-after-sales.server.ts";
import { olderNotes, parkedTexts, sayKinds, sayPlace } from "./load-orders.server.ts";
import { type PayoutTerms, payoutTerms, percentOf } from "./payout-terms.server.ts";
import { isAtRest, sayImport, whatItWaitsFor } from "./say-import.ts";
import { sayMoment } from "./say-moment.ts";
import { showOrderProblems } from "./show-order-problems.server.ts";
import type { Visit } from "./visit.server.ts";

type Order = NonNullable<Awaited<ReturnType<Orders["getOrder"]>>>;

/** More happens to no order; the newest are told. */
const MOMENTS_MOST = 200;
const OPEN = new Set(["to-ship", "partly-shipped"]);
/** Everything about one order. Throws 404 when the visitor's shop has none of that id. */
export async function loadOrder(visit: Visit, id: string): Promise<OrderPageShown> {
  const { services, shop } = visit;
  const order = await services.orders.getOrder({ shopId: shop.id, id });
  if (!order) throw data(null, { status: 404 });
  const [connections, former] = await Promise.all([
    services.shops.listConnections(shop.id),
    services.shops.listFormerConnections(shop.id),
  ]);
  const connection = [...connections, ...former].find((one) => one.id === order.connectionId) ?? null;
  const channelUrl = services.channel(order.channel).orderPage({
    region: connection?.region ?? "",
    channelOrderId: order.channelOrderId,
  });
  const shopifyId = order.shopifyOrderId ?? order.linkedOrderId;
  const shopifyUrl = shopifyId ? `shopify://admin/orders/${shopifyId.split("/").at(-1)}` : null;
  const [{ problems, difference }, question, told, names] = await Promise.all([
    showOrderProblems(visit, id, { channelUrl, shopifyUrl, pageUrl: "" }),
    services.orders.carrierQuestion({ shopId: shop.id, id }),
    services.activity.listActivity({ shopId: shop.id, subject: `order:${id}`, limit: MOMENTS_MOST }),
    services.catalog.nameSkus({
      shopId: shop.id,
      listingSkuIds: order.lines.flatMap((line) => line.listingSkuId ?? []),
    }),
  ]);
  const moments = services.orders.timeline({ ...order, activity: told.entries });
  const now = services.clock.now();
  const [listed] = await services.orders.listed({ shopId: shop.id, ids: [id] });
  const { feeBasisPoints, ...terms } = payoutTerms(visit, connection ? [connection] : [])(order.connectionId);
  return {
    id,
    title: t("orders.page.title", { name: order.channelOrderId }),
    placed: t("orders.page.placed", { at: formatMoment(order.createdAt, shop.timezone) }),
    deadline: order.deadline
      ? {
          ...showDue(order.deadline, now),
          at: t("morning.due.at", { at: formatMoment(order.deadline.at, shop.timezone) }),
        }
      : null,
    cancels:
      order.cancelAutomaticallyAt && OPEN.has(order.status)
        ? t("morning.due.cancels", { at: formatMoment(order.cancelAutomaticallyAt, shop.timezone) })
        : null,
    reviewed: order.reviewedAt
      ? t("morning.reviewedBy", {
          at: formatMoment(order.reviewedAt, shop.timezone),
          actor: t("activity.actor.staff", { id: order.reviewedBy ?? "" }),
        })
      : null,
    note: {
      text: order.note ?? "",
      by: order.noteAt
        ? t("morning.note.by", {
            at: formatMoment(order.noteAt, shop.timezone),
            actor: t("activity.actor.staff", { id: order.noteBy ?? "" }),
          })
        : null,
    },
    channelOrderId: order.channelOrderId,
    fulfilmentRefusal: listed?.fulfilmentRefusal ? t(`morning.fulfil.refusal.${listed.fulfilmentRefusal}`) : null,
    channelLabel: tCode(`orders.status.${order.status}`, { status: order.status }, "orders.status.unknown"),
    kinds: sayKinds(order.kinds),
    mayBeAskedFor: order.mayBeAskedFor,
    shopify: sayImport(order, connection),
    now: sayNow(order, connection, listed?.line ? sayPlace(listed.line, now) : null),
    notes: [
      // while it is planned the sentence above says it already
      ...(order.importState === "shown" ? olderNotes({ ...order, units: order.lines.length }) : []),
      ...holdNotes(order),
      ...reachNotes(order, services.orders.reach(shop.grantedScopes)),
    ],
    ...{ problems, difference, carriers: question && showCarriers(question) },
    labelledPackages: order.labelledPackages,
    lines: showLines(order, names),
    money: [...showMoney(order, difference !== null), ...showPayout(visit, order, { feeBasisPoints, ...terms })],
    moneyNote: noteOnMoney(order, feeBasisPoints),
    buyer: showBuyer(order),
    afterSales: showAfterSales(order, connection, shop),
    channelUrl,
    shopifyOrder: shopifyUrl
      ? { name: order.shopifyOrderName ?? order.linkedOrderName ?? t("orders.page.state.shopify"), url: shopifyUrl }
      : null,
    zone: shop.timezone,
    timeline: moments.map((moment) => showMoment(moment, shop)),
    isMoving:
      (["planned", "sending", "unknown"].includes(order.importState) && !listed?.line) ||
      order.decisions.some((one) => one.state === "wanted" || one.state === "sending"),
  };
}

type Question = NonNullable<Awaited<ReturnType<Orders["carrierQuestion"]>>>;

const showCarriers = ({ companies, carriers }: Question): OrderPageShown["carriers"] => ({
  companies: companies.map((company) => ({
    company,
    label: company ? t("orders.page.carrier.label", { company }) : t("orders.page.carrier.labelNone"),
  })),
  options: carriers.map(({ id, name }) => ({ value: id, label: name })),
});

const amountOf = (minor: bigint, currency: string): string => `${formatDecimal(minor, currency)} ${currency}`;

/** What is so now, what it waits for, and what to do where somebody must. */
function sayNow(order: Order, connection: ConnectionView | null, inLine: string | null): OrderPageShown["now"] {
  const { importState, holdState } = order;
  const say = (text: string, tone: OrderPageShown["now"]["tone"] = "info") => ({ text, tone, next: null });
  switch (importState) {
    case "parked": {
      const { why, action } = parkedTexts(order.parkedReason ?? "unknown");
      return { text: why, tone: "critical", next: action };
    }
    case "done":
      if (holdState !== "held") return say(t("orders.page.now.done"), "success");
      return isAtRest(order, connection) ? say(t("orders.page.now.heldOn"), "warning") : say(t("orders.page.now.held"));
    case "sending":
    case "unknown":
      return say(t(`orders.page.now.${importState}`), importState === "unknown" ? "warning" : "info");
    case "shown":
      return say(tCode(`orders.page.now.${order.parkedReason ?? "shown"}`, {}, "orders.page.now.shown"));
    case "planned": {
      const what = whatItWaitsFor(order, connection);
      if (what === "soon" && inLine) return { text: inLine, tone: "info", next: t("orders.line.why") };
      return say(t(`orders.page.now.${what}`));
    }
  }
}

/** Shopify shows apps an order for a while only. */
function reachNotes(order: Order, reach: Date | null): string[] {
  return reach && order.importedAt && order.importedAt < reach ? [t("incoming.leftOut.outOfReach")] : [];
}

/** How long it could have been shipped while the buyer might still cancel. The channel's clock may run ahead of ours. */
function holdNotes({ heldAt, paidAt, createdAt, importedAt }: Order): string[] {
  if (!heldAt) return [];
  const since = (from: Date) => duration(Math.max(0, heldAt.getTime() - from.getTime()));
  return [t("orders.page.holdTook", { since: since(paidAt ?? createdAt), bare: since(importedAt ?? heldAt) })];
}

type Names = Awaited<ReturnType<Visit["services"]["catalog"]["nameSkus"]>>;

/** Every unit is a line on the channel; the merchant sees units of one kind, bought at one price, as one. */
function showLines({ lines, currency }: Order, names: Names): OrderLineShown[] {
  const groups = Map.groupBy(lines, (line) => `${line.channelSkuId} ${line.priceMinor} ${line.isGift}`);
  return [...groups].flatMap(([key, units]) => {
    const [first] = units;
    if (!first) return [];
    const cancelled = units.filter((unit) => unit.status === "cancelled").length;
    const name = first.listingSkuId ? names.get(first.listingSkuId) : undefined;
    const title = name ? [name.title, name.variant].filter(Boolean).join(" · ") : first.title;
    return [
      {
        key,
        title: t("orders.page.lines.count", { count: units.length, title }),
        sku: first.sellerSku,
        each: t("orders.page.lines.each", { amount: amountOf(first.priceMinor, currency) }),
        url: name ? `/app/products/${name.listingId}` : null,
        notes: [
          first.isGift ? t("orders.page.lines.gift") : "",
          cancelled === 0
            ? ""
            : cancelled === units.length
              ? t("orders.page.lines.cancelled")
              : t("orders.page.lines.cancelledCount", { count: cancelled }),
        ].filter(Boolean),
      },
    ];
  });
}

/**
 * Down to what the buyer paid, and from there to the order's total and what is left of it: each line follows from those above it. Where they do
 * not add up, what is missing is a line of its own, so that what the buyer paid is one figure.
 */
function showMoney(order: Order, differs: boolean): OrderPageShown["money"] {
  const { money, currency, back } = order;
  const line = (label: string, minor: bigint, isStrong = false) => ({
    ...{ label, isStrong },
    amount: amountOf(minor, currency),
  });
  const optional = (label: string, minor: bigint) => (minor === 0n ? [] : [line(label, minor)]);
  const isPaid = order.paidAt !== null;
  const { isTaxInside, paymentDiscountMinor, unexplainedMinor } = readPayment(order);
  return [
    line(t("orders.page.money.items"), money.originalProductMinor),
    ...optional(t("orders.page.money.sellerDiscount"), -money.sellerDiscountMinor),
    ...optional(t("orders.page.money.platformDiscount"), -money.platformDiscountMinor),
    line(t("orders.page.money.shipping"), money.shippingMinor),
    ...money.fees.flatMap((fee) => optional(feeTitle(fee.name), fee.amountMinor)),
    ...optional(t(isTaxInside ? "orders.page.money.taxInside" : "orders.page.money.tax"), money.taxMinor),
    ...optional(t("orders.page.money.paymentDiscount"), -paymentDiscountMinor),
    ...(differs ? optional(t("orders.page.money.unexplained"), unexplainedMinor) : []),
    line(buyersLabel(order, isPaid), order.buyerPaidMinor, true),
    ...optional(t("orders.page.money.platform"), order.platformPaidMinor),
    ...(order.platformPaidMinor === 0n
      ? []
      : [
          line(
            t(order.shopifyOrderId ? "orders.page.money.total" : "orders.page.money.totalThere"),
            order.totalMinor,
            true,
          ),
        ]),
    ...optional(t("orders.page.money.buyerBack"), -back.buyerMinor),
    ...optional(t("orders.page.money.platformBack"), -back.platformMinor),
  ];
}

/** How the parts of an order come to what the buyer paid: with the tax on top or inside, and with a discount on the payment as a whole. */
function readPayment({ money, buyerPaidMinor }: Order) {
  const untaxed =
    money.originalProductMinor -
    money.sellerDiscountMinor -
    money.platformDiscountMinor +
    money.shippingMinor +
    money.fees.reduce((sum, fee) => sum + fee.amountMinor, 0n);
  const discount = money.paymentPlatformDiscountMinor ?? 0n;
  const readings = [
    { isTaxInside: false, paymentDiscountMinor: 0n },
    { isTaxInside: true, paymentDiscountMinor: 0n },
    { isTaxInside: false, paymentDiscountMinor: discount },
    { isTaxInside: true, paymentDiscountMinor: discount },
  ].map((one) => ({
    ...one,
    unexplainedMinor: buyerPaidMinor - (untaxed + (one.isTaxInside ? 0n : money.taxMinor) - one.paymentDiscountMinor),
  }));
  // where nothing fits, the plain reading tells by how much
  return readings.find((one) => one.unexplainedMinor === 0n) ?? (readings[0] as (typeof readings)[number]);
}

const bringsNothing = ({ status }: Order): boolean => status === "cancelled" || status === "unpaid";

/** From what was paid down to what is left, about. */
function showPayout({ services }: Visit, order: Order, terms: PayoutTerms): OrderPageShown["money"] {
  const { money, currency } = order;
  const taxMinor = money.taxMinor - order.back.taxMinor;
  const { feeMinor, youGetMinor } = services.orders.estimate({ ...order, ...terms });
  if (terms.feeBasisPoints === null || feeMinor === null || youGetMinor === null || bringsNothing(order)) return [];
  const line = (label: string, minor: bigint, isStrong = false) => ({
    ...{ label, isStrong },
    amount: amountOf(minor, currency),
  });
  const buyerFees = money.fees.reduce((sum, fee) => sum + fee.amountMinor, 0n);
  return [
    ...(terms.channelRemitsTax && taxMinor !== 0n ? [line(t("morning.money.taxLine"), -taxMinor)] : []),
    ...(buyerFees !== 0n ? [line(t("morning.money.buyerFeesLine"), -buyerFees)] : []),
    line(t("morning.money.feeLine", { percent: percentOf(terms.feeBasisPoints) }), -feeMinor),
    line(t("morning.money.getLine"), youGetMinor, true),
  ];
}

function buyersLabel({ doorPayment }: Order, isPaid: boolean): string {
  if (doorPayment === "open") return t("orders.page.money.buyerPaysAtDoor");
  return t(isPaid || doorPayment === "paid" ? "orders.page.money.buyer" : "orders.page.money.buyerPays");
}

function noteOnMoney(order: Order, feeBasisPoints: number | null): string {
  if (bringsNothing(order)) return t("orders.page.money.noteOver");
  return feeBasisPoints === null
    ? t("orders.page.money.note")
    : t("morning.fee.assumes", { percent: percentOf(feeBasisPoints) });
}

/** Who gets it and roughly where: enough to recognise a parcel. Street, phone and e-mail are in Shopify alone. */
function showBuyer(order: Order): OrderPageShown["buyer"] {
  if (order.isBuyerErased) return { lines: [], note: t("orders.page.buyer.erased") };
  const withheld = sayWithheld(order.withheld);
  if (!order.buyer) return { lines: [], note: withheld ?? "" };
  const { address } = order.buyer.buyer;
  const { name, postalCode, city, province, countryCode } = address;
  const place = [[postalCode, city].filter(Boolean).join(" "), province].filter(Boolean).join(", ");
  return {
    lines: [name, place, countryCode].filter(Boolean),
    note: order.isAddressErased
      ? t("orders.page.buyer.addressErased")
      : (withheld ?? t(order.shopifyOrderId ? "orders.page.buyer.note" : "orders.page.buyer.noteThere")),
  };
}

const FIELDS = new Intl.ListFormat("en", { type: "conjunction" });

/** What the channel hides and why, in a sentence. Null: nothing is hidden. */
function sayWithheld(withheld: Order["withheld"]): string | null {
  if (!withheld) return null;
  const fields = FIELDS.format(withheld.fields.map((field) => t(`incoming.withheld.field.${field}`)));
  return t("incoming.withheld.sentence", { fields, why: t(`incoming.withheld.why.${withheld.why}`) });
}

function showMoment({ key, at, side, code, values, actor }: Moment, shop: ShopView): MomentShown {
  const by = actor
    ? tCode(`activity.actor.${actor.kind}`, { id: actor.id }, "activity.actor.unknown")
    : t("orders.page.timeline.buyer");
  return {
    ...{ key, side },
    at: formatMoment(at, shop.timezone),
    sentence: sayMoment(code, values),
    actor: t("orders.page.timeline.by", { actor: by }),
  };
}
