import { expect, test } from "vitest";
import { isAtRest, sayImport, whatItWaitsFor } from "./say-import.ts";

const order = { status: "on-hold", fulfilledBy: "seller", importState: "planned" } as const;
const running = { status: "active", pausedAt: null, armedFlows: ["orders"] } as const;
type Case = [string, Partial<typeof order> | object, object | null, string, string];

test.each<Case>([
  ["moves", {}, {}, "On its way", "info"],
  ["while everything is paused", {}, { pausedAt: new Date(0) }, "Waits: paused", "attention"],
  ["while orders are off", {}, { armedFlows: ["listings"] }, "Waits: orders are off", "attention"],
  ["after the consent ended", {}, { status: "parked" }, "Waits: connect again", "attention"],
  ["after disconnecting", {}, { status: "disconnected" }, "Waits: disconnected", "attention"],
  ["of a connection nobody knows any more", {}, null, "Waits: disconnected", "attention"],
  ["that is not paid", { status: "unpaid" }, { pausedAt: new Date(0) }, "Waits for the payment", "info"],
  ["that is in Shopify", { importState: "done" }, { pausedAt: new Date(0) }, "In Shopify", "success"],
])("an order %s", (_name, change, connection, label, tone) => {
  const given = { ...order, ...change } as Parameters<typeof sayImport>[0];
  const there = connection && ({ ...running, ...connection } as unknown as Parameters<typeof sayImport>[1]);
  expect(sayImport(given, there)).toEqual({ label, tone });
});

test("a hold stays while orders rest, and only then", () => {
  const there = (change: object) => ({ ...running, ...change }) as unknown as Parameters<typeof isAtRest>[1];
  expect(whatItWaitsFor(order, there({}))).toBe("soon");
  expect(isAtRest(order, there({}))).toBe(false);
  expect(isAtRest(order, there({ pausedAt: new Date(0) }))).toBe(true);
});
