import { parseDecimal } from "../../platform/money.ts";
import type { ListingLimits, Money } from "../port.ts";

/** What differs by market. Region codes are those of the API: ISO, so Great Britain is GB. */
export interface Market {
  currency: string;
  locale: string;
  titleMin: number;
  titleMax: number;
  skusMax: number;
  /** Per unit, local sellers, decimal text. */
  price: readonly [min: string, max: string];
  /** Lower cap of sellers from abroad where one is known. */
  priceMaxAbroad?: string;
  /** v2 is the seven-level category tree. */
  categoryVersion: "v1" | "v2";
  /** How a seller-shipped order is shipped. */
  shipBy: "order" | "package";
  /** Invite-only categories: sellers may list there, the product then waits for approval. */
  opensInviteOnly: boolean;
}

const EUROPE = {
  titleMin: 1,
  titleMax: 255,
  skusMax: 300,
  categoryVersion: "v1",
  shipBy: "order",
  opensInviteOnly: false,
} as const;
const EURO = { ...EUROPE, currency: "EUR", price: ["0.01", "6300"], priceMaxAbroad: "150" } as const;
const LATIN_AMERICA = {
  titleMin: 1,
  titleMax: 300,
  skusMax: 300,
  categoryVersion: "v1",
  shipBy: "package",
  opensInviteOnly: false,
} as const;
const ASIA = {
  titleMin: 25,
  titleMax: 255,
  skusMax: 100,
  categoryVersion: "v2",
  shipBy: "package",
  opensInviteOnly: false,
} as const;

/**
 * TikTok Shop facts, reference pages of December 2025: title lengths, SKU caps, price ranges of local sellers per unit, v2 category
 * trees mandatory in the US and South-East Asia, and which call ships (the order is marked in US GB ES IE IT DE FR JP; elsewhere
 * the package exists already and is shipped).
 */
const MARKETS: Record<string, Market> = {
  US: {
    ...EUROPE,
    currency: "USD",
    locale: "en-US",
    price: ["0.01", "7600"],
    priceMaxAbroad: "800",
    categoryVersion: "v2",
    opensInviteOnly: true,
  },
  GB: { ...EUROPE, currency: "GBP", locale: "en-GB", price: ["0.01", "5600"], priceMaxAbroad: "134.5" },
  DE: { ...EURO, locale: "de-DE" },
  ES: { ...EURO, locale: "es-ES" },
  FR: { ...EURO, locale: "fr-FR" },
  IE: { ...EURO, locale: "en-IE" },
  IT: { ...EURO, locale: "it-IT" },
  JP: { ...EUROPE, currency: "JPY", locale: "ja-JP", price: ["1", "500000"], priceMaxAbroad: "10000" },
  BR: { ...LATIN_AMERICA, currency: "BRL", locale: "pt-BR", price: ["0.5", "10000"] },
  MX: { ...LATIN_AMERICA, currency: "MXN", locale: "es-MX", price: ["1", "50000"] },
  ID: { ...ASIA, currency: "IDR", locale: "id-ID", price: ["100", "100000000"] },
  MY: { ...ASIA, currency: "MYR", locale: "ms-MY", price: ["0.01", "320000"] },
  PH: { ...ASIA, currency: "PHP", locale: "en-US", price: ["0.01", "400000"] },
  SG: { ...ASIA, currency: "SGD", locale: "en-US", price: ["0.01", "10000"] },
  TH: { ...ASIA, currency: "THB", locale: "th-TH", price: ["30", "260000"] },
  VN: { ...ASIA, currency: "VND", locale: "vi-VN", price: ["1", "180000000"] },
};

/** The market of a region; throws RangeError for one we know nothing of. */
export function marketOf(region: string): Market {
  const market = findMarket(region);
  if (!market) throw new RangeError(`TikTok Shop market ${region} is not known`);
  return market;
}

/** The market of a region, or undefined for one we know nothing of. */
export const findMarket = (region: string): Market | undefined =>
  Object.hasOwn(MARKETS, region) ? MARKETS[region] : undefined;

/** Weight is sent in kilograms everywhere: the one unit all markets take, and its three decimals hold a gram. */
export const WEIGHT_UNIT = "KILOGRAM";

/** The limits preflight checks. A region we know nothing of gets the tightest of all markets. */
export function limitsOf({
  region,
  currency,
  sellerType,
}: {
  region: string;
  currency: string;
  sellerType?: string;
}): ListingLimits {
  const market = findMarket(region);
  const isAbroad = sellerType === "CROSS_BORDER";
  const [min, localMax] = market?.price ?? ["1", "800"];
  const max = (isAbroad && market?.priceMaxAbroad) || localMax;
  const money = (amount: string): Money => ({ amountMinor: parseDecimal(amount, currency), currency });
  return {
    titleMin: market?.titleMin ?? 25,
    titleMax: market?.titleMax ?? 255,
    // TikTok Shop fact: no Chinese in titles outside Chinese-language use; Japanese titles are written with the same characters.
    takesChineseTitles: region === "JP",
    descriptionMax: 10_000,
    picturesMax: 9,
    pictureMinPx: 300,
    pictureMaxPx: 20_000,
    optionsMax: 3,
    skusMax: market?.skusMax ?? 100,
    optionNameMax: 20,
    optionValueMax: 50,
    sellerSkuMax: 50,
    priceMin: money(min),
    priceMax: money(max),
    quantityMax: 99_999,
    weightUnit: WEIGHT_UNIT,
  };
}

const CONSENT_PAGES: Record<string, string> = { US: "https://services.tiktokshops.us/open/authorize" };
const CONSENT_PAGE_ELSEWHERE = "https://services.tiktokshop.com/open/authorize";

/** TikTok Shop fact: apps of the US consent on a host of their own. */
export const consentPageOf = (market: string): string => CONSENT_PAGES[market] ?? CONSENT_PAGE_ELSEWHERE;
