import { checkMetafields, findOwner, ownedNamespace, storeMetafields } from "../metafields.ts";
import type { Order, OrderLine, Shop, TaxLine, Transaction, Variant } from "../model.ts";
import { toMinor } from "../money.ts";
import { choosePlaces, moveStock } from "../stock.ts";
import { Refused, refuse, userError } from "../user-errors.ts";
import { orderBody } from "../webhooks/bodies-orders.ts";
import { emit } from "../webhooks/emit.ts";
import type { World } from "../world.ts";
import { addFulfillmentOrders, addFulfillments } from "./fulfillment-orders.ts";
import type { LineInput, MoneyBagInput, OrderInput, OrderOptions, TaxLineInput } from "./input.ts";
import { financialStatus, totals } from "./status.ts";

/** Shopify fact: these source names belong to Shopify itself. */
const RESERVED_SOURCES = new Set(["web", "pos", "shopify_draft_order", "iphone", "android"]);

/**
 * orderCreate. Throws Refused (nothing changed) or makes the order, claims stock where asked, makes its fulfillment orders
 * and tells orders/create. Not idempotent, as in Shopify: called twice it makes two orders, unless a unique metafield stops it.
 */
export function createOrder(world: World, shop: Shop, input: OrderInput, options: OrderOptions): Order {
  checkInput(shop, input);
  const metafields = input.metafields ?? [];
  const kept = checkMetafields(world, shop, "ORDER", metafields, null, ["order", "metafields"]);
  const order = buildOrder(world, shop, input);
  checkSums(world, order);
  const behaviour = options.inventoryBehaviour ?? "BYPASS";
  if (behaviour === "DECREMENT_OBEYING_POLICY") checkStock(shop, order);
  if (behaviour !== "BYPASS") claimStock(world, shop, order);
  shop.lastOrderNumber += 1;
  order.number = shop.lastOrderNumber;
  order.name = input.name ?? `#${order.number}`;
  shop.orders.set(order.id, order);
  for (const line of order.lines) shop.lines.set(line.id, line);
  storeMetafields(world, shop, "ORDER", order.id, kept);
  if (input.fulfillmentStatus === "FULFILLED") for (const line of order.lines) line.fulfilled = line.quantity;
  addFulfillmentOrders(world, shop, order);
  if (input.fulfillmentStatus === "FULFILLED" && world.switches.fulfilledHasFulfillment)
    addFulfillments(world, shop, order);
  const body = orderBody(shop, order);
  emit(world, shop, "orders/create", body);
  if (financialStatus(order) === "PAID") emit(world, shop, "orders/paid", body);
  return order;
}

function checkInput(shop: Shop, input: OrderInput): void {
  const lines = input.lineItems ?? [];
  const strange = (input.transactions ?? []).find(
    ({ amountSet: { presentmentMoney } }) =>
      presentmentMoney && presentmentMoney.currencyCode !== (input.presentmentCurrency ?? shop.currency),
  );
  if (strange)
    throw refuse(["order", "transactions"], "Presentment money must be in the presentment currency", "INVALID");
  if (lines.length === 0)
    throw refuse(["order", "lineItems"], "Line items must have at least one line item", "INVALID");
  if (input.sourceName && RESERVED_SOURCES.has(input.sourceName))
    throw refuse(["order", "sourceName"], "Source name is reserved", "INVALID");
  if (input.currency && input.currency !== shop.currency && !input.presentmentCurrency)
    throw refuse(["order", "currency"], "Currency must be the shop's currency", "INVALID");
  if (input.taxLines?.length && lines.some((line) => line.taxLines?.length))
    throw refuse(["order", "taxLines"], "Tax lines must be given on the order or on its lines, not on both", "INVALID");
  for (const [index, line] of lines.entries()) {
    const field = ["order", "lineItems", String(index)];
    if (line.quantity <= 0) throw refuse([...field, "quantity"], "Quantity must be greater than 0", "INVALID");
    if (line.variantId && !shop.variants.has(line.variantId))
      throw refuse([...field, "variantId"], "Variant does not exist", "INVALID");
    if (!line.variantId && !line.title) throw refuse([...field, "title"], "Title can't be blank", "INVALID");
    if (!line.variantId && !line.priceSet) throw refuse([...field, "priceSet"], "Price can't be blank", "INVALID");
    for (const tax of line.taxLines ?? [])
      if (tax.rate === null || tax.rate === undefined)
        throw refuse([...field, "taxLines"], "Tax line rate is missing", "TAX_LINE_RATE_MISSING");
  }
}

function buildOrder(world: World, shop: Shop, input: OrderInput): Order {
  const now = world.now();
  const id = world.ids.gid("Order");
  const bag = (set: MoneyBagInput) => readMoney(shop, set);
  const taxes = (given: TaxLineInput[] | null | undefined): TaxLine[] =>
    (given ?? []).map((tax) => ({
      title: tax.title,
      rate: String(tax.rate),
      amountMinor: tax.priceSet ? bag(tax.priceSet) : 0,
      channelLiable: tax.channelLiable ?? false,
    }));
  const order: Order = {
    kind: "Order",
    id,
    number: 0,
    name: "",
    currency: shop.currency,
    ...(input.presentmentCurrency && input.presentmentCurrency !== shop.currency
      ? { presentmentCurrency: input.presentmentCurrency }
      : {}),
    sourceName: input.sourceName ?? null,
    sourceIdentifier: input.sourceIdentifier ?? null,
    sourceUrl: isWebAddress(input.sourceUrl) ? input.sourceUrl : null,
    note: input.note ?? null,
    email: input.email ?? null,
    phone: input.phone ?? null,
    poNumber: input.poNumber ?? null,
    tags: [...new Set((input.tags ?? []).map((tag) => tag.trim()).filter(Boolean))].sort(),
    customAttributes: input.customAttributes ?? [],
    shippingAddress: input.shippingAddress ?? null,
    billingAddress: input.billingAddress ?? null,
    taxesIncluded: input.taxesIncluded ?? false,
    test: input.test ?? false,
    lines: (input.lineItems ?? []).map((line) =>
      buildLine(world, shop, id, line, line.priceSet ? bag(line.priceSet) : null, taxes(line.taxLines)),
    ),
    shippingLines: (input.shippingLines ?? []).map((line) => ({
      id: world.ids.gid("ShippingLine"),
      title: line.title,
      code: line.code ?? null,
      source: line.source ?? null,
      amountMinor: bag(line.priceSet),
      taxLines: taxes(line.taxLines),
    })),
    taxLines: taxes(input.taxLines),
    discountMinor: 0,
    discountCode: null,
    transactions: [],
    givenFinancialStatus: input.transactions?.length ? null : (input.financialStatus ?? null),
    cancelReason: null,
    cancelledAt: null,
    cancelJobId: null,
    staffNote: null,
    closedAt: input.closedAt ? Date.parse(input.closedAt) : null,
    // Shopify fact (2026-07): a processedAt in the future is clamped to now.
    processedAt: input.processedAt ? Math.min(Date.parse(input.processedAt), now) : now,
    createdAt: now,
    updatedAt: now,
    fulfillmentOrderIds: [],
    fulfillmentIds: [],
    refunds: [],
    returnIds: [],
  };
  applyDiscount(shop, order, input);
  order.transactions = (input.transactions ?? []).map((one) => buildTransaction(world, id, one, bag(one.amountSet)));
  if (order.shippingLines.some((line) => line.amountMinor < 0))
    throw refuse(["order", "shippingLines"], "Price must not be negative", "INVALID");
  return order;
}

function buildLine(
  world: World,
  shop: Shop,
  orderId: string,
  line: LineInput,
  unitMinor: number | null,
  taxLines: TaxLine[],
): OrderLine {
  const variant = line.variantId ? shop.variants.get(line.variantId) : undefined;
  const product = variant ? shop.products.get(variant.productId) : undefined;
  return {
    id: world.ids.gid("LineItem"),
    orderId,
    variantId: variant?.id ?? null,
    productId: product?.id ?? null,
    sku: line.sku ?? variant?.sku ?? null,
    title: line.title ?? product?.title ?? "",
    variantTitle: line.variantTitle ?? variant?.title ?? null,
    vendor: line.vendor ?? product?.vendor ?? null,
    quantity: line.quantity,
    removed: 0,
    refunded: 0,
    returned: 0,
    fulfilled: 0,
    unitMinor: unitMinor ?? variant?.priceMinor ?? 0,
    requiresShipping: line.requiresShipping ?? false,
    taxable: line.taxable ?? true,
    properties: line.properties ?? [],
    taxLines,
    claim: null,
  };
}

function buildTransaction(
  world: World,
  orderId: string,
  given: NonNullable<OrderInput["transactions"]>[number],
  amountMinor: number,
): Transaction {
  const now = world.now();
  return {
    id: world.ids.gid("OrderTransaction"),
    orderId,
    kind: given.kind ?? "SALE",
    status: given.status ?? "SUCCESS",
    gateway: given.gateway ?? "manual",
    amountMinor,
    ...(given.amountSet.presentmentMoney
      ? {
          presentmentMinor: toMinor(
            given.amountSet.presentmentMoney.amount,
            given.amountSet.presentmentMoney.currencyCode,
          ),
        }
      : {}),
    parentId: null,
    processedAt: given.processedAt ? Date.parse(given.processedAt) : now,
    createdAt: now,
    receipt: given.receiptJson ?? null,
  };
}

function applyDiscount(shop: Shop, order: Order, input: OrderInput): void {
  if (!input.discountCode) return;
  const given = Object.entries(input.discountCode).filter(([, code]) => code);
  const [kind, code] = given[0] ?? [];
  if (given.length !== 1 || !kind || !code)
    throw refuse(["order", "discountCode"], "Exactly one kind of discount code must be given", "INVALID");
  const subtotal = order.lines.reduce((sum, line) => sum + line.unitMinor * line.quantity, 0);
  order.discountCode = code.code ?? "";
  if (kind === "itemFixedDiscountCode" && code.amountSet)
    order.discountMinor = Math.min(subtotal, readMoney(shop, code.amountSet));
  if (kind === "itemPercentageDiscountCode")
    order.discountMinor = Math.round((subtotal * (code.percentage ?? 0)) / 100);
  if (kind === "freeShippingDiscountCode")
    order.discountMinor = order.shippingLines.reduce((sum, line) => sum + line.amountMinor, 0);
}

function checkSums(world: World, order: Order): void {
  const { total, paid } = totals(order);
  if (world.switches.refuseOverpaid && paid > total)
    throw refuse(["order", "transactions"], "Transactions must not exceed the total of the order", "INVALID");
}

function checkStock(shop: Shop, order: Order): void {
  const short = order.lines.filter((line) => {
    const variant = trackedVariant(shop, line);
    if (!variant || variant.inventoryPolicy === "CONTINUE") return false;
    const levels = shop.items.get(variant.itemId)?.levels.values() ?? [];
    return [...levels].every((level) => level.available < line.quantity);
  });
  if (short.length > 0)
    throw new Refused(
      ...short.map(() => userError(["order", "lineItems"], "Unable to reserve inventory", "INVENTORY_CLAIM_FAILED")),
    );
}

function trackedVariant(shop: Shop, line: OrderLine): Variant | undefined {
  const variant = shop.variants.get(line.variantId ?? "");
  return variant && shop.items.get(variant.itemId)?.tracked ? variant : undefined;
}

function claimStock(world: World, shop: Shop, order: Order): void {
  const claims = order.lines.flatMap((line) => {
    const item = shop.items.get(trackedVariant(shop, line)?.itemId ?? "");
    return item ? [{ line, item, quantity: line.quantity }] : [];
  });
  const places = choosePlaces(shop, claims);
  for (const { line, item, quantity } of claims) {
    const level = item.levels.get(places.get(item.id) ?? "");
    if (!level) continue;
    line.claim = { itemId: item.id, locationId: level.locationId, committed: quantity };
    moveStock(world, shop, level, { available: -quantity, committed: quantity });
  }
}

function readMoney(shop: Shop, set: MoneyBagInput): number {
  if (set.shopMoney.currencyCode !== shop.currency)
    throw refuse(["order"], `Money must be in the shop's currency, ${shop.currency}`, "INVALID");
  return toMinor(set.shopMoney.amount, shop.currency);
}

function isWebAddress(text: string | null | undefined): text is string {
  return !!text && URL.canParse(text) && /^https?:/.test(text);
}

/** The order whose metafield of that name has that value. */
export function findOrderByMetafield(
  shop: Shop,
  namespace: string | null | undefined,
  key: string,
  value: string,
): Order | null {
  const owner = findOwner(shop, "ORDER", { namespace: ownedNamespace(namespace), key, value });
  return shop.orders.get(owner ?? "") ?? null;
}
