import fc from "fast-check";
import { expect, test } from "vitest";
import { assignLines, type GroupableUnit, groupUnits } from "./group-lines.ts";

const units = fc.uniqueArray(
  fc.record({
    channelLineId: fc.integer({ min: 1, max: 500 }).map(String),
    variantId: fc.constantFrom("v1", "v2", "v3"),
    unitPriceMinor: fc.constantFrom(100n, 250n),
  }),
  { selector: (unit: GroupableUnit) => unit.channelLineId, minLength: 1, maxLength: 30 },
);

test("three units of one variant at one price are one line of three, another price is another line", () => {
  const groups = groupUnits([
    { channelLineId: "3", variantId: "v1", unitPriceMinor: 100n },
    { channelLineId: "1", variantId: "v1", unitPriceMinor: 100n },
    { channelLineId: "2", variantId: "v1", unitPriceMinor: 90n },
    { channelLineId: "4", variantId: "v1", unitPriceMinor: 100n },
  ]);
  expect(groups.map((group) => group.units.map((unit) => unit.channelLineId))).toEqual([["1", "3", "4"], ["2"]]);
});

test("no unit is lost or doubled, and the order of reading does not matter", () => {
  fc.assert(
    fc.property(units, fc.array(fc.nat(), { minLength: 30, maxLength: 30 }), (some, order) => {
      const groups = groupUnits(some);
      const grouped = groups.flatMap((group) => group.units.map((unit) => unit.channelLineId));
      expect(grouped.sort()).toEqual(some.map((unit) => unit.channelLineId).sort());
      const shuffled = some
        .map((unit, index) => ({ unit, key: order[index] ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map((one) => one.unit);
      expect(groupUnits(shuffled)).toEqual(groups);
    }),
  );
});

test("every unit finds the Shopify line its group became, whatever order Shopify lists them in", () => {
  fc.assert(
    fc.property(units, fc.boolean(), (some, isReversed) => {
      const groups = groupUnits(some);
      const lines = groups.map((group, index) => ({
        id: `line-${index}`,
        variantId: group.variantId,
        quantity: group.units.length,
      }));
      const assigned = assignLines(groups, [
        { id: "fee", variantId: null, quantity: 1 },
        ...(isReversed ? lines.reverse() : lines),
      ]);
      expect(assigned.size).toBe(some.length);
      for (const line of lines)
        expect([...assigned.values()].filter((id) => id === line.id)).toHaveLength(line.quantity);
    }),
  );
});

test("a unit cancelled while its order was made belongs to the line it went into; where it did not go, it has none", () => {
  const two = [
    { channelLineId: "1", variantId: "v1", unitPriceMinor: 100n, isCancelled: true },
    { channelLineId: "2", variantId: "v1", unitPriceMinor: 100n },
  ];
  const into = (quantity: number) => [...assignLines(groupUnits(two), [{ id: "l", variantId: "v1", quantity }]).keys()];
  expect(into(2).sort()).toEqual(["1", "2"]);
  expect(into(1)).toEqual(["2"]);
});
