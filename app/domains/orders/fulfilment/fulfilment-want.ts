import type { Want } from "../../../platform/engine/model.ts";
import { scopeOf } from "../deps.ts";
import { orderObject, readSubject } from "../subjects.ts";

/** The due row of "look what was fulfilled in Shopify". */
export const fulfilmentWant = (connectionId: string, channelOrderId: string, seenAt?: Date): Want => ({
  lane: "fulfilment",
  scope: scopeOf(connectionId),
  subject: readSubject(channelOrderId),
  object: orderObject(channelOrderId),
  ...(seenAt ? { seenAt } : {}),
});
