/** How a file writes numbers: which sign stands before the decimals. */
export type DecimalSign = "." | ",";

const AMOUNT = /[.,]?\d(?:[\d.,'’\s\u00a0\u202f]*\d)?/;

/** A comma before one or two last digits, in any of these amounts, is a decimal comma; Shopify's own exports have points. */
export function decimalSignOf(amounts: readonly string[]): DecimalSign {
  return amounts.some((text) => /,\d{1,2}\D*$/.test(text)) ? "," : ".";
}

/** The number in a cell as plain decimal text ("€ 1.299,50" → "1299.50"), or null when there is none. */
export function readDecimal(text: string, sign: DecimalSign): string | null {
  const found = AMOUNT.exec(text)?.[0].replace(/['’\s\u00a0\u202f]/g, "");
  if (found === undefined) return null;
  const isNegative = /^[^\d]*[-−]/.test(text);
  return `${isNegative ? "-" : ""}${normalise(found, sign)}`;
}

function normalise(digits: string, sign: DecimalSign): string {
  const other = sign === "," ? "." : ",";
  const at = digits.lastIndexOf(sign);
  const otherAt = digits.lastIndexOf(other);
  // a file of decimal commas may still have cells that another program wrote with points
  const isLone = at < 0 && digits.indexOf(other) === otherAt && otherAt >= 0;
  const isForeign = isLone && digits.length - otherAt - 1 !== 3;
  const decimalAt = isForeign ? otherAt : at;
  if (decimalAt < 0) return digits.replace(/[.,]/g, "");
  const whole = digits.slice(0, decimalAt).replace(/[.,]/g, "") || "0";
  const part = digits.slice(decimalAt + 1).replace(/[.,]/g, "");
  return part === "" ? whole : `${whole}.${part}`;
}

/** A whole number, or null when the cell has none. */
export function readCount(text: string, sign: DecimalSign): number | null {
  const decimal = readDecimal(text, sign);
  return decimal === null ? null : Math.trunc(Number(decimal));
}

/** Spreadsheet programs translate TRUE and FALSE. */
const YES = /^(true|yes|y|1|wahr|ja|vrai|oui|verdadero|sí|si|verdadeiro|sim|vero|waar)$/i;
const NO = /^(false|no|n|0|falsch|nein|faux|non|falso|não|onwaar|nee)$/i;

/** Yes, no, or null when the cell says neither. */
export function readYesNo(text: string): boolean | null {
  if (YES.test(text)) return true;
  return NO.test(text) ? false : null;
}
