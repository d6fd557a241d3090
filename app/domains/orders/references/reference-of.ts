import type { OrderReference } from "../../../channels/port.ts";

interface ReferableOrder {
  channelOrderId: string;
  shopifyOrderId: string | null;
  externalRefAt: Date | null;
  lines: readonly { channelLineId: string; shopifyLineId: string | null }[];
}

/** What the channel is told of an order. Null: it is not home, or the channel knows already. */
export function referenceOf(order: ReferableOrder): OrderReference | null {
  if (order.shopifyOrderId === null || order.externalRefAt !== null) return null;
  const lines = order.lines.flatMap(({ channelLineId, shopifyLineId }) =>
    shopifyLineId ? [{ channelLineId, externalLineId: numberOf(shopifyLineId) }] : [],
  );
  return { channelOrderId: order.channelOrderId, externalId: numberOf(order.shopifyOrderId), lines };
}

/** "gid://shopify/Order/12?x=1" → "12": what people see in the admin's addresses. */
const numberOf = (gid: string): string => gid.split("/").at(-1)?.split("?")[0] ?? gid;
