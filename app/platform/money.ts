/** Money is integer minor units inside; decimal text exists only at the wires. */

/** ISO 4217 currencies whose minor unit is not a hundredth. */
const EXPONENTS: Record<string, number> = {
  ...Object.fromEntries(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((code) => [code, 0]),
  ),
  ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** Decimal places of a currency by ISO 4217; 2 for codes not listed there. */
const exponentOf = (currency: string): number => EXPONENTS[currency.toUpperCase()] ?? 2;

/**
 * Decimal text ("12.5", "-0.01", "1200") to minor units. Throws on anything else, and on digits finer than the currency has
 * (zeros apart): rounding would lose money without anybody deciding it.
 */
export function parseDecimal(text: string, currency: string): bigint {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!parts) throw new RangeError(`not a decimal amount: ${JSON.stringify(text)}`);
  const [, sign, whole = "0", fraction = ""] = parts;
  const exponent = exponentOf(currency);
  if (/[1-9]/.test(fraction.slice(exponent))) throw new RangeError(`${text} is finer than ${currency} allows`);
  const minor = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, "0"));
  return sign ? -minor : minor;
}

/** Minor units to decimal text, padded to the currency's decimal places ("12.50", "1200" for JPY). */
export function formatDecimal(minor: bigint, currency: string): string {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const sign = minor < 0n ? "-" : "";
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** An amount in another currency, rounded half up. `rate`: units of `to` for one of `from`, as positive decimal text. */
export function convertMinor(minor: bigint, from: string, to: { currency: string; rate: string }): bigint {
  const parts = /^(\d+)(?:\.(\d+))?$/.exec(to.rate);
  if (!parts) throw new RangeError(`not an exchange rate: ${JSON.stringify(to.rate)}`);
  const [, whole = "0", fraction = ""] = parts;
  const up = minor * BigInt(whole + fraction) * 10n ** BigInt(exponentOf(to.currency));
  const down = 10n ** BigInt(fraction.length + exponentOf(from));
  const rounded = ((up < 0n ? -up : up) * 2n + down) / (down * 2n);
  return up < 0n ? -rounded : rounded;
}
