/** The parts of orderCreate's input the sandbox reads (the schema has checked the types). */
export interface MoneyInput {
  amount: unknown;
  currencyCode: string;
}
export interface MoneyBagInput {
  shopMoney: MoneyInput;
  presentmentMoney?: MoneyInput | null;
}
export interface TaxLineInput {
  title: string;
  rate: unknown;
  priceSet?: MoneyBagInput | null;
  channelLiable?: boolean | null;
}
export interface LineInput {
  variantId?: string | null;
  quantity: number;
  priceSet?: MoneyBagInput | null;
  requiresShipping?: boolean | null;
  taxable?: boolean | null;
  sku?: string | null;
  title?: string | null;
  variantTitle?: string | null;
  vendor?: string | null;
  properties?: { name: string; value: string }[] | null;
  taxLines?: TaxLineInput[] | null;
}
export interface MetafieldInput {
  namespace?: string | null;
  key?: string | null;
  type?: string | null;
  value?: string | null;
}
export interface OrderInput {
  sourceName?: string | null;
  sourceIdentifier?: string | null;
  sourceUrl?: string | null;
  name?: string | null;
  note?: string | null;
  email?: string | null;
  phone?: string | null;
  poNumber?: string | null;
  processedAt?: string | null;
  closedAt?: string | null;
  currency?: string | null;
  presentmentCurrency?: string | null;
  taxesIncluded?: boolean | null;
  test?: boolean | null;
  tags?: string[] | null;
  customAttributes?: { key: string; value: string }[] | null;
  metafields?: MetafieldInput[] | null;
  shippingAddress?: Record<string, string | null> | null;
  billingAddress?: Record<string, string | null> | null;
  lineItems?: LineInput[] | null;
  shippingLines?:
    | {
        title: string;
        code?: string | null;
        source?: string | null;
        priceSet: MoneyBagInput;
        taxLines?: TaxLineInput[] | null;
      }[]
    | null;
  taxLines?: TaxLineInput[] | null;
  transactions?:
    | {
        amountSet: MoneyBagInput;
        kind?: string | null;
        status?: string | null;
        gateway?: string | null;
        processedAt?: string | null;
        receiptJson?: unknown;
      }[]
    | null;
  financialStatus?: string | null;
  fulfillmentStatus?: string | null;
  fulfillment?: unknown;
  discountCode?: Record<
    string,
    { code?: string | null; amountSet?: MoneyBagInput | null; percentage?: number | null } | null
  > | null;
}
export interface OrderOptions {
  inventoryBehaviour?: "BYPASS" | "DECREMENT_IGNORING_POLICY" | "DECREMENT_OBEYING_POLICY" | null;
}
