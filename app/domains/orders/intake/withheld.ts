import type { BuyerAddress } from "../../../channels/port.ts";

type WithheldField = "name" | "phone" | "street" | "postcode" | "email" | "everything";
type WithheldWhy = "unpaid" | "on-hold" | "cancelled" | "platform" | "label" | "old" | "later";

interface WithheldFacts {
  status: string;
  fulfilledBy: string;
  shippingBy: string;
  /** Null: nothing of the buyer was ever shown. */
  buyer: {
    email: string;
    isMasked: boolean;
    address: Pick<BuyerAddress, "name" | "phone" | "address1" | "postalCode">;
  } | null;
}

/** What the channel hides of a buyer, and why. Null: nothing. What was shown once is kept, so a later mask hides nothing. */
export function withheldOf(facts: WithheldFacts): { fields: WithheldField[]; why: WithheldWhy } | null {
  const { buyer } = facts;
  if (!buyer) return { fields: ["everything"], why: whyOf(facts) };
  if (!buyer.isMasked) return null;
  const { name, phone, address1, postalCode } = buyer.address;
  const parts: [WithheldField, string][] = [
    ["name", name],
    ["phone", phone],
    ["street", address1],
    ["postcode", postalCode],
    ["email", buyer.email],
  ];
  const fields = parts.filter(([, text]) => isHidden(text)).map(([field]) => field);
  return fields.length > 0 ? { fields, why: whyOf(facts) } : null;
}

/** TikTok Shop fact §11: hidden parts are blank or hold asterisks. */
const isHidden = (text: string): boolean => text.trim() === "" || text.includes("*");

function whyOf({ status, fulfilledBy, shippingBy }: WithheldFacts): WithheldWhy {
  if (fulfilledBy === "platform") return "platform";
  if (status === "unpaid" || status === "on-hold" || status === "cancelled") return status;
  if (shippingBy === "platform") return "label";
  return status === "completed" ? "old" : "later";
}
