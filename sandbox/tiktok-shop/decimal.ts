/** Digits after the dot by currency; two where nothing is said. */
const exponents: Record<string, number> = { IDR: 0, JPY: 0, VND: 0 };

/** Digits after the dot of a currency. */
function exponentOf(currency: string): number {
  return exponents[currency] ?? 2;
}

/** Decimal text to minor units; null when it is no decimal or finer than the currency allows. */
export function toMinor(text: string, currency: string): number | null {
  if (!/^\d+(\.\d+)?$/.test(text)) return null;
  const [whole = "0", fraction = ""] = text.split(".");
  const exponent = exponentOf(currency);
  if (/[1-9]/.test(fraction.slice(exponent))) return null;
  return Number(whole) * 10 ** exponent + Number(fraction.slice(0, exponent).padEnd(exponent, "0") || "0");
}

/** Minor units to decimal text, without padding: 14900 → "149", 490 → "4.9". Amounts on the wire look like this. */
export function toUnpadded(minor: number, currency: string): string {
  const padded = toPadded(minor, currency);
  return padded.includes(".") ? padded.replace(/\.?0+$/, "") : padded;
}

/** Minor units to decimal text with every digit of the currency: 14900 → "149.00". */
export function toPadded(minor: number, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const text = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
  return minor < 0 ? `-${text}` : text;
}

/** Splits an amount over weights so that the parts sum to the whole. */
export function splitMinor(total: number, weights: number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  let left = total;
  return weights.map((weight, index) => {
    if (index === weights.length - 1) return left;
    const part = sum === 0 ? 0 : Math.floor((total * weight) / sum);
    left -= part;
    return part;
  });
}
