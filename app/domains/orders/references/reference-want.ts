import type { Want } from "../../../platform/engine/model.ts";
import { scopeOf } from "../deps.ts";
import { referenceSubject } from "../subjects.ts";

/** Nobody waits for it, and up to a hundred are told in one call. */
const GATHER_MS = 2_000;

/** The due row of "tell the channel which Shopify order this became". It touches nothing others write, so it takes no order's lease. */
export const referenceWant = (connectionId: string, channelOrderId: string): Want => ({
  lane: "reports",
  scope: scopeOf(connectionId),
  subject: referenceSubject(channelOrderId),
  withinMs: GATHER_MS,
});
