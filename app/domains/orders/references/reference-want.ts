import type { Want } from "../../../platform/engine/model.ts";
import { scopeOf } from "../deps.ts";
import { referenceSubject } from "../subjects.ts";

/** The due row of "tell the channel which Shopify order this became". It touches nothing others write, so it takes no order's lease. */
export const referenceWant = (connectionId: string, channelOrderId: string): Want => ({
  lane: "reports",
  scope: scopeOf(connectionId),
  subject: referenceSubject(channelOrderId),
});
