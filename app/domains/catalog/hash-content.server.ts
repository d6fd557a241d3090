import { createHash } from "node:crypto";

/** The same value always gives the same text, whatever the order of its keys. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(stable(value)).digest("base64url").slice(0, 32);
}

function stable(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return `[${value.map(stable).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${stable(part)}`)
    .join(",")}}`;
}
