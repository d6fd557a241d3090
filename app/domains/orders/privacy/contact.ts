import type { BuyerData } from "../intake/merge-buyer.ts";

/** How to reach a customer of Shopify, as a request about their data names them. */
export interface Contact {
  email: string;
  phone: string;
}

/** Fewer digits than these belong to many people. */
const TELLING_DIGITS = 8;

/** Whether a buyer has this e-mail address or this phone number. Parts the channel masks are nobody's. */
export function isOfContact({ buyer }: BuyerData, contact: Contact): boolean {
  const email = plainEmail(buyer.email);
  if (email !== "" && email === plainEmail(contact.email)) return true;
  const [ours, theirs] = [digitsOf(buyer.address.phone), digitsOf(contact.phone)];
  if (ours.length < TELLING_DIGITS || theirs.length < TELLING_DIGITS) return false;
  // with and without the country's code, or the nought before an area
  return ours.endsWith(theirs) || theirs.endsWith(ours);
}

const plainEmail = (text: string) => (text.includes("*") ? "" : text.trim().toLowerCase());
const digitsOf = (text: string) => (text.includes("*") ? "" : text.replace(/\D/g, "").replace(/^0+/, ""));
