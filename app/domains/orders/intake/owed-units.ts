/** On its way to the buyer, or there: nobody has to take it from a shelf any more. */
const TRAVELLED = new Set<string>(["in-transit", "delivered", "completed"]);

export interface OwingOrder {
  status: string;
  fulfilledBy: string;
  importState: string;
  parkedReason: string | null;
  shopifyOrderId: string | null;
  linkedOrderId: string | null;
}

/** True when somebody else has it by now: no shelf of the shop has its units any more. */
export const hasTravelled = (status: string): boolean => TRAVELLED.has(status);

/** Why an order of this kind is only shown. */
const kindReason = (kind: string): string => `kind:${kind}`;
export const isKindReason = (reason: string | null): boolean => reason?.startsWith(kindReason("")) ?? false;

/**
 * Not imported although the shop ships it: made before the cut-off or longer ago than Shopify tells, or of a kind that the merchant leaves out.
 * Nobody told Shopify of its units, as far as we know. Tests are shipped by nobody.
 */
export const isLeftOut = ({ importState, parkedReason }: Pick<OwingOrder, "importState" | "parkedReason">): boolean =>
  importState === "shown" &&
  (parkedReason === "before-cutoff" ||
    parkedReason === "too-old" ||
    (isKindReason(parkedReason) && parkedReason !== kindReason("test")));

/**
 * Whether Shopify's number may still contain this unit although a buyer has it coming, so that it must be kept back. An order we bring home
 * owes its units until Shopify has it. One that is left out owes them until they travel (packed is not gone yet), are cancelled, or an order
 * of somebody else's making was found in Shopify: rather a unit too few on offer than one too many.
 */
export function isOwed(order: OwingOrder, line: { status: string }): boolean {
  if (line.status === "cancelled" || order.status === "cancelled" || order.fulfilledBy === "platform") return false;
  if (order.shopifyOrderId !== null || order.linkedOrderId !== null) return false;
  if (order.importState !== "shown") return true;
  return isLeftOut(order) && !TRAVELLED.has(order.status) && !TRAVELLED.has(line.status);
}
