import type { OrderBackfill } from "@prisma/client";
import type { Claim, DrainContext, Ending } from "../../../platform/engine/model.ts";

/** What one turn of a backfill is given. */
export interface BackfillTurn {
  backfill: OrderBackfill;
  claim: Claim;
  ctx: DrainContext;
}

/** More of the same, at once, but behind what else is due. */
export const goOn = (now: Date): Ending => ({ kind: "later", at: now, reason: "there is more of it" });
