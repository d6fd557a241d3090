import { describe, expect, test } from "vitest";
import { parseSettings } from "../shops/model.ts";
import { choosableKinds, kindsOf, kindsWorthSaying, leftOutKind, orderKinds } from "./kinds.ts";
import { aLine, anOrder } from "./testing.ts";

const ours = { isForTests: false };
const kinds = (over: Parameters<typeof anOrder>[0], shop = ours) => kindsOf(anOrder(over), shop);

describe("kinds", () => {
  test.each<[string, Parameters<typeof anOrder>[0], string[]]>([
    ["normal", {}, ["normal"]],
    ["unpaid", { status: "unpaid" }, ["unpaid"]],
    ["on hold", { status: "on-hold" }, ["on-hold"]],
    ["pre-order on hold", { kind: "pre-order", status: "on-hold" }, ["pre-order", "on-hold"]],
    ["backorder", { kind: "backorder" }, ["backorder"]],
    ["made to order", { kind: "made-to-order" }, ["made-to-order"]],
    ["sample", { kind: "sample" }, ["sample"]],
    ["exchange", { kind: "exchange" }, ["exchange"]],
    ["replacement", { kind: "replacement" }, ["replacement"]],
    ["zero-price", { kind: "zero-price" }, ["zero-price"]],
    ["gift", { lines: [aLine(), aLine({ channelLineId: "2", isGift: true })] }, ["gift"]],
    ["split", { packing: "split" }, ["split"]],
    ["combined", { packing: "combined" }, ["combined"]],
    ["subscription", { isSubscription: true }, ["subscription"]],
    ["platform, sample", { fulfilledBy: "platform", kind: "sample" }, ["platform", "sample"]],
    ["a fulfiller nobody knows", { fulfilledBy: "unknown:MOON" }, ["normal"]],
    ["a type nobody knows", { kind: "other" }, ["normal"]],
  ])("%s", (_name, over, found) => expect(kinds(over)).toEqual(found));

  test("nothing is paid by anybody: given away; a platform's discount of everything is a sale", () => {
    const free = { totalMinor: 0n, platformDiscountMinor: 0n, shippingPlatformDiscountMinor: 0n };
    expect(kinds({ money: free })).toEqual(["zero-price"]);
    expect(kinds({ money: { ...free, platformDiscountMinor: 2000n } })).toEqual(["normal"]);
    expect(kinds({ kind: "sample", money: free })).toEqual(["sample"]);
  });

  test("all orders of a shop for tests are tests, whatever else they are", () => {
    expect(kinds({ kind: "sample" }, { isForTests: true })).toEqual(["test", "sample"]);
  });

  test("a list names what its state does not say already", () => {
    expect(kindsWorthSaying(["pre-order", "on-hold"])).toEqual(["pre-order"]);
    expect(kindsWorthSaying(["normal"])).toEqual([]);
  });

  test("the first kind that is left out decides", () => {
    expect(leftOutKind(["test", "sample"], ["sample", "test"])).toBe("test");
    expect(leftOutKind(["sample"], ["test"])).toBeNull();
  });

  test("every kind that can be left out can be stored so, and tests are by default", () => {
    expect(choosableKinds.every((kind) => orderKinds.includes(kind))).toBe(true);
    expect(parseSettings({ importing: { leaveOut: [...choosableKinds] } }).importing.leaveOut).toEqual(choosableKinds);
    expect(() => parseSettings({ importing: { leaveOut: ["normal"] } })).toThrow();
    expect(parseSettings({}).importing.leaveOut).toEqual(["test"]);
  });
});
