import type { Row } from "./columns.ts";

/** The lines of one product, in the order of the file. */
export interface Group {
  handle: string;
  title: string;
  rows: Row[];
}

/**
 * Puts the lines of each product together: by handle wherever they stand in the file; a line without one begins a product when it has another
 * title than the product before, and belongs to that product when it has none. Lines before the first product belong to it.
 */
export function groupRows(rows: readonly Row[]): Group[] {
  const groups: Group[] = [];
  const byHandle = new Map<string, Group>();
  const early: Row[] = [];
  let current: Group | undefined;
  for (const row of rows) {
    const key = row.handle.toLowerCase();
    const begins = row.handle !== "" ? !byHandle.has(key) : row.title !== "" && row.title !== current?.title;
    if (begins) {
      current = { handle: row.handle, title: row.title, rows: early.splice(0) };
      groups.push(current);
      if (key !== "") byHandle.set(key, current);
    } else if (key !== "") current = byHandle.get(key);
    if (!current) {
      early.push(row);
      continue;
    }
    current.title ||= row.title;
    current.rows.push(row);
  }
  if (groups.length === 0 && early.length > 0) groups.push({ handle: "", title: "", rows: early });
  return nameAll(groups);
}

/** Shopify fact: every product has a title and a handle of its own; a missing handle is made from the title. */
function nameAll(groups: Group[]): Group[] {
  const taken = new Set(groups.map((group) => group.handle.toLowerCase()).filter(Boolean));
  for (const [index, group] of groups.entries()) {
    group.title ||= wordsOf(group.handle) || `Product ${index + 1}`;
    if (group.handle !== "") continue;
    const base = handleOf(group.title) || `product-${index + 1}`;
    let own = base;
    for (let n = 1; taken.has(own); n++) own = `${base}-${n}`;
    taken.add(own);
    group.handle = own;
  }
  return groups;
}

const wordsOf = (handle: string) =>
  handle
    .replace(/[-_]+/g, " ")
    .trim()
    .replace(/^./u, (first) => first.toUpperCase());

const handleOf = (title: string) =>
  title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
