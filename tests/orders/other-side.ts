import type {
  AfterSalesPort,
  Cancellation,
  Carrier,
  Channel,
  ChannelReturn,
  Decision,
  ForShop,
  OpenDecision,
  OrderFacts,
  OrderReference,
  OrdersPort,
  PriceParts,
} from "../../app/channels/port.ts";
import type { TestClock } from "../../app/platform/clock.ts";
import { BudgetClosed, CallError } from "../../app/platform/errors.ts";
import type {
  HoldTarget,
  OrderDraft,
  OrderPayments,
  OrderState,
  ShopGateway,
  ShopifyReturn,
} from "../../app/shopify/model.ts";

/**
 * Both other sides in memory, on the test's own clock: what a real socket would take minutes to show (deadlines, late effects, lagging
 * searches) happens here in no time. The journey test uses the sandbox over HTTP instead.
 */

/** before, after: the call times out before or after its effect. late: it times out, and the effect comes so much after its deadline. */
export type Trouble = "before" | "after" | { lateMs: number } | "refused" | "budget" | "dies" | "dies-after";

/** Stands for a process that was killed: no error of a platform, nothing after it runs. */
export class Killed extends Error {}

const DEADLINE_MS: Record<string, number> = { createOrder: 30_000 };
const INDEX_LAG_MS = 30_000;

export function createTroubles(clock: TestClock) {
  const planned = new Map<string, Trouble[]>();
  const pending: { at: Date; run: () => void }[] = [];
  const calls: string[] = [];

  /** Effects whose time has come. */
  const settle = () => {
    for (const one of pending.splice(0)) {
      if (one.at <= clock.now()) one.run();
      else pending.push(one);
    }
  };

  async function call<T>(operation: string, effect: () => T): Promise<T> {
    settle();
    calls.push(operation);
    const trouble = planned.get(operation)?.shift();
    const deadlineMs = DEADLINE_MS[operation] ?? 10_000;
    if (trouble === undefined) return effect();
    if (trouble === "refused") throw new CallError("refused", { family: "invalid", operation, code: "TEST" });
    if (trouble === "budget") throw new BudgetClosed(operation, new Date(clock.now().getTime() + 5_000));
    if (trouble === "dies") throw new Killed();
    if (trouble === "dies-after") {
      effect();
      throw new Killed();
    }
    if (trouble === "after") effect();
    clock.advance(deadlineMs);
    if (typeof trouble === "object")
      pending.push({ at: new Date(clock.now().getTime() + trouble.lateMs), run: () => void effect() });
    throw new CallError("no answer", { family: "timeout", operation, mayHaveHappened: true });
  }

  return {
    plan: (operation: string, ...troubles: Trouble[]) => void planned.set(operation, troubles),
    call,
    calls,
    settle,
    pending,
  };
}

export type Troubles = ReturnType<typeof createTroubles>;

// ------------------------------------------------------------------ the channel

export function createChannelSide(clock: TestClock, troubles: Troubles) {
  const orders = new Map<string, OrderFacts>();
  const cancellations = new Map<string, Cancellation>();
  const references = new Map<string, OrderReference>();
  /** Orders whose reference the channel does not take. */
  const refusedReferences = new Set<string>();
  const returns = new Map<string, ChannelReturn>();
  /** What may not be cancelled: the channel's code, by order. */
  const uncancellable = new Map<string, string>();
  /** The same for returns that the seller would open. */
  const unreturnable = new Map<string, string>();
  const decided: string[] = [];
  const carriers: Carrier[] = [
    { id: "c-usps", name: "USPS" },
    { id: "c-ups", name: "UPS" },
  ];

  /** What this side allows; a test sets it. `packageCarrier`: whom its packages are with. */
  const rules = {
    split: { canSplit: true, mustSplit: false, reason: null as string | null },
    corrections: 1,
    withinHours: null as number | null,
    format: null as RegExp | null,
    isLabelReady: true,
    packageCarrier: null as Carrier | null,
    returnReason: "no_longer_needed" as string | null,
  };
  const parts = new Map<string, PriceParts>();

  const port: OrdersPort = {
    get: (_access: ForShop, ids) =>
      troubles.call("getOrders", () => ids.flatMap((id) => orders.get(id) ?? []).map((one) => structuredClone(one))),
    async *changedSince(_access, since) {
      const found = await troubles.call("searchOrders", () =>
        [...orders.values()].filter((one) => one.updatedAt >= since),
      );
      for (const one of found.sort((a, b) => a.updatedAt.getTime() - b.updatedAt.getTime()))
        yield { channelOrderId: one.channelOrderId, updatedAt: one.updatedAt };
    },
    async *createdBetween(_access, from, until) {
      const found = await troubles.call("searchCreated", () =>
        [...orders.values()].filter((one) => one.createdAt >= from && one.createdAt < until),
      );
      for (const { channelOrderId, createdAt, updatedAt } of found.sort((a, b) => +a.createdAt - +b.createdAt))
        yield { channelOrderId, createdAt, updatedAt };
    },
    writeReferences: (_access, told) =>
      troubles.call("writeReferences", () => {
        const failures = told
          .filter((one) => refusedReferences.has(one.channelOrderId))
          .map((one) => ({ key: one.channelOrderId, reason: { code: "21008111", message: "" } }));
        for (const one of told) if (!refusedReferences.has(one.channelOrderId)) references.set(one.channelOrderId, one);
        return { failures };
      }),
    async *cancellations(_access, { channelOrderIds, since }) {
      const isWanted = (one: Cancellation) =>
        channelOrderIds ? channelOrderIds.includes(one.channelOrderId) : !since || one.updatedAt >= since;
      yield* await troubles.call("searchCancellations", () => [...cancellations.values()].filter(isWanted));
    },
    ship: (_access, { order, channelLineIds, carrierId, trackingNumber }) =>
      troubles.call("ship", () => {
        const known = orders.get(order.channelOrderId);
        const lines = known?.lines.filter((line) => channelLineIds.includes(line.channelLineId)) ?? [];
        if (!carriers.some((one) => one.id === carrierId))
          throw new CallError("no such carrier", { family: "invalid", operation: "ship", code: "21011022" });
        if (lines.some((line) => line.trackingNumber))
          throw new CallError("already shipped", { family: "conflict", operation: "ship", code: "21011020" });
        for (const line of lines)
          Object.assign(line, { trackingNumber, packageId: `p-${trackingNumber}`, status: "awaiting-collection" });
        touch(order.channelOrderId, {
          status: known?.lines.every((line) => line.trackingNumber) ? "awaiting-collection" : "partly-shipped",
        });
        return { packageId: `p-${trackingNumber}` };
      }),
    getPackage: (_access, packageId) =>
      troubles.call("getPackage", () => {
        const lines = [...orders.values()].flatMap((one) => one.lines).filter((line) => line.packageId === packageId);
        if (lines.length === 0) return null;
        return {
          ...{
            packageId,
            trackingNumber: lines[0]?.trackingNumber ?? "",
            channelLineIds: lines.map((line) => line.channelLineId),
          },
          ...(rules.packageCarrier
            ? { carrierId: rules.packageCarrier.id, carrierName: rules.packageCarrier.name }
            : { carrierId: "" }),
        };
      }),
    label: (_access, packageId) =>
      troubles.call("label", () => {
        if (!rules.isLabelReady)
          throw new CallError("too early", { family: "conflict", operation: "label", code: "21023035" });
        return { url: `https://labels.example/${packageId}.pdf`, trackingNumber: "" };
      }),
    splitRules: () => troubles.call("splitRules", () => structuredClone(rules.split)),
    correctTracking: (_access, { packageId, carrierId, trackingNumber }) =>
      troubles.call("correct", () => {
        if (rules.corrections <= 0)
          throw new CallError("corrected before", { family: "conflict", operation: "correct", code: "21011050" });
        if (!carriers.some((one) => one.id === carrierId))
          throw new CallError("no such carrier", { family: "invalid", operation: "correct", code: "21011022" });
        const order = [...orders.values()].find((one) => one.lines.some((line) => line.packageId === packageId));
        const lines = order?.lines.filter((line) => line.packageId === packageId) ?? [];
        if (lines.every((line) => line.trackingNumber === trackingNumber)) return;
        rules.corrections -= 1;
        for (const line of lines) line.trackingNumber = trackingNumber;
        if (order) touch(order.channelOrderId);
      }),
    priceParts: (_access, id) => troubles.call("priceParts", () => parts.get(id) ?? null),
  };

  const refusal = (code: string) => new CallError("no", { family: "conflict", operation: "decide", code });
  const REFUSE = { code: "because", text: "Because" };
  const afterSales: AfterSalesPort = {
    cancellable: (_access, id) =>
      troubles.call("cancellable", () => {
        const refusedCode = uncancellable.get(id) ?? null;
        const open = orders.get(id)?.lines.filter((line) => line.status !== "cancelled" && !line.trackingNumber) ?? [];
        return {
          channelLineIds: refusedCode ? [] : open.map((line) => line.channelLineId),
          reasons: [
            { code: "none-left", meaning: "out-of-stock", allowsPart: true },
            { code: "buyer-asked", meaning: "buyer-asked", allowsPart: false },
          ],
          refusedCode,
        };
      }),
    cancel: (_access, { channelOrderId: id, channelLineIds, reason }) =>
      troubles.call("cancel", () => {
        const lines = orders.get(id)?.lines ?? [];
        // units left out: all that are open
        const isOpen = (line: (typeof lines)[number]) => line.status !== "cancelled" && !line.trackingNumber;
        const meant = lines.filter((line) => channelLineIds?.includes(line.channelLineId) ?? isOpen(line));
        if (meant.length === 0) throw refusal("25001011");
        if (meant.some((line) => line.status === "cancelled")) throw refusal("25001011");
        for (const line of meant) line.status = "cancelled";
        touch(id, lines.every((line) => line.status === "cancelled") ? { status: "cancelled", buyer: null } : {});
        const channelCancelId = `s${cancellations.size}-${id}`;
        cancellations.set(channelCancelId, {
          ...{ channelCancelId, channelOrderId: id, status: "completed", by: "seller", reason, answerBy: null },
          ...{ restock: reason !== "none-left", channelLineIds: meant.map((line) => line.channelLineId) },
          ...{ refundMinor: paidFor(orders.get(id), meant), updatedAt: clock.now() },
        });
        return { channelCancelId };
      }),
    returnable: (_access, id) =>
      troubles.call("returnable-there", () => {
        const refusedCode = unreturnable.get(id) ?? null;
        const taken = [...returns.values()].flatMap((one) => (one.status === "withdrawn" ? [] : one.channelLineIds));
        const open = orders.get(id)?.lines.filter((line) => !taken.includes(line.channelLineId)) ?? [];
        return {
          channelLineIds: refusedCode ? [] : open.map((line) => line.channelLineId),
          ...{ reason: rules.returnReason, refusedCode },
        };
      }),
    beginReturn: (_access, { channelOrderId, channelLineIds, reason, key }) =>
      troubles.call("beginReturn", () => {
        const known = [...returns.values()].find((one) => one.channelReturnId === `s-${key}`);
        const order = orders.get(channelOrderId);
        const meant = order?.lines.filter((line) => channelLineIds.includes(line.channelLineId)) ?? [];
        if (!known)
          returns.set(`s-${key}`, {
            ...{ channelReturnId: `s-${key}`, channelOrderId, kind: "return", status: "awaiting-item", by: "seller" },
            ...{ reason, channelLineIds, isKept: false, refundMinor: paidFor(order, meant), platformMinor: 0n },
            ...{ dispute: null, trackingNumber: null, answerBy: null, updatedAt: clock.now() },
          });
        return { channelReturnId: `s-${key}` };
      }),
    openDecisions: (_access, requestId) =>
      troubles.call("openDecisions", (): OpenDecision[] => {
        const asked = [...cancellations.values()].find((one) => one.channelCancelId === requestId);
        const found = returns.get(requestId);
        const kinds = asked
          ? asked.status === "requested"
            ? ["approve-cancellation", "refuse-cancellation"]
            : []
          : (OPEN_IN[`${found?.kind} ${found?.status}`] ?? []);
        return kinds.map((kind) => ({ kind: kind as OpenDecision["kind"], reasons: [REFUSE] }));
      }),
    decide: (_access, decision) =>
      troubles.call("decide", () => {
        if (decided.includes(decision.key)) return;
        decide(decision);
        decided.push(decision.key);
      }),
    async *returns(_access, { channelOrderIds, since }) {
      yield* await troubles.call("searchReturns", () =>
        [...returns.values()]
          .filter((one) =>
            channelOrderIds ? channelOrderIds.includes(one.channelOrderId) : !since || one.updatedAt >= since,
          )
          .map((one) => structuredClone(one)),
      );
    },
  };

  function decide({ kind, requestId }: Decision): void {
    const asked = [...cancellations.values()].find((one) => one.channelCancelId === requestId);
    if (asked) {
      if (asked.status !== "requested") throw refusal("25001003");
      if (kind === "refuse-cancellation") {
        touch(asked.channelOrderId, { buyerAskedToCancel: false });
        return void Object.assign(asked, { status: "withdrawn", updatedAt: clock.now() });
      }
      const lines = orders.get(asked.channelOrderId)?.lines ?? [];
      for (const line of lines) if (asked.channelLineIds.includes(line.channelLineId)) line.status = "cancelled";
      touch(asked.channelOrderId, { buyerAskedToCancel: false, status: "cancelled", buyer: null });
      return void Object.assign(asked, { status: "completed", updatedAt: clock.now() });
    }
    const found = returns.get(requestId);
    if (!found || !OPEN_IN[`${found.kind} ${found.status}`]?.includes(kind)) throw refusal("25020004");
    Object.assign(found, { status: NEXT[kind], answerBy: null, updatedAt: clock.now() });
  }

  function touch(id: string, change: Partial<OrderFacts> = {}): OrderFacts {
    const order = orders.get(id);
    if (!order) throw new Error(`no order ${id}`);
    return Object.assign(order, { ...change, updatedAt: clock.now() });
  }

  return {
    orders,
    cancellations,
    references,
    refusedReferences,
    carriers,
    rules,
    parts,
    returns,
    uncancellable,
    unreturnable,
    touch,
    add: (facts: OrderFacts) => void orders.set(facts.channelOrderId, facts),
    channel: {
      id: "tiktok-shop",
      displayName: "TikTok Shop",
      orders: port,
      afterSales,
      explain: (code: string) => ({ name: "x", sentence: `sentence-${code}`, nextStep: `next-${code}` }),
      setup: { carriers: async () => troubles.call("carriers", () => carriers) },
      taxRules: () => ({ prices: "added", name: "Sales tax", owedBy: "channel" }),
      trackingFormat: () => rules.format,
      trackingCorrections: () => ({ withinHours: rules.withinHours, most: 1 }),
    } as unknown as Channel,
  };
}

/** What may be decided about a return, by its kind and state, and what each makes of it. */
const OPEN_IN: Record<string, string[]> = {
  "refund requested": ["approve-refund", "refuse-refund"],
  "return requested": ["approve-return", "refund-now", "refuse-return"],
  "return item-sent": ["approve-received", "refuse-received"],
  "replacement requested": ["approve-replacement", "refuse-replacement"],
};
const NEXT: Record<string, ChannelReturn["status"]> = {
  "approve-refund": "approved",
  "refuse-refund": "rejected",
  "approve-return": "awaiting-item",
  "refund-now": "approved",
  "refuse-return": "rejected",
  "approve-received": "approved",
  "refuse-received": "item-rejected",
  "approve-replacement": "completed",
  "refuse-replacement": "rejected",
};

/** What the buyer paid for some units: with all of them also the shipping. */
export function paidFor(order: OrderFacts | undefined, lines: OrderFacts["lines"]): bigint {
  if (order && lines.length === order.lines.length) return order.money.totalMinor;
  return lines.reduce(
    (sum, line) => sum + line.saleMinor + line.taxes.reduce((all, tax) => all + tax.amountMinor, 0n),
    0n,
  );
}

// ------------------------------------------------------------------ Shopify

interface KeptOrder {
  id: string;
  name: string;
  draft: OrderDraft;
  createdAt: Date;
  updatedAt: Date;
  cancelledAt: Date | null;
  restocked: number;
  address: OrderDraft["shippingAddress"];
  note: string;
  targets: HoldTarget[];
  lines: { id: string; variantId: string | null; sku: string | null; quantity: number }[];
  fulfillments: OrderState["fulfillments"];
  cancelReason: string | null;
  refunds: { id: string; key: string; note: string; payments: { saleId: string; amountMinor: bigint }[] }[];
  takenOff: { lineItemId: string; quantity: number; restock: boolean }[];
  returns: ShopifyReturn[];
  /** Units put back on a shelf by processing returns. */
  shelved: number;
  /** Payments recorded after it was made. */
  paidLater: bigint[];
}

export function createShopifySide(
  clock: TestClock,
  troubles: Troubles,
  options: { isIdUnique: boolean } = { isIdUnique: true },
) {
  const orders: KeptOrder[] = [];
  const byId = (id: string) => orders.find((one) => one.id === id);
  const target = (id: string) => orders.flatMap((one) => one.targets).find((one) => one.id === id);
  /** Orders of others: they do not carry our unique id. */
  const onlyFoundBySource = new Set<string>();
  let made = 0;

  const create = (draft: OrderDraft): KeptOrder => {
    made += 1;
    const lines = draft.lines.map((line, index) => ({
      id: `gid://shopify/LineItem/${made}${index}`,
      variantId: line.variantId,
      sku: line.sku,
      quantity: line.quantity,
    }));
    const order: KeptOrder = {
      ...{
        id: `gid://shopify/Order/${made}`,
        name: `#${1000 + made}`,
        draft,
        createdAt: clock.now(),
        updatedAt: clock.now(),
        cancelledAt: null,
      },
      ...{ restocked: 0, address: draft.shippingAddress, note: draft.note ?? "", lines, fulfillments: [] },
      ...{ cancelReason: null, refunds: [], takenOff: [], returns: [], shelved: 0, paidLater: [] },
      targets: [
        {
          id: `gid://shopify/FulfillmentOrder/${made}`,
          status: "OPEN",
          canHold: true,
          canReleaseHold: true,
          holds: [],
        },
      ],
    };
    orders.push(order);
    return order;
  };

  const left = (order: KeptOrder, lineItemId: string, quantity: number): number =>
    [
      ...order.fulfillments.filter((one) => one.status !== "CANCELLED").flatMap((one) => one.lines),
      ...order.takenOff,
    ].reduce((rest, line) => (line.lineItemId === lineItemId ? rest - line.quantity : rest), quantity);

  function fulfil(
    order: KeptOrder,
    tracking: { company: string | null; number: string | null },
    lines?: { lineItemId: string; quantity: number }[],
  ) {
    order.updatedAt = clock.now();
    order.fulfillments.push({
      ...{
        id: `gid://shopify/Fulfillment/${order.id.split("/").at(-1)}${order.fulfillments.length + 1}`,
        status: "SUCCESS",
        updatedAt: clock.now(),
      },
      tracking: [{ ...tracking, url: null }],
      lines: lines ?? order.lines.map((line) => ({ lineItemId: line.id, quantity: line.quantity })),
    });
  }

  /** As Shopify: what has nothing left to ship is closed and cannot be held. */
  const targetsOf = (order: KeptOrder | undefined): HoldTarget[] =>
    (order?.targets ?? []).map((one) => {
      const isDone =
        order?.lines.length !== 0 && order?.lines.every((line) => left(order, line.id, line.quantity) === 0);
      return structuredClone(isDone ? { ...one, status: "CLOSED", canHold: false } : one);
    });

  /** What this side allows; a test sets it. Shopify cancels nothing that was shipped (fact §11). */
  const rules = { cancelsShipped: true };

  const gateway: Partial<ShopGateway> = {
    ensureOrderIdDefinition: async () => {},
    takeOrderSlot: async () => true,
    orderPace: async () => null,
    createOrder: (draft) =>
      troubles.call("createOrder", () => {
        if (options.isIdUnique && orders.some((one) => one.draft.sourceIdentifier === draft.sourceIdentifier))
          return { outcome: "taken" as const };
        const { id, name, lines } = create(draft);
        return { outcome: "created" as const, order: { id, name, lines, parts: [] } };
      }),
    findOrderByCustomId: (value) =>
      troubles.call("findById", () =>
        onlyFoundBySource.has(value) ? null : (orders.find((one) => one.draft.sourceIdentifier === value) ?? null),
      ),
    findOrdersBySourceIdentifier: (value) =>
      troubles.call("findBySource", () =>
        orders.filter(
          (one) =>
            one.draft.sourceIdentifier === value && one.createdAt.getTime() + INDEX_LAG_MS <= clock.now().getTime(),
        ),
      ),
    orderLines: (id) =>
      troubles.call("orderLines", () => {
        const found = byId(id);
        return found ? { ...found, parts: [] } : null;
      }),
    async *ordersChangedSince(since) {
      const found = await troubles.call("ordersChanged", () => orders.filter((one) => one.updatedAt >= since));
      for (const one of found.toSorted((a, b) => +a.updatedAt - +b.updatedAt))
        yield {
          ...{ id: one.id, updatedAt: one.updatedAt, isCancelled: one.cancelledAt !== null },
          isFulfilled: one.fulfillments.some(({ status }) => status === "SUCCESS"),
          ...{ hasUnitsOff: one.takenOff.length > 0, hasReturn: one.returns.length > 0 },
        };
    },
    orderState: (id) =>
      troubles.call("orderState", () => {
        const order = byId(id);
        if (!order) return null;
        const off = (lineId: string) =>
          order.takenOff.reduce((sum, one) => (one.lineItemId === lineId ? sum + one.quantity : sum), 0);
        const lines = order.lines.map((line) => ({
          ...line,
          currentQuantity: line.quantity - off(line.id),
          unfulfilledQuantity: Math.max(0, left(order, line.id, line.quantity)),
        }));
        const { name, updatedAt, cancelledAt, cancelReason, fulfillments, draft } = order;
        return {
          id,
          cancelReason,
          name,
          updatedAt,
          cancelledAt,
          fulfillments,
          lines,
          financialStatus: outstanding(order) > 0n ? "PENDING" : "PAID",
          fulfillmentStatus: "UNFULFILLED",
          returnStatus: order.returns.length > 0 ? "IN_PROGRESS" : "NO_RETURN",
          sourceIdentifier: draft.sourceIdentifier,
        };
      }),
    orderNote: (id) => troubles.call("orderNote", () => byId(id)?.note ?? ""),
    updateOrder: (id, change) =>
      troubles.call("updateOrder", () => {
        const order = byId(id);
        if (order && change.note !== undefined) order.note = change.note;
        if (order && change.shippingAddress) order.address = change.shippingAddress;
      }),
    holdTargets: (id) => troubles.call("holdTargets", () => targetsOf(byId(id))),
    holdFulfillment: (id, { handle }) =>
      troubles.call("hold", () => {
        const held = target(id);
        if (orders.some((order) => targetsOf(order).some((one) => one.id === id && one.status === "CLOSED")))
          throw new CallError("closed", { family: "invalid", operation: "hold", code: "TEST" });
        if (held && !held.holds.some((hold) => hold.handle === handle))
          held.holds.push({ id: `hold-${id}-${held.holds.length}`, handle });
        return { holdId: "h" };
      }),
    releaseHold: (id, holdIds) =>
      troubles.call("release", () => {
        const held = target(id);
        if (held) held.holds = held.holds.filter((hold) => !holdIds.includes(hold.id));
      }),
    recordFulfillment: (id, { lines, company, trackingNumber }) =>
      troubles.call("recordFulfillment", () => {
        const order = byId(id);
        if (!order) return { outcome: "nothing-open" as const };
        if (order.targets.some((one) => one.holds.length > 0)) return { outcome: "held" as const };
        const told = (lineId: string) =>
          order.fulfillments
            .filter((one) => one.status !== "CANCELLED")
            .flatMap((one) => one.lines)
            .filter((line) => line.lineItemId === lineId);
        const open = lines.flatMap(({ lineItemId, quantity }) => {
          const whole = order.lines.find((line) => line.id === lineItemId)?.quantity ?? 0;
          const left = told(lineItemId).reduce((all, line) => all - line.quantity, whole);
          return left > 0 ? [{ lineItemId, quantity: Math.min(left, quantity) }] : [];
        });
        if (open.length === 0) return { outcome: "nothing-open" as const };
        const fulfillment = {
          ...{ id: `gid://shopify/Fulfillment/${order.id.split("/").at(-1)}-${order.fulfillments.length + 1}` },
          ...{ status: "SUCCESS", updatedAt: clock.now(), lines: open },
          tracking: [{ company, number: trackingNumber, url: null }],
        };
        order.fulfillments.push(fulfillment);
        return { outcome: "recorded" as const, id: fulfillment.id, lines: open };
      }),
    fulfillmentOrders: (id) =>
      troubles.call("fulfillmentOrders", () => {
        const order = byId(id);
        return (order?.targets ?? []).map((one) => {
          const lines = (order?.lines ?? []).map((line) => ({
            ...{ id: `fol-${line.id}`, lineItemId: line.id, total: line.quantity },
            remaining: order ? left(order, line.id, line.quantity) : 0,
          }));
          const isDone = lines.every((line) => line.remaining === 0);
          return {
            ...structuredClone(one),
            ...{ lines, status: one.holds.length > 0 ? "ON_HOLD" : isDone ? "CLOSED" : one.status },
          };
        });
      }),
    // as Shopify: each call ships what remains, and makes a parcel of its own
    fulfil: (id, tracking) =>
      troubles.call("fulfil", () => {
        const order = orders.find((one) => one.targets.some((each) => each.id === id));
        const lines = (order?.lines ?? []).flatMap((line) => {
          const quantity = order ? left(order, line.id, line.quantity) : 0;
          return quantity > 0 ? [{ lineItemId: line.id, quantity }] : [];
        });
        if (!order || lines.length === 0)
          return { outcome: "refused" as const, reasons: [{ code: null, message: "There is nothing left." }] };
        fulfil(order, tracking, lines);
        return { outcome: "fulfilled" as const };
      }),
    payments: (id) => troubles.call("payments", () => paymentsOf(byId(id))),
    createRefund: (id, { key, note, lines, payments }) =>
      troubles.call("createRefund", () => {
        const order = byId(id);
        const known = order?.refunds.find((one) => one.key === key);
        const totalMinor = payments.reduce((sum, one) => sum + one.amountMinor, 0n);
        if (known) return { outcome: "recorded" as const, refundId: known.id, totalMinor };
        const { sales } = paymentsOf(order) ?? { sales: [] };
        const isTooMuch = payments.some((one) => {
          const sale = sales.find((some) => some.id === one.saleId);
          return !sale || sale.refundedMinor + one.amountMinor > sale.amountMinor;
        });
        if (!order || isTooMuch) return { outcome: "refused" as const, reasons: ["too much"] };
        const isShipped = lines.some(({ lineItemId, quantity }) => {
          const whole = order.lines.find((line) => line.id === lineItemId)?.quantity ?? 0;
          return quantity > left(order, lineItemId, whole);
        });
        if (isShipped) return { outcome: "refused" as const, reasons: ["Only unfulfilled items can be restocked"] };
        order.takenOff.push(...lines);
        const refundId = `gid://shopify/Refund/${order.refunds.length + 1}`;
        order.refunds.push({ id: refundId, key, note, payments });
        return { outcome: "recorded" as const, refundId, totalMinor };
      }),
    returns: (id) => troubles.call("returns", () => structuredClone(byId(id)?.returns ?? [])),
    returnable: (id) =>
      troubles.call("returnable", () => {
        const order = byId(id);
        const gone = (lineItemId: string) =>
          (order?.returns ?? [])
            .filter((one) => one.status !== "CANCELED")
            .flatMap((one) => one.lines)
            .filter((line) => line.lineItemId === lineItemId)
            .reduce((sum, line) => sum + line.quantity, 0);
        return (order?.fulfillments ?? []).flatMap((one) =>
          one.lines.map(({ lineItemId, quantity }) => ({
            ...{ fulfillmentLineId: `f-${lineItemId}`, lineItemId, quantity: quantity - gone(lineItemId) },
          })),
        );
      }),
    openReturn: (id, { note, lines }) =>
      troubles.call("openReturn", () => {
        const order = byId(id);
        if (!order) return { outcome: "refused" as const, reasons: ["gone"] };
        const made: ShopifyReturn = {
          id: `gid://shopify/Return/${order.returns.length + 1}`,
          name: `${order.name}-R${order.returns.length + 1}`,
          status: "OPEN",
          lines: lines.map(({ fulfillmentLineId, quantity }, at) => ({
            ...{ id: `r${at}`, lineItemId: fulfillmentLineId.slice(2), quantity, processed: 0, note },
            ...{ reverseLineId: `rv${at}`, locationId: "gid://shopify/Location/1" },
          })),
        };
        order.returns.push(made);
        return { outcome: "opened" as const, return: structuredClone(made) };
      }),
    processReturn: (returnId, lines) =>
      troubles.call("processReturn", () => {
        const order = orders.find((one) => one.returns.some((some) => some.id === returnId));
        const found = order?.returns.find((one) => one.id === returnId);
        const isWrong = lines.some(({ id, restock, leave }) => {
          const line = found?.lines.find((one) => one.id === id);
          return !line || line.processed + restock + leave > line.quantity;
        });
        if (!order || !found || isWrong) return { outcome: "refused" as const, reasons: ["processed already"] };
        for (const { id, restock, leave } of lines) {
          const line = found.lines.find((one) => one.id === id);
          if (line) line.processed += restock + leave;
          order.shelved += restock;
        }
        if (found.lines.every((line) => line.processed === line.quantity)) found.status = "CLOSED";
        return { outcome: "processed" as const };
      }),
    cancelReturn: (returnId) =>
      troubles.call("cancelReturn", () => {
        const found = orders.flatMap((one) => one.returns).find((one) => one.id === returnId);
        if (found) found.status = "CANCELED";
        return { outcome: "cancelled" as const };
      }),
    writeTracking: (id, { company, numbers }) =>
      troubles.call("writeTracking", () => {
        const found = orders.flatMap((one) => one.fulfillments).find((one) => one.id === id);
        if (found) found.tracking = numbers.map((number) => ({ company, number, url: null }));
      }),
    // as Shopify: what is outstanding, by no gateway, and only while something is
    markPaid: (id) =>
      troubles.call("markPaid", () => {
        const order = byId(id);
        const open = order ? outstanding(order) : 0n;
        if (!order || open <= 0n) return { outcome: "refused" as const, reasons: ["Order cannot be marked as paid."] };
        order.paidLater.push(open);
        return { outcome: "paid" as const };
      }),
    cancelOrder: (id, { restock }) =>
      troubles.call("cancelOrder", () => {
        const order = byId(id);
        if (!order || order.cancelledAt)
          return { outcome: "refused" as const, reasons: [{ code: "INVALID", message: "already cancelled" }] };
        if (!rules.cancelsShipped && order.fulfillments.some((one) => one.status === "SUCCESS"))
          return { outcome: "refused" as const, reasons: [{ code: "INVALID", message: "it was shipped" }] };
        Object.assign(order, {
          cancelledAt: clock.now(),
          updatedAt: clock.now(),
          restocked: order.restocked + (restock ? 1 : 0),
        });
        return { outcome: "accepted" as const };
      }),
  };

  /** What the payments leave of the total, for orders that said so. */
  function outstanding({ draft, paidLater }: KeptOrder): bigint {
    if (!draft.isPaymentOpen) return 0n;
    const sum = (amounts: bigint[]) => amounts.reduce((all, one) => all + one, 0n);
    const taxes = [...draft.lines, ...draft.shipping].flatMap((one) => one.taxes.map((tax) => tax.amountMinor));
    const total =
      sum(draft.lines.map((line) => line.unitPriceMinor * BigInt(line.quantity))) +
      sum(draft.shipping.map((line) => line.amountMinor)) +
      (draft.taxesIncluded ? 0n : sum(taxes));
    return total - sum(draft.payments.map((one) => one.amountMinor)) - sum(paidLater);
  }

  function paymentsOf(order: KeptOrder | undefined): OrderPayments | null {
    if (!order) return null;
    const refunded = (saleId: string) =>
      order.refunds
        .flatMap((one) => one.payments)
        .filter((one) => one.saleId === saleId)
        .reduce((sum, one) => sum + one.amountMinor, 0n);
    const later = order.paidLater.map((amountMinor) => ({ gateway: "manual", amountMinor }));
    const sales = [...order.draft.payments, ...later].map(({ gateway: name, amountMinor }, at) => ({
      ...{ id: `sale-${at}`, gateway: name, amountMinor, refundedMinor: refunded(`sale-${at}`) },
    }));
    return {
      ...{ currency: order.draft.currency, isCancelled: order.cancelledAt !== null, sales },
      refundedMinor: sales.reduce((sum, sale) => sum + sale.refundedMinor, 0n),
      refunds: order.refunds.map(({ id, note, payments }) => ({
        ...{ id, note, totalMinor: payments.reduce((sum, one) => sum + one.amountMinor, 0n) },
      })),
    };
  }

  return {
    orders,
    rules,
    refundedMinor: (order: KeptOrder) => paymentsOf(order)?.refundedMinor,
    gateway: gateway as ShopGateway,
    /** Somebody else brought a channel order home. */
    madeByAnotherApp: (sourceIdentifier: string) =>
      create({ sourceIdentifier, lines: [], shippingAddress: null } as unknown as OrderDraft),
    onlyFoundBySource,
    /** Somebody, or another app, takes all holds off. */
    releaseHolds: (order: KeptOrder) => order.targets.forEach((one) => void one.holds.splice(0)),
    /** Staff take unshipped units off: by an edit, or by a refund that records money too. */
    takeOff: (order: KeptOrder, quantity: number, refund?: { amountMinor: bigint }) => {
      const [line] = order.lines;
      if (!line) throw new Error("nothing to take off");
      order.takenOff.push({ lineItemId: line.id, quantity, restock: true });
      const id = `by hand ${order.refunds.length}`;
      if (refund) order.refunds.push({ id, key: id, note: "", payments: [{ saleId: "sale-0", ...refund }] });
    },
    /** Staff put such units back. */
    putBack: (order: KeptOrder) => void order.takenOff.splice(0),
    /** Staff begin a return of shipped units. */
    beginReturn: (order: KeptOrder, quantity: number): ShopifyReturn => {
      const made: ShopifyReturn = {
        ...{ id: `gid://shopify/Return/staff${order.returns.length}`, name: `${order.name}-R1`, status: "OPEN" },
        lines: [
          {
            ...{ id: "s0", lineItemId: order.lines[0]?.id ?? "", quantity, processed: 0, note: "" },
            ...{ reverseLineId: "sv0", locationId: "gid://shopify/Location/1" },
          },
        ],
      };
      order.returns.push(made);
      return made;
    },
    /** Staff call a parcel off: its units are to be shipped again. */
    callOff: (order: KeptOrder, at = 0) =>
      Object.assign(order.fulfillments[at] ?? {}, { status: "CANCELLED", updatedAt: clock.now() }),
    live: () => orders.filter((one) => !one.cancelledAt),
    fulfil,
  };
}
