/** What a Shopify shop of the sandbox consists of. Money is integer minor units of the shop's currency. */

export type PlanName = "Standard" | "Advanced" | "Plus" | "Enterprise" | "Development";

export interface Location {
  id: string;
  name: string;
  isActive: boolean;
  address1: string;
  city: string;
  provinceCode: string;
  countryCode: string;
  zip: string;
  updatedAt: number;
}

export interface Product {
  kind: "Product";
  id: string;
  handle: string;
  title: string;
  bodyHtml: string;
  vendor: string;
  productType: string;
  /** Full name in Shopify's taxonomy. */
  category: string | null;
  tags: string[];
  status: "ACTIVE" | "DRAFT" | "ARCHIVED" | "UNLISTED";
  isGiftCard: boolean;
  options: { id: string; name: string; values: { id: string; name: string }[] }[];
  variantIds: string[];
  media: Media[];
  createdAt: number;
  updatedAt: number;
}

export interface Media {
  id: string;
  imageId: string;
  alt: string;
  url: string;
  mimeType: string;
  width: number;
  height: number;
}

export interface Variant {
  kind: "Variant";
  id: string;
  productId: string;
  itemId: string;
  position: number;
  title: string;
  sku: string | null;
  barcode: string | null;
  priceMinor: number;
  compareAtMinor: number | null;
  taxable: boolean;
  inventoryPolicy: "DENY" | "CONTINUE";
  options: { name: string; value: string }[];
  mediaId: string | null;
  createdAt: number;
  updatedAt: number;
}

export interface InventoryItem {
  kind: "InventoryItem";
  id: string;
  variantId: string;
  tracked: boolean;
  requiresShipping: boolean;
  weight: { value: number; unit: string } | null;
  levels: Map<string, Level>;
  createdAt: number;
  updatedAt: number;
}

/** Stock of one item at one location. onHand = available + committed + the set-aside kinds. */
export interface Level {
  id: string;
  itemId: string;
  locationId: string;
  isActive: boolean;
  available: number;
  onHand: number;
  committed: number;
  incoming: number;
  reserved: number;
  damaged: number;
  safetyStock: number;
  qualityControl: number;
  createdAt: number;
  updatedAt: number;
}

export interface Address {
  [field: string]: string | null | undefined;
}

export interface TaxLine {
  title: string;
  rate: string;
  amountMinor: number;
  channelLiable: boolean;
}

export interface OrderLine {
  id: string;
  orderId: string;
  variantId: string | null;
  productId: string | null;
  sku: string | null;
  title: string;
  variantTitle: string | null;
  vendor: string | null;
  quantity: number;
  /** Unshipped quantity taken off by refunds and cancellations. */
  removed: number;
  /** All quantity named in refunds, shipped or not. */
  refunded: number;
  /** Quantity taken off by edits: worth nothing any more, and refunded by nobody. */
  editedOff?: number;
  /** Shipped quantity that came back by returns, refunded or not. */
  returned: number;
  fulfilled: number;
  unitMinor: number;
  requiresShipping: boolean;
  taxable: boolean;
  properties: { name: string; value: string }[];
  taxLines: TaxLine[];
  /** Where stock was claimed when the order was made, and how much of the claim is still committed. */
  claim: { itemId: string; locationId: string; committed: number } | null;
}

export interface Transaction {
  id: string;
  orderId: string;
  kind: string;
  status: string;
  gateway: string;
  amountMinor: number;
  /** In the currency the buyer paid in; absent: the shop's own. */
  presentmentMinor?: number;
  parentId: string | null;
  processedAt: number;
  createdAt: number;
  receipt: unknown;
}

export interface Order {
  kind: "Order";
  id: string;
  number: number;
  name: string;
  currency: string;
  /** The buyer paid in another currency than the shop's. */
  presentmentCurrency?: string;
  sourceName: string | null;
  sourceIdentifier: string | null;
  sourceUrl: string | null;
  note: string | null;
  email: string | null;
  phone: string | null;
  poNumber: string | null;
  tags: string[];
  customAttributes: { key: string; value: string }[];
  shippingAddress: Address | null;
  billingAddress: Address | null;
  taxesIncluded: boolean;
  test: boolean;
  lines: OrderLine[];
  shippingLines: {
    id: string;
    title: string;
    code: string | null;
    source: string | null;
    amountMinor: number;
    taxLines: TaxLine[];
  }[];
  taxLines: TaxLine[];
  discountMinor: number;
  discountCode: string | null;
  transactions: Transaction[];
  /** Given by orderCreate; holds until a transaction changes it. */
  givenFinancialStatus: string | null;
  cancelReason: string | null;
  cancelledAt: number | null;
  cancelJobId: string | null;
  staffNote: string | null;
  closedAt: number | null;
  processedAt: number;
  createdAt: number;
  updatedAt: number;
  fulfillmentOrderIds: string[];
  fulfillmentIds: string[];
  refunds: Refund[];
  returnIds: string[];
}

export interface Hold {
  id: string;
  handle: string | null;
  reason: string;
  reasonNotes: string | null;
  byApp: boolean;
}

export interface FulfillmentOrder {
  kind: "FulfillmentOrder";
  id: string;
  orderId: string;
  locationId: string;
  /** OPEN, IN_PROGRESS, CLOSED, CANCELLED; ON_HOLD follows from `holds`. */
  status: "OPEN" | "IN_PROGRESS" | "CLOSED" | "CANCELLED";
  lines: { id: string; lineId: string; total: number; remaining: number }[];
  holds: Hold[];
  fulfillBy: number | null;
  createdAt: number;
  updatedAt: number;
}

export interface Fulfillment {
  kind: "Fulfillment";
  id: string;
  name: string;
  orderId: string;
  locationId: string;
  fulfillmentOrderIds: string[];
  status: "SUCCESS" | "CANCELLED";
  company: string | null;
  numbers: string[];
  urls: string[];
  lines: { id: string; lineId: string; quantity: number }[];
  createdAt: number;
  updatedAt: number;
}

export interface Refund {
  kind: "Refund";
  id: string;
  orderId: string;
  note: string | null;
  lines: {
    id: string;
    lineId: string;
    quantity: number;
    restockType: string;
    locationId: string | null;
    subtotalMinor: number;
    taxMinor: number;
  }[];
  shippingMinor: number;
  transactions: Transaction[];
  createdAt: number;
}

/** Shipped units on their way back. */
export interface Return {
  kind: "Return";
  id: string;
  name: string;
  orderId: string;
  reverseOrderId: string;
  status: "OPEN" | "CLOSED" | "CANCELED";
  lines: {
    id: string;
    reverseId: string;
    /** The fulfilment's line it was shipped with. */
    partId: string;
    lineId: string;
    quantity: number;
    processed: number;
    note: string;
    dispositions: { type: string; quantity: number; locationId: string | null }[];
  }[];
  createdAt: number;
  closedAt: number | null;
}

export interface Metafield {
  id: string;
  ownerId: string;
  namespace: string;
  key: string;
  type: string;
  value: string;
  createdAt: number;
  updatedAt: number;
}

export interface MetafieldDefinition {
  id: string;
  name: string;
  namespace: string;
  key: string;
  type: string;
  ownerType: string;
  description: string | null;
  unique: boolean;
  adminAccess: string;
}

export interface Job {
  kind: "Job";
  id: string;
  done: boolean;
}

/** The points bucket of one app on one shop. */
export interface Bucket {
  available: number;
  updatedAt: number;
}

export interface IdempotencyRecord {
  input: string;
  outcome: "succeeded" | "failed";
  payload: unknown;
  at: number;
}

export interface Shop {
  id: string;
  domain: string;
  name: string;
  /** Which store of the sandbox it belongs to; none: a shop that somebody added. */
  store?: string;
  plan: PlanName;
  currency: string;
  timezone: string;
  installed: boolean;
  /** The merchant took the app away: opening it is then no installation, only the admin's button is. */
  isRemoved?: boolean;
  createdAt: number;
  locations: Map<string, Location>;
  products: Map<string, Product>;
  variants: Map<string, Variant>;
  items: Map<string, InventoryItem>;
  levels: Map<string, Level>;
  orders: Map<string, Order>;
  lines: Map<string, OrderLine>;
  fulfillmentOrders: Map<string, FulfillmentOrder>;
  fulfillments: Map<string, Fulfillment>;
  refunds: Map<string, Refund>;
  returns: Map<string, Return>;
  jobs: Map<string, Job>;
  /** By owner id. */
  metafields: Map<string, Metafield[]>;
  /** Owner of a value, by owner type, namespace, key and value. */
  metafieldOwners: Map<string, string>;
  definitions: MetafieldDefinition[];
  idempotency: Map<string, IdempotencyRecord>;
  bucket: Bucket;
  /** What all requests cost, whether the bucket is watched or not. */
  pointsSpent: number;
  orderCreatedAt: number[];
  lastOrderNumber: number;
}
