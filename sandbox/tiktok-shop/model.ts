import type { Kernel } from "../kernel/model.ts";

/** Switches of the TikTok Shop side; set by POST /__sandbox/tiktok/settings. Facts nobody could settle are among them. */
export interface Knobs {
  /** Share of listings the audit refuses, 0 to 1, drawn by seed. */
  randomAuditRejections: number;
  /** automatic: audits end by themselves; hold: somebody decides in the seller centre or the drawer. */
  audits: "automatic" | "hold";
  /** Whether a stock quantity of 0 is taken. */
  zeroStock: "accept" | "refuse";
  /** What a pushed quantity means: what may still be sold, or that plus what open orders have committed. */
  stockMeaning: "sellable" | "total";
  /** How late order search sees a change, in wall milliseconds. */
  orderSearchLagMs: number;
  /** Whether a refresh token dies when it is used. */
  singleUseRefreshToken: boolean;
  /** Life of access tokens and of a grant in wall milliseconds. */
  accessTokenLifeMs: number;
  grantLifeMs: number;
  /** Permissions the next consent leaves out. */
  withheldScopes: string[];
  /** Prerequisite items that fail. */
  failedPrerequisites: string[];
  /** plain: no discounts, shipping, tax or odd fields on orders; varied: all of them, by seed. */
  orderVariety: "plain" | "varied";
  /** Whether orders may be split over packages, must not, or must be where they have several units. */
  splits: "free" | "forbidden" | "required";
  /** Whether units of one SKU may go in several packages; some markets refuse it. */
  sameSkuSplits: "accept" | "refuse";
  /** Whether the price detail tells vouchers inside its deductions or beside them. */
  vouchers: "inside" | "beside";
  /** One foreign id among the ids of an order read refuses the whole call, or is left out. */
  foreignOrderId: "refuse" | "omit";
}

export interface Seller {
  id: string;
  openId: string;
  name: string;
  region: string;
  /** How many days its first consent lasts; unset: as long as others. */
  firstConsentDays?: number;
}

export interface Warehouse {
  id: string;
  name: string;
  type: "SALES_WAREHOUSE" | "RETURN_WAREHOUSE";
  isDefault: boolean;
  effectStatus: "ENABLED" | "DISABLED" | "RESTRICTED";
}

export interface WebhookAddress {
  address: string;
  createTime: number;
  updateTime: number;
}

export interface Shop {
  id: string;
  sellerId: string;
  code: string;
  name: string;
  /** Which store of the sandbox it belongs to; none: a shop that somebody added. */
  store?: string;
  region: string;
  sellerType: "LOCAL" | "CROSS_BORDER";
  /** shop_cipher by app key. */
  ciphers: Map<string, string>;
  warehouses: Warehouse[];
  /** Addresses by app key and event type, joined by a blank. */
  webhooks: Map<string, WebhookAddress>;
  /** Product created by an idempotency key. */
  createdByKey: Map<string, string>;
}

/** One consent of a seller for an app. */
export interface Grant {
  id: string;
  appKey: string;
  sellerId: string;
  shopIds: Set<string>;
  scopes: string[];
  endsAtMs: number;
  revoked: boolean;
}

export interface Token {
  text: string;
  kind: "access" | "refresh";
  grant: Grant;
  expiresAtMs: number;
  used: boolean;
}

export interface ConsentCode {
  text: string;
  appKey: string;
  sellerId: string;
  expiresAtMs: number;
  used: boolean;
}

export interface Picture {
  uri: string;
  url: string;
  useCase: string;
  width: number;
  height: number;
}

export type ProductStatus =
  | "DRAFT"
  | "PENDING"
  | "FAILED"
  | "ACTIVATE"
  | "SELLER_DEACTIVATED"
  | "PLATFORM_DEACTIVATED"
  | "FREEZE"
  | "DELETED";

export interface ChosenAttribute {
  id: string;
  values: { id?: string; name?: string }[];
}

export interface SalesAttribute {
  id: string;
  name: string;
  valueId: string;
  valueName: string;
  pictureUri?: string;
}

/** The audited part of a SKU. */
export interface SkuContent {
  id: string;
  sellerSku: string;
  externalSkuId?: string;
  salesAttributes: SalesAttribute[];
  identifierCode?: { type?: string; code?: string };
}

/** The audited part of a listing: one version of it. */
export interface ProductContent {
  title: string;
  description: string;
  categoryId: string;
  mainImages: string[];
  attributes: ChosenAttribute[];
  certifications: { id: string; images?: { uri: string }[]; files?: { id: string; name: string; format: string }[] }[];
  weight?: { value: string; unit: string };
  dimensions?: { length: string; width: string; height: string; unit: string };
  brandId?: string;
  externalProductId?: string;
  skus: SkuContent[];
}

export interface StockRow {
  warehouseId: string;
  /** May still be sold. */
  sellable: number;
  /** In open orders. */
  committed: number;
}

/** Price and stock of a SKU: changed without an audit. */
export interface Sku {
  id: string;
  productId: string;
  priceMinor: number;
  listPriceMinor?: number;
  currency: string;
  rows: StockRow[];
}

export interface Product {
  id: string;
  shopId: string;
  status: ProductStatus;
  auditStatus: "NONE" | "AUDITING" | "FAILED" | "APPROVED";
  /** The version buyers see, or saw last; null before the first audit is over. */
  live: ProductContent | null;
  /** The version waiting for, or refused by, the audit; null when there is none. */
  review: ProductContent | null;
  failReasons: { position: string; reasons: string[]; suggestions: string[] }[];
  createTime: number;
  updateTime: number;
  /** The seller made it in the seller centre; no app knows of it. */
  isByHand?: boolean;
  /** Counts audits, so that an overtaken one does nothing. */
  auditRound: number;
}

export type OrderStatus =
  | "UNPAID"
  | "ON_HOLD"
  | "AWAITING_SHIPMENT"
  | "PARTIALLY_SHIPPING"
  | "AWAITING_COLLECTION"
  | "IN_TRANSIT"
  | "DELIVERED"
  | "COMPLETED"
  | "CANCELLED";

/** What an order can be besides an ordinary one. See order-kinds.ts. */
export type OrderKind =
  | "sample"
  | "replacement"
  | "exchange"
  | "zero-price"
  | "gift"
  | "pre-order"
  | "backorder"
  | "made-to-order"
  | "subscription"
  | "split"
  | "combined"
  | "platform";

export interface OrderLine {
  id: string;
  skuId: string;
  productId: string;
  productName: string;
  sellerSku: string;
  skuName: string;
  warehouseId: string;
  displayStatus: OrderStatus;
  originalMinor: number;
  sellerDiscountMinor: number;
  platformDiscountMinor: number;
  taxMinor: number;
  isGift?: boolean;
  /** What a present, a sample or a replacement would have cost. */
  giftRetailMinor?: number;
  /** Deposit on a bottle. */
  depositMinor?: number;
  /** Part of the platform's discount that is a voucher. */
  voucherMinor?: number;
  packageId?: string;
  cancelReason?: string;
  cancelUser?: string;
  shippedAt?: number;
}

export interface Address {
  firstName: string;
  lastName: string;
  phone: string;
  line1: string;
  line2: string;
  city: string;
  county: string;
  state: string;
  postalCode: string;
  region: string;
  regionName: string;
  /** Areas below the country as the market tells them, largest first; unset: state, county, city. */
  districts?: { kind: string; name: string }[];
  /** blocks: numbered lines. one: a single text, as some markets' orders carry. */
  form?: "blocks" | "one";
  /** The whole name in one, in the order of the country; first and last name are then blank. */
  wholeName?: string;
}

export interface ExternalOrder {
  id: string;
  platform: string;
  line_items: { id: string; origin_id: string }[];
}

export interface OrderMoney {
  originalShippingMinor: number;
  shippingSellerDiscountMinor: number;
  shippingPlatformDiscountMinor: number;
  shippingTaxMinor: number;
  retailDeliveryFeeMinor: number;
  /** Part of the shipping's discount that seller and platform share; as far as the seller is concerned the platform's. */
  shippingCofundedDiscountMinor?: number;
  /** What the platform takes off the payment as a whole. */
  paymentDiscountMinor?: number;
  /** Further fees of the market, by their field. */
  fees?: Record<string, number>;
  /** An amount in the total that no part explains: the channel's sums are not always right. */
  strayMinor?: number;
  /** Tax rate as decimal text, "0.0825". */
  taxRate: string;
}

export interface Order {
  id: string;
  shopId: string;
  buyerId: string;
  status: OrderStatus;
  currency: string;
  lines: OrderLine[];
  money: OrderMoney;
  address: Address;
  isSample: boolean;
  /** Unset: an ordinary order. */
  kind?: OrderKind;
  /** The order this one replaces or is exchanged for. */
  originOrderId?: string;
  /** The platform makes the label; unset: the seller ships. */
  isPlatformLabel?: boolean;
  /** Paid at the door. */
  isCashOnDelivery?: boolean;
  addressChanged: boolean;
  createTime: number;
  updateTime: number;
  paidTime?: number;
  holdEndsAtMs?: number;
  shippedTime?: number;
  cancelTime?: number;
  cancelReason?: string;
  cancelInitiator?: "BUYER" | "SELLER" | "SYSTEM";
  requestCancelTime?: number;
  packageIds: string[];
  externalOrders: ExternalOrder[];
  /** Shape of the answer that varies by seed: which optional fields are absent, blank or unheard of. */
  quirk: number;
  /** What order search has seen, oldest first. */
  snapshots: { atMs: number; updateTime: number; document: Record<string, unknown> }[];
}

export interface Package {
  id: string;
  shopId: string;
  orderId: string;
  lineIds: string[];
  status: "TO_FULFILL" | "PROCESSING" | "FULFILLING" | "COMPLETED" | "CANCELLED";
  providerId?: string;
  trackingNumber?: string;
  corrections: number;
  createTime: number;
  updateTime: number;
}

export type CancellationStatus =
  | "CANCELLATION_REQUEST_PENDING"
  | "CANCELLATION_REQUEST_SUCCESS"
  | "CANCELLATION_REQUEST_CANCEL"
  | "CANCELLATION_REQUEST_COMPLETE";

export interface Cancellation {
  id: string;
  shopId: string;
  orderId: string;
  lineIds: string[];
  role: "BUYER" | "SELLER" | "SYSTEM";
  type: "CANCEL" | "BUYER_CANCEL";
  status: CancellationStatus;
  reason: string;
  reasonText: string;
  replenish: boolean;
  /** Something was paid before. */
  isPaid: boolean;
  /** With these units the whole order is cancelled: shipping and fees go back with them. */
  isRest?: boolean;
  deadline?: number;
  createTime: number;
  updateTime: number;
}

export type ReturnType = "REFUND" | "RETURN_AND_REFUND" | "REPLACEMENT";
export type ReturnStatus =
  | "RETURN_OR_REFUND_REQUEST_PENDING"
  | "REFUND_OR_RETURN_REQUEST_REJECT"
  | "AWAITING_BUYER_SHIP"
  | "BUYER_SHIPPED_ITEM"
  | "REJECT_RECEIVE_PACKAGE"
  | "RETURN_OR_REFUND_REQUEST_SUCCESS"
  | "RETURN_OR_REFUND_REQUEST_CANCEL"
  | "RETURN_OR_REFUND_REQUEST_COMPLETE"
  | "AWAITING_BUYER_RESPONSE"
  | "REPLACEMENT_REQUEST_PENDING"
  | "REPLACEMENT_REQUEST_REJECT"
  | "REPLACEMENT_REQUEST_REFUND_SUCCESS"
  | "REPLACEMENT_REQUEST_CANCEL"
  | "REPLACEMENT_REQUEST_COMPLETE";
export type ReturnAction =
  | "SELLER_RESPOND_REFUND"
  | "SELLER_RESPOND_RETURN"
  | "SELLER_RESPOND_RECEIVE_PACKAGE"
  | "SELLER_RESPOND_REPLACEMENT";

/** A buyer's wish about what was delivered: money, money for the goods, or the same again. */
export interface Return {
  id: string;
  shopId: string;
  orderId: string;
  lineIds: string[];
  type: ReturnType;
  status: ReturnStatus;
  reason: string;
  /** Who began it; absent: the buyer. */
  role?: "SELLER";
  /** The buyer keeps the goods. */
  isKept: boolean;
  /** The seller's offer of a part, while it stands. */
  partialMinor?: number;
  isOfferRefused: boolean;
  /** The seller has the whole 48 hours for each answer, whatever the speed. */
  isPatient: boolean;
  trackingNumber?: string;
  /** Pictures the seller refused it with. */
  evidence?: string[];
  deadline?: number;
  createTime: number;
  updateTime: number;
}

/** Everything the platform knows. Plain data; the operations in the other files change it. */
export interface World {
  kernel: Kernel;
  knobs: Knobs;
  sellers: Map<string, Seller>;
  shops: Map<string, Shop>;
  grants: Grant[];
  tokens: Map<string, Token>;
  codes: Map<string, ConsentCode>;
  pictures: Map<string, Picture>;
  products: Map<string, Product>;
  skus: Map<string, Sku>;
  orders: Map<string, Order>;
  packages: Map<string, Package>;
  cancellations: Map<string, Cancellation>;
  returns: Map<string, Return>;
  /** Tracking number → order it was used for. */
  trackingNumbers: Map<string, string>;
  /** Decision on a cancellation or a return → idempotency key it came with. */
  decisions: Map<string, string>;
  /** Units sold while none was left, by shop. */
  oversold: Map<string, number>;
  requestViolations: { operation: string; problems: string[] }[];
}

/** A verified call as an operation sees it. */
export interface Call {
  operation: string;
  appKey: string;
  grant: Grant;
  /** null on the operations that take no shop_cipher. */
  shop: Shop | null;
  /** Ids of the path by name. */
  ids: Record<string, string>;
  query: URLSearchParams;
  /** Parsed JSON body, checked against the contract. */
  body: unknown;
  raw: Buffer;
  contentType: string;
}

/** One operation: changes the world, returns the `data` of the answer, throws a Refusal. */
export type Handler = (world: World, call: Call) => unknown;
