import { describe, expect, it } from "vitest";
import { checkShape } from "./check.ts";

describe("the shape checker", () => {
  const shape = {
    object: { id: "digits", "note?": "string", lines: { list: { object: { price: "decimal" } }, min: 1 } },
  } as const;

  it("finds nothing wrong with a body that fits", () => {
    expect(checkShape(shape, { id: "12", lines: [{ price: "1.50" }] })).toEqual([]);
  });

  it("names each problem with its path and never the value", () => {
    const problems = checkShape(shape, { id: "x", lines: [{ price: "secret" }], extra: 1 });
    expect(problems).toEqual(["$.id: not digits", "$.lines[0].price: not decimal", "$.extra: not known here"]);
  });

  it("tells missing fields, short lists, wrong values and nulls apart", () => {
    expect(checkShape(shape, { id: "1", lines: [] })).toEqual(["$.lines: fewer than 1"]);
    expect(checkShape({ oneOf: ["a", null] }, null)).toEqual([]);
    expect(checkShape({ nullable: "integer" }, 1.5)).toEqual(["$: not integer"]);
    expect(checkShape({ anyOf: ["string", "null"] }, 3)).toHaveLength(1);
    expect(checkShape({ map: "integer" }, { a: 1, b: "2" })).toEqual(["$.b: not integer"]);
  });
});
