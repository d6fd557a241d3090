import { expect, test } from "vitest";
import { soonestDeadline } from "./deadline.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 0, 5, hour));
const order = {
  ...{ status: "to-ship", fulfilledBy: "seller", shipByAt: at(12), handOverAt: at(20) },
  cancellations: [] as { status: string; answerBy: Date | null }[],
  returns: [] as { status: string; answerBy: Date | null }[],
};

test.each([
  ["the parcel", {}, { kind: "ship", at: at(12) }],
  [
    "a buyer who asks first",
    { cancellations: [{ status: "requested", answerBy: at(9) }] },
    { kind: "answer", at: at(9) },
  ],
  [
    "the parcel before a later answer",
    { cancellations: [{ status: "requested", answerBy: at(13) }] },
    { kind: "ship", at: at(12) },
  ],
  [
    "no answer that was given",
    { cancellations: [{ status: "withdrawn", answerBy: at(9) }] },
    { kind: "ship", at: at(12) },
  ],
  [
    "a return to be judged, once the order is over",
    { status: "completed", returns: [{ status: "item-sent", answerBy: at(15) }] },
    { kind: "answer", at: at(15) },
  ],
  [
    "no return that waits for the buyer",
    { status: "completed", returns: [{ status: "offered", answerBy: at(15) }] },
    null,
  ],
  ["the carrier, once it is packed", { status: "awaiting-collection" }, { kind: "hand-over", at: at(20) }],
  ["nothing once it travels", { status: "in-transit" }, null],
  ["nothing of what the platform ships", { fulfilledBy: "platform" }, null],
  ["nothing that is unknown", { shipByAt: null }, null],
])("%s", (_what, over, expected) => {
  expect(soonestDeadline({ ...order, ...over })).toEqual(expected);
});
