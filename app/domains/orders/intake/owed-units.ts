/** On its way to the buyer, or there: nobody has to take it from a shelf any more. */
const TRAVELLED = new Set<string>(["in-transit", "delivered", "completed"]);

export const hasTravelled = (status: string): boolean => TRAVELLED.has(status);

export interface OwingOrder {
  status: string;
  fulfilledBy: string;
  importState: string;
  parkedReason: string | null;
  shopifyOrderId: string | null;
  linkedOrderId: string | null;
}

/** Never imported because it was made before the cut-off; nobody told Shopify of its units, as far as we know. */
export const isOlderOrder = (order: Pick<OwingOrder, "importState" | "parkedReason">): boolean =>
  order.importState === "shown" && order.parkedReason === "before-cutoff";

/**
 * Whether Shopify's number may still contain this unit although a buyer has it coming, so that it must be kept back. An order we bring home
 * owes its units until Shopify has it. One from before the cut-off owes them until they travel (packed is not gone yet), are cancelled, or an
 * order of somebody else's making was found in Shopify: rather a unit too few on offer than one too many.
 */
export function isOwed(order: OwingOrder, line: { status: string }): boolean {
  if (line.status === "cancelled" || order.status === "cancelled" || order.fulfilledBy === "platform") return false;
  if (order.shopifyOrderId !== null || order.linkedOrderId !== null) return false;
  if (order.importState !== "shown") return true;
  return isOlderOrder(order) && !TRAVELLED.has(order.status) && !TRAVELLED.has(line.status);
}
