/**
 * A small language for the shapes of JSON bodies, and its checker. Both platforms describe their bodies with it.
 *
 * A shape is one of
 * - "string" | "number" | "integer" | "boolean" | "null" | "any" | "digits" (text of digits only) | "decimal" (text such as "12.00")
 * - { object: { name: shape, "name?": shape }, open?: boolean } — "?" marks an optional field; without `open` unknown fields are breaches
 * - { list: shape, min?, max? } · { map: shape } (any keys) · { oneOf: [values] } · { pattern: "^…$" } · { anyOf: [shapes] } · { nullable: shape }
 */
export type Shape =
  | "string"
  | "number"
  | "integer"
  | "boolean"
  | "null"
  | "any"
  | "digits"
  | "decimal"
  | { object: Record<string, Shape>; open?: boolean }
  | { list: Shape; min?: number; max?: number }
  | { map: Shape }
  | { oneOf: readonly unknown[] }
  | { pattern: string }
  | { anyOf: Shape[] }
  | { nullable: Shape };

/** Problems of `value` against `shape`, each with its path; an empty list means it fits. Never quotes the value itself. */
export function checkShape(shape: Shape, value: unknown, path = "$"): string[] {
  if (typeof shape === "string") return checkPlain(shape, value, path);
  if ("nullable" in shape) return value === null ? [] : checkShape(shape.nullable, value, path);
  if ("oneOf" in shape)
    return shape.oneOf.includes(value) ? [] : [`${path}: not one of the ${shape.oneOf.length} known values`];
  if ("pattern" in shape)
    return typeof value === "string" && new RegExp(shape.pattern).test(value)
      ? []
      : [`${path}: does not look like ${shape.pattern}`];
  if ("anyOf" in shape)
    return shape.anyOf.some((one) => checkShape(one, value, path).length === 0)
      ? []
      : [`${path}: fits none of ${shape.anyOf.length} shapes`];
  if ("list" in shape) return checkList(shape, value, path);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path}: not an object`];
  const fields = value as Record<string, unknown>;
  if ("map" in shape)
    return Object.entries(fields).flatMap(([key, one]) => checkShape(shape.map, one, `${path}.${key}`));
  return checkObject(shape, fields, path);
}

function checkPlain(shape: Shape & string, value: unknown, path: string): string[] {
  const fits: Record<string, boolean> = {
    any: true,
    null: value === null,
    string: typeof value === "string",
    number: typeof value === "number",
    integer: Number.isInteger(value) || typeof value === "bigint",
    boolean: typeof value === "boolean",
    digits: typeof value === "string" && /^\d+$/.test(value),
    decimal: typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value),
  };
  return fits[shape] ? [] : [`${path}: not ${shape}`];
}

function checkList(shape: { list: Shape; min?: number; max?: number }, value: unknown, path: string): string[] {
  if (!Array.isArray(value)) return [`${path}: not a list`];
  if (shape.min !== undefined && value.length < shape.min) return [`${path}: fewer than ${shape.min}`];
  if (shape.max !== undefined && value.length > shape.max) return [`${path}: more than ${shape.max}`];
  return value.flatMap((one, index) => checkShape(shape.list, one, `${path}[${index}]`));
}

function checkObject(
  shape: { object: Record<string, Shape>; open?: boolean },
  fields: Record<string, unknown>,
  path: string,
): string[] {
  const problems: string[] = [];
  const known = new Set<string>();
  for (const [key, inner] of Object.entries(shape.object)) {
    const optional = key.endsWith("?");
    const name = optional ? key.slice(0, -1) : key;
    known.add(name);
    if (fields[name] === undefined) {
      if (!optional) problems.push(`${path}.${name}: missing`);
    } else problems.push(...checkShape(inner, fields[name], `${path}.${name}`));
  }
  if (!shape.open)
    for (const name of Object.keys(fields)) if (!known.has(name)) problems.push(`${path}.${name}: not known here`);
  return problems;
}
