import type { ConnectionStateKind } from "../judge-connection.ts";

/** One question a merchant has every morning, answered; every text is final. */
export interface TileShown {
  id: "listings" | "orders" | "stock" | "consent";
  title: string;
  /** The answer, largest. */
  lead: string;
  lines: string[];
  tone: "good" | "attention" | "none";
  toneLabel: string;
  link: { url: string; label: string };
}

/** A connection in one line. */
export interface ConnectionLine {
  id: string;
  name: string;
  state: ConnectionStateKind;
}
