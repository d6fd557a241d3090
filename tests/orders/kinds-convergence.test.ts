import fc from "fast-check";
import { expect, test } from "vitest";
import type { OrderFacts } from "../../app/channels/port.ts";
import { aBuyer } from "../../app/domains/orders/testing.ts";
import { parseSettings } from "../../app/domains/shops/model.ts";
import { Killed, type Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, free } from "./world.ts";

/** Any kind the channel can tell of, in any state, under any choice of the merchant, with calls that time out before or after their effect. */
const anyOrder = fc.record({
  kind: fc.constantFrom<OrderFacts["kind"]>(
    ...(["normal", "sample", "replacement", "exchange", "zero-price", "pre-order"] as const),
    ...(["backorder", "made-to-order", "other"] as const),
  ),
  status: fc.constantFrom<OrderFacts["status"]>(
    ...(["unpaid", "on-hold", "to-ship", "partly-shipped", "awaiting-collection"] as const),
    ...(["in-transit", "delivered", "completed", "cancelled"] as const),
  ),
  fulfilledBy: fc.constantFrom<OrderFacts["fulfilledBy"]>(
    "seller",
    "seller",
    "platform",
    "unknown:FULFILLMENT_BY_MOON",
  ),
  isSubscription: fc.boolean(),
  packing: fc.constantFrom<NonNullable<OrderFacts["packing"]> | null>(null, "split", "combined"),
  isGift: fc.boolean(),
  isFree: fc.boolean(),
  isLinked: fc.constantFrom(true, true, false),
});
const anyChoice = fc.record({
  leaveOut: fc.subarray(["platform", "sample", "replacement", "zero-price", "pre-order", "subscription", "test"]),
  isForTests: fc.constantFrom(false, false, true),
  unlinked: fc.constantFrom("park", "custom-line", "by-sku"),
});
const anyTrouble = fc.tuple(
  fc.constantFrom("createOrder", "getOrders", "writeReferences", "hold", "findBySource"),
  fc.oneof(
    fc.constantFrom<Trouble>("before", "after", "dies-after"),
    fc.integer({ min: 1, max: 20_000 }).map((lateMs): Trouble => ({ lateMs })),
  ),
);

test("an order of any kind ends home, shown with a reason, or parked with a problem", {
  timeout: 240_000,
}, async () => {
  const ends = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(anyOrder, anyChoice, fc.array(anyTrouble, { maxLength: 3 }), async (what, choice, troubles) => {
      const own = await aWorld();
      try {
        own.connection.settings = parseSettings({ importing: choice });
        for (const operation of new Set(troubles.map(([name]) => name)))
          own.troubles.plan(operation, ...troubles.flatMap(([name, one]) => (name === operation ? [one] : [])));
        const { isGift, isFree, isLinked, ...facts } = what;
        const base = aNewOrder(own.clock.now(), { ...facts, ...(isLinked ? {} : { skuId: "1729000000000000999" }) });
        const [line] = base.lines;
        if (isGift && line) line.isGift = true;
        const order = isFree
          ? {
              ...base,
              ...free(),
              lines: free().lines.map((one) => ({
                ...one,
                status: base.status,
                isGift,
                channelSkuId: line?.channelSkuId ?? "",
              })),
            }
          : base;
        const hidden = ["unpaid", "on-hold", "cancelled"].includes(order.status);
        const id = await own.buys({ ...order, buyer: hidden ? null : aBuyer() });
        for (let rounds = 0; rounds < 6; rounds += 1) {
          try {
            await own.run(900_000);
            await own.tell(id);
            await own.run(900_000);
            break;
          } catch (error) {
            if (!(error instanceof Killed)) throw error;
            own.afterDeath();
          }
        }
        const row = await own.row(id);
        expect(row.kinds.length).toBeGreaterThan(0);
        expect(row.kind).toBe(row.kinds[0]);
        expect(own.shopify.orders.length).toBeLessThanOrEqual(1);
        const problems = await own.openProblems();
        const waitsForThem = row.fulfilledBy === "platform" && own.shopify.orders.length === 0;
        if (row.importState === "done") {
          expect(row.shopifyOrderId).toBe(own.shopify.orders[0]?.id);
          expect(own.channel.references.get(id)?.externalId).toBe(row.shopifyOrderId?.split("/").at(-1));
          expect(row.externalRefAt).not.toBeNull();
        } else if (row.importState === "shown") {
          expect(row.parkedReason).toMatch(/^(cancelled|kind:[a-z-]+)$/);
          expect(own.shopify.orders).toHaveLength(0);
        } else if (row.importState === "parked") {
          expect(row.parkedReason).not.toBeNull();
          expect(problems).toContain(row.parkedReason);
        } else {
          expect(row.importState).toBe("planned");
          expect(row.status === "unpaid" || waitsForThem).toBe(true);
        }
        ends.set(row.importState, (ends.get(row.importState) ?? 0) + 1);
      } finally {
        await own.close();
      }
    }),
    { numRuns: 30, seed: 11 },
  );
  for (const end of ["done", "shown", "parked", "planned"]) expect(ends.get(end) ?? 0, end).toBeGreaterThan(0);
});
