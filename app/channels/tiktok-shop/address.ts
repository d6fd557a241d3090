import type { BuyerAddress } from "../port.ts";
import { usStateCode } from "./us-states.ts";
import type { RecipientAddressWire } from "./wire/orders.ts";

type District = RecipientAddressWire["district_info"][number];

/**
 * The delivery address in our words, or null where the channel shows none. TikTok Shop facts: it is blank while an order is unpaid
 * or on hold; `district_info` gives country (L0), state (L1), city or county (L2) and below; only L0 is sure to have a code.
 */
export function readAddress(wire: RecipientAddressWire | null | undefined): BuyerAddress | null {
  if (!wire) return null;
  const level = (wanted: string) => wire.district_info.find(({ address_level }) => address_level === wanted);
  const countryCode = wire.region_code ?? level("L0")?.iso_code ?? "";
  const street = wire.address_line1 ?? wire.address_detail;
  if (!street && !wire.full_address && !wire.postal_code && !wire.name && !wire.first_name) return null;

  // A name told in one is left whole: which word is the family's depends on the country.
  const { first_name: firstName = "", last_name: lastName = "" } = wire;
  const state = level("L1");
  return {
    name: wire.name ?? [firstName, lastName].filter(Boolean).join(" "),
    firstName,
    lastName,
    phone: wire.phone_number ?? "",
    address1: street ?? "",
    address2: [...new Set([wire.address_line2, wire.address_line3, wire.address_line4])].filter(Boolean).join(", "),
    city: cityOf(wire.district_info) ?? wire.post_town ?? level("L2")?.address_name ?? level("L3")?.address_name ?? "",
    province: state?.address_name ?? "",
    provinceCode: provinceCode(countryCode, state),
    postalCode: wire.postal_code ?? "",
    countryCode,
    areas: ["L1", "L2", "L3", "L4"].flatMap((wanted) => level(wanted)?.address_name ?? []),
    ...(wire.full_address ? { fullText: wire.full_address } : {}),
  };
}

/** TikTok Shop fact: hidden parts are asterisks ("A*** B***c", "(+60)11*****00"). */
export const isMasked = (address: BuyerAddress): boolean =>
  Object.values(address)
    .flat()
    .some((part) => part.includes("*"));

const cityOf = (districts: District[]) =>
  districts.find(({ address_level_name = "" }) => /^(city|town|municipality)$/i.test(address_level_name))?.address_name;

function provinceCode(countryCode: string, state: District | undefined): string {
  const code = state?.iso_code?.replace(new RegExp(`^${countryCode}-`), "");
  return code ?? (countryCode === "US" ? usStateCode(state?.address_name ?? "") : "");
}
