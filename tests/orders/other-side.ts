import type { Cancellation, Carrier, Channel, ForShop, OrderFacts, OrdersPort } from "../../app/channels/port.ts";
import type { TestClock } from "../../app/platform/clock.ts";
import { BudgetClosed, CallError } from "../../app/platform/errors.ts";
import type { HoldTarget, OrderDraft, OrderState, ShopGateway } from "../../app/shopify/model.ts";

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
  const carriers: Carrier[] = [
    { id: "c-usps", name: "USPS" },
    { id: "c-ups", name: "UPS" },
  ];

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
    getPackage: async () => null,
  };

  function touch(id: string, change: Partial<OrderFacts> = {}): OrderFacts {
    const order = orders.get(id);
    if (!order) throw new Error(`no order ${id}`);
    return Object.assign(order, { ...change, updatedAt: clock.now() });
  }

  return {
    orders,
    cancellations,
    touch,
    add: (facts: OrderFacts) => void orders.set(facts.channelOrderId, facts),
    channel: {
      id: "tiktok-shop",
      displayName: "TikTok Shop",
      orders: port,
      setup: { carriers: async () => troubles.call("carriers", () => carriers) },
    } as unknown as Channel,
  };
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
  targets: HoldTarget[];
  lines: { id: string; variantId: string | null; sku: string | null; quantity: number }[];
  fulfillments: OrderState["fulfillments"];
}

export function createShopifySide(
  clock: TestClock,
  troubles: Troubles,
  options: { isIdUnique: boolean } = { isIdUnique: true },
) {
  const orders: KeptOrder[] = [];
  const byId = (id: string) => orders.find((one) => one.id === id);
  const target = (id: string) => orders.flatMap((one) => one.targets).find((one) => one.id === id);
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
      ...{ restocked: 0, address: draft.shippingAddress, lines, fulfillments: [] },
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
    order.fulfillments
      .flatMap((one) => one.lines)
      .reduce((rest, line) => (line.lineItemId === lineItemId ? rest - line.quantity : rest), quantity);

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

  const gateway: Partial<ShopGateway> = {
    ensureOrderIdDefinition: async () => {},
    createOrder: (draft) =>
      troubles.call("createOrder", () => {
        if (options.isIdUnique && orders.some((one) => one.draft.sourceIdentifier === draft.sourceIdentifier))
          return { outcome: "taken" as const };
        const { id, name, lines } = create(draft);
        return { outcome: "created" as const, order: { id, name, lines } };
      }),
    findOrderByCustomId: (value) =>
      troubles.call("findById", () => orders.find((one) => one.draft.sourceIdentifier === value) ?? null),
    findOrdersBySourceIdentifier: (value) =>
      troubles.call("findBySource", () =>
        orders.filter(
          (one) =>
            one.draft.sourceIdentifier === value && one.createdAt.getTime() + INDEX_LAG_MS <= clock.now().getTime(),
        ),
      ),
    orderLines: (id) => troubles.call("orderLines", () => byId(id) ?? null),
    orderState: (id) =>
      troubles.call("orderState", () => {
        const order = byId(id);
        if (!order) return null;
        const lines = order.lines.map((line) => ({ ...line, currentQuantity: line.quantity }));
        const { name, updatedAt, cancelledAt, fulfillments, draft } = order;
        return {
          id,
          name,
          updatedAt,
          cancelledAt,
          fulfillments,
          lines,
          financialStatus: "PAID",
          fulfillmentStatus: "UNFULFILLED",
          sourceIdentifier: draft.sourceIdentifier,
        };
      }),
    updateOrder: (id, change) =>
      troubles.call("updateOrder", () => {
        const order = byId(id);
        if (order && change.shippingAddress) order.address = change.shippingAddress;
      }),
    holdTargets: (id) => troubles.call("holdTargets", () => structuredClone(byId(id)?.targets ?? [])),
    holdFulfillment: (id, { handle }) =>
      troubles.call("hold", () => {
        const held = target(id);
        if (held && !held.holds.some((hold) => hold.handle === handle))
          held.holds.push({ id: `hold-${id}-${held.holds.length}`, handle });
        return { holdId: "h" };
      }),
    releaseHold: (id, holdIds) =>
      troubles.call("release", () => {
        const held = target(id);
        if (held) held.holds = held.holds.filter((hold) => !holdIds.includes(hold.id));
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
    cancelOrder: (id, { restock }) =>
      troubles.call("cancelOrder", () => {
        const order = byId(id);
        if (!order || order.cancelledAt)
          return { outcome: "refused" as const, reasons: [{ code: "INVALID", message: "already cancelled" }] };
        Object.assign(order, {
          cancelledAt: clock.now(),
          updatedAt: clock.now(),
          restocked: order.restocked + (restock ? 1 : 0),
        });
        return { outcome: "accepted" as const };
      }),
  };

  return {
    orders,
    gateway: gateway as ShopGateway,
    /** Somebody else brought a channel order home. */
    madeByAnotherApp: (sourceIdentifier: string) =>
      create({ sourceIdentifier, lines: [], shippingAddress: null } as unknown as OrderDraft),
    live: () => orders.filter((one) => !one.cancelledAt),
    fulfil,
  };
}
