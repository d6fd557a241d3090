import type { Carrier } from "../../../channels/port.ts";

/** A carrier that somebody chose, or an accepted parcel taught, for a shipping company of Shopify. */
export interface RememberedCarrier {
  company: string;
  carrierId: string;
  carrierName: string;
}

export type CarrierMatch =
  | { outcome: "remembered"; carrier: Carrier }
  | { outcome: "matched"; carrier: Carrier }
  | { outcome: "fallback"; carrier: Carrier }
  | { outcome: "none" };

/** Names Shopify's carrier list and merchants use for what a channel calls otherwise; normalised, each row one carrier. */
const ALIASES: readonly (readonly string[])[] = [
  ["usps", "uspostalservice", "unitedstatespostalservice", "uspostal"],
  ["ups", "unitedparcelservice", "upsground", "upsmi", "upsmailinnovations"],
  ["fedex", "federalexpress", "fedexground", "fedexhomedelivery", "fedexexpress"],
  ["dhlexpress", "dhl", "dhlworldwide"],
  ["dhlecommerce", "dhlecommerceus", "dhlecommercesolutions", "dhlglobalmail"],
  ["lasership", "ontrac"],
  ["royalmail", "royalmailuk"],
  ["evri", "hermes", "hermesuk", "myhermes"],
  ["dpd", "dpduk"],
  ["deutschepost", "deutschepostdhl", "dhlpaket", "dhlgermany"],
  ["japanpost", "jppost", "yubin"],
  ["yamato", "yamatotransport", "kuronekoyamato"],
  ["sagawa", "sagawaexpress"],
];

/**
 * Which of the channel's carriers a Shopify tracking company is: what was chosen for it before, else the same name, else the same carrier under
 * another name, else the merchant's fallback; each only where the channel offers it for this order. Ids differ by delivery option and market
 * (TikTok Shop fact §10), so a remembered carrier is found by its name where its id is not offered.
 */
export function matchCarrier(
  carriers: Carrier[],
  company: string | null,
  known: { fallbackId: string | null; remembered: RememberedCarrier[] },
): CarrierMatch {
  const { fallbackId } = known;
  const wanted = companyKey(company);
  const chosen = known.remembered.filter((one) => one.company === wanted);
  const remembered =
    carriers.find((carrier) => chosen.some((one) => one.carrierId === carrier.id)) ??
    carriers.find((carrier) => chosen.some((one) => normalise(one.carrierName) === normalise(carrier.name)));
  if (remembered) return { outcome: "remembered", carrier: remembered };
  const matched =
    wanted &&
    (carriers.find((one) => normalise(one.name) === wanted) ??
      carriers.find((one) => isAlias(normalise(one.name), wanted)));
  if (matched) return { outcome: "matched", carrier: matched };
  const fallback = carriers.find((one) => one.id === fallbackId);
  return fallback ? { outcome: "fallback", carrier: fallback } : { outcome: "none" };
}

/** How a shipping company is remembered; "" where Shopify names none. */
export const companyKey = (company: string | null): string => normalise(company ?? "");

/** Case, accents, blanks and punctuation do not part carriers. */
const normalise = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");

function isAlias(a: string, b: string): boolean {
  return ALIASES.some((names) => names.includes(a) && names.includes(b));
}
