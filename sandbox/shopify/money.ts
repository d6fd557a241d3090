/** Decimal text ⇄ integer minor units, by the currency's number of decimals (ISO 4217). */
const NO_DECIMALS = new Set([
  "BIF",
  "CLP",
  "DJF",
  "GNF",
  "ISK",
  "JPY",
  "KMF",
  "KRW",
  "PYG",
  "RWF",
  "UGX",
  "VND",
  "VUV",
  "XAF",
  "XOF",
  "XPF",
]);
const THREE_DECIMALS = new Set(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]);

const decimalsOf = (currency: string) => (NO_DECIMALS.has(currency) ? 0 : THREE_DECIMALS.has(currency) ? 3 : 2);

/** "12", "12.5" and "12.50" are all 1250 in USD; further decimals are rounded half away from zero. */
export function toMinor(text: unknown, currency: string): number {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(text).trim());
  if (!match) throw new Error("not a decimal amount");
  const decimals = decimalsOf(currency);
  const [, sign, whole = "0", part = ""] = match;
  const kept = Number(whole + part.padEnd(decimals, "0").slice(0, decimals));
  const rounded = kept + (Number(part[decimals] ?? "0") >= 5 ? 1 : 0);
  return sign ? -rounded : rounded;
}

/** Decimal text as Shopify's Money scalar writes it: always with the currency's decimals, at least one ("18.0" for yen). */
export function toDecimal(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  if (decimals === 0) return `${minor}.0`;
  const digits = String(Math.abs(minor)).padStart(decimals + 1, "0");
  return `${minor < 0 ? "-" : ""}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** A MoneyV2. */
const money = (minor: number, currency: string) => ({
  amount: toDecimal(minor, currency),
  currencyCode: currency,
});

/** A MoneyBag: the shop's money, and the buyer's where it was another. */
export const moneyBag = (minor: number, currency: string, presented?: { minor: number; currency: string }) => ({
  shopMoney: money(minor, currency),
  presentmentMoney: presented ? money(presented.minor, presented.currency) : money(minor, currency),
});
