/**
 * What any short-video shop can do, in our words. One folder under `app/channels` implements this for one channel and is the only
 * place that knows its wire. Tokens and shop data are handed in with each call; a channel keeps no state and knows no database.
 *
 * Failures: every function throws `CallError` (platform/errors) with a closed family, or `BudgetClosed` when the shared call budget
 * is used up. Where the channel gave its reasons they are in the error's `details.reasons` (ChannelReason[]). Money is integer minor units with its currency; times are `Date`; ids are text of any length.
 */

/** Text id of the channel, e.g. "tiktok-shop". Stored with every row that belongs to it. */
export type ChannelId = string;

export interface Money {
  amountMinor: bigint;
  currency: string;
}

/** What a call needs to act for one consent. */
export interface GrantAccess {
  grantId: string;
  market: string;
  accessToken: string;
}

/** What a call needs to act for one channel shop: the grant's token and the channel's own handle on the shop. */
export interface ShopAccess extends GrantAccess {
  connectionId: string;
  channelShopId: string;
  region: string;
  currency: string;
  /** The channel's own handle on this shop (TikTok: shop_cipher). */
  shopKey: string;
  /** As `ChannelShop.sellerType`. Some channels take prices differently from sellers abroad; left out means a local seller. */
  sellerType?: string;
}

/** Hands out access that is good right now and renews it once when the channel says it is not. */
export interface AccessSource<A extends GrantAccess> {
  get(): Promise<A>;
  /** The channel refused `stale`: re-read the stored pair, renew under a lock when it is still the same one. */
  renew(stale: A): Promise<A>;
}
export type ForGrant = AccessSource<GrantAccess>;
export type ForShop = AccessSource<ShopAccess>;

// ------------------------------------------------------------------ consent

export interface Market {
  /** Market group of the app registration, e.g. "US". */
  id: string;
}

export interface TokenPair {
  accessToken: string;
  accessExpiresAt: Date;
  refreshToken: string;
  /** The end of the grant itself: after it the seller must consent again. */
  refreshExpiresAt: Date;
}

export interface Consent extends TokenPair {
  /** Who consented, in the channel's own id. */
  externalId: string;
  sellerName: string;
  region: string;
  scopes: string[];
  kind: "seller" | "other";
}

export interface ChannelShop {
  channelShopId: string;
  name: string;
  region: string;
  currency: string;
  sellerType: "LOCAL" | "CROSS_BORDER" | string;
  shopKey: string;
}

export interface ConsentPort {
  markets(): Market[];
  /** Where the seller consents. `state` comes back unchanged. Throws when the market is not registered. */
  consentUrl(market: string, state: string): string;
  exchange(market: string, code: string): Promise<Consent>;
  renew(market: string, refreshToken: string): Promise<TokenPair>;
  shops(access: ForGrant): Promise<ChannelShop[]>;
  /** Scopes without which the app cannot work; compared with `Consent.scopes`. */
  neededScopes: readonly string[];
}

// ------------------------------------------------------------- readiness

export interface Prerequisite {
  item: string;
  failed: boolean;
  reasons: string[];
}

export interface Warehouse {
  id: string;
  name: string;
  kind: "sales" | "return" | string;
  isEnabled: boolean;
  isDefault: boolean;
  region: string;
}

export interface Carrier {
  id: string;
  name: string;
}

export interface SetupPort {
  prerequisites(access: ForShop): Promise<Prerequisite[]>;
  warehouses(access: ForShop): Promise<Warehouse[]>;
  /** Carriers valid for seller shipping under one delivery option of an order. */
  carriers(
    access: ForShop,
    deliveryOptionId: string,
    regions: { warehouse?: string; buyer?: string },
  ): Promise<Carrier[]>;
  deliveryOptions(access: ForShop, warehouseId: string): Promise<{ id: string; name: string; sellerShips: boolean }[]>;
  /** Points every topic this channel can register at `address`; safe to repeat. Returns the topics set. */
  registerWebhooks(access: ForShop, address: string): Promise<string[]>;
  /** Takes every address of ours away again; safe to repeat. */
  unregisterWebhooks(access: ForShop): Promise<void>;
}

// -------------------------------------------------------------- reference

export interface Category {
  id: string;
  parentId: string | null;
  name: string;
  isLeaf: boolean;
  /** True when this shop may list here. */
  isOpen: boolean;
}

export interface CategoryRules {
  categoryId: string;
  certificates: { id: string; name: string; required: boolean; onlyIf: { attributeId: string; valueId: string }[] }[];
  packageSizeRequired: boolean;
  sizeChartRequired: boolean;
  responsiblePersonRequired: boolean;
  manufacturerRequired: boolean;
}

export interface AttributeSpec {
  id: string;
  name: string;
  /** Tells about the product, or makes its variants. */
  purpose: "describes" | "varies" | `unknown:${string}`;
  required: boolean;
  /** Required when another attribute has one of these values; any one is enough. */
  requiredIf: { attributeId: string; valueId: string }[];
  allowsFreeText: boolean;
  allowsSeveral: boolean;
  numeric: boolean;
  values: { id: string; name: string }[];
}

/** Limits of one market that preflight checks before anything is sent. */
export interface ListingLimits {
  titleMin: number;
  titleMax: number;
  /** Titles may hold Chinese characters. */
  takesChineseTitles: boolean;
  descriptionMax: number;
  picturesMax: number;
  pictureMinPx: number;
  pictureMaxPx: number;
  optionsMax: number;
  skusMax: number;
  optionNameMax: number;
  optionValueMax: number;
  sellerSkuMax: number;
  priceMin: Money;
  priceMax: Money;
  quantityMax: number;
  /** Weight is sent in this unit; grams inside. */
  weightUnit: string;
}

export interface ReferencePort {
  limits(access: { region: string; currency: string; sellerType?: string }): ListingLimits;
  categories(access: ForShop): Promise<Category[]>;
  rules(access: ForShop, categoryId: string): Promise<CategoryRules>;
  attributes(access: ForShop, categoryId: string): Promise<AttributeSpec[]>;
  /** The channel's own suggestion: a leaf, or null. */
  recommendCategory(
    access: ForShop,
    input: { title: string; description?: string; productType?: string; vendor?: string; tags?: string[] },
  ): Promise<string | null>;
  /** Uploads picture bytes; the returned uri is what products refer to. */
  uploadPicture(
    access: ForGrant,
    picture: { bytes: Uint8Array; fileName: string; use: "main" | "variant" | "description" | "certificate" },
  ): Promise<{ uri: string; width: number; height: number }>;
}

// --------------------------------------------------------------- listings

export interface ListingContent {
  title: string;
  descriptionHtml: string;
  categoryId: string;
  pictureUris: string[];
  attributes: { id: string; values: { id?: string; name?: string }[] }[];
  certificates: { id: string; pictureUris: string[] }[];
  weightGrams: number;
  packageSizeCm?: { length: number; width: number; height: number };
}

export interface ListingSkuDraft {
  /** Our ListingSku id: joins an answer whose order is not promised. */
  externalSkuId: string;
  sellerSku: string;
  price: Money;
  /** Only options that vary; ≤ limits.optionsMax, the same names on every SKU. */
  options: { name: string; value: string; pictureUri?: string }[];
  stock: { warehouseId: string; quantity: number }[];
  barcode?: { kind: "GTIN" | "EAN" | "UPC" | "ISBN"; code: string };
}

export interface ListingDraft {
  idempotencyKey: string;
  /** Our listing id. */
  externalProductId: string;
  content: ListingContent;
  skus: ListingSkuDraft[];
}

export interface ListingCreated {
  channelProductId: string;
  skus: { channelSkuId: string; externalSkuId: string | null; sellerSku: string | null }[];
  warnings: string[];
}

/** One reason of the channel, with what it means. `code` is stable; sentences are keys of the locale files plus values. */
export interface ChannelReason {
  code: string;
  message: string;
  field?: string;
}

export interface ChannelListing {
  channelProductId: string;
  externalProductId: string | null;
  /** draft | in-review | rejected | live | stopped | stopped-by-channel | frozen | deleted | scheduled | unknown:… */
  status: string;
  /** none | in-review | rejected | pre-approved (content is fine, the shop is not ready) | approved | unknown:… */
  auditStatus: string;
  reasons: ChannelReason[];
  title: string;
  updatedAt: Date;
  skus: {
    channelSkuId: string;
    externalSkuId: string | null;
    sellerSku: string | null;
    price: Money | null;
    stock: { warehouseId: string; quantity: number }[];
  }[];
}

/** Result of a batch: what failed, by key; a key not named is done. */
export interface PartialResult {
  failures: { key: string; reason: ChannelReason }[];
}

export interface ListingsPort {
  create(access: ForShop, draft: ListingDraft): Promise<ListingCreated>;
  get(access: ForShop, channelProductId: string): Promise<ChannelListing | null>;
  /** Listings whose SKUs carry these seller SKUs: the way to find a product whose answer was lost. */
  findBySellerSkus(access: ForShop, sellerSkus: string[]): Promise<ChannelListing[]>;
  /** Ascending walk of listings changed since a time; summaries only. */
  changedSince(
    access: ForShop,
    since: Date,
  ): AsyncIterable<{ channelProductId: string; status: string; updatedAt: Date }>;
  /** Replaces content of a live listing; never contains price or stock, never drops a SKU. */
  reviseContent(
    access: ForShop,
    channelProductId: string,
    content: ListingContent,
    skus: {
      channelSkuId: string;
      sellerSku: string;
      externalSkuId: string;
      options: ListingSkuDraft["options"];
      barcode?: ListingSkuDraft["barcode"];
    }[],
  ): Promise<void>;
  /** All SKUs of one product in one call. */
  setPrices(access: ForShop, channelProductId: string, prices: { channelSkuId: string; price: Money }[]): Promise<void>;
  deactivate(access: ForShop, channelProductIds: string[]): Promise<PartialResult>;
  /** Puts stopped listings back on sale, through an audit where the channel wants one. Left out: this channel cannot. */
  activate?(access: ForShop, channelProductIds: string[]): Promise<PartialResult>;
}

// ------------------------------------------------------------------ stock

export interface StockPort {
  /** Absolute sellable quantities; all SKUs given belong to one product. Failures are keyed by channelSkuId. */
  set(
    access: ForShop,
    channelProductId: string,
    quantities: { channelSkuId: string; warehouseId: string; quantity: number }[],
  ): Promise<PartialResult>;
  /** Sellable and committed units as the channel sees them. Unknown SKUs are left out. ≤ 600 ids. */
  read(
    access: ForShop,
    channelSkuIds: string[],
  ): Promise<{ channelSkuId: string; warehouseId: string; available: number; committed: number }[]>;
}

// ------------------------------------------------------------------ orders

export type OrderStatus =
  | "unpaid"
  | "on-hold"
  | "to-ship"
  | "partly-shipped"
  | "awaiting-collection"
  | "in-transit"
  | "delivered"
  | "completed"
  | "cancelled"
  | `unknown:${string}`;

export interface BuyerAddress {
  name: string;
  firstName: string;
  lastName: string;
  phone: string;
  address1: string;
  address2: string;
  city: string;
  provinceCode: string;
  province: string;
  postalCode: string;
  countryCode: string;
  /** Areas below the country, largest first, under the channel's names. Absent in addresses kept before these were read. */
  areas?: string[];
  /** The whole address in one text, where the channel gives one. */
  fullText?: string;
}

export interface OrderLineFacts {
  channelLineId: string;
  channelSkuId: string;
  channelProductId: string;
  sellerSku: string | null;
  title: string;
  variantTitle: string;
  status: OrderStatus;
  /** Unit price before any discount. */
  originalMinor: bigint;
  /** What the buyer pays for the unit before tax and shipping. */
  saleMinor: bigint;
  sellerDiscountMinor: bigint;
  platformDiscountMinor: bigint;
  taxes: { title: string; rate: string; amountMinor: bigint }[];
  isGift: boolean;
  /** What a gift or sample usually costs. */
  giftRetailMinor?: bigint;
  packageId: string | null;
  trackingNumber: string | null;
  cancelledBy: string | null;
}

/** Who paid which part of an order's price: what the order itself tells only in part. */
export interface PriceParts {
  lines: {
    channelLineId: string;
    sellerDiscountMinor: bigint;
    platformDiscountMinor: bigint;
    tax: OrderLineFacts["taxes"][number] | null;
  }[];
  shippingSellerDiscountMinor: bigint;
  shippingPlatformDiscountMinor: bigint;
}

/** How a channel's prices and taxes stand in one market. */
export interface TaxRules {
  /** included: prices contain the tax. added: it comes on top. */
  prices: "included" | "added";
  /** What the tax is called where the channel names none. */
  name: string;
  /** Who owes it to the state. */
  owedBy: "channel" | "seller";
}

export interface OrderFacts {
  channelOrderId: string;
  status: OrderStatus;
  kind:
    | "normal"
    | "sample"
    | "replacement"
    | "exchange"
    | "zero-price"
    | "pre-order"
    | "backorder"
    | "made-to-order"
    | "other";
  /** Left out by readings of earlier versions, as the three below. */
  isSubscription?: boolean;
  /** How its units travel, where they do not simply travel together: over several parcels, or with another order in one. */
  packing?: "split" | "combined" | null;
  /** The order this one replaces or is exchanged for. */
  originOrderId?: string | null;
  fulfilledBy: "seller" | "platform" | `unknown:${string}`;
  shippingBy: "seller" | "platform" | `unknown:${string}`;
  currency: string;
  createdAt: Date;
  paidAt: Date | null;
  updatedAt: Date;
  shipByAt: Date | null;
  /** By when the carrier must have it. */
  handOverAt: Date | null;
  cancelAutomaticallyAt: Date | null;
  deliveryOptionId: string | null;
  deliveryOptionName: string | null;
  warehouseId: string | null;
  buyerAskedToCancel: boolean;
  lines: OrderLineFacts[];
  packages: string[];
  money: {
    /** Everything the buyer paid. */
    totalMinor: bigint;
    subTotalMinor: bigint;
    originalProductMinor: bigint;
    sellerDiscountMinor: bigint;
    platformDiscountMinor: bigint;
    shippingMinor: bigint;
    originalShippingMinor: bigint;
    shippingSellerDiscountMinor: bigint;
    shippingPlatformDiscountMinor: bigint;
    taxMinor: bigint;
    shippingTaxMinor: bigint;
    /** Other named amounts the buyer paid (fees), by name. */
    fees: { name: string; amountMinor: bigint }[];
    /** What the channel takes off the whole payment, beside the discounts above. Absent in orders kept before it was read. */
    paymentPlatformDiscountMinor?: bigint;
  };
  /** The buyer pays the carrier at the door. */
  isCashOnDelivery?: boolean;
  /** Null where the channel shows none (on hold, unpaid). */
  buyer: { email: string; address: BuyerAddress; isMasked: boolean } | null;
  buyerMessage: string;
}

/** Which Shopify order a channel order became, unit by unit. Ids of the other side are plain numbers in text. */
export interface OrderReference {
  channelOrderId: string;
  externalId: string;
  lines: { channelLineId: string; externalLineId: string }[];
}

export interface Cancellation {
  channelCancelId: string;
  channelOrderId: string;
  /** requested | approved | completed | withdrawn | unknown:… */
  status: "requested" | "approved" | "completed" | "withdrawn" | `unknown:${string}`;
  by: "buyer" | "seller" | "system" | string;
  reason: string;
  restock: boolean;
  channelLineIds: string[];
  refundMinor: bigint | null;
  answerBy: Date | null;
  updatedAt: Date;
}

export interface SplitRules {
  /** A parcel may hold some of the units that are still open. */
  canSplit: boolean;
  mustSplit: boolean;
  /** The channel's reason where it forbids a split. */
  reason: string | null;
}

export interface OrdersPort {
  /** ≤ 50 ids a call inside; missing ones are left out of the answer. One bad id never spoils the rest. */
  get(access: ForShop, channelOrderIds: string[]): Promise<OrderFacts[]>;
  /** Ascending by update time, from `since` (inclusive): ids only. */
  changedSince(access: ForShop, since: Date, until?: Date): AsyncIterable<{ channelOrderId: string; updatedAt: Date }>;
  /** Orders made in a time, from `from` (inclusive) to `until` (exclusive), ascending by creation. */
  createdBetween(
    access: ForShop,
    from: Date,
    until: Date,
  ): AsyncIterable<{ channelOrderId: string; createdAt: Date; updatedAt: Date }>;
  /**
   * Tells the channel which order elsewhere an order of its became, ≤ 100 a call inside. Absolute: a repeat sets the same. Failures are keyed
   * by channel order id. Left out: this channel does not keep such references.
   */
  writeReferences?(access: ForShop, references: OrderReference[]): Promise<PartialResult>;
  cancellations(access: ForShop, query: { channelOrderIds?: string[]; since?: Date }): AsyncIterable<Cancellation>;
  /** Seller-shipped: tells the channel the parcel is on its way. Picks mark-as-shipped or package ship by market. */
  ship(
    access: ForShop,
    shipment: { order: OrderFacts; channelLineIds: string[]; carrierId: string; trackingNumber: string },
  ): Promise<{ packageId: string }>;
  /** Corrects carrier and number of a parcel the channel was told of. Absolute. Left out: this channel takes no correction. */
  correctTracking?(
    access: ForShop,
    parcel: { channelOrderId: string; packageId: string | null; carrierId: string; trackingNumber: string },
  ): Promise<void>;
  /** The platform's own label of a package, where it makes one: an address to print from, which does not live long. */
  label?(access: ForShop, packageId: string): Promise<{ url: string; trackingNumber: string }>;
  /** Whether the units of an order may, or must, go in several parcels. Left out: they may. */
  splitRules?(access: ForShop, channelOrderId: string): Promise<SplitRules>;
  /** Who paid which part of the price. Null: the channel has no such detail. Left out: the order tells everything. */
  priceParts?(access: ForShop, channelOrderId: string): Promise<PriceParts | null>;
  /** What the channel knows of a package: for the case "already shipped". */
  getPackage(
    access: ForShop,
    packageId: string,
  ): Promise<{
    packageId: string;
    trackingNumber: string;
    carrierId: string;
    /** Absent where the channel does not name it. */
    carrierName?: string;
    channelLineIds: string[];
  } | null>;
}

// ------------------------------------------------------------- after sales

/**
 * What a seller may tell the channel. `cancel` begins a cancellation, `begin-return` a return for the buyer; all others answer a request of the
 * buyer: about a cancellation, or about what was delivered (refund: the goods stay · return · received: the goods came back · replacement).
 */
export type DecisionKind =
  | "cancel"
  | "begin-return"
  | "approve-cancellation"
  | "refuse-cancellation"
  | "approve-refund"
  | "approve-return"
  | "approve-received"
  | "approve-replacement"
  /** Money in place of the replacement asked for. */
  | "refund-instead"
  /** The whole refund at once; the buyer keeps the goods. */
  | "refund-now"
  /** A part of the money, and the buyer keeps the goods, if the buyer agrees. */
  | "offer-part"
  | "refuse-refund"
  | "refuse-return"
  | "refuse-received"
  | "refuse-replacement";

/** Answers to a request. */
export type AnswerKind = Exclude<DecisionKind, "cancel" | "begin-return">;

/** What a seller's reason to cancel says, in our words. */
export type CancelMeaning = "out-of-stock" | "wrong-price" | "address" | "buyer-asked" | "not-paid" | "other";

export interface OpenDecision {
  kind: AnswerKind;
  /** To refuse, one of these must be given. */
  reasons: { code: string; text: string }[];
}

export interface Decision {
  kind: AnswerKind;
  /** The channel's id of the cancellation or return. */
  requestId: string;
  /** A second call with the same key changes nothing. */
  key: string;
  reason: string | null;
  comment: string | null;
  /** Pictures uploaded to the channel before. */
  evidence: { uri: string; width: number; height: number }[];
  offer: Money | null;
  keepsItem: boolean;
}

export interface ChannelReturn {
  channelReturnId: string;
  channelOrderId: string;
  kind: "refund" | "return" | "replacement" | `unknown:${string}`;
  /**
   * requested: the seller must answer · offered: the buyer must · awaiting-item, item-sent: the goods · approved: the refund is being
   * made · completed · rejected · item-rejected: the seller refused what came back · withdrawn
   */
  status:
    | "requested"
    | "offered"
    | "awaiting-item"
    | "item-sent"
    | "approved"
    | "completed"
    | "rejected"
    | "item-rejected"
    | "withdrawn"
    | `unknown:${string}`;
  by: "buyer" | "seller" | "system" | string;
  reason: string;
  channelLineIds: string[];
  /** The buyer keeps the goods. */
  isKept: boolean;
  /** What the buyer gets back; null: not known, or nothing. */
  refundMinor: bigint | null;
  /** What goes back to the platform of its own discount; null: the channel does not say. */
  platformMinor: bigint | null;
  dispute: "in-progress" | "for-buyer" | "for-seller" | "closed" | `unknown:${string}` | null;
  trackingNumber: string | null;
  answerBy: Date | null;
  updatedAt: Date;
}

export interface AfterSalesPort {
  /** What of an order the seller may cancel right now, and why. `refusedCode`: nothing may be, for this reason of the channel's. */
  cancellable(
    access: ForShop,
    channelOrderId: string,
  ): Promise<{
    channelLineIds: string[];
    /** allowsPart: single units of an order may be cancelled for it. */
    reasons: { code: string; meaning: CancelMeaning; allowsPart: boolean }[];
    refusedCode: string | null;
  }>;
  /** Not safe to repeat: read the order's cancellations first. Units left out: all that are open. */
  cancel(
    access: ForShop,
    input: { channelOrderId: string; channelLineIds: string[] | null; reason: string },
  ): Promise<{ channelCancelId: string }>;
  /**
   * Units the seller may open a return for right now, on the buyer's behalf. `reason`: one that blames nobody; null: the channel offers none.
   * `refusedCode`: nothing may be returned, for this reason of the channel's.
   */
  returnable(
    access: ForShop,
    channelOrderId: string,
  ): Promise<{ channelLineIds: string[]; reason: string | null; refusedCode: string | null }>;
  /** Opens a return of goods for the buyer. Safe to repeat with the same key. */
  beginReturn(
    access: ForShop,
    input: { channelOrderId: string; channelLineIds: string[]; reason: string; key: string },
  ): Promise<{ channelReturnId: string }>;
  /** Only what may be decided right now. */
  openDecisions(access: ForShop, requestId: string): Promise<OpenDecision[]>;
  /** Safe to repeat with the same key. */
  decide(access: ForShop, decision: Decision): Promise<void>;
  returns(access: ForShop, query: { channelOrderIds?: string[]; since?: Date }): AsyncIterable<ChannelReturn>;
}

// -------------------------------------------------------------- deliveries

/** A verified webhook in our words. `look` events only say that something must be read again. */
export type ChannelEvent =
  | { kind: "order-changed"; channelOrderId: string; at: Date }
  /** A cancellation or a return of this order, not necessarily the order itself. */
  | { kind: "after-sales-changed"; channelOrderId: string; at: Date }
  | { kind: "listing-changed"; channelProductId: string; at: Date }
  | { kind: "grant-ended"; at: Date }
  | { kind: "grant-ending"; at: Date }
  | { kind: "unknown"; topic: string; at: Date };

export interface VerifiedDelivery {
  /** Identity for dropping repeats. */
  deliveryId: string;
  channelShopId: string | null;
  /** Seller-level topics carry the consent's own id instead of a shop. */
  grantExternalId: string | null;
  topic: string;
  sentAt: Date;
  /** What to look at, at least one. A parcel that joins several orders names each of them. */
  events: ChannelEvent[];
}

export interface DeliveriesPort {
  /** Verifies over the raw bytes, in constant time, against every registered app. Null: the signature is wrong. Never throws on odd bodies: those are kind "unknown". */
  verify(raw: Uint8Array, headers: Headers): VerifiedDelivery | null;
}

// ------------------------------------------------------------------ channel

/** What a channel's code means, as keys of the locale files. */
export interface Explanation {
  /** Stable name of the meaning; "unknown" when the channel's code is not known to us. */
  name: string;
  /** Key of a plain sentence. Values: `code`. */
  sentence: string;
  /** Key of the next step that works. Values: `code`. */
  nextStep: string;
}

/** What a channel publishes about selling in one market; null: nothing is known, and nothing is guessed. */
export interface MarketTerms {
  /** The usual fee on a sale, in hundredths of a percent of what buyer and platform pay without tax. */
  feeBasisPoints: number | null;
  /** The most orders that may go out late, or be cancelled by the seller, as a share. */
  standards: { lateShare: number; cancelledShare: number } | null;
}

export interface Channel {
  id: ChannelId;
  displayName: string;
  consent: ConsentPort;
  setup: SetupPort;
  reference: ReferencePort;
  listings: ListingsPort;
  stock: StockPort;
  orders: OrdersPort;
  afterSales: AfterSalesPort;
  deliveries: DeliveriesPort;
  /** How prices and taxes of a shop's orders stand. */
  taxRules(shop: { region: string; sellerType: string }): TaxRules;
  /** What a carrier's tracking numbers look like, by the carrier's name on this channel; null: not known. */
  trackingFormat(carrierName: string, region: string): RegExp | null;
  /** How long after shipping a tracking number may be corrected (null: not known), and how often. */
  trackingCorrections(region: string): { withinHours: number | null; most: number };
  /** What the channel publishes about selling in a market. */
  terms(region: string): MarketTerms;
  /** Where sellers see an order of theirs on the channel's own pages. */
  orderPage(order: { region: string; channelOrderId: string }): string;
  /** True when the quantity 0 is taken for granted; false: the caller learns from the answer. */
  acceptsZeroStock: boolean | "unknown";
  /** Explains a `ChannelReason.code` or `CallError.code`. Never guesses. */
  explain(code: string): Explanation;
}

/** Shared call budgets, as the engine offers them; handed to a channel at creation. */
export interface CallBudgets {
  /** Throws BudgetClosed when used up. */
  take(key: string, profile: { perSecond: number; burst: number; dailyCap?: number }, cost?: number): Promise<void>;
  close(key: string, until: Date, reason: string): Promise<void>;
  learn(
    key: string,
    seen: {
      available?: number;
      perSecond?: number;
      burst?: number;
      /** For a side that publishes no figures: the shared rate times a factor, kept between two bounds. */
      times?: { factor: number; least: number; most: number };
    },
  ): Promise<void>;
}
