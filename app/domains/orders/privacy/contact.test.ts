import { expect, test } from "vitest";
import type { BuyerData } from "../intake/merge-buyer.ts";
import { isOfContact } from "./contact.ts";

const buyer = (email: string, phone: string) =>
  ({ buyer: { email, isMasked: false, address: { phone } }, message: "" }) as unknown as BuyerData;

test.each([
  ["the same address, however written", buyer("Ann@scs.example", ""), { email: " ann@SCS.example", phone: "" }, true],
  [
    "the same number with its country left out",
    buyer("", "(+1) 512-555-0148"),
    { email: "", phone: "5125550148" },
    true,
  ],
  ["the same number with a nought before it", buyer("", "0151 2345678"), { email: "", phone: "+491512345678" }, true],
  ["a masked number", buyer("", "(+60)11*****00"), { email: "", phone: "+601100000000" }, false],
  ["too few digits", buyer("", "0148"), { email: "", phone: "5125550148" }, false],
  ["another number", buyer("", "5125550149"), { email: "", phone: "5125550148" }, false],
  ["nothing known of either", buyer("", ""), { email: "", phone: "" }, false],
])("%s", (_name, known, contact, isSame) => {
  expect(isOfContact(known, contact)).toBe(isSame);
});
