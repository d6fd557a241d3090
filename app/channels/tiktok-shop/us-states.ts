const STATES =
  "Alabama AL,Alaska AK,American Samoa AS,Arizona AZ,Arkansas AR,California CA,Colorado CO,Connecticut CT,Delaware DE," +
  "District of Columbia DC,Florida FL,Georgia GA,Guam GU,Hawaii HI,Idaho ID,Illinois IL,Indiana IN,Iowa IA,Kansas KS,Kentucky KY," +
  "Louisiana LA,Maine ME,Maryland MD,Massachusetts MA,Michigan MI,Minnesota MN,Mississippi MS,Missouri MO,Montana MT,Nebraska NE," +
  "Nevada NV,New Hampshire NH,New Jersey NJ,New Mexico NM,New York NY,North Carolina NC,North Dakota ND," +
  "Northern Mariana Islands MP,Ohio OH,Oklahoma OK,Oregon OR,Pennsylvania PA,Puerto Rico PR,Rhode Island RI,South Carolina SC," +
  "South Dakota SD,Tennessee TN,Texas TX,Utah UT,Vermont VT,Virgin Islands VI,Virginia VA,Washington WA,West Virginia WV," +
  "Wisconsin WI,Wyoming WY";

const CODES = new Map(STATES.split(",").map((entry) => [entry.slice(0, -3).toLowerCase(), entry.slice(-2)] as const));

/** Postal code of a US state by its name (a code is given back as it is); "" for a name that is none. */
export function usStateCode(name: string): string {
  const known = CODES.get(name.trim().toLowerCase());
  if (known) return known;
  const code = name.trim().toUpperCase();
  return [...CODES.values()].includes(code) ? code : "";
}
