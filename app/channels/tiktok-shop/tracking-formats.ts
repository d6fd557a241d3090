/**
 * What tracking numbers look like, by the carrier's name as the platform writes it: every form the carrier publishes, so that a number
 * refused here is refused there as well (TikTok Shop fact §12: 21004015, the number does not fit the carrier). A carrier that is not
 * listed is left to the platform.
 */
const FORMATS: Record<string, RegExp> = {
  // 1Z numbers, freight, waybills, Mail Innovations
  ups: /^(1Z[0-9A-Z]{16}|[TH]\d{10}|\d{9}|\d{12}|\d{18}|\d{22}|\d{26}|\d{30})$/,
  // Intelligent Mail package barcodes with and without the postal code before them, and international S10 numbers
  usps: /^(\d{20,34}|[A-Z]{2}\d{9}[A-Z]{2})$/,
  // Express, Ground, SmartPost and door tags
  fedex: /^(\d{12}|\d{14,15}|\d{20}|\d{22}|\d{34}|DT\d{12,14})$/,
  // S10 of the Universal Postal Union and domestic barcodes
  royalmail: /^([A-Z]{2}\d{9}GB|[0-9A-F]{16}|[A-Z0-9]{13,21})$/,
  yamato: /^\d{11,12}$/,
  sagawa: /^\d{10,12}$/,
  japanpost: /^(\d{11,13}|[A-Z]{2}\d{9}JP)$/,
};

/** The form of a carrier's numbers; null: not known, any number may be right. Numbers are compared without blanks, in capitals. */
export function trackingFormat(carrierName: string): RegExp | null {
  const name = carrierName.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return Object.hasOwn(FORMATS, name) ? (FORMATS[name] ?? null) : null;
}
