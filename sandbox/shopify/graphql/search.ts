/** Shopify's search syntax, as far as apps use it: `field:value`, comparisons, quotes, AND (or a blank), OR, NOT, `-`, brackets. */

export interface Comparison {
  operator: ":" | ">" | ">=" | "<" | "<=";
  value: string;
}
export type Filters<T> = Record<string, (item: T, comparison: Comparison) => boolean>;

/** A predicate for the query. Shopify fact: filters it does not know are ignored, not refused; so they are here, named in `unknown`. */
export function readSearch<T>(
  query: string | null | undefined,
  filters: Filters<T>,
  plain: (item: T) => string,
): { test(item: T): boolean; unknown: string[] } {
  const unknown: string[] = [];
  if (!query?.trim()) return { test: () => true, unknown };
  const tokens =
    query.match(/\(|\)|-?[\w.]+:(?:>=|<=|>|<)?(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s()]+)|"(?:[^"\\]|\\.)*"|[^\s()]+/g) ??
    [];
  let at = 0;

  function readOr(): (item: T) => boolean {
    const parts = [readAnd()];
    while (tokens[at] === "OR") {
      at += 1;
      parts.push(readAnd());
    }
    return (item) => parts.some((part) => part(item));
  }
  function readAnd(): (item: T) => boolean {
    const parts: ((item: T) => boolean)[] = [];
    while (at < tokens.length && tokens[at] !== ")" && tokens[at] !== "OR") {
      if (tokens[at] === "AND") at += 1;
      else parts.push(readTerm());
    }
    return (item) => parts.every((part) => part(item));
  }
  function readTerm(): (item: T) => boolean {
    const token = tokens[at] ?? "";
    at += 1;
    if (token === "NOT") {
      const inner = readTerm();
      return (item) => !inner(item);
    }
    if (token === "(") {
      const inner = readOr();
      at += 1;
      return inner;
    }
    if (token.startsWith("-") && token.length > 1) {
      const inner = oneTerm(token.slice(1));
      return (item) => !inner(item);
    }
    return oneTerm(token);
  }
  function oneTerm(token: string): (item: T) => boolean {
    const match = /^([\w.]+):(>=|<=|>|<)?(.*)$/s.exec(token);
    if (!match) return (item) => plain(item).toLowerCase().includes(unquote(token).toLowerCase());
    const [, field = "", operator, value = ""] = match;
    const filter = filters[field];
    if (!filter) {
      unknown.push(field);
      return () => true;
    }
    const comparison: Comparison = { operator: (operator as Comparison["operator"]) ?? ":", value: unquote(value) };
    return (item) => filter(item, comparison);
  }
  const test = readOr();
  return { test, unknown };
}

const unquote = (text: string) => (/^(".*"|'.*')$/s.test(text) ? text.slice(1, -1).replace(/\\(.)/g, "$1") : text);

/** Text equal without regard to case; a star at the end means "begins with". */
export function sameText(text: string | null, { value }: Comparison): boolean {
  const have = (text ?? "").toLowerCase();
  const want = value.toLowerCase();
  return want.endsWith("*") ? have.startsWith(want.slice(0, -1)) : have === want;
}

/** Times, compared in whole seconds as Shopify stores them. */
export function sameTime(ms: number, { operator, value }: Comparison): boolean {
  const have = Math.floor(ms / 1000);
  const want = Math.floor(Date.parse(value) / 1000);
  if (Number.isNaN(want)) return true;
  return compare(have, operator, want);
}

export function sameNumber(have: number | bigint, { operator, value }: Comparison): boolean {
  if (!/^-?\d+$/.test(value)) return false;
  return compare(BigInt(have), operator, BigInt(value));
}

function compare<N extends number | bigint>(have: N, operator: Comparison["operator"], want: N): boolean {
  switch (operator) {
    case ">":
      return have > want;
    case ">=":
      return have >= want;
    case "<":
      return have < want;
    case "<=":
      return have <= want;
    default:
      return have === want;
  }
}
