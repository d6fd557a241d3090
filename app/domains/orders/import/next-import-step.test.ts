import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  comesShipped,
  type ImportFacts,
  type ImportStep,
  type ImportWorld,
  nextImportStep,
} from "./next-import-step.ts";

const NOW = new Date("2026-01-05T08:00:00Z");
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

const facts = (over: Partial<ImportFacts> = {}): ImportFacts => ({
  ...{
    status: "to-ship",
    fulfilledBy: "seller",
    createdAt: ago(600),
    importState: "planned",
    importSentAt: null,
    importLeaseUntil: null,
  },
  ...{
    importAttempts: 0,
    importLooks: 0,
    shopifyOrderId: null,
    holdState: "none",
    holdUncertainUntil: null,
    buyerVersion: 1,
    buyerWrittenVersion: 1,
    isKeptBack: false,
    kinds: ["normal"],
    shownWhy: null,
    isLinked: false,
    importAskedAt: null,
    lookedBeforeAt: null,
  },
  ...over,
});
const step = (over: Partial<ImportFacts> = {}, world: Partial<ImportWorld> = {}) =>
  nextImportStep(facts(over), { now: NOW, isArmed: true, cutoffAt: null, leaveOut: ["test"], ...world });

describe("before anything was sent", () => {
  test("a paid order is sent, an unpaid or unheard-of one is only shown for now", () => {
    expect(step()).toEqual({ step: "send", attempt: 1 });
    expect(step({ status: "on-hold" })).toEqual({ step: "send", attempt: 1 });
    expect(step({ importState: "parked" })).toEqual({ step: "send", attempt: 1 });
    expect(step({ status: "unpaid" })).toEqual({ step: "nothing" });
    expect(step({ status: "unknown:NEW_STATUS" })).toEqual({ step: "nothing" });
  });
  test("the write waits for arming", () => expect(step({}, { isArmed: false })).toEqual({ step: "wait-for-arming" }));
  test("cancelled and older orders are not imported", () => {
    expect(step({ status: "cancelled" })).toEqual({ step: "show", why: "cancelled" });
    expect(step({}, { cutoffAt: ago(599) })).toEqual({ step: "show", why: "before-cutoff" });
    expect(step({}, { cutoffAt: ago(600) })).toEqual({ step: "send", attempt: 1 });
    // the channel tells it was made in this second, not when in it
    expect(step({}, { cutoffAt: ago(599.1) })).toEqual({ step: "send", attempt: 1 });
  });
});

describe("kinds", () => {
  test("those left out are shown with the kind that decided, paid or not; what was sent once is brought to its end", () => {
    const sample = { kinds: ["sample", "on-hold"] };
    const leaveOut = ["sample"];
    expect(step({ ...sample, status: "on-hold" }, { leaveOut })).toEqual({ step: "show", why: "kind:sample" });
    expect(step({ ...sample, status: "unpaid" }, { leaveOut })).toEqual({ step: "show", why: "kind:sample" });
    expect(step({ ...sample, status: "cancelled" }, { leaveOut })).toEqual({ step: "show", why: "cancelled" });
    expect(step(sample)).toEqual({ step: "send", attempt: 1 });
    const sent = { importState: "unknown", importSentAt: ago(400), importLooks: 4, importAttempts: 1 } as const;
    expect(step({ ...sample, ...sent }, { leaveOut })).toEqual({ step: "send", attempt: 2 });
  });

  test("what the platform ships comes once it travels", () => {
    const theirs = { fulfilledBy: "platform", kinds: ["platform"] };
    for (const status of ["on-hold", "to-ship", "awaiting-collection"] as const)
      expect(step({ ...theirs, status })).toEqual({ step: "nothing" });
    for (const status of ["in-transit", "delivered", "completed"] as const) {
      expect(step({ ...theirs, status })).toEqual({ step: "send", attempt: 1 });
      expect(comesShipped(facts({ ...theirs, status }))).toBe(true);
    }
    expect(comesShipped(facts({ status: "completed" }))).toBe(false);
  });

  test("left out no longer: decided anew while it is to be shipped, left alone once it travels or somebody else has it", () => {
    const shown = { importState: "shown", kinds: ["sample"], shownWhy: "kind:sample" } as const;
    expect(step(shown)).toEqual({ step: "replan" });
    expect(step(shown, { leaveOut: ["sample"] })).toEqual({ step: "nothing" });
    expect(step({ ...shown, status: "in-transit" })).toEqual({ step: "nothing" });
    expect(step({ ...shown, status: "cancelled" })).toEqual({ step: "nothing" });
    expect(step({ ...shown, isLinked: true })).toEqual({ step: "nothing" });
  });
});

describe("asked for", () => {
  const asked = { importAskedAt: ago(60) };
  const cutoffAt = NOW;
  test("an older order is looked for before it is sent, and again when the look is ten minutes old", () => {
    expect(step({ ...asked, importState: "shown", shownWhy: "before-cutoff" }, { cutoffAt })).toEqual({
      step: "replan",
    });
    expect(step(asked, { cutoffAt })).toEqual({ step: "look-before" });
    expect(step({ ...asked, lookedBeforeAt: ago(599) }, { cutoffAt })).toEqual({ step: "send", attempt: 1 });
    expect(step({ ...asked, lookedBeforeAt: ago(600) }, { cutoffAt })).toEqual({ step: "look-before" });
    expect(step(asked, { cutoffAt, isArmed: false })).toEqual({ step: "wait-for-arming" });
  });
  test("it overrules a kind that is left out, and comes as shipped when it has gone", () => {
    expect(step({ ...asked, kinds: ["sample"] }, { leaveOut: ["sample"] })).toEqual({ step: "look-before" });
    expect(comesShipped(facts({ ...asked, status: "delivered" }))).toBe(true);
    expect(comesShipped(facts({ ...asked, status: "to-ship" }))).toBe(false);
  });
  test("one that was found stays as it is", () => {
    const found = { ...asked, importState: "shown", shownWhy: "before-cutoff", isLinked: true } as const;
    expect(step(found, { cutoffAt })).toEqual({ step: "nothing" });
  });
});

test("an order that is only shown is linked while units of it are kept back, and never sent", () => {
  const shown = { importState: "shown" } as const;
  expect(step({ ...shown, isKeptBack: true })).toEqual({ step: "link" });
  expect(step({ ...shown, isKeptBack: true }, { isArmed: false })).toEqual({ step: "link" });
  expect(step(shown)).toEqual({ step: "nothing" });
});

describe("while a call's end is unknown", () => {
  const sent = (seconds: number, over: Partial<ImportFacts> = {}) =>
    step({
      importState: "unknown",
      importSentAt: ago(seconds),
      importLeaseUntil: new Date(ago(seconds).getTime() + 120_000),
      importAttempts: 1,
      ...over,
    });

  test("sending is believed until its lease ends, and never planned again", () => {
    expect(sent(119, { importState: "sending" })).toMatchObject({ step: "wait" });
    expect(sent(120, { importState: "sending" })).toEqual({ step: "look", by: "id", looksDone: 2 });
  });
  test("looks by id come at +0, +30 and +120 s after the deadline of 30 s", () => {
    expect(sent(29)).toMatchObject({ step: "wait", until: new Date(NOW.getTime() + 1000) });
    expect(sent(30)).toEqual({ step: "look", by: "id", looksDone: 1 });
    expect(sent(59, { importLooks: 1 })).toMatchObject({ step: "wait" });
    expect(sent(60, { importLooks: 1 })).toEqual({ step: "look", by: "id", looksDone: 2 });
    expect(sent(149, { importLooks: 2 })).toMatchObject({ step: "wait" });
    expect(sent(150, { importLooks: 2 })).toEqual({ step: "look", by: "id", looksDone: 3 });
  });
  test("the look by search comes at +300 s, and only after it a second call", () => {
    expect(sent(329, { importLooks: 3 })).toMatchObject({ step: "wait" });
    expect(sent(330, { importLooks: 3 })).toEqual({ step: "look", by: "search", looksDone: 4 });
    expect(sent(330, { importLooks: 4 })).toEqual({ step: "send", attempt: 2 });
  });
  test("a cancelled order is looked for all the same, and shown when it is nowhere", () => {
    expect(sent(30, { status: "cancelled" })).toMatchObject({ step: "look" });
    expect(sent(330, { status: "cancelled", importLooks: 4 })).toEqual({ step: "show", why: "cancelled" });
  });
});

describe("once the Shopify order is there", () => {
  const made = (over: Partial<ImportFacts>) =>
    step({ importState: "sending", shopifyOrderId: "gid://shopify/Order/1", ...over });

  test("it is home when nothing is to be held", () => {
    expect(made({})).toEqual({ step: "finish", holdState: "none" });
    expect(made({ importState: "done" })).toEqual({ step: "nothing" });
  });
  test("an order on hold is held, armed or not, and stays so", () => {
    expect(made({ status: "on-hold", holdState: "wanted", buyerVersion: 0, buyerWrittenVersion: 0 })).toEqual({
      step: "hold",
    });
    expect(
      step({ shopifyOrderId: "x", importState: "sending", status: "on-hold", holdState: "wanted" }, { isArmed: false }),
    ).toEqual({ step: "hold" });
    expect(made({ status: "on-hold", holdState: "held", buyerVersion: 0, buyerWrittenVersion: 0 })).toEqual({
      step: "finish",
      holdState: "held",
    });
  });
  test("past the hold: first the address is read, then written, then the hold released", () => {
    const held = { importState: "done", holdState: "held" } as const;
    expect(made({ ...held, buyerVersion: 0, buyerWrittenVersion: 0 })).toEqual({ step: "read-buyer" });
    expect(made({ ...held, buyerVersion: 1, buyerWrittenVersion: 0 })).toEqual({ step: "write-buyer" });
    expect(made(held)).toEqual({ step: "release" });
    expect(made({ importState: "done", holdState: "released" })).toEqual({ step: "nothing" });
  });
  test("a hold whose answer was lost is released once more when it can no longer land", () => {
    const released = { importState: "done", holdState: "released" } as const;
    expect(made({ ...released, holdUncertainUntil: ago(-5) })).toMatchObject({ step: "wait" });
    expect(made({ ...released, holdUncertainUntil: NOW })).toEqual({ step: "release" });
  });
  test("a later change of address is written", () =>
    expect(made({ importState: "done", buyerVersion: 2 })).toEqual({ step: "write-buyer" }));
  test("a cancelled order is left to the cancellation", () => {
    expect(made({ status: "cancelled", holdState: "wanted" })).toEqual({ step: "finish", holdState: "none" });
    expect(made({ status: "cancelled", importState: "done", holdState: "held" })).toEqual({ step: "nothing" });
  });
});

/**
 * The whole protocol against a model of Shopify that may lose answers, apply a call up to 20 s after its deadline, lag with its search,
 * and lets our process die at any point.
 */
describe("exactly once", () => {
  const LATE_MS = 20_000;
  const INDEX_LAG_MS = 30_000;
  type Fate = {
    kind: "answered" | "taken-over" | "lost";
    effectMs: number | null;
    diesAt: "never" | "before-send" | "after-send";
  };
  const fate: fc.Arbitrary<Fate> = fc.record({
    kind: fc.constantFrom("answered", "taken-over", "lost"),
    effectMs: fc.option(fc.integer({ min: 0, max: 30_000 + LATE_MS }), { nil: null }),
    diesAt: fc.constantFrom("never", "before-send", "after-send"),
  });

  function run(fates: Fate[], pauses: number[], isUnique: boolean) {
    let now = NOW.getTime();
    let row = facts();
    const effects: { at: number; isRefused: boolean }[] = [];
    const existing = (at: number) => effects.filter((effect) => effect.at <= at && !effect.isRefused);
    const apply = (at: number) => effects.push({ at, isRefused: isUnique && existing(at).length > 0 });
    let calls = 0;
    let turns = 0;

    const send = (current: Fate): void => {
      row = {
        ...row,
        importState: "sending",
        importSentAt: new Date(now),
        importLeaseUntil: new Date(now + 120_000),
        importAttempts: row.importAttempts + 1,
        importLooks: 0,
      };
      if (current.diesAt === "before-send") {
        now += 1_000;
        return;
      }
      calls += 1;
      const isAnswered = current.kind === "answered" && current.diesAt === "never";
      if (isAnswered) {
        now += 500;
        apply(now);
        row = { ...row, importState: "done", shopifyOrderId: "found" };
        return;
      }
      if (current.effectMs !== null) apply(now + current.effectMs);
      now += 30_000;
      if (current.diesAt === "never") row = { ...row, importState: "unknown" };
    };

    const take = (next: ImportStep, at: number): boolean => {
      switch (next.step) {
        case "send":
          send(fates[at % fates.length] ?? { kind: "answered", effectMs: 0, diesAt: "never" });
          return true;
        case "look": {
          const seenAt = next.by === "id" ? now : now - INDEX_LAG_MS;
          if (existing(seenAt).length > 0) row = { ...row, importState: "done", shopifyOrderId: "found" };
          else row = { ...row, importState: "unknown", importLooks: next.looksDone };
          return true;
        }
        case "wait":
          now = Math.max(now + 1, next.until.getTime());
          return true;
        default:
          return false;
      }
    };
    while (turns < 400) {
      const next = nextImportStep(row, { now: new Date(now), isArmed: true, cutoffAt: null, leaveOut: [] });
      if (!take(next, row.importAttempts)) break;
      now += pauses[turns % pauses.length] ?? 0;
      turns += 1;
    }
    return { orders: existing(now + 60_000).length, row, calls, turns };
  }

  test("any run of lost answers, late effects and deaths ends with one order", () => {
    let retried = 0;
    fc.assert(
      fc.property(
        fc.array(fate, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        (fates, pauses, isUnique) => {
          // A last call that gets through, so that every run can end.
          const end = run([...fates, { kind: "answered", effectMs: 0, diesAt: "never" }], pauses, isUnique);
          expect(end.row.importState).toBe("done");
          expect(end.orders).toBe(1);
          if (end.calls > 1) retried += 1;
        },
      ),
      { numRuns: 500 },
    );
    expect(retried).toBeGreaterThan(20);
  });
});
