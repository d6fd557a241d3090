import type { ImportState } from "../model.ts";

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
  shopifyName: string | null;
  /** shopify://admin/orders/… */
  shopifyUrl: string | null;
  /** What it is besides an ordinary order, in a word each. */
  kinds: string[];
  channelUrl: string;
  isHeld: boolean;
  parked: { why: string; action: { label: string; url: string; target: "_top" | "_blank" | null } } | null;
  notes: string[];
  /** The shop's own words. */
  note: string | null;
  due: { text: string; tone: "critical" | "caution" | null } | null;
  isNew: boolean;
  /** Why it cannot be fulfilled from here; null: it can. */
  fulfilmentRefusal: string | null;
}
