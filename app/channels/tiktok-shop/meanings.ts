import type { ErrorFamily } from "../../platform/errors.ts";

/**
 * What the platform's codes mean, gathered from its reference pages: one meaning, the family that decides what we do, the codes. A
 * code not listed here is reported as unknown; nobody reads message texts. Every meaning has a sentence and a next step in
 * `app/locales/en/channel-tiktok-shop.json` under `reasons`.
 */
export interface Meaning {
  family: ErrorFamily;
  codes: string[];
}

const invalid = (...codes: (string | string[])[]): Meaning => ({ family: "invalid", codes: codes.flat() });
const conflict = (...codes: (string | string[])[]): Meaning => ({ family: "conflict", codes: codes.flat() });
const permission = (...codes: string[]): Meaning => ({ family: "permission", codes });
const notFound = (...codes: string[]): Meaning => ({ family: "notFound", codes });
const unavailable = (...codes: string[]): Meaning => ({ family: "unavailable", codes });

/** Both ends included. */
function range(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_none, step) => String(first + step));
}

const GATEWAY = {
  throttled: { family: "rateLimit", codes: ["36009002"] },
  quotaUsedUp: { family: "rateLimit", codes: ["45101004"] },
  internalError: unavailable("36009003"),
  gatewayTimeout: { family: "timeout", codes: ["36009007"] },
  requestRefused: invalid("36009004"),
  wronglyCalled: invalid("36009009", "36009010", "36009022", "36009023", "106013"),
  versionRetired: invalid("36009014"),
  uploadTooLarge: invalid("36009021", "12038005"),
  addressNotAllowed: permission("36009033"),
  shopMismatch: permission("101000"),
  tokenExpired: { family: "auth", codes: ["105002"] },
  notAuthorised: { family: "auth", codes: ["105004"] },
  scopeMissing: permission("105005"),
  signatureRefused: invalid("106001"),
} satisfies Record<string, Meaning>;

const PICTURES = {
  pictureSize: invalid("12019116", "12038014"),
  pictureFormat: invalid("12038004", "12038015"),
  pictureUnreadable: invalid("12038002"),
  mainPicture: invalid(range(12052300, 12052305)),
  mainPictureCount: invalid("12052028", "12052306"),
  descriptionPicture: invalid(range(12052340, 12052343)),
  variantPicture: invalid(range(12052520, 12052524)),
  sizeChartPicture: invalid("12052670"),
} satisfies Record<string, Meaning>;

const PRODUCTS = {
  foreignProduct: notFound("12052048"),
  wrongListingStatus: conflict("12052901"),
  checkFailed: invalid("12052990"),
  sellerInactive: permission("12052700"),
  sellerNotOnboarded: permission("12052995"),
  dailyListingLimit: { family: "rateLimit", codes: ["12052093"] },
  returnWarehouseMissing: invalid("12052535"),
  categoryWrong: invalid(range(12052023, 12052025)),
  categoryVersion: invalid("12052217", "12052230"),
  categoryNotAllowed: invalid("12052220", "12052223", "12052225", "12052227"),
  attributeMissing: invalid("12052104"),
  attributeConditional: invalid("12052182", "12052183"),
  certificateMissing: invalid("12052105", "12052655"),
  brandNotAuthorised: invalid("12052200", "12052201", "12052208"),
  brandLimit: invalid("12052202", "12052203"),
  brandExists: conflict("12052205"),
  titleMissing: invalid("12052261"),
  titleTooLong: invalid("12052051"),
  titleCharacters: invalid("12052931"),
  titleLanguage: invalid("12052262"),
  descriptionMissing: invalid("12052015"),
  descriptionTooLong: invalid("12052013"),
  descriptionHtml: invalid(range(12052344, 12052352)),
  tooManySkus: invalid("12052050", "12052558"),
  optionCount: invalid("12052525", "12052526"),
  optionSets: invalid("12052550", "12052559", "12052560"),
  skuIdWrong: invalid("12052553", "12052557"),
  priceOutOfRange: invalid("12052073", "12052570", "12052571"),
  currencyWrong: invalid("12052084"),
  warehouseWrong: invalid("12052097", "12052403", "12052530", "12052531"),
  warehouseSetChanged: invalid("12019028", "12052516", "12052533"),
  stockOutOfRange: invalid("12052055"),
  weightOrSize: invalid("12019011", "12019012", "12052181"),
  measuringSystem: invalid("12052915"),
  barcodeWrong: invalid("12052591", "12052592"),
  barcodeFixed: conflict("12052593"),
  euPartyMissing: invalid("12052282", "12052287"),
  cashOnDelivery: invalid("12052222"),
  priceLockedByPromotion: conflict("12019045", "12052038"),
  stockLockedByPromotion: conflict("12052393"),
  stockShared: conflict("12052921"),
  appealPending: conflict("12052308"),
  duplicateExternalId: conflict("12052996"),
} satisfies Record<string, Meaning>;

const FULFILMENT = {
  orderOnHold: conflict("21011044"),
  alreadyShipped: conflict("21008099", "21011020", "21011040", "21042056"),
  orderCancelled: conflict("21011041", "21011042"),
  alreadyDelivered: conflict("21011027"),
  afterSalesOpen: conflict("21008044", "21011007"),
  fulfilledByPlatform: conflict("21008025"),
  trackingInvalid: invalid("11028006", "21004012", "21004016", "21011022"),
  trackingDoesNotFitCarrier: invalid("21004015"),
  trackingAlreadyUsed: invalid("21011025", "21034012"),
  severalPackages: invalid("21011048"),
  skuOverPackages: invalid("21011036"),
  invoiceMissing: invalid("21004006", "21004019"),
  wrongShipCall: invalid("21008106"),
  platformShips: conflict("21008117"),
  foreignPackage: notFound("21008111", "21011028"),
  trackingChangeClosed: conflict("21011043", range(21011049, 21011052)),
  labelOnlyAfterShipping: conflict("21023035", "21042104"),
  noLabelForOwnCarrier: conflict("21008017"),
  labelNotReady: unavailable("11034037"),
  shippingBusy: unavailable("21001003", "21001011"),
} satisfies Record<string, Meaning>;

const AFTER_SALES = {
  requestAlreadyOpen: conflict("25001011"),
  wrongOrderState: conflict("25001003", "25001051"),
  orderNotFound: notFound("25007006"),
  afterSalesForbidden: permission("25020005"),
  refundTooHigh: invalid("25005005"),
  singleUnitsNotAllowed: invalid("25005010"),
  carrierCannotStop: conflict("25001045"),
  takenOverByPlatform: conflict("25011010"),
  decisionDoesNotFit: conflict("25020003", "25020004"),
  reasonDoesNotFit: invalid("25001014", "25001020", "25001021"),
} satisfies Record<string, Meaning>;

/** Words that arrive as codes without a number: why a listing is held back although its content is fine. */
const AUDIT = {
  auditRefused: invalid("AUDIT_REFUSED"),
  shopNotVerified: permission("KYC_PENDING"),
  categoryNeedsApproval: permission("RESTRICTED_CATEGORY_PENDING"),
} satisfies Record<string, Meaning>;

/** The code we give an audit's own words, which come without one. */
export const AUDIT_REFUSED = "AUDIT_REFUSED";

export const MEANINGS: Record<string, Meaning> = {
  ...GATEWAY,
  ...PICTURES,
  ...PRODUCTS,
  ...FULFILMENT,
  ...AFTER_SALES,
  ...AUDIT,
};

const BY_CODE = new Map(
  Object.entries(MEANINGS).flatMap(([name, { family, codes }]) =>
    codes.map((code) => [code, { name, family }] as const),
  ),
);

/** The meaning of a code, or null when it is not one we know. */
export function meaningOf(code: string): { name: string; family: ErrorFamily } | null {
  return BY_CODE.get(code) ?? null;
}
