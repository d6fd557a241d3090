import type { SandboxClient } from "../../../scripts/stand/sandbox-client.ts";

/** Minor units of the buyer and of the platform. */
interface Sides {
  buyerMinor: number;
  platformMinor: number;
}

/** An order as the channel's own state tells it. */
export interface ChannelOrder {
  id: string;
  shopId: string;
  status: string;
  kind: string;
  isStray: boolean;
  paid: Sides;
  paidBack: Sides;
  addressMark: string | null;
  addressChanged: boolean;
  isPlatformLabel: boolean;
  lines: { id: string; sellerSku: string; displayStatus: string; packageId: string | null }[];
  packages: { id: string; trackingNumber: string | null; lineIds: string[]; status: string; corrections: number }[];
  cancellations: { id: string; status: string; lineIds: string[] }[];
  externalOrders: { id: string }[];
}

/** A buyer's wish about what was delivered. */
export interface ChannelReturn {
  id: string;
  orderId: string;
  type: string;
  status: string;
  lineIds: string[];
  isKept: boolean;
  partialMinor?: number;
}

/** An order as Shopify's own state tells it. */
export interface ShopOrder {
  id: string;
  name: string;
  sourceIdentifier: string | null;
  cancelledAt: string | null;
  fulfillmentStatus: string;
  held: boolean;
  addressMark: string | null;
  paidMinor: number;
  refundedMinor: number;
  lines: { id: string; sku: string | null; variantId: string | null; quantity: number; currentQuantity: number }[];
  fulfillments: {
    id: string;
    status: string;
    trackingNumber: string | null;
    lines: { lineId: string; quantity: number }[];
  }[];
  returns: { status: string; lines: { lineId: string; quantity: number; processed: number }[] }[];
}

export interface Goods {
  skuId: string;
  sku: string;
}

export interface Seen {
  shopify: {
    orders: ShopOrder[];
    stock: Record<string, Record<string, { available: number }>>;
    variantsBySku: Record<string, { inventoryItemId: string }>;
  };
  tiktok: {
    orders: ChannelOrder[];
    returns: ChannelReturn[];
    products: { shopId: string; status: string; skus: { id: string; sellerSku: string | null }[] }[];
  };
  truth: { calls: Record<"shopify" | "tiktok", number> };
  webhooks: { lost: number; doubled: number; delayed: number; shuffled: number };
  contractViolations: number;
  requestViolations: number;
}

/** Both platforms as they are now. */
export const look = (sandbox: SandboxClient): Promise<Seen> => sandbox.get<Seen>("state");

/** Shopify's orders by the channel order they are made of. */
export const homesOf = (seen: Seen): Map<string, ShopOrder[]> =>
  Map.groupBy(seen.shopify.orders, (order) => order.sourceIdentifier ?? "") as Map<string, ShopOrder[]>;

const GONE = new Set(["CANCELLED", "CANCEL"]);
export const isGone = ({ displayStatus }: ChannelOrder["lines"][number]): boolean => GONE.has(displayStatus);
/** It is with a carrier, or there. */
export const isUnderWay = (status: string): boolean =>
  ["AWAITING_COLLECTION", "IN_TRANSIT", "DELIVERED", "COMPLETED"].includes(status);
/** A request of the buyer that the seller has not answered. */
export const openRequest = (order: ChannelOrder) =>
  order.cancellations.find((one) => one.status === "CANCELLATION_REQUEST_PENDING");
