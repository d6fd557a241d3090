import type { BadgeProps } from "@shopify/polaris";
import type { FindingShown } from "./products-data.ts";

/** One click that settles a finding: a form this page posts, or the page in Shopify where its cause is. */
export type Fix = { label: string; form: Record<string, string> } | { label: string; url: string };

/** A button of the page, with the question before it where it has one. */
export interface ListingAction {
  intent: "list" | "stop";
  label: string;
  isPrimary: boolean;
  confirm: { text: string; yes: string; no: string } | null;
}

/** Price and stock of one variant, with what its offer follows from. */
export interface SkuShown {
  id: string;
  title: string;
  sellerSku: string;
  price: string;
  /** Available, less what waits, less the buffer. */
  sum: { label: string; amount: string }[];
  offer: string;
  acknowledged: string;
  warnings: string[];
}

/** One listing as its page shows it: every text is final. */
export interface ListingPageShown {
  id: string;
  connectionId: string;
  connectionName: string;
  title: string;
  state: { label: string; tone: BadgeProps["tone"] | null; text: string };
  notice: { text: string; link: { label: string; url: string } | null } | null;
  shopify: { label: string; isActive: boolean; url: string };
  findings: (FindingShown & { fix: Fix | null })[];
  /** One yes to all defaults that are proposed; null: none waits for it. */
  defaultsFix: Fix | null;
  actions: ListingAction[];
  plan: { lines: string[]; fields: string[]; note: string | null };
  category: string | null;
  facts: { label: string; value: string; note: string | null }[];
  skus: SkuShown[];
  moreSkus: string | null;
  ledger: { key: string; at: string; sentence: string }[];
  pictures: string[];
  activity: { id: string; at: string; sentence: string; actor: string }[];
  zone: string;
  isMoving: boolean;
}
