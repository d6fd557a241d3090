import type { Barcode } from "./model.ts";

/**
 * A barcode the channel would take, or null: it is left out, since a listing does without. Only numbers with a right check digit count;
 * those beginning with 2 are for use inside one shop and name nothing elsewhere. TikTok Shop fact: GTIN 14, EAN 8 or 13, UPC 12 digits.
 */
export function readBarcode(text: string | null): Barcode | null {
  const code = (text ?? "").replace(/[\s-]/g, "");
  if (!/^(\d{8}|\d{12,14})$/.test(code) || !hasRightCheckDigit(code)) return null;
  if (code.length === 13 && code.startsWith("2")) return null;
  if (code.length === 12 && (code.startsWith("2") || code.startsWith("4"))) return null;
  return { kind: code.length === 14 ? "GTIN" : code.length === 12 ? "UPC" : "EAN", code };
}

function hasRightCheckDigit(code: string): boolean {
  const digits = [...code].map(Number);
  const check = digits.pop() ?? -1;
  const sum = digits.reverse().reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === check && sum > 0;
}
