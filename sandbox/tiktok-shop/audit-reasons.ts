/** Why an audit refuses a listing: a code for whoever decides, and what the seller is told. */
export interface AuditReason {
  code: string;
  position: string;
  reason: string;
  suggestion: string;
}

/** The reasons the seller centre offers; the first one is used when none is named. */
export const auditReasons: readonly AuditReason[] = [
  {
    code: "picture-unclear",
    position: "Main image",
    reason: "The picture does not show the product.",
    suggestion: "Show the product alone on a plain background.",
  },
  {
    code: "picture-with-text",
    position: "Main image",
    reason: "The picture has advertising text or a watermark on it.",
    suggestion: "Use a picture without text, prices or logos laid over it.",
  },
  {
    code: "wrong-category",
    position: "Category",
    reason: "The product is in the wrong category.",
    suggestion: "Choose the category that names what the product is.",
  },
  {
    code: "brand-not-proven",
    position: "Brand",
    reason: "The right to sell this brand is not proven.",
    suggestion: "Leave the brand out or prove the right to sell it.",
  },
  {
    code: "claim-not-allowed",
    position: "Description",
    reason: "The description claims an effect that may not be claimed.",
    suggestion: "Describe what the product is, without promises about health.",
  },
  {
    code: "product-not-allowed",
    position: "Product",
    reason: "This product may not be sold here.",
    suggestion: "Take the product off the channel.",
  },
];

/** The reason of that code, the first one for none, and any other text as a reason in its own words. */
export function findAuditReason(code: string | undefined): AuditReason {
  const [first] = auditReasons;
  const found = auditReasons.find((one) => one.code === code);
  if (found || !first) return found ?? { code: "", position: "", reason: code ?? "", suggestion: "" };
  return code ? { ...first, reason: code } : first;
}
