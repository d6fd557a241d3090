import type { SandboxState } from "../stand/sandbox-client.ts";
import type { Stand } from "../stand/start-stand.ts";

/** The line `npm run demo -- --check` ends with. All counts but `refused` come from the sandbox. */
export interface CheckResult {
  read: number;
  listed: number;
  refused: Record<string, number>;
  orders: number;
  shopifyOrders: number;
  doubled: number;
  fulfilled: number;
  calls: number;
  seconds: number;
  ok: boolean;
}

/** Lines of one order. */
export type Purchase = { skuId: string; quantity: number }[];

/** What the whole journey came to. */
export interface Outcome {
  state: SandboxState;
  listed: number;
  refused: Record<string, number>;
  bought: { orderId: string; lines: Purchase }[];
}

/** What differs between catalogs: what is bought, and what must be true in the end. */
export interface CatalogCheck {
  /** What buyers buy, order by order. Throws when there is not enough to buy. */
  purchases(stand: Stand): Promise<Purchase[]>;
  /** How many of the orders their buyers cancel. */
  cancelled(orders: number): number;
  /** What does not hold, a sentence each. */
  findWrong(outcome: Outcome, stand: Stand): Promise<string[]>;
}

/** A product of the sandbox's Shopify, as its `products` door tells it. */
export interface ProductSeen {
  id: string;
  title: string;
  isGiftCard: boolean;
  pictures: number;
  variants: VariantSeen[];
}

export interface VariantSeen {
  id: string;
  price: string;
  inventoryItemId: string;
  tracked: boolean;
  requiresShipping: boolean;
  levels: { locationId: string; available: number }[];
}

/** Every product of the demo's shop. */
export async function seeProducts({ sandbox }: Stand): Promise<ProductSeen[]> {
  return (await sandbox.post<{ products: ProductSeen[] }>("shopify/products")).products;
}
