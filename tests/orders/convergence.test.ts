import fc from "fast-check";
import { expect, test } from "vitest";
import { aBuyer } from "../../app/domains/orders/testing.ts";
import type { Trouble } from "./other-side.ts";
import { aNewOrder, aWorld } from "./world.ts";

/** What may happen to one order, and how we may hear of it. */
const happening = fc.constantFrom(
  "pay",
  "release",
  "home",
  "cancel",
  "tell",
  "tell",
  "tell-old",
  "poll",
  "pass",
  "wait",
  "fulfil",
  "fulfil",
);
const trouble: fc.Arbitrary<[string, Trouble]> = fc.tuple(
  fc.constantFrom(
    "createOrder",
    "hold",
    "getOrders",
    "updateOrder",
    "release",
    "cancelOrder",
    "searchCancellations",
    "ship",
    "orderState",
  ),
  fc.oneof(
    fc.constantFrom<Trouble>("before", "after"),
    fc.integer({ min: 1, max: 20_000 }).map((lateMs): Trouble => ({ lateMs })),
  ),
);

test("any order and repetition of deliveries, with any calls timing out, ends in the state of the channel", {
  timeout: 240_000,
}, async () => {
  const seen = { imported: 0, cancelled: 0, shipped: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { minLength: 3, maxLength: 14 }),
      fc.array(trouble, { maxLength: 5 }),
      async (happenings, troubles) => {
        const world = await aWorld();
        try {
          for (const operation of new Set(troubles.map(([name]) => name))) {
            const some = troubles.flatMap(([name, one]) => (name === operation ? [one] : []));
            world.troubles.plan(operation, ...some);
          }
          const facts = aNewOrder(world.clock.now(), { status: "unpaid", units: 2 });
          const id = facts.channelOrderId;
          const placedAt = facts.updatedAt;
          await world.buys(facts);
          const status = () => world.channel.orders.get(id)?.status;
          for (const what of happenings) {
            world.clock.advance(1_000);
            if ((what === "pay" || what === "home") && status() === "unpaid")
              world.channel.touch(id, { status: "on-hold", paidAt: world.clock.now() });
            if ((what === "release" || what === "home") && status() === "on-hold")
              world.channel.touch(id, { status: "to-ship", buyer: aBuyer() });
            if (what === "cancel" && status() !== "cancelled" && status() !== "awaiting-collection") {
              for (const line of facts.lines) line.status = "cancelled";
              world.channel.touch(id, { status: "cancelled", buyer: null });
              const channelLineIds = facts.lines.map((line) => line.channelLineId);
              const cancellation = {
                channelCancelId: "c1",
                channelOrderId: id,
                status: "completed",
                by: "buyer",
                reason: "",
                restock: true,
                channelLineIds,
              } as const;
              world.channel.cancellations.set(id, {
                ...cancellation,
                channelLineIds,
                refundMinor: null,
                answerBy: null,
                updatedAt: world.clock.now(),
              });
            }
            const [home] = world.shopify.orders;
            const isFree =
              home && home.fulfillments.length === 0 && home.targets.every((target) => target.holds.length === 0);
            if (what === "fulfil" && isFree && status() === "to-ship" && !home.cancelledAt)
              world.shopify.fulfil(home, { company: "UPS", number: "1Z99987" });
            if (what === "tell" || what === "home") await world.tell(id, world.channel.orders.get(id)?.updatedAt);
            if (what === "tell-old") await world.tell(id, placedAt);
            if (what === "poll") await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
            if (what === "pass") await world.pass();
            if (what === "wait" || what === "home") await world.run(20_000);
          }
          // Whatever was told or not: the polls find it. The second round sees what the first one learned.
          for (let rounds = 0; rounds < 2; rounds += 1) {
            await world.run(900_000);
            await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
          }
          await world.run(1_500_000);
          const row = await world.row(id);
          const live = world.shopify.live();
          expect(row.status).toBe(status());
          expect(world.shopify.orders.length).toBeLessThanOrEqual(1);
          expect(live).toHaveLength(status() === "unpaid" || status() === "cancelled" ? 0 : 1);
          const [home] = world.shopify.orders;
          if (home) expect(row.shopifyOrderId).toBe(home.id);
          if (home?.cancelledAt) expect(home.restocked).toBe(1);
          if (live[0]) {
            seen.imported += 1;
            expect(live[0].targets.flatMap((target) => target.holds)).toHaveLength(status() === "on-hold" ? 1 : 0);
            expect(row.holdState).toBe(
              status() === "on-hold" ? "held" : row.holdState === "none" ? "none" : "released",
            );
            if (status() !== "on-hold") expect(live[0].address).toMatchObject({ address1: "1 Main St" });
            const isFulfilled = live[0].fulfillments.length > 0;
            const numbers = facts.lines.map((line) => line.trackingNumber);
            expect(numbers).toEqual(isFulfilled ? ["1Z99987", "1Z99987"] : [null, null]);
            if (isFulfilled) seen.shipped += 1;
          } else if (home) seen.cancelled += 1;
          const units = [...world.waiting.values()];
          if (status() === "cancelled") expect(units.filter((unit) => unit !== "released")).toEqual([]);
          else expect(units).toEqual(Array(2).fill(status() === "unpaid" ? "waiting" : "imported"));
        } finally {
          await world.close();
        }
      },
    ),
    { numRuns: 25, seed: 7 },
  );
  expect(seen.imported).toBeGreaterThan(5);
  expect(seen.cancelled).toBeGreaterThan(0);
  expect(seen.shipped).toBeGreaterThan(0);
});
