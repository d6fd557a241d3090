import { expect, test } from "vitest";
import { aBuyer, anAddress } from "../testing.ts";
import { withheldOf } from "./withheld.ts";

const facts = { status: "to-ship", fulfilledBy: "seller", shippingBy: "seller" };
const masked = aBuyer({ isMasked: true, address: anAddress({ name: "A*** B***", address1: "***", phone: "" }) });

test("an order whose buyer was shown hides nothing, whatever is masked later", () => {
  expect(withheldOf({ ...facts, status: "cancelled", buyer: aBuyer() })).toBeNull();
});

test("the hidden parts are named", () => {
  expect(withheldOf({ ...facts, buyer: masked })).toEqual({ fields: ["name", "phone", "street"], why: "later" });
  expect(withheldOf({ ...facts, status: "on-hold", buyer: null })).toEqual({ fields: ["everything"], why: "on-hold" });
});

test.each([
  [{ fulfilledBy: "platform", status: "unpaid" }, "platform"],
  [{ status: "unpaid" }, "unpaid"],
  [{ status: "cancelled" }, "cancelled"],
  [{ shippingBy: "platform" }, "label"],
  [{ status: "completed" }, "old"],
  [{ status: "in-transit" }, "later"],
])("%o is so because: %s", (over, why) => {
  expect(withheldOf({ ...facts, ...over, buyer: masked })?.why).toBe(why);
});
