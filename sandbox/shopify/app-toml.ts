import { readFileSync } from "node:fs";

export interface Subscription {
  topics: string[];
  uri: string;
  includeFields: string[] | null;
  name: string | null;
}

/** What the sandbox needs of the app's configuration file. */
export interface AppConfig {
  /** Null when there is no file: then every scope is granted. */
  scopes: string[] | null;
  subscriptions: Subscription[];
  apiVersion: string;
  handle: string;
  name: string;
}

type Table = Record<string, unknown>;

/** Reads `shopify.app.toml` at the repository root; without it every scope is granted and no webhook is sent. */
export function readAppConfig(file: URL = new URL("../../shopify.app.toml", import.meta.url)): AppConfig {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return { scopes: null, subscriptions: [], apiVersion: "2026-07", handle: "reelshelf", name: "Reelshelf" };
  }
  const root = parseToml(text);
  const access = (root.access_scopes ?? {}) as Table;
  const webhooks = (root.webhooks ?? {}) as Table;
  const subscriptions = ((webhooks.subscriptions ?? []) as Table[]).map((one) => ({
    topics: [...((one.topics ?? []) as string[]), ...((one.compliance_topics ?? []) as string[])],
    uri: String(one.uri ?? ""),
    includeFields: (one.include_fields as string[] | undefined) ?? null,
    name: (one.name as string | undefined) ?? null,
  }));
  return {
    scopes:
      typeof access.scopes === "string"
        ? access.scopes
            .split(",")
            .map((one) => one.trim())
            .filter(Boolean)
        : null,
    subscriptions,
    apiVersion: String(webhooks.api_version ?? "2026-07"),
    handle: String(root.handle ?? "reelshelf"),
    name: String(root.name ?? "Reelshelf"),
  };
}

/** The part of TOML such files use: tables, lists of tables, text, numbers, booleans, lists of them (also over several lines). */
function parseToml(text: string): Table {
  const root: Table = {};
  let current = root;
  const lines = text.split("\n");
  for (let index = 0; index < lines.length; index += 1) {
    let line = stripComment(lines[index] ?? "").trim();
    if (!line) continue;
    const header = /^(\[\[?)([\w.\s"-]+)\]\]?$/.exec(line);
    if (header) {
      current = openTable(
        root,
        (header[2] ?? "").split(".").map((part) => part.trim().replace(/"/g, "")),
        header[1] === "[[",
      );
      continue;
    }
    const equals = line.indexOf("=");
    if (equals < 0) continue;
    while (/=\s*\[/.test(line) && !line.endsWith("]") && index + 1 < lines.length) {
      index += 1;
      line += ` ${stripComment(lines[index] ?? "").trim()}`;
    }
    current[line.slice(0, equals).trim().replace(/"/g, "")] = parseValue(line.slice(equals + 1).trim());
  }
  return root;
}

function openTable(root: Table, path: string[], isList: boolean): Table {
  let table = root;
  for (const [depth, name] of path.entries()) {
    const last = depth === path.length - 1;
    if (last && isList) {
      table[name] ??= [];
      const list = table[name] as Table[];
      const fresh: Table = {};
      list.push(fresh);
      return fresh;
    }
    table[name] ??= {};
    const next = table[name] as Table | Table[];
    table = Array.isArray(next) ? (next.at(-1) ?? {}) : next;
  }
  return table;
}

function parseValue(text: string): unknown {
  if (text.startsWith("[")) return splitList(text.slice(1, text.lastIndexOf("]"))).map(parseValue);
  if (/^".*"$/s.test(text)) return JSON.parse(text);
  if (/^'.*'$/s.test(text)) return text.slice(1, -1);
  if (text === "true" || text === "false") return text === "true";
  return Number.isNaN(Number(text)) ? text : Number(text);
}

const splitList = (text: string): string[] => text.match(/"(?:[^"\\]|\\.)*"|'[^']*'|[^,\s]+/g) ?? [];

function stripComment(line: string): string {
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? "";
    if (quote) quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === "#") return line.slice(0, at);
  }
  return line;
}
