import { parseDecimal } from "../../platform/money.ts";
import type { ListingLimits, Money, TaxRules } from "../port.ts";

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
  tax: MarketTax;
  /** Hours after shipping in which a number may be corrected, where they are known. */
  correctionHours?: number;
}

interface MarketTax {
  prices: TaxRules["prices"];
  name: string;
  /** For whose sellers the platform owes the tax: all, those from abroad, or none. */
  channelOwesFor: "all" | "abroad" | "none";
}

const VAT = { prices: "included", name: "VAT", channelOwesFor: "abroad" } as const;
const sellerOwes = (name: string) => ({ prices: "included", name, channelOwesFor: "none" }) as const;

const EUROPE = {
  titleMin: 1,
  titleMax: 255,
  skusMax: 300,
  categoryVersion: "v1",
  shipBy: "order",
  opensInviteOnly: false,
  tax: VAT,
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
 * trees mandatory in the US and South-East Asia, and which call ships (§12: the order is marked in US GB ES IE IT DE FR JP; elsewhere
 * the package exists already and is shipped). A number may be corrected for 72 h in the US and once in most markets (§12).
 *
 * Taxes: §11 names units' tax in the US only (SALES_TAX, on top of the price); prices elsewhere are what a buyer pays. Who owes it is law:
 * US marketplace facilitator acts make it the platform's for all sellers; the deemed-supplier rules of the UK (2021) and of Directive (EU)
 * 2017/2455 for sellers from abroad; elsewhere nothing moves the duty from the seller.
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
    tax: { prices: "added", name: "Sales tax", channelOwesFor: "all" },
    correctionHours: 72,
  },
  GB: { ...EUROPE, currency: "GBP", locale: "en-GB", price: ["0.01", "5600"], priceMaxAbroad: "134.5" },
  DE: { ...EURO, locale: "de-DE" },
  ES: { ...EURO, locale: "es-ES" },
  FR: { ...EURO, locale: "fr-FR" },
  IE: { ...EURO, locale: "en-IE" },
  IT: { ...EURO, locale: "it-IT" },
  JP: {
    ...EUROPE,
    currency: "JPY",
    locale: "ja-JP",
    price: ["1", "500000"],
    priceMaxAbroad: "10000",
    tax: sellerOwes("Consumption tax"),
  },
  BR: { ...LATIN_AMERICA, currency: "BRL", locale: "pt-BR", price: ["0.5", "10000"], tax: sellerOwes("ICMS") },
  MX: { ...LATIN_AMERICA, currency: "MXN", locale: "es-MX", price: ["1", "50000"], tax: sellerOwes("IVA") },
  ID: { ...ASIA, currency: "IDR", locale: "id-ID", price: ["100", "100000000"], tax: sellerOwes("PPN") },
  MY: { ...ASIA, currency: "MYR", locale: "ms-MY", price: ["0.01", "320000"], tax: sellerOwes("SST") },
  PH: { ...ASIA, currency: "PHP", locale: "en-US", price: ["0.01", "400000"], tax: sellerOwes("VAT") },
  SG: { ...ASIA, currency: "SGD", locale: "en-US", price: ["0.01", "10000"], tax: sellerOwes("GST") },
  TH: { ...ASIA, currency: "THB", locale: "th-TH", price: ["30", "260000"], tax: sellerOwes("VAT") },
  VN: { ...ASIA, currency: "VND", locale: "vi-VN", price: ["1", "180000000"], tax: sellerOwes("VAT") },
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

/** How a shop's prices and taxes stand. A market we know nothing of: its prices contain the tax, and the seller owes it. */
export function taxRulesOf({ region, sellerType }: { region: string; sellerType: string }): TaxRules {
  const { prices, name, channelOwesFor } = findMarket(region)?.tax ?? sellerOwes("Tax");
  const isOwedByChannel = channelOwesFor === "all" || (channelOwesFor === "abroad" && sellerType === "CROSS_BORDER");
  return { prices, name, owedBy: isOwedByChannel ? "channel" : "seller" };
}

/** TikTok Shop fact §12: once in most markets, in the US within 72 h. Of other markets' windows nothing is known. */
export function correctionsOf(region: string): { withinHours: number | null; most: number } {
  return { withinHours: findMarket(region)?.correctionHours ?? null, most: 1 };
}

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
