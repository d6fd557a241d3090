import type { Order, OrderLine, Refund, Shop, Transaction } from "../model.ts";
import { toMinor } from "../money.ts";
import { refuse } from "../user-errors.ts";
import { tellOrder, tellRefund } from "../webhooks/emit.ts";
import type { World } from "../world.ts";
import { totals } from "./status.ts";
import { takeOff } from "./take-off.ts";

export interface RefundInput {
  orderId: string;
  note?: string | null;
  /** Shopify fact §11: needed where the buyer paid in another currency than the shop's; the amounts are in it then. */
  currency?: string | null;
  allowOverRefunding?: boolean | null;
  refundLineItems?:
    | { lineItemId: string; quantity: number; restockType?: string | null; locationId?: string | null }[]
    | null;
  shipping?: { amount?: unknown; fullRefund?: boolean | null } | null;
  transactions?: { orderId: string; gateway: string; kind: string; amount: unknown; parentId?: string | null }[] | null;
}

/** refundCreate: records a refund; no money moves in the sandbox. Throws Refused with nothing changed. */
export function createRefund(world: World, shop: Shop, input: RefundInput): { refund: Refund; order: Order } {
  const order = shop.orders.get(input.orderId);
  if (!order) throw refuse(["orderId"], "Order does not exist");
  const { presentmentCurrency } = order;
  if (presentmentCurrency && input.transactions?.length && input.currency !== presentmentCurrency)
    throw refuse(["currency"], "Currency must be the presentment currency of the order");
  const wanted = (input.refundLineItems ?? []).map((one, index) => checkLine(shop, order, one, index));
  const transactions = (input.transactions ?? []).map((one, index) => readTransaction(world, order, one, index));
  const shippingMinor = readShipping(order, input);
  const { paid, refunded } = totals(order);
  const back = transactions.reduce((sum, one) => sum + one.amountMinor, 0);
  if (!input.allowOverRefunding && back > paid - refunded)
    throw refuse(["transactions"], "Refund amount is greater than the net payment received");
  if (wanted.length === 0 && transactions.length === 0 && shippingMinor === 0)
    throw refuse(["base"], "Refund must have something to refund");
  const refund: Refund = {
    kind: "Refund",
    id: world.ids.gid("Refund"),
    orderId: order.id,
    note: input.note ?? null,
    lines: wanted.map(({ line, how }) => takeOff(world, shop, line, how)),
    shippingMinor,
    transactions,
    createdAt: world.now(),
  };
  order.transactions.push(...transactions);
  order.refunds.push(refund);
  order.updatedAt = world.now();
  shop.refunds.set(refund.id, refund);
  tellRefund(world, shop, order, refund);
  tellOrder(world, shop, order);
  return { refund, order };
}

type LineInput = NonNullable<RefundInput["refundLineItems"]>[number];

function checkLine(
  shop: Shop,
  order: Order,
  given: LineInput,
  index: number,
): { line: OrderLine; how: Parameters<typeof takeOff>[3] } {
  const field = ["refundLineItems", String(index)];
  const line = order.lines.find((one) => one.id === given.lineItemId);
  if (!line) throw refuse([...field, "lineItemId"], "Line item does not exist on this order");
  if (given.quantity <= 0 || given.quantity > line.quantity - line.refunded - line.returned)
    throw refuse([...field, "quantity"], "Quantity cannot refund more items than were purchased");
  const restockType = (given.restockType ?? "NO_RESTOCK") as "CANCEL" | "RETURN" | "NO_RESTOCK";
  const unshipped = line.quantity - line.removed - line.fulfilled;
  if (restockType === "CANCEL" && given.quantity > unshipped)
    throw refuse([...field, "restockType"], "Only unfulfilled items can be restocked by cancel");
  if (restockType === "RETURN" && given.quantity > line.fulfilled)
    throw refuse([...field, "restockType"], "Only fulfilled items can be restocked by return");
  if (restockType === "RETURN" && !shop.locations.has(given.locationId ?? ""))
    throw refuse([...field, "locationId"], "Location must be given to restock returned items");
  return { line, how: { quantity: given.quantity, restockType, locationId: given.locationId ?? null } };
}

type TransactionInput = NonNullable<RefundInput["transactions"]>[number];

function readTransaction(world: World, order: Order, given: TransactionInput, index: number): Transaction {
  const field = ["transactions", String(index)];
  if (given.kind !== "REFUND") throw refuse([...field, "kind"], "Kind must be refund");
  if (given.orderId !== order.id) throw refuse([...field, "orderId"], "Transaction belongs to another order");
  if (given.parentId && !order.transactions.some((one) => one.id === given.parentId))
    throw refuse([...field, "parentId"], "Parent transaction does not exist");
  const givenMinor = toMinor(given.amount, order.presentmentCurrency ?? order.currency);
  if (givenMinor <= 0) throw refuse([...field, "amount"], "Amount must be greater than 0");
  const now = world.now();
  const parentId =
    given.parentId ??
    order.transactions.find((one) => one.kind === "SALE" && one.gateway === given.gateway)?.id ??
    null;
  const parent = order.transactions.find((one) => one.id === parentId);
  const presented = order.presentmentCurrency ? { presentmentMinor: givenMinor } : {};
  const amountMinor = order.presentmentCurrency ? inShop(order, parent, givenMinor) : givenMinor;
  if (presentmentOf(parent) !== undefined && givenMinor > presentmentLeft(order, parent))
    throw refuse([...field, "amount"], "Refund amount is greater than the net payment received");
  const id = world.ids.gid("OrderTransaction");
  return {
    id,
    orderId: order.id,
    kind: "REFUND",
    status: "SUCCESS",
    gateway: given.gateway,
    amountMinor,
    ...presented,
    parentId,
    processedAt: now,
    createdAt: now,
    receipt: null,
  };
}

const presentmentOf = (sale: Transaction | undefined): number | undefined => sale?.presentmentMinor;

const refundsOf = (order: Order, sale: Transaction | undefined) =>
  order.transactions.filter((one) => one.kind === "REFUND" && one.parentId === sale?.id);

/** What is left of a payment, in the buyer's currency. */
const presentmentLeft = (order: Order, sale: Transaction | undefined): number =>
  (presentmentOf(sale) ?? 0) - refundsOf(order, sale).reduce((sum, one) => sum + (one.presentmentMinor ?? 0), 0);

/** The same in the shop's currency, at the rate of the payment; the last part of it takes what the others left. */
function inShop(order: Order, sale: Transaction | undefined, minor: number): number {
  const paid = presentmentOf(sale);
  if (!sale || !paid) return minor;
  const left = sale.amountMinor - refundsOf(order, sale).reduce((sum, one) => sum + one.amountMinor, 0);
  if (minor === presentmentLeft(order, sale)) return left;
  return Math.min(left, Math.round((minor * sale.amountMinor) / paid));
}

function readShipping(order: Order, input: RefundInput): number {
  const full = order.shippingLines.reduce((sum, line) => sum + line.amountMinor, 0);
  if (input.shipping?.fullRefund) return full;
  return input.shipping?.amount ? Math.min(full, toMinor(input.shipping.amount, order.currency)) : 0;
}

/** What Shopify would refund for these lines (and the shipping): the amount and its split over the payments. */
export function suggestRefund(order: Order, lines: { lineItemId: string; quantity: number }[], withShipping: boolean) {
  const { paid, refunded } = totals(order);
  const left = paid - refunded;
  const goods = lines.reduce((sum, one) => {
    const line = order.lines.find((candidate) => candidate.id === one.lineItemId);
    if (!line) return sum;
    const tax = order.taxesIncluded ? 0 : line.taxLines.reduce((all, tax) => all + tax.amountMinor, 0);
    return sum + line.unitMinor * one.quantity + Math.round((tax * one.quantity) / line.quantity);
  }, 0);
  const shipping = withShipping ? order.shippingLines.reduce((sum, line) => sum + line.amountMinor, 0) : 0;
  const amountMinor = Math.min(left, goods + shipping);
  let open = amountMinor;
  const sales = order.transactions.filter((one) => one.kind === "SALE" && one.status === "SUCCESS");
  const split = sales.map((sale) => {
    const share = Math.min(open, sale.amountMinor);
    open -= share;
    return { sale, amountMinor: share };
  });
  return { amountMinor, maximumMinor: left, split: split.filter((one) => one.amountMinor > 0 || sales.length === 1) };
}
