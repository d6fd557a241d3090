/** What is wrong with a tracking number, as a word of the locale files; null: nothing we know of. */
type TrackingFault = "empty" | "address" | "characters" | "length" | "placeholder" | "carrier";

const SHORTEST = 5;
const LONGEST = 50;
/** What people write where there is no number. */
const PLACEHOLDERS = /^(N\/?A|NONE|TBD|TBA|TEST|UNKNOWN|PENDING|NOTRACKING|X+|0+|1234567890?)$/;

/** A number as carriers and channels compare it: without blanks and hyphens, in capitals. */
export const plainNumber = (text: string): string => text.replaceAll(/[\s\u00a0-]/g, "").toUpperCase();

/**
 * Whether a number can be told. Only what is certain to be refused is stopped here; `format` is the form of the carrier's numbers where it
 * is known.
 */
export function judgeTracking(number: string, format: RegExp | null): TrackingFault | null {
  if (/^https?:|\//i.test(number.trim()) && !PLACEHOLDERS.test(plainNumber(number))) return "address";
  const plain = plainNumber(number);
  if (plain === "") return "empty";
  if (PLACEHOLDERS.test(plain)) return "placeholder";
  if (!/^[A-Z0-9]+$/.test(plain)) return "characters";
  if (plain.length < SHORTEST || plain.length > LONGEST) return "length";
  return format && !format.test(plain) ? "carrier" : null;
}
