import { afterEach, describe, expect, test } from "vitest";
import type { ChannelReturn } from "../../app/channels/port.ts";
import { Killed, paidFor, type Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

const ANSWER_BY = new Date("2026-01-07T08:00:00Z");
const kept = () => {
  const [first] = world.shopify.orders;
  if (!first) throw new Error("the order did not come home");
  return first;
};
const tell = async (id: string) =>
  world.engine.change((tx) =>
    world.orders.afterSalesChanged(tx, [{ connectionId: world.connection.id, channelOrderId: id }]),
  );

/** An order of `units` units that came home, was shipped and delivered. */
async function delivered(units = 2): Promise<string> {
  const id = await world.buys(aNewOrder(world.clock.now(), { units }));
  await world.run(60_000);
  world.shopify.fulfil(kept(), { company: "UPS", number: "1Z" });
  world.channel.touch(id, { status: "delivered" });
  return id;
}

/** The buyer asks for something about what was delivered. */
function asks(id: string, over: Partial<ChannelReturn> = {}): ChannelReturn {
  const order = world.channel.orders.get(id);
  const asked: ChannelReturn = {
    ...{ channelReturnId: `4036${id}`, channelOrderId: id, kind: "return", status: "requested", by: "buyer" },
    ...{ reason: "too small", isKept: false, refundMinor: paidFor(order, order?.lines ?? []), platformMinor: 0n },
    ...{ dispute: null, trackingNumber: null, answerBy: ANSWER_BY, updatedAt: world.clock.now() },
    channelLineIds: order?.lines.map((line) => line.channelLineId) ?? [],
    ...over,
  };
  world.channel.returns.set(asked.channelReturnId, asked);
  return asked;
}

/** The channel moves on, and its webhook tells of it. */
async function moves(asked: ChannelReturn, status: ChannelReturn["status"], over: Partial<ChannelReturn> = {}) {
  world.clock.advance(2_000);
  Object.assign(asked, { status, answerBy: null, updatedAt: world.clock.now(), ...over });
  await tell(asked.channelOrderId);
  await run(120_000);
}

/** As `run`, with a process that is killed and started again. */
async function run(ms: number): Promise<void> {
  try {
    await world.run(ms);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    world.afterDeath();
    await world.run(ms);
  }
}

const STAFF = { kind: "staff", id: "7" } as const;
async function decides(id: string, kind: string, over: object = {}) {
  const { id: orderId } = await world.row(id);
  return world.orders.decide({
    ...{ shopId: "shop-1", orderId, actor: STAFF, requestId: `4036${id}`, reason: null },
    ...{ kind: kind as "approve-return", ...over },
  });
}
const restocks = async (id: string, restockLineIds: string[]) =>
  world.orders.decideRestock({
    ...{ shopId: "shop-1", orderId: (await world.row(id)).id, requestId: `4036${id}`, restockLineIds, actor: STAFF },
  });

const FAULTS: [string, Trouble[]][] = [
  ["answers", []],
  ["times out before its effect", ["before"]],
  ["times out after its effect", ["after"]],
  ["takes effect 20 s late", [{ lateMs: 20_000 }]],
  ["times out twice", ["after", "before"]],
  ["dies before it", ["dies"]],
  ["dies after it", ["dies-after"]],
];

describe.each(["openReturn", "processReturn", "createRefund"])("a return and refund, while %s", (operation) => {
  test.each(FAULTS)("%s: one return, each unit decided once, the money once", async (_name, troubles) => {
    world = await aWorld();
    world.troubles.plan(operation, ...troubles);
    const id = await delivered();
    const asked = asks(id);
    await tell(id);
    await run(120_000);
    expect(kept().returns).toEqual([]);
    await moves(asked, "awaiting-item");
    expect(kept().returns.filter((one) => one.status === "OPEN")).toHaveLength(1);
    await moves(asked, "item-sent", { answerBy: ANSWER_BY, trackingNumber: "RET1" });
    await moves(asked, "approved");
    await restocks(id, asked.channelLineIds.slice(0, 1));
    await run(120_000);
    await moves(asked, "completed");
    for (let times = 0; times < 3; times += 1) {
      await tell(id);
      await run(200_000);
    }
    expect(kept().returns).toMatchObject([{ status: "CLOSED", lines: [{ quantity: 2, processed: 2 }] }]);
    expect(kept().shelved).toBe(1);
    expect(world.shopify.refundedMinor(kept())).toBe(asked.refundMinor);
    expect(await world.row(id)).toMatchObject({
      returns: [{ shopifyState: "done" }],
      refunds: [{ part: "money", state: "done" }],
    });
    expect(await world.openProblems()).toEqual([]);
  });
});

describe.each(["approve-return", "refuse-return"] as const)("the seller's %s, while the call", (kind) => {
  test.each(FAULTS)("%s: decided once", async (_name, troubles) => {
    world = await aWorld();
    world.troubles.plan("decide", ...troubles);
    const id = await delivered();
    const asked = asks(id);
    await tell(id);
    await run(60_000);
    expect(await decides(id, kind, { reason: kind === "refuse-return" ? "because" : null })).toEqual({
      outcome: "told",
    });
    expect(await decides(id, kind)).toEqual({ outcome: "already" });
    await run(300_000);
    expect(asked.status).toBe(kind === "approve-return" ? "awaiting-item" : "rejected");
    expect((await world.row(id)).decisions).toMatchObject([{ state: "done" }]);
    expect(kept().returns).toHaveLength(kind === "approve-return" ? 1 : 0);
    expect(await world.openProblems()).toEqual([]);
  });
});

test("a request asks for an answer, urgently when its time runs out; the goods on their way back do too", async () => {
  world = await aWorld();
  const id = await delivered();
  const asked = asks(id);
  await tell(id);
  await run(60_000);
  const find = (kind: string) => world.db.problem.findFirst({ where: { kind } });
  expect(await find("return-requested")).toMatchObject({ severity: "needs-you", closedAt: null });
  await run(37 * 3_600_000);
  expect(await find("return-requested")).toMatchObject({ severity: "urgent", closedAt: null });
  await moves(asked, "item-sent", { answerBy: new Date("2026-01-12T08:00:00Z") });
  expect(await world.openProblems()).toEqual(["return-arrived"]);
});

test("a decision the channel no longer allows is told with its reason", async () => {
  world = await aWorld();
  const id = await delivered();
  asks(id);
  await tell(id);
  await run(60_000);
  await decides(id, "approve-refund");
  await run(60_000);
  expect((await world.row(id)).decisions).toMatchObject([{ state: "refused", refusedCode: "not-open" }]);
  expect(await world.openProblems()).toEqual(["decision-refused", "return-requested"]);
});

test("refund only: the money once, no return, no stock", async () => {
  world = await aWorld();
  const id = await delivered();
  const asked = asks(id, { kind: "refund" });
  await tell(id);
  await run(60_000);
  await decides(id, "approve-refund");
  await run(60_000);
  await moves(asked, "completed");
  expect(kept().returns).toEqual([]);
  expect(kept().shelved).toBe(0);
  expect(world.shopify.refundedMinor(kept())).toBe(asked.refundMinor);
});

test("a part that was offered: only that much", async () => {
  world = await aWorld();
  const id = await delivered();
  const asked = asks(id);
  await tell(id);
  await run(60_000);
  await moves(asked, "completed", { isKept: true, refundMinor: 500n, platformMinor: 0n });
  expect(kept().returns).toEqual([]);
  expect(world.shopify.refundedMinor(kept())).toBe(500n);
  expect(await world.openProblems()).toEqual([]);
});

test("another one in its place moves no money and opens no return here", async () => {
  world = await aWorld();
  const id = await delivered();
  const asked = asks(id, { kind: "replacement", refundMinor: null });
  await tell(id);
  await run(60_000);
  await decides(id, "approve-replacement");
  await run(60_000);
  expect(asked.status).toBe("completed");
  expect(kept().returns).toEqual([]);
  expect(world.shopify.refundedMinor(kept())).toBe(0n);
  expect((await world.row(id)).returns).toMatchObject([{ shopifyState: "none" }]);
});

test("withdrawn after it was approved: the Shopify return is cancelled, also when its opening lands late", async () => {
  world = await aWorld();
  const id = await delivered();
  const asked = asks(id, { status: "awaiting-item", answerBy: null });
  world.troubles.plan("openReturn", { lateMs: 20_000 });
  await tell(id);
  await world.pass();
  await moves(asked, "withdrawn");
  await run(300_000);
  expect(kept().returns).toMatchObject([{ status: "CANCELED" }]);
  expect(world.shopify.refundedMinor(kept())).toBe(0n);
});

test.each([
  ["restock", 2],
  ["leave", 0],
] as const)("the setting decides where it says so: %s", async (restockReturns, shelved) => {
  world = await aWorld();
  world.connection.settings.restockReturns = restockReturns;
  const id = await delivered();
  asks(id, { status: "completed", answerBy: null });
  await tell(id);
  await run(120_000);
  expect(kept().shelved).toBe(shelved);
  expect(kept().returns).toMatchObject([{ status: "CLOSED" }]);
});

test("undecided goods wait, and say so; deciding twice is deciding once; another shop decides nothing", async () => {
  world = await aWorld();
  const id = await delivered();
  const asked = asks(id, { status: "completed", answerBy: null });
  await tell(id);
  await run(120_000);
  expect(await world.openProblems()).toEqual(["return-restock"]);
  expect(kept().shelved).toBe(0);
  const foreign = {
    orderId: (await world.row(id)).id,
    requestId: asked.channelReturnId,
    restockLineIds: [],
    actor: STAFF,
  };
  expect(await world.orders.decideRestock({ ...foreign, shopId: "shop-2" })).toEqual({ outcome: "not-found" });
  expect(await restocks(id, [...asked.channelLineIds, "of another order"])).toEqual({ outcome: "told" });
  expect(await restocks(id, [])).toEqual({ outcome: "already" });
  await run(120_000);
  expect(kept().shelved).toBe(2);
  expect(await world.openProblems()).toEqual([]);
});

test("not shipped in Shopify: waits a while, then somebody must look; shipped and looked at again, it goes on", async () => {
  world = await aWorld();
  const id = await world.buys(aNewOrder(world.clock.now(), { units: 1 }));
  await world.run(60_000);
  world.channel.touch(id, { status: "delivered" });
  const asked = asks(id, { status: "completed", answerBy: null });
  await tell(id);
  await run(700_000);
  expect(await world.openProblems()).toEqual(["return-refused"]);
  expect(world.shopify.refundedMinor(kept())).toBe(asked.refundMinor);
  world.shopify.fulfil(kept(), { company: "UPS", number: "1Z" });
  await world.orders.lookAgain({ shopId: "shop-1", id: (await world.row(id)).id, actor: STAFF });
  await restocks(id, []);
  await run(200_000);
  expect(kept().returns).toMatchObject([{ status: "CLOSED" }]);
  expect(kept().shelved).toBe(0);
});

test("what somebody refunded in Shopify as well shows as a difference to the cent", async () => {
  world = await aWorld();
  const id = await delivered();
  const asked = asks(id, { kind: "refund", refundMinor: 1000n });
  kept().refunds.push({ id: "by hand", key: "x", note: "sorry", payments: [{ saleId: "sale-0", amountMinor: 200n }] });
  await moves(asked, "completed");
  expect(await world.db.problem.findFirst({ where: { kind: "refund-differs" } })).toMatchObject({
    data: { channelAmount: "10.00 USD", shopifyAmount: "12.00 USD" },
    closedAt: null,
  });
});

test("the platform's part goes back to the platform", async () => {
  world = await aWorld();
  const facts = aNewOrder(world.clock.now(), { units: 1 });
  const [line] = facts.lines;
  if (line) Object.assign(line, { platformDiscountMinor: 300n, saleMinor: 1700n });
  facts.money = {
    ...facts.money,
    platformDiscountMinor: 300n,
    subTotalMinor: 1700n,
    totalMinor: facts.money.totalMinor - 300n,
  };
  const id = await world.buys(facts);
  await world.run(60_000);
  world.shopify.fulfil(kept(), { company: "UPS", number: "1Z" });
  const asked = asks(id, { kind: "return", refundMinor: facts.money.totalMinor, platformMinor: 300n });
  await moves(asked, "completed");
  expect(kept().refunds[0]?.payments).toMatchObject([
    { saleId: "sale-0", amountMinor: facts.money.totalMinor },
    { saleId: "sale-1", amountMinor: 300n },
  ]);
});

test("what no webhook told of is found by the poll, also of an order never read", async () => {
  world = await aWorld();
  const facts = aNewOrder(world.clock.now(), { units: 1, status: "delivered" });
  world.channel.add(facts);
  asks(facts.channelOrderId);
  await world.engine.change((tx) => world.orders.wantPolls(tx, world.connection));
  await run(120_000);
  expect(await world.row(facts.channelOrderId)).toMatchObject({ returns: [{ status: "requested" }] });
});
