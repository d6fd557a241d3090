import { z } from "zod";
import { parseDecimal } from "../../../platform/money.ts";

/**
 * Building blocks for the fields we read. TikTok Shop facts: optional fields are left out when unset, or present but blank, and the
 * two mean the same; ids have up to 19 digits and arrive as text or, in places, as bare numbers (kept whole by the lossless
 * parser); list fields now and then arrive as a single value; enumerations grow without notice.
 */

const isBlank = (value: unknown) =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");
const absent = (value: unknown) => (isBlank(value) ? undefined : value);
const asText = (value: unknown) => (typeof value === "number" ? String(value) : absent(value));

/** Text, or undefined when absent or blank. */
export const text = z.preprocess(asText, z.string().trim().optional()).optional();

/** An id that must be there. */
export const id = z.preprocess(asText, z.string().trim().min(1));

/** An id, or undefined; 0 means none. */
export const optionalId = text.transform((value) => (value === "0" ? undefined : value));

/** A whole number; numbers in text are taken too. */
export const count = z
  .preprocess(
    (value) => (typeof value === "string" && value.trim() !== "" ? Number(value) : absent(value)),
    z.number().int().optional(),
  )
  .optional();

/** Unix seconds as a Date, or undefined; 0 means unset. */
export const time = count.transform((seconds) => (seconds ? new Date(seconds * 1000) : undefined));

/** A flag; absent is false. */
export const flag = z
  .preprocess(
    (value) => (typeof value === "string" ? value.trim().toLowerCase() === "true" : absent(value)),
    z.boolean().optional(),
  )
  .optional()
  .transform((value) => value ?? false);

/** A list; absent, null and blank are empty, a single value is a list of one. */
export function list<T extends z.ZodType>(item: T) {
  return z
    .preprocess((value) => (isBlank(value) ? [] : Array.isArray(value) ? value : [value]), z.array(item))
    .optional()
    .transform((value) => value ?? []);
}

/** Text as one of our words; a value we do not know is kept as `unknown:VALUE`, an absent one as `unknown:`. */
export function word<const T extends Record<string, string>>(
  words: T,
  value: string | undefined,
): T[keyof T] | `unknown:${string}` {
  const known = value !== undefined && Object.hasOwn(words, value) ? words[value as keyof T] : undefined;
  return known ?? `unknown:${value ?? ""}`;
}

/** Decimal text of the wire in minor units; absent or blank is null. Throws RangeError on text that is no amount. */
export function minorOrNull(amount: string | undefined, currency: string): bigint | null {
  return amount === undefined ? null : parseDecimal(amount, currency);
}

/** As `minorOrNull`, absent is nothing. */
export const minor = (amount: string | undefined, currency: string): bigint => minorOrNull(amount, currency) ?? 0n;
