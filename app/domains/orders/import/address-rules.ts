/** How addresses of one country stand in Shopify. */
export interface AddressRules {
  /** Digits after the plus sign. */
  callingCode: string;
  /**
   * coded: Shopify takes a code for the province. named: it knows none, so the name goes behind the city. unused: nobody writes it.
   */
  province: "coded" | "named" | "unused";
  /** Smaller areas (ward, sub-district, neighbourhood) belong to the address and go into its second line. */
  areas: "written" | "unused";
  postalCode: (code: string) => string;
  names: "given-first" | "family-first";
}

/** Digits only, zeros lost on the way put back, in the country's groups. What is not of that length stays as it is. */
function digits(length: number, group?: (digits: string) => string): AddressRules["postalCode"] {
  return (code) => {
    const bare = code.replaceAll(/[\s-]/g, "");
    if (!/^\d+$/.test(bare) || bare.length > length || bare.length < length - 1) return code;
    const whole = bare.padStart(length, "0");
    return group ? group(whole) : whole;
  };
}

const upper = (code: string) => code.toUpperCase().replaceAll(/\s+/g, "");
const spaced = (code: string, at: number) => `${code.slice(0, at)} ${code.slice(at)}`;

/** Five digits, or nine in two groups. */
function zipCode(code: string): string {
  const bare = code.replaceAll(/[\s-]/g, "");
  if (/^\d{9}$/.test(bare)) return `${bare.slice(0, 5)}-${bare.slice(5)}`;
  return /^\d{4,5}$/.test(bare) ? bare.padStart(5, "0") : code;
}

/** The inward part has three signs. */
function postcode(code: string): string {
  const bare = upper(code);
  return /^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/.test(bare) ? spaced(bare, bare.length - 3) : code;
}

/** The routing key has three signs. */
function eircode(code: string): string {
  const bare = upper(code);
  return /^[A-Z]\d[\dW][A-Z\d]{4}$/.test(bare) ? spaced(bare, 3) : code;
}

const western = { areas: "unused", names: "given-first" } as const;
const eastern = { province: "coded", areas: "written", names: "given-first" } as const;

/**
 * Source: the Universal Postal Union's addressing systems by country (forms of postal codes, order of names, what is written on a parcel)
 * and ITU-T E.164 (calling codes). Channel areas below the country arrive largest first (TikTok Shop fact §11: district_info L1 to L4).
 */
const RULES: Record<string, AddressRules> = {
  US: { ...western, callingCode: "1", province: "coded", postalCode: zipCode },
  GB: { ...western, callingCode: "44", province: "unused", postalCode: postcode },
  IE: { ...western, callingCode: "353", province: "coded", postalCode: eircode },
  DE: { ...western, callingCode: "49", province: "unused", postalCode: digits(5) },
  FR: { ...western, callingCode: "33", province: "unused", postalCode: digits(5) },
  ES: { ...western, callingCode: "34", province: "coded", postalCode: digits(5) },
  IT: { ...western, callingCode: "39", province: "coded", postalCode: digits(5) },
  JP: {
    ...{ callingCode: "81", province: "coded", areas: "written", names: "family-first" },
    postalCode: digits(7, (code) => `${code.slice(0, 3)}-${code.slice(3)}`),
  },
  BR: { ...eastern, callingCode: "55", postalCode: digits(8, (code) => `${code.slice(0, 5)}-${code.slice(5)}`) },
  MX: { ...eastern, callingCode: "52", postalCode: digits(5) },
  ID: { ...eastern, callingCode: "62", postalCode: digits(5) },
  MY: { ...eastern, callingCode: "60", postalCode: digits(5) },
  PH: { ...eastern, callingCode: "63", postalCode: digits(4) },
  SG: { ...eastern, callingCode: "65", province: "unused", areas: "unused", postalCode: digits(6) },
  TH: { ...eastern, callingCode: "66", postalCode: digits(5) },
  VN: { ...eastern, callingCode: "84", province: "named", names: "family-first", postalCode: digits(5) },
};

/** A country we know nothing of: nothing is lost, nothing is changed. */
const UNKNOWN: AddressRules = {
  ...{ callingCode: "", province: "named", areas: "written", names: "given-first" },
  postalCode: (code) => code,
};

export const addressRules = (countryCode: string): AddressRules =>
  Object.hasOwn(RULES, countryCode) ? (RULES[countryCode] ?? UNKNOWN) : UNKNOWN;
