import type { ImportState } from "../model.ts";

/** One row of the order table: times, money and sentences are final. */
export interface OrderShown {
  id: string;
  channelOrderId: string;
  createdAt: string;
  title: string;
  units: number;
  total: string;
  status: string;
  statusLabel: string;
  importState: ImportState;
  shopifyName: string | null;
  /** shopify://admin/orders/… */
  shopifyUrl: string | null;
  /** What it is besides an ordinary order, in a word each. */
  kinds: string[];
  isHeld: boolean;
  parked: { why: string; action: string } | null;
  notes: string[];
  shipBy: string | null;
  isLate: boolean;
}
