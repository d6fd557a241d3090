import { expect, test } from "vitest";
import { flows } from "./flows.ts";
import { type Judged, judgeConnection } from "./judge-connection.ts";

const at = (hour: number) => new Date(Date.UTC(2026, 10, 25, hour));
const working: Judged = {
  ...{ status: "active", endedAt: null, endingAt: null, pausedAt: null, sellingStoppedAt: null },
  chosenFlows: [...flows],
};

test.each<[string, Partial<Judged>, object]>([
  ["works", {}, { kind: "on" }],
  ["has listings off", { chosenFlows: ["stock", "orders"] }, { kind: "listings-off" }],
  ["has nothing on", { chosenFlows: [] }, { kind: "listings-off" }],
  ["is paused", { pausedAt: at(9) }, { kind: "paused", since: at(9) }],
  ["was never turned on and is paused", { chosenFlows: [], pausedAt: at(9) }, { kind: "paused", since: at(9) }],
  ["sells nothing", { sellingStoppedAt: at(8) }, { kind: "stopped", since: at(8) }],
  ["sells nothing and is paused", { sellingStoppedAt: at(8), pausedAt: at(9) }, { kind: "paused", since: at(9) }],
  ["is ending", { sellingStoppedAt: at(7), endingAt: at(7), pausedAt: at(6) }, { kind: "ending", since: at(7) }],
  ["lost its consent", { status: "parked", pausedAt: at(9) }, { kind: "disconnected", why: "revoked", since: at(5) }],
  [
    "was disconnected",
    { status: "disconnected", endedAt: at(10), pausedAt: at(9) },
    { kind: "disconnected", why: "ended", since: at(10) },
  ],
])("a connection that %s", (_, change, state) => {
  expect(judgeConnection({ ...working, ...change }, at(5))).toEqual(state);
});

test("none at all, and a consent gone at a time nobody knows", () => {
  expect(judgeConnection(null)).toEqual({ kind: "not-connected" });
  expect(judgeConnection({ ...working, status: "parked" })).toEqual({
    kind: "disconnected",
    why: "revoked",
    since: null,
  });
});
