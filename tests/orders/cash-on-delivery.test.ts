import { afterEach, describe, expect, test } from "vitest";
import { aLine } from "../../app/domains/orders/testing.ts";
import { Killed, type Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

const kept = () => {
  const [first] = world.shopify.orders;
  if (!first) throw new Error("the order did not come home");
  return first;
};

/** Bought to be paid at the door, and home. */
async function bought(): Promise<string> {
  const id = await world.buys(aNewOrder(world.clock.now(), { isCashOnDelivery: true, paidAt: null }));
  await world.run(60_000);
  return id;
}

/** The parcel is handed over, and the money with it. */
async function delivered(id: string): Promise<void> {
  world.clock.advance(2_000);
  world.channel.touch(id, { status: "delivered" });
  await world.tell(id, world.clock.now());
}

async function run(ms: number): Promise<void> {
  try {
    await world.run(ms);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    world.afterDeath();
    await world.run(ms);
  }
}

test("it comes home unpaid, and is marked as paid once it was handed over", async () => {
  world = await aWorld();
  const id = await bought();
  expect(kept().draft).toMatchObject({ isPaymentOpen: true, payments: [] });
  expect(await world.row(id)).toMatchObject({ importState: "done", doorPayment: "open" });
  expect((await world.shopify.gateway.orderState(kept().id))?.financialStatus).toBe("PENDING");
  world.channel.touch(id, { status: "in-transit" });
  await world.tell(id, world.clock.now());
  await world.run(60_000);
  expect(kept().paidLater).toEqual([]);
  await delivered(id);
  await world.run(60_000);
  const { buyerPaidMinor } = await world.row(id);
  expect(kept().paidLater).toEqual([buyerPaidMinor]);
  expect(await world.row(id)).toMatchObject({ doorPayment: "paid" });
  expect(await world.events()).toContain("order.paid-at-door");
  // told again, nothing is paid again
  await delivered(id);
  await world.run(60_000);
  expect(kept().paidLater).toHaveLength(1);
});

describe("whatever becomes of the call, the order is paid once", () => {
  const TROUBLES: Trouble[] = ["before", "after", "dies", "dies-after", "budget", { lateMs: 15_000 }];
  test.each(TROUBLES.map((trouble) => [JSON.stringify(trouble), trouble] as const))("%s", async (_name, trouble) => {
    world = await aWorld();
    const id = await bought();
    world.troubles.plan("markPaid", trouble);
    await delivered(id);
    await run(600_000);
    const { buyerPaidMinor } = await world.row(id);
    expect(kept().paidLater).toEqual([buyerPaidMinor]);
    expect(await world.row(id)).toMatchObject({ doorPayment: "paid" });
    expect(await world.openProblems()).toEqual([]);
  });
});

test("what the platform adds is paid from the start and stays apart, also when money goes back", async () => {
  world = await aWorld();
  const line = aLine({
    channelLineId: "577000001",
    originalMinor: 2000n,
    platformDiscountMinor: 500n,
    saleMinor: 1500n,
    taxes: [],
  });
  const order = aNewOrder(world.clock.now(), { isCashOnDelivery: true, paidAt: null, lines: [line] });
  order.money = {
    ...order.money,
    ...{ originalProductMinor: 2000n, sellerDiscountMinor: 0n, platformDiscountMinor: 500n, subTotalMinor: 1500n },
    ...{ shippingMinor: 0n, originalShippingMinor: 0n, shippingSellerDiscountMinor: 0n, shippingTaxMinor: 0n },
    ...{ shippingPlatformDiscountMinor: 0n, taxMinor: 0n, fees: [], totalMinor: 1500n },
  };
  const id = await world.buys(order);
  await world.run(60_000);
  expect(kept().draft.payments.map((one) => one.amountMinor)).toEqual([500n]);
  await delivered(id);
  await world.run(60_000);
  expect(kept().paidLater).toEqual([1500n]);
  const payments = await world.shopify.gateway.payments(kept().id);
  expect(payments?.sales.map((one) => [one.gateway, one.amountMinor])).toEqual([
    ["TikTok Shop (platform discount)", 500n],
    ["manual", 1500n],
  ]);
});

test("called off before it was paid, nobody waits for its payment and nothing is refunded", async () => {
  world = await aWorld();
  const id = await bought();
  world.channel.cancellations.set("c-1", {
    ...{ channelCancelId: "c-1", channelOrderId: id, status: "completed", by: "buyer", reason: "changed my mind" },
    ...{ restock: true, answerBy: null, refundMinor: null, updatedAt: world.clock.now() },
    channelLineIds: world.channel.orders.get(id)?.lines.map((one) => one.channelLineId) ?? [],
  });
  world.channel.touch(id, { status: "cancelled", buyer: null });
  await world.tell(id, world.clock.now());
  await world.run(600_000);
  expect(kept().cancelledAt).not.toBeNull();
  expect([kept().paidLater, kept().refunds]).toEqual([[], []]);
  expect(await world.openProblems()).toEqual([]);
});

test("marked as paid in Shopify by somebody: found, not paid twice", async () => {
  world = await aWorld();
  const id = await bought();
  await world.shopify.gateway.markPaid(kept().id);
  await delivered(id);
  await world.run(60_000);
  expect(kept().paidLater).toHaveLength(1);
  expect(await world.row(id)).toMatchObject({ doorPayment: "paid" });
});

test("Shopify refuses: somebody is told, and once it takes it the problem goes away", async () => {
  world = await aWorld();
  const id = await bought();
  const { markPaid } = world.shopify.gateway;
  world.shopify.gateway.markPaid = async () => ({ outcome: "refused", reasons: ["Order cannot be marked as paid."] });
  await delivered(id);
  await world.run(60_000);
  expect(await world.openProblems()).toEqual(["order-payment-refused"]);
  world.shopify.gateway.markPaid = markPaid;
  await world.run(2 * 3_600_000);
  expect(await world.openProblems()).toEqual([]);
  expect(kept().paidLater).toHaveLength(1);
});
