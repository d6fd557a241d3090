import type { BadgeProps } from "@shopify/polaris";
import type { ImportState } from "../model.ts";

/** How far an order is on its way to Shopify, in a word. */
export interface ImportShown {
  label: string;
  tone: BadgeProps["tone"] | null;
}

/** One row of the order table: times, money and sentences are final. */
export interface OrderShown {
  id: string;
  channelOrderId: string;
  createdAt: string;
  title: string;
  units: number;
  /** What is left of it, about, and what that is made from. */
  money: { lead: string; parts: string };
  status: string;
  statusLabel: string;
  importState: ImportState;
  shopify: ImportShown;
  shopifyName: string | null;
  /** shopify://admin/orders/… */
  shopifyUrl: string | null;
  /** What it is besides an ordinary order, in a word each. */
  kinds: string[];
  channelUrl: string;
  /** On hold in Shopify, and until when; null: it is not. */
  held: string | null;
  parked: { why: string; action: { label: string; url: string; target: "_top" | "_blank" | null } } | null;
  notes: string[];
  /** The shop's own words. */
  note: string | null;
  due: { text: string; tone: "critical" | "caution" | null } | null;
  isNew: boolean;
  /** Why it cannot be fulfilled from here; null: it can. */
  fulfilmentRefusal: string | null;
}
