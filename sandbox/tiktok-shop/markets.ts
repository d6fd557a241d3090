/** What differs between markets, as far as the sandbox cares. */
export interface Market {
  currency: string;
  /** Price range of local sellers per unit, in whole currency units. TikTok Shop fact: outside it a price is refused. */
  lowestPrice: string;
  highestPrice: string;
  titleLimits: { shortest: number; longest: number };
  maximumSkus: number;
  /** Tree of categories in force: v2 in the US and South-East Asia. */
  categoryVersion: "v1" | "v2";
  weightUnits: readonly string[];
  dimensionUnits: readonly string[];
  /** true: the order is marked as shipped; false: a package exists after payment and is shipped. */
  marksOrdersAsShipped: boolean;
  /** Access tokens begin with this. */
  tokenPrefix: "TTP_" | "ROW_";
}

const western = { shortest: 1, longest: 255 };
const latin = { shortest: 1, longest: 300 };
const eastern = { shortest: 25, longest: 255 };

function market(
  currency: string,
  prices: [string, string],
  titleLimits: { shortest: number; longest: number },
  more: Partial<Market> = {},
): Market {
  return {
    currency,
    lowestPrice: prices[0],
    highestPrice: prices[1],
    titleLimits,
    maximumSkus: 300,
    categoryVersion: "v1",
    weightUnits: ["KILOGRAM"],
    dimensionUnits: ["CENTIMETER"],
    marksOrdersAsShipped: true,
    tokenPrefix: "ROW_",
    ...more,
  };
}

const southEast: Partial<Market> = { maximumSkus: 100, categoryVersion: "v2", marksOrdersAsShipped: false };
const grams = { weightUnits: ["KILOGRAM", "GRAM"] };
const euro = market("EUR", ["0.01", "6300"], western);

/** TikTok Shop fact: price ranges, title lengths, units and ways of shipping by market. */
const markets: Record<string, Market> = {
  US: market("USD", ["0.01", "7600"], western, {
    categoryVersion: "v2",
    weightUnits: ["KILOGRAM", "POUND"],
    dimensionUnits: ["CENTIMETER", "INCH"],
    tokenPrefix: "TTP_",
  }),
  GB: market("GBP", ["0.01", "5600"], western),
  DE: euro,
  ES: euro,
  FR: euro,
  IE: euro,
  IT: euro,
  JP: market("JPY", ["1", "500000"], western, grams),
  BR: market("BRL", ["0.5", "10000"], latin, { ...grams, marksOrdersAsShipped: false }),
  MX: market("MXN", ["1", "50000"], latin, { ...grams, marksOrdersAsShipped: false }),
  ID: market("IDR", ["100", "100000000"], eastern, southEast),
  MY: market("MYR", ["0.01", "320000"], eastern, southEast),
  PH: market("PHP", ["0.01", "400000"], eastern, southEast),
  SG: market("SGD", ["0.01", "10000"], eastern, southEast),
  TH: market("THB", ["30", "260000"], eastern, southEast),
  VN: market("VND", ["1", "180000000"], eastern, southEast),
};

/** TikTok Shop fact: in these markets a buyer may pay at the door. */
const AT_THE_DOOR = new Set(["ID", "MY", "PH", "SA", "TH", "VN"]);
export const takesCashOnDelivery = (region: string): boolean => AT_THE_DOOR.has(region);

/** The market of a region; throws for one the platform does not know. */
export function getMarket(region: string): Market {
  const found = markets[region];
  if (!found) throw new Error(`unknown market ${region}`);
  return found;
}
