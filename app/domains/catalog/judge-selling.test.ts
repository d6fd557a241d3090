import { expect, test } from "vitest";
import { judgeSelling, type Sold } from "./judge-selling.ts";
import { listingStatuses } from "./model.ts";

const sold = (more: Partial<Sold>): Sold => ({
  ...{ status: "ready", needsDefaults: false, isSent: false, isPicked: true },
  ...more,
});
const armed = { isArmed: true };

test("never picked: it can be listed and there is nothing to stop", () => {
  expect(judgeSelling(null, armed)).toEqual({ state: "not-picked", canList: true, canStop: null });
  expect(judgeSelling(null, { isArmed: false })).toMatchObject({ canList: true });
});

test("taken out: going off sale until the channel has it off", () => {
  const states = listingStatuses.map((status) => [
    status,
    judgeSelling(sold({ status, isPicked: false }), armed).state,
  ]);
  expect(Object.fromEntries(states)).toEqual({
    ...{ selected: "not-picked", refused: "not-picked", ready: "not-picked", rejected: "not-picked" },
    ...{ creating: "ending", "in-review": "ending", live: "ending", stopped: "off-sale", deleted: "not-picked" },
  });
});

test("picked: what is on its way is told from what waits for the merchant", () => {
  expect(judgeSelling(sold({}), armed)).toEqual({ state: "ready", canList: true, canStop: "pick" });
  expect(judgeSelling(sold({ isSent: true }), armed)).toEqual({ state: "sending", canList: false, canStop: "pick" });
  expect(judgeSelling(sold({ needsDefaults: true, isSent: true }), armed).state).toBe("needs-yes");
  expect(judgeSelling(sold({ status: "stopped" }), armed)).toMatchObject({ state: "off-sale", canList: true });
  expect(judgeSelling(sold({ status: "stopped", isSent: true }), armed).state).toBe("sending");
});

test("while listings are off what is picked cannot be listed further; what is on sale can always be stopped", () => {
  for (const status of listingStatuses) {
    const off = judgeSelling(sold({ status }), { isArmed: false });
    expect(off.canList).toBe(false);
    expect(off.canStop).toBe(["creating", "in-review", "live"].includes(status) ? "off-sale" : "pick");
  }
});
