/**
 * The compact notation in which this platform's operations are written, and its checker.
 *
 * A shape is
 * - a word: `text`, `text ..255` (at most 255 characters), `int`, `int 1..100`, `bool`, `any`, `=A|B|C` (a closed list),
 * - a list: `[shape]`,
 * - an object: `{ field: shape }`. A field whose name ends in `*` must be there; every other one may be absent.
 *   Fields that are not named are refused, so a slip in a name is found on either side.
 *
 * `null` counts as absent only where the field is not required. Whole numbers above 2^53 pass as `int`.
 */
export type Shape = string | readonly [Shape] | { readonly [field: string]: Shape };

/** One HTTP operation in our own words: what may be sent and what comes back. */
export interface OperationContract {
  /** Name of the operation; the same in faults, the call log and the contract. */
  operation: string;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path with `{name}` in place of each id. */
  path: string;
  /** Permission that must be among the granted ones; absent when none is needed. */
  scope?: string;
  /** Query parameters beside the ones every call carries. */
  query?: { readonly [field: string]: Shape };
  /** JSON body; absent when the operation has none. */
  body?: Shape;
  /** The `data` of a successful answer. */
  answer: Shape;
}

/** Compares a value with a shape; returns one line per violation, each with the path of the offending field. */
export function checkShape(shape: Shape, value: unknown, path = "$"): string[] {
  if (typeof shape === "string") return checkWord(shape, value, path);
  if (isListShape(shape)) {
    if (!Array.isArray(value)) return [`${path}: expected a list, got ${describe(value)}`];
    return value.flatMap((entry, index) => checkShape(shape[0], entry, `${path}[${index}]`));
  }
  return checkObject(shape, value, path);
}

function isListShape(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function checkObject(shape: { readonly [field: string]: Shape }, value: unknown, path: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [`${path}: expected an object, got ${describe(value)}`];
  }
  const fields = value as Record<string, unknown>;
  const problems: string[] = [];
  const known = new Set<string>();
  for (const [key, fieldShape] of Object.entries(shape)) {
    const required = key.endsWith("*");
    const name = required ? key.slice(0, -1) : key;
    known.add(name);
    const found = fields[name];
    if (found === undefined || found === null) {
      if (required) problems.push(`${path}.${name}: required`);
      continue;
    }
    problems.push(...checkShape(fieldShape, found, `${path}.${name}`));
  }
  for (const name of Object.keys(fields)) {
    if (!known.has(name)) problems.push(`${path}.${name}: not in the contract`);
  }
  return problems;
}

function checkWord(word: string, value: unknown, path: string): string[] {
  if (word === "any") return [];
  if (word.startsWith("=")) {
    const allowed = word.slice(1).split("|");
    return allowed.includes(String(value))
      ? []
      : [`${path}: expected one of ${allowed.join(", ")}, got ${describe(value)}`];
  }
  const [kind, range] = word.split(" ");
  const [low, high] = (range ?? "..").split("..");
  if (kind === "bool") return typeof value === "boolean" ? [] : [`${path}: expected bool, got ${describe(value)}`];
  if (kind === "text") {
    if (typeof value !== "string") return [`${path}: expected text, got ${describe(value)}`];
    return high && [...value].length > Number(high) ? [`${path}: longer than ${high} characters`] : [];
  }
  if (kind === "int") {
    if (typeof value !== "number" || !Number.isInteger(value)) return [`${path}: expected int, got ${describe(value)}`];
    if (low && value < Number(low)) return [`${path}: below ${low}`];
    return high && value > Number(high) ? [`${path}: above ${high}`] : [];
  }
  throw new Error(`unknown word in a contract: ${word}`);
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "string" ? `text ${JSON.stringify(value.slice(0, 40))}` : typeof value;
}
