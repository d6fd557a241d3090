import type { BuyerAddress } from "../../../channels/port.ts";
import type { OrderAddress } from "../../../shopify/model.ts";
import { type AddressRules, addressRules } from "./address-rules.ts";
import { provinceCode } from "./provinces.ts";

/** The longest line Shopify takes. */
const LINE_MAX = 255;

/**
 * A channel's address as Shopify takes it: province by code, postal code and phone in the country's form, one-line addresses parted, no part
 * lost or written twice. Masked parts (asterisks) go as they are: they are placeholders, not mistakes. Null without a country.
 */
export function repairAddress(address: BuyerAddress): OrderAddress | null {
  const { countryCode } = address;
  if (!countryCode) return null;
  const rules = addressRules(countryCode);
  const province = provinceOf(address, rules);
  const city = cityOf(address, rules, province);
  const lines = linesOf(address, { rules, province, city });
  return {
    ...namesOf(address, rules),
    ...lines,
    city: withNamedProvince(city, province, rules),
    provinceCode: province.code,
    zip: isMasked(address.postalCode) ? address.postalCode : rules.postalCode(address.postalCode.trim()),
    countryCode,
    phone: phoneOf(address.phone, rules),
  };
}

const isMasked = (text: string): boolean => text.includes("*");
const isSame = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s,.-]/g, "");

interface Province {
  name: string;
  code: string;
}

/** Some countries' areas begin with a region above the province: the first area that is one counts. */
function provinceOf(address: BuyerAddress, rules: AddressRules): Province {
  const { countryCode } = address;
  if (rules.province === "unused") return { name: address.province, code: "" };
  const names = [address.province, ...(address.areas ?? [])].filter(Boolean);
  for (const name of names) {
    const code = provinceCode(countryCode, name);
    if (code) return { name, code };
  }
  const given = rules.province === "coded" && countryCode === "US" ? address.provinceCode : "";
  return { name: address.province, code: given || provinceCode(countryCode, address.provinceCode) };
}

/** The channel's city; where it told none, the largest area below the province. */
function cityOf(address: BuyerAddress, rules: AddressRules, province: Province): string {
  if (address.city) return address.city;
  const below = (address.areas ?? []).find((area) => !isSame(area, province.name));
  return below ?? (rules.province === "unused" ? "" : province.name);
}

/** A province that has no code would be lost. */
function withNamedProvince(city: string, province: Province, rules: AddressRules): string {
  if (rules.province === "unused" || province.code || !province.name || isSame(city, province.name)) return city;
  return [city, province.name].filter(Boolean).join(", ");
}

function linesOf(
  address: BuyerAddress,
  known: { rules: AddressRules; province: Province; city: string },
): { address1: string; address2: string } {
  const street = address.address1.trim() || fromOneLine(address, known);
  const smaller = known.rules.areas === "written" ? smallerAreas(address, known) : [];
  const rest = [address.address2.trim(), ...smaller].filter(Boolean);
  // TikTok Shop fact §11: address_detail repeats what the numbered lines say.
  const untold = rest.filter((part, at) => !plain(street).includes(plain(part)) && rest.indexOf(part) === at);
  const [address1, over] = cut(street);
  return { address1, address2: cut([over, ...untold].filter(Boolean).join(", "))[0] };
}

function smallerAreas(address: BuyerAddress, { province, city }: { province: Province; city: string }): string[] {
  return (address.areas ?? []).filter(
    (area) => !isSame(area, province.name) && !isSame(area, address.province) && !isSame(area, city),
  );
}

/** The street of an address told in one text: without the parts that stand elsewhere. */
function fromOneLine(address: BuyerAddress, { province, city }: { province: Province; city: string }): string {
  const elsewhere = [
    address.postalCode,
    city,
    province.name,
    address.province,
    address.countryCode,
    ...(COUNTRY_NAMES[address.countryCode] ?? []),
  ];
  const parts = (address.fullText ?? "").split(",").map((part) => part.trim());
  const isTold = (part: string) => elsewhere.some((one) => one !== "" && isSame(part, one));
  return parts.filter((part) => part !== "" && !isTold(part)).join(", ");
}

const COUNTRY_NAMES: Record<string, string[]> = {
  US: ["United States", "USA"],
  GB: ["United Kingdom", "UK", "Great Britain"],
  ...{
    IE: ["Ireland"],
    DE: ["Germany", "Deutschland"],
    FR: ["France"],
    ES: ["Spain", "España"],
    IT: ["Italy", "Italia"],
  },
  ...{ JP: ["Japan", "日本"], BR: ["Brazil", "Brasil"], MX: ["Mexico", "México"], ID: ["Indonesia"], MY: ["Malaysia"] },
  ...{ PH: ["Philippines"], SG: ["Singapore"], TH: ["Thailand", "ประเทศไทย"], VN: ["Vietnam", "Việt Nam", "Viet Nam"] },
};

/** A line longer than Shopify takes goes on in the next one, parted at a blank. */
function cut(text: string): [string, string] {
  if (text.length <= LINE_MAX) return [text, ""];
  const at = text.lastIndexOf(" ", LINE_MAX);
  const end = at > 0 ? at : LINE_MAX;
  return [text.slice(0, end).replace(/,$/, ""), text.slice(end).trim()];
}

function namesOf(address: BuyerAddress, rules: AddressRules): { firstName: string; lastName: string } {
  const { firstName, lastName, name } = address;
  if (firstName || lastName) return { firstName, lastName };
  const words = name
    .trim()
    .split(/[\s\u3000]+/)
    .filter(Boolean);
  // one word is what somebody is called; Shopify shows a lone last name best
  if (words.length < 2) return { firstName: "", lastName: words[0] ?? "" };
  if (rules.names === "family-first") return { firstName: words.slice(1).join(" "), lastName: words[0] ?? "" };
  return { firstName: words.slice(0, -1).join(" "), lastName: words.at(-1) ?? "" };
}

/** "(+44)07700 900123" → "+447700900123". Masked and foreign forms stay as they are. */
function phoneOf(phone: string, { callingCode }: AddressRules): string {
  const given = phone.trim();
  if (given === "" || isMasked(given) || callingCode === "") return given;
  const bare = given.replaceAll(/[\s().-]/g, "");
  if (!/^\+?\d+$/.test(bare)) return given;
  const national = bare.startsWith(`+${callingCode}`) ? bare.slice(callingCode.length + 1) : bare;
  if (national.startsWith("+")) return bare;
  // In Italy the zero belongs to the number; elsewhere it is dialled at home only.
  const subscriber = callingCode === "39" ? national : national.replace(/^0/, "");
  return `+${callingCode}${subscriber}`;
}
