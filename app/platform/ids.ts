import { createHash, randomBytes } from "node:crypto";

interface SourceContext {
  source?: string;
}

type SourceReviver = (this: unknown, key: string, value: unknown, context: SourceContext) => unknown;
const parseWithSource = JSON.parse as (text: string, reviver: SourceReviver) => unknown;

/**
 * `JSON.parse`, except that integers beyond 2^53 come out as text with every digit kept: ids of both platforms have 19 digits and
 * a plain parse would silently turn them into other ids.
 */
export function parseJson(text: string): unknown {
  if (!/\d{16}/.test(text)) return JSON.parse(text);
  return parseWithSource(text, (_key, value, { source }) =>
    typeof value === "number" && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
      ? source
      : value,
  );
}

/** `JSON.stringify` for values that hold bigints: they are written as bare digits, none lost. */
export function stringifyJson(value: unknown): string {
  const raw = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;
  return JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? raw(part.toString()) : part));
}

/** A random, time-ordered UUID (version 7). */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  return formatUuid(bytes, 7);
}

/** The same name in the same namespace always gives the same UUID (version 5). The namespace is a UUID. */
export function nameId(namespace: string, name: string): string {
  const space = Buffer.from(namespace.replaceAll("-", ""), "hex");
  if (space.length !== 16) throw new RangeError(`not a UUID: ${namespace}`);
  return formatUuid(createHash("sha1").update(space).update(name).digest().subarray(0, 16), 5);
}

function formatUuid(bytes: Buffer, version: number): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | (version << 4), 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
