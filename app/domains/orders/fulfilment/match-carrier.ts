import type { Carrier } from "../../../channels/port.ts";

export type CarrierMatch =
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
 * Which of the channel's carriers a Shopify tracking company is: the same name, else the same carrier under another name, else the
 * merchant's fallback when the channel offers it for this order.
 */
export function matchCarrier(carriers: Carrier[], company: string | null, fallbackId: string | null): CarrierMatch {
  const wanted = normalise(company ?? "");
  const matched =
    wanted &&
    (carriers.find((one) => normalise(one.name) === wanted) ??
      carriers.find((one) => isAlias(normalise(one.name), wanted)));
  if (matched) return { outcome: "matched", carrier: matched };
  const fallback = carriers.find((one) => one.id === fallbackId);
  return fallback ? { outcome: "fallback", carrier: fallback } : { outcome: "none" };
}

/** Case, accents, blanks and punctuation do not part carriers. */
const normalise = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");

function isAlias(a: string, b: string): boolean {
  return ALIASES.some((names) => names.includes(a) && names.includes(b));
}
