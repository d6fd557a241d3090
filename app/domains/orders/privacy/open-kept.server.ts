import type { ChannelOrder } from "@prisma/client";
import type { OrdersDeps } from "../deps.ts";
import type { BuyerData } from "../intake/merge-buyer.ts";
import { openBuyer } from "../store.server.ts";

/** What is kept of a buyer; null also where no key of ours opens it: one such record must not hold up everybody else's erasure or request. */
export function openKept(deps: OrdersDeps, order: ChannelOrder): BuyerData | null {
  try {
    return openBuyer(deps, order);
  } catch (err) {
    deps.log.error({ err, orderId: order.id }, "buyer.unreadable");
    return null;
  }
}
