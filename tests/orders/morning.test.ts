import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aLine } from "../../app/domains/orders/testing.ts";
import type { Trouble } from "./other-side.ts";
import { aNewOrder, aWorld, SCOPE, type World } from "./world.ts";

/** The morning page's own questions and deeds: the list, what is new, reviewing, notes, fulfilling from here, the bookkeeper's file. */

const HOUR_MS = 3_600_000;
const shopId = "shop-1";
const ANN = { kind: "staff", id: "ann" } as const;
let world: World;

beforeEach(async () => {
  world = await aWorld();
});
afterEach(() => world.close());

/** An order that is home and may be shipped. */
async function home(over: Parameters<typeof aNewOrder>[1] = {}) {
  const channelOrderId = await world.buys(aNewOrder(world.clock.now(), over));
  await world.run(60_000);
  const { id, importState } = await world.row(channelOrderId);
  expect(importState).toBe("done");
  const order = world.shopify.orders.find((one) => one.draft.sourceIdentifier === channelOrderId);
  if (!order) throw new Error("it is not in Shopify");
  return { id, channelOrderId, order };
}

describe("the list", () => {
  test("pages by any order hold every order once, whatever comes meanwhile", async () => {
    const bought = new Set<string>();
    for (let n = 0; n < 7; n++) {
      // two of one moment: the id decides
      if (n % 2 === 0) world.clock.advance(60_000);
      const shipByAt = n % 3 === 0 ? null : new Date(world.clock.now().getTime() + (9 - n) * HOUR_MS);
      bought.add(await world.buys(aNewOrder(world.clock.now(), { shipByAt })));
    }
    await world.run(60_000);
    for (const sort of ["newest", "deadline"] as const) {
      const seen: string[] = [];
      const times: number[] = [];
      let cursor: string | null = null;
      do {
        const page = await world.orders.listOrders({
          ...{ shopId, view: "to-ship", sort, limit: 3 },
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.orders.map((one) => one.channelOrderId));
        times.push(
          ...page.orders.map((one) => (sort === "newest" ? -one.createdAt : (one.shipByAt?.getTime() ?? Infinity))),
        );
        cursor = page.nextCursor;
        if (sort === "newest") {
          world.clock.advance(1_000);
          await world.buys();
        }
      } while (cursor);
      expect(new Set(seen).size).toBe(seen.length);
      for (const id of bought) expect(seen).toContain(id);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });

  test.each([
    ["the beginning of its number", (id: string) => id.slice(0, 17), true],
    ["its name in Shopify", () => "#1001", true],
    ["that name without the sign", () => "1001", true],
    ["words of a product, in any order", () => "mug harb", true],
    ["the beginning of a SKU", () => "cup-", true],
    ["a word that is not in it", () => "harbor teapot", false],
    ["what a pattern would match", () => "%", false],
    ["the buyer's name, which is sealed", () => "Jo Doe", false],
  ])("finds an order by %s: %#", async (_what, textOf, isFound) => {
    const { channelOrderId } = await home({ lines: [aLine({ title: "Harbor/Stoneware Mug, 12oz" })] });
    const { orders } = await world.orders.listOrders({ shopId, view: "all", search: textOf(channelOrderId) });
    expect(orders.map((one) => one.channelOrderId)).toEqual(isFound ? [channelOrderId] : []);
    const { orders: others } = await world.orders.listOrders({
      shopId: "shop-2",
      view: "all",
      search: textOf(channelOrderId),
    });
    expect(others).toEqual([]);
  });

  test("finds an order by what the channel calls its products now, not before", async () => {
    const { channelOrderId } = await home({ lines: [aLine({ title: "Harbor Mug" })] });
    world.channel.touch(channelOrderId, { lines: [aLine({ title: "Meadow Mug", sellerSku: "MM-1" })] });
    await world.tell(channelOrderId);
    await world.run(60_000);
    const found = async (search: string) =>
      (await world.orders.listOrders({ shopId, view: "all", search })).orders.map((one) => one.channelOrderId);
    for (const text of ["meadow", "mm-", channelOrderId]) expect(await found(text), text).toEqual([channelOrderId]);
    for (const text of ["harbor", "cup-"]) expect(await found(text), text).toEqual([]);
  });

  test("each view holds its own; a range of days cuts it", async () => {
    const { channelOrderId: shippable } = await home();
    const onHold = await world.buys(aNewOrder(world.clock.now(), { status: "on-hold" }));
    const unpaid = await world.buys(aNewOrder(world.clock.now(), { status: "unpaid" }));
    const parked = await world.buys(aNewOrder(world.clock.now(), { skuId: "999" }));
    await world.run(60_000);
    const view = async (view: Parameters<World["orders"]["listOrders"]>[0]["view"], more = {}) =>
      (await world.orders.listOrders({ shopId, view, ...more })).orders.map((one) => one.channelOrderId).sort();
    expect(await view("to-ship")).toEqual([shippable, parked].sort());
    expect(await view("on-hold")).toEqual([onHold]);
    expect(await view("parked")).toEqual([parked]);
    expect(await view("needs-me")).toEqual([parked]);
    expect(await view("cancelled")).toEqual([]);
    expect(await view("all")).toEqual([shippable, onHold, unpaid, parked].sort());
    const { createdAt } = await world.row(onHold);
    expect(await view("all", { before: createdAt })).toEqual([shippable]);
    expect(await view("all", { from: createdAt })).not.toContain(shippable);
    expect(await world.orders.countViews({ shopId })).toEqual({ "needs-me": 1, "to-ship": 2, "on-hold": 1, parked: 1 });
    // the cause is put right: it leaves by itself
    world.linked.add("999");
    await world.engine.change((tx) => world.engine.raise(tx, SCOPE, "sku:999"));
    await world.run(60_000);
    expect(await view("needs-me")).toEqual([]);
    expect(await view("parked")).toEqual([]);
  });

  test("a buyer who wants to return something stands where its deadline puts it, and leaves when answered", async () => {
    const { channelOrderId, order } = await home();
    world.shopify.fulfil(order, { company: "UPS", number: "1Z" });
    world.channel.touch(channelOrderId, { status: "delivered" });
    const answerBy = new Date(world.clock.now().getTime() + 30 * HOUR_MS);
    const afterIt = new Date(answerBy.getTime() + HOUR_MS);
    const problem = await world.buys(aNewOrder(world.clock.now(), { skuId: "999", shipByAt: afterIt }));
    world.channel.returns.set("r1", {
      ...{ channelReturnId: "r1", channelOrderId, kind: "return", status: "requested", by: "buyer", reason: "small" },
      ...{ isKept: false, refundMinor: 2663n, platformMinor: 0n, dispute: null, trackingNumber: null, answerBy },
      channelLineIds: (await world.row(channelOrderId)).lines.map((line) => line.channelLineId),
      updatedAt: world.clock.now(),
    });
    await world.tell(channelOrderId);
    await world.engine.change((tx) =>
      world.orders.afterSalesChanged(tx, [{ connectionId: world.connection.id, channelOrderId }]),
    );
    await world.run(60_000);
    const needy = async () => (await world.orders.listOrders({ shopId, view: "needs-me", sort: "deadline" })).orders;
    expect((await needy()).map((one) => one.channelOrderId)).toEqual([channelOrderId, problem]);
    expect((await needy())[0]?.deadline).toEqual({ kind: "answer", at: answerBy });
    const { id: orderId } = await world.row(channelOrderId);
    await world.orders.decide({
      ...{ shopId, orderId, actor: ANN, kind: "approve-return", requestId: "r1", reason: null },
    });
    await world.run(60_000);
    expect((await needy()).map((one) => one.channelOrderId)).toEqual([problem]);
  });
});

describe("what is new", () => {
  test("stays as it is during a visit, and begins anew with the next", async () => {
    const look = (staffId = "ann") => world.orders.lookAt({ shopId, staffId });
    expect(await look()).toMatchObject({ isFirst: true });
    world.clock.advance(20 * 60_000);
    expect(await look()).toMatchObject({ isFirst: true });
    const left = world.clock.now();
    world.clock.advance(13 * HOUR_MS);
    expect(await look()).toEqual({ isFirst: false, since: left });
    world.clock.advance(10 * 60_000);
    // still the same visit; another person has looked at nothing yet
    expect(await look()).toEqual({ isFirst: false, since: left });
    expect(await look("ben")).toMatchObject({ isFirst: true });
    expect(await world.orders.lookAt({ shopId: "shop-2", staffId: "ann" })).toMatchObject({ isFirst: true });
  });

  test("reviewed orders leave it, and come back when that is undone; each with who did it", async () => {
    const before = new Date(Date.now() - 60_000);
    const [one, two] = [await home(), await home()];
    const news = async () =>
      (await world.orders.listOrders({ shopId, view: "since", lastLookedAt: before })).orders.map((each) => each.id);
    expect((await news()).sort()).toEqual([one.id, two.id].sort());
    const review = (isReviewed: boolean, ids: string[], shop = shopId) =>
      world.orders.review({ shopId: shop, ids, isReviewed, actor: ANN });
    expect(await review(true, [one.id], "shop-2")).toEqual({ changed: [] });
    expect(await review(true, [one.id])).toEqual({ changed: [one.id] });
    expect(await review(true, [one.id, two.id])).toEqual({ changed: [two.id] });
    expect(await news()).toEqual([]);
    expect(await world.orders.countNew({ shopId, since: before })).toMatchObject({ all: 2, open: 0 });
    // undoing the second touches no other
    expect(await review(false, [two.id])).toEqual({ changed: [two.id] });
    expect(await news()).toEqual([two.id]);
    const told = await world.db.activity.findMany({ where: { event: { startsWith: "order." }, actorKind: "staff" } });
    expect(told.map((each) => [each.event, each.actorId])).toEqual([
      ["order.reviewed", "ann"],
      ["order.reviewed", "ann"],
      ["order.unreviewed", "ann"],
    ]);
  });

  test("a note is kept with its writer, stays out of the history, and goes with the buyer", async () => {
    const { id } = await home();
    const note = (text: string, shop = shopId) => world.orders.note({ shopId: shop, id, text, actor: ANN });
    expect(await note("Mine", "shop-2")).toEqual({ outcome: "not-found" });
    expect(await note("x".repeat(2_001))).toEqual({ outcome: "too-long" });
    expect(await note(" Jo wants it gift wrapped ")).toEqual({ outcome: "noted" });
    expect(await world.orders.getOrder({ shopId, id })).toMatchObject({
      note: "Jo wants it gift wrapped",
      noteBy: "ann",
    });
    const told = await world.db.activity.findMany({ where: { event: "order.noted" } });
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told[0]?.data)).not.toContain("Jo");
    const { shopifyOrderId } = await world.db.channelOrder.findUniqueOrThrow({ where: { id } });
    const ask = { shopId, kind: "erase" as const, externalId: null, sealedContact: null, at: world.clock.now() };
    await world.engine.change((tx) =>
      world.orders.buyersAsked(tx, [{ ...ask, shopifyOrderIds: [shopifyOrderId ?? ""] }]),
    );
    expect((await world.orders.getOrder({ shopId, id }))?.note).toBeNull();
  });
});

describe("fulfilling from here", () => {
  const parcel = (id: string, trackingNumber: string | null = "9400110200") => ({
    id,
    company: "USPS",
    trackingNumber,
  });
  const ask = (...ids: string[]) =>
    world.orders.askFulfilment({ shopId, actor: ANN, parcels: ids.map((id) => parcel(id)) });
  const numbers = (id: string) => world.channel.orders.get(id)?.lines.map((line) => line.trackingNumber);

  test.each<[string, Trouble[]]>([
    ["all goes well", []],
    ["the call times out before its effect", ["before"]],
    ["its answer is lost", ["after"]],
    ["its effect comes late", [{ lateMs: 15_000 }]],
    ["it is lost twice", ["before", "after"]],
    ["the budget is used up", ["budget"]],
  ])("makes one parcel when %s, and the channel gets its number", async (_what, troubles) => {
    const { id, channelOrderId, order } = await home({ units: 3 });
    world.troubles.plan("fulfil", ...troubles);
    expect(await ask(id)).toEqual([{ id, channelOrderId, refusal: null }]);
    await world.run(10 * 60_000);
    expect(order.fulfillments).toHaveLength(1);
    expect(order.fulfillments[0]?.tracking[0]).toMatchObject({ company: "USPS", number: "9400110200" });
    expect(numbers(channelOrderId)).toEqual(["9400110200", "9400110200", "9400110200"]);
    expect((await world.row(channelOrderId)).shippedAt).not.toBeNull();
    expect(await world.openProblems()).toEqual([]);
    expect((await world.orders.listed({ shopId, ids: [id] }))[0]?.fulfilmentRequest?.state).toBe("done");
  });

  test.each<[string, Trouble]>([
    ["before the call", "dies"],
    ["after its effect", "dies-after"],
  ])("a worker that dies %s makes no second parcel", async (_what, trouble) => {
    const { id, order } = await home();
    world.troubles.plan("fulfil", trouble);
    await ask(id);
    await world.run(60_000).catch(() => {});
    world.afterDeath();
    await world.run(10 * 60_000);
    expect(order.fulfillments).toHaveLength(1);
  });

  test("pressing twice asks once; what was fulfilled by hand meanwhile is taken as done", async () => {
    const { id, order } = await home();
    await ask(id);
    expect((await ask(id))[0]?.refusal).toBe("under-way");
    world.shopify.fulfil(order, { company: "UPS", number: "1Z1" });
    await world.run(10 * 60_000);
    expect(order.fulfillments).toHaveLength(1);
    expect(world.troubles.calls).not.toContain("fulfil");
  });

  test("each order that cannot be fulfilled says why, and keeps no other from it", async () => {
    const good = await home();
    const held = await world.buys(aNewOrder(world.clock.now(), { status: "on-hold" }));
    const unpaid = await world.buys(aNewOrder(world.clock.now(), { status: "unpaid" }));
    const parked = await world.buys(aNewOrder(world.clock.now(), { skuId: "999" }));
    const labelled = await home({ shippingBy: "platform" });
    const cancelled = await world.buys();
    await world.run(60_000);
    world.channel.touch(cancelled, { status: "cancelled" });
    await world.tell(cancelled);
    await world.run(60_000);
    const ids = await Promise.all([held, unpaid, parked, cancelled].map(async (id) => (await world.row(id)).id));
    const asked = await ask(good.id, ...ids, labelled.id, "nobody-knows-it");
    expect(asked.map((one) => one.refusal)).toEqual([
      ...[null, "on-hold", "unpaid", "not-in-shopify", "cancelled", "platform-ships", "not-found"],
    ]);
    await world.run(10 * 60_000);
    expect(good.order.fulfillments).toHaveLength(1);
    expect(labelled.order.fulfillments).toHaveLength(0);
    world.connection.armedFlows = ["orders"];
    const other = await home();
    expect((await ask(other.id))[0]?.refusal).toBe("not-armed");
    expect(await world.orders.askFulfilment({ shopId: "shop-2", actor: ANN, parcels: [parcel(other.id)] })).toEqual([
      { id: other.id, channelOrderId: null, refusal: "not-found" },
    ]);
  });

  test("what the seller cancels is not fulfilled, and what a buyer asks to cancel waits for the answer", async () => {
    const [mine, theirs] = [await home(), await home()];
    const decide = (orderId: string, kind: "cancel" | "refuse-cancellation", requestId: string, reason: string) =>
      world.orders.decide({ shopId, orderId, actor: ANN, kind, requestId, reason });
    expect(await decide(mine.id, "cancel", "", "none-left")).toEqual({ outcome: "told" });
    expect((await ask(mine.id))[0]?.refusal).toBe("cancelling");
    expect((await world.orders.listed({ shopId, ids: [mine.id] }))[0]?.fulfilmentRefusal).toBe("cancelling");

    // the channel tells of the request only after the fulfilment was asked for
    expect((await ask(theirs.id))[0]?.refusal).toBeNull();
    const { channelOrderId } = theirs;
    const { lines } = await world.row(channelOrderId);
    await world.db.orderCancellation.create({
      data: {
        ...{ shopId, orderId: theirs.id, channelCancelId: "c1", cancelledBy: "buyer", status: "requested" },
        ...{ restock: true, channelLineIds: lines.map((line) => line.channelLineId), updateTime: world.clock.now() },
      },
    });
    world.channel.cancellations.set("c1", {
      ...{ channelCancelId: "c1", channelOrderId, status: "requested", by: "buyer", reason: "", restock: true },
      ...{ channelLineIds: lines.map((line) => line.channelLineId), refundMinor: null, answerBy: null },
      updatedAt: world.clock.now(),
    });
    await world.run(60_000);
    expect(theirs.order.fulfillments).toHaveLength(0);
    expect(mine.order.fulfillments).toHaveLength(0);
    expect((await world.row(mine.channelOrderId)).cancellations).toHaveLength(1);
    await decide(theirs.id, "refuse-cancellation", "c1", "because");
    await world.run(60_000);
    expect(theirs.order.fulfillments).toHaveLength(1);
    expect(mine.order.fulfillments).toHaveLength(0);
  });

  test("what Shopify refuses is a problem with its reason, and closes by itself once it is fulfilled", async () => {
    const { id, order } = await home();
    const [target] = order.targets;
    if (!target) throw new Error("nothing to ship");
    // another app holds it
    target.holds.push({ id: "h-other", handle: null });
    await ask(id);
    await world.run(60_000);
    expect(await world.openProblems()).toEqual(["fulfilment-refused"]);
    expect(order.fulfillments).toHaveLength(0);
    target.holds.length = 0;
    world.clock.advance(15 * 60_000);
    await world.run(10 * 60_000);
    expect(order.fulfillments).toHaveLength(1);
    expect(await world.openProblems()).toEqual([]);
  });
});

describe("figures", () => {
  test("the standing counts what went out late, what is late now, what is due, and what we cancelled", async () => {
    const now = world.clock.now().getTime();
    const due = (hours: number) => ({ shipByAt: new Date(now + hours * HOUR_MS) });
    const [late, soon] = [await home(due(-2)), await home(due(5))];
    await home(due(72));
    const wentLate = await home(due(-1));
    world.shopify.fulfil(wentLate.order, { company: "USPS", number: "9400110200" });
    await world.engine.change((tx) =>
      world.orders.shopifyOrdersChanged(tx, [{ shopId, topic: "fulfillments/create", orderGid: wentLate.order.id }]),
    );
    await world.run(60_000);
    const cancelled = await home();
    world.channel.cancellations.set("c1", {
      ...{ channelCancelId: "c1", channelOrderId: cancelled.channelOrderId, status: "completed", by: "seller" },
      ...{ reason: "", restock: true, channelLineIds: [], refundMinor: null, answerBy: null },
      updatedAt: world.clock.now(),
    });
    world.channel.touch(cancelled.channelOrderId, { status: "cancelled" });
    await world.tell(cancelled.channelOrderId);
    await world.run(60_000);
    expect(await world.orders.standing({ shopId, connectionId: "con-1" })).toEqual({
      ...{ due: 3, late: 2, dueSoon: 1, paid: 5, cancelled: 1, cancelledSoon: 0 },
    });
    const behind = async (view: "late" | "cancelled-by-us") =>
      (await world.orders.listOrders({ shopId, view, sort: "deadline" })).orders.map((one) => one.id).sort();
    expect(await behind("late")).toEqual([late.id, soon.id, wentLate.id].sort());
    expect(await behind("cancelled-by-us")).toEqual([cancelled.id]);
  });

  test("earnings leave out what brings nothing", async () => {
    const before = new Date(world.clock.now().getTime() - 1_000);
    await home();
    await home({ units: 2 });
    await home({ kind: "sample" });
    await world.buys(aNewOrder(world.clock.now(), { status: "unpaid" }));
    await world.run(60_000);
    const [earned, ...others] = await world.orders.earnings({ shopId, since: before });
    expect(others).toEqual([]);
    // 20.00 + 1.64 tax + 4.99 shipping, and twice the goods of it
    expect(earned).toEqual({
      ...{ connectionId: "con-1", currency: "USD", orders: 2, buyerPaidMinor: 2663n + 4827n },
      ...{ platformPaidMinor: 0n, taxMinor: 164n + 328n, buyerFeesMinor: 0n },
      back: { buyerMinor: 0n, platformMinor: 0n, taxMinor: 0n },
    });
    expect(await world.orders.earnings({ shopId: "shop-2", since: before })).toEqual([]);
  });
});

describe("the bookkeeper's file", () => {
  async function read(by: "order" | "line", more = {}): Promise<string[]> {
    const parts: string[] = [];
    const input = {
      ...{ shopId, by, headings: ["a", "b"], at: (moment: Date) => moment.toISOString() },
      status: (code: string) => code,
      terms: () => ({ feeBasisPoints: 600, channelRemitsTax: true }),
    };
    for await (const part of world.orders.exportOrders({ ...input, ...more })) parts.push(part);
    const text = parts.join("");
    expect(text.startsWith("\uFEFFa,b\r\n")).toBe(true);
    return text.slice(1).split("\r\n").slice(1, -1);
  }

  test("amounts are plain decimals, titles never formulas, and no buyer is in it", async () => {
    const title = '=HYPERLINK("http://x","Mug")';
    const { channelOrderId } = await home({
      lines: [
        aLine({ channelLineId: "1", title, sellerDiscountMinor: 200n }),
        aLine({ channelLineId: "2", title, sellerDiscountMinor: 200n }),
      ],
    });
    const [order = "", ...none] = await read("order");
    expect(none).toEqual([]);
    // 2 × 18.00 + 4.99 shipping = 40.99 without tax; 6 % of it is 2.46
    expect(order.split(",").slice(2)).toEqual([
      ...[channelOrderId, "#1001", "to-ship", "normal", "USD"],
      ...["40.00", "-4.00", "0.00", "4.99", "2.94", "0.00", "43.93", "0.00", "0.00", "0.00", "0.00", "2.46", "38.53"],
    ]);
    const [line = ""] = await read("line");
    expect(line).toContain(`"'=HYPERLINK(""http://x"",""Mug"")",CUP-1,2,18.00,-4.00,0.00,2.94,36.00`);
    expect(`${order}${line}`).not.toMatch(/Jo|Doe|Main St|example/);
    expect(await read("order", { shopId: "shop-2" })).toEqual([]);
  });

  test("what went back stands in columns of its own, and the estimate, here and in the list, is of what is left", async () => {
    const before = new Date(world.clock.now().getTime() - 1_000);
    const { id, channelOrderId } = await home({ units: 3 });
    const units = world.channel.orders.get(channelOrderId)?.lines ?? [];
    const [first, second] = units.map((line) => line.channelLineId);
    if (units[0]) units[0].status = "cancelled";
    world.channel.touch(channelOrderId);
    world.channel.cancellations.set("c2", {
      ...{ channelCancelId: "c2", channelOrderId, status: "completed", by: "buyer", reason: "", restock: true },
      ...{ channelLineIds: [first ?? ""], refundMinor: 2164n, answerBy: null, updatedAt: world.clock.now() },
    });
    world.channel.returns.set("r2", {
      ...{ channelReturnId: "r2", channelOrderId, kind: "return", status: "completed", by: "buyer", reason: "" },
      ...{ isKept: false, refundMinor: 1000n, platformMinor: 0n, dispute: null, trackingNumber: null, answerBy: null },
      ...{ channelLineIds: [second ?? ""], updatedAt: world.clock.now() },
    });
    await world.tell(channelOrderId);
    await world.engine.change((tx) => world.orders.afterSalesChanged(tx, [{ connectionId: "con-1", channelOrderId }]));
    await world.run(60_000);
    const [order = ""] = await read("order");
    // 69.91 paid; 21.64 and 10.00 back, of it 1.64 and 0.82 tax: 38.27 left, 2.46 of it tax; 6 % of 35.81 is 2.15
    expect(order.split(",").slice(-7)).toEqual(["69.91", "0.00", "-31.64", "0.00", "-2.46", "2.15", "33.66"]);
    const [line = ""] = await read("line");
    expect(line.split(",").slice(-3)).toEqual(["60.00", "1", "1"]);
    const [earned] = await world.orders.earnings({ shopId, since: before });
    expect(earned?.back).toEqual({ buyerMinor: 3164n, platformMinor: 0n, taxMinor: 246n });
    const [listed] = await world.orders.listed({ shopId, ids: [id] });
    expect(listed?.back).toEqual(earned?.back);
    expect((await world.orders.getOrder({ shopId, id }))?.back).toEqual(earned?.back);
  });

  test("a range of days and chosen orders", async () => {
    const first = await home();
    world.clock.advance(24 * HOUR_MS);
    const second = await home();
    const { createdAt } = await world.row(second.channelOrderId);
    expect(await read("order", { before: createdAt })).toHaveLength(1);
    expect((await read("order", { from: createdAt }))[0]).toContain(second.channelOrderId);
    expect((await read("order", { ids: [first.id] }))[0]).toContain(first.channelOrderId);
  });
});
