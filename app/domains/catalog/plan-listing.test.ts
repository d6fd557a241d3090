import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeAudit, statusAfter } from "./judge-audit.ts";
import type { ListingStatus, PlanStep } from "./model.ts";
import { type PlanInput, type Published, planListing, resumeRefusal } from "./plan-listing.ts";

const prices = (minor: bigint) => new Map([["u1", minor]]);
const wanted = (hash: string, minor = 100n) => ({ hash, pricesMinor: prices(minor) });
const unsent: Published = {
  status: "ready",
  isOnChannel: false,
  submittedHash: null,
  liveHash: null,
  refusedHash: null,
  pricesMinor: new Map(),
};
const live: Published = {
  status: "live",
  isOnChannel: true,
  submittedHash: "a",
  liveHash: "a",
  refusedHash: null,
  pricesMinor: prices(100n),
};
const steps = (input: Partial<PlanInput>) =>
  planListing({ wanted: wanted("a"), isHeld: false, published: live, ...input }).steps;

test("the cheapest steps for each difference", () => {
  expect(steps({ published: unsent })).toEqual(["create"]);
  expect(steps({})).toEqual([]);
  expect(steps({ wanted: wanted("b") })).toEqual(["revise-content"]);
  expect(steps({ wanted: wanted("a", 101n) })).toEqual(["revise-price"]);
  expect(steps({ wanted: wanted("b", 101n) })).toEqual(["revise-content", "revise-price"]);
  expect(steps({ wanted: null })).toEqual(["stop"]);
  expect(steps({ published: { ...live, status: "stopped" } })).toEqual(["resume"]);
});

test("nothing is sent while held, while the channel looks at it, or after it was refused and did not change", () => {
  expect(steps({ published: unsent, isHeld: true })).toEqual([]);
  expect(steps({ wanted: wanted("b", 101n), isHeld: true })).toEqual([]);
  expect(
    planListing({ wanted: wanted("b", 101n), isHeld: false, published: { ...live, status: "in-review" } }),
  ).toEqual({ steps: [], waitsFor: "audit" });
  expect(planListing({ wanted: wanted("c"), isHeld: false, published: { ...live, submittedHash: "b" } })).toEqual({
    steps: [],
    waitsFor: "audit",
  });
  expect(steps({ published: { ...unsent, status: "rejected", refusedHash: "a" } })).toEqual([]);
  expect(steps({ published: { ...unsent, status: "rejected", refusedHash: "z" } })).toEqual(["create"]);
  expect(planListing({ wanted: wanted("a"), isHeld: false, published: { ...unsent, status: "creating" } })).toEqual({
    steps: [],
    waitsFor: "answer",
  });
  expect(steps({ wanted: null, published: unsent })).toEqual([]);
  expect(steps({ published: { ...live, status: "deleted" } })).toEqual([]);
});

test("a refused text is no reason to keep an old price", () => {
  expect(steps({ wanted: wanted("b", 101n), published: { ...live, refusedHash: "b" } })).toEqual(["revise-price"]);
});

test("a stopped listing comes back as it was live, also when its newer version is held back or was refused", () => {
  const stopped: Published = { ...live, status: "stopped" };
  expect(steps({ wanted: wanted("b"), isHeld: true, published: stopped })).toEqual(["resume"]);
  expect(steps({ wanted: wanted("b"), published: { ...stopped, refusedHash: "b" } })).toEqual(["resume"]);
  expect(steps({ isHeld: true, published: { ...stopped, liveHash: null } })).toEqual([]);
  // a channel that will not put it back is not asked again before something changes
  expect(steps({ published: { ...stopped, refusedHash: resumeRefusal("a") } })).toEqual([]);
  expect(
    steps({ wanted: wanted("b"), isHeld: true, published: { ...stopped, refusedHash: resumeRefusal("b") } }),
  ).toEqual([]);
});

/** What each step leaves behind once the channel took it and, where it audits, said yes. */
function apply(step: PlanStep, input: PlanInput): Published {
  const { published, wanted: goal } = input;
  switch (step) {
    case "create":
      return {
        ...published,
        status: "live",
        isOnChannel: true,
        submittedHash: goal?.hash ?? null,
        liveHash: goal?.hash ?? null,
        pricesMinor: new Map(goal?.pricesMinor),
      };
    case "revise-content":
      return {
        ...published,
        status: published.status === "rejected" ? "live" : published.status,
        submittedHash: goal?.hash ?? null,
        liveHash: goal?.hash ?? null,
      };
    case "revise-price":
      return { ...published, pricesMinor: new Map(goal?.pricesMinor) };
    case "resume":
      return { ...published, status: "live" };
    case "stop":
      return { ...published, status: "stopped" };
  }
}

test("planning again after applying gives nothing", () => {
  const hash = fc.constantFrom("a", "b", "c");
  const maybe = fc.option(hash);
  const price = fc.bigInt({ min: 1n, max: 3n });
  const statuses: ListingStatus[] = [
    "selected",
    "refused",
    "ready",
    "creating",
    "in-review",
    "live",
    "rejected",
    "stopped",
    "deleted",
  ];
  const anyInput: fc.Arbitrary<PlanInput> = fc.record({
    wanted: fc.option(fc.record({ hash, pricesMinor: price.map(prices) })),
    isHeld: fc.boolean(),
    published: fc
      .record({
        status: fc.constantFrom(...statuses),
        isOnChannel: fc.boolean(),
        submittedHash: maybe,
        liveHash: maybe,
        refusedHash: maybe,
        pricesMinor: fc.option(price).map((minor) => new Map([["u1", minor]])),
      })
      .map((one) =>
        ["selected", "refused", "ready", "creating"].includes(one.status)
          ? { ...one, isOnChannel: false, pricesMinor: new Map() }
          : ["rejected"].includes(one.status)
            ? one
            : { ...one, isOnChannel: true },
      ),
  });
  let applied = 0;
  fc.assert(
    fc.property(anyInput, (start) => {
      let input = start;
      for (let round = 0; round < 4; round++) {
        const [step] = planListing(input).steps;
        if (!step) break;
        applied++;
        input = { ...input, published: apply(step, input) };
      }
      expect(planListing(input).steps).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
  expect(applied).toBeGreaterThan(200);
});

test("only the audit's verdict makes a listing live", () => {
  expect(judgeAudit({ status: "live", auditStatus: "approved" })).toEqual({ kind: "live" });
  expect(judgeAudit({ status: "live", auditStatus: "in-review" })).toEqual({ kind: "in-review" });
  expect(judgeAudit({ status: "live", auditStatus: "rejected" })).toEqual({ kind: "edit-refused" });
  expect(judgeAudit({ status: "rejected", auditStatus: "rejected" })).toEqual({ kind: "rejected" });
  expect(judgeAudit({ status: "in-review", auditStatus: "pre-approved" })).toEqual({ kind: "in-review" });
  expect(judgeAudit({ status: "stopped-by-channel", auditStatus: "approved" })).toEqual({ kind: "rejected" });
  expect(judgeAudit(null)).toEqual({ kind: "deleted" });
  expect(judgeAudit({ status: "unknown:NEW", auditStatus: "none" })).toEqual({
    kind: "unknown",
    status: "unknown:NEW",
  });
  expect(statusAfter({ kind: "in-review" }, "live")).toBe("live");
  expect(statusAfter({ kind: "in-review" }, "creating")).toBe("in-review");
  expect(statusAfter({ kind: "edit-refused" }, "live")).toBe("live");
  expect(statusAfter({ kind: "unknown", status: "x" }, "live")).toBe("live");
});
