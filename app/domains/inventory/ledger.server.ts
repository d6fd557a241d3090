import type { Tx } from "../../platform/db.server.ts";
import type { LedgerNumber } from "./model.ts";

export interface LedgerLineInput {
  shopId: string;
  connectionId?: string;
  listingSkuId?: string;
  inventoryItemId: string;
  locationId?: string;
  number: LedgerNumber;
  before: number;
  after: number;
  why: string;
  event: string;
  actor: string;
}

/** One line per changed number, in the transaction of the change; a number that stayed the same leaves none. */
export async function writeLedger(tx: Tx, lines: readonly LedgerLineInput[], at: Date): Promise<void> {
  const changes = lines.filter((line) => line.before !== line.after);
  if (changes.length > 0) await tx.ledgerLine.createMany({ data: changes.map((line) => ({ ...line, at })) });
}

/** Whoever counts units of an item is alone with it until its transaction ends, so that every line begins where the one before ended. */
export async function lockItems(tx: Tx, shopId: string, inventoryItemIds: readonly string[]): Promise<void> {
  const keys = [...new Set(inventoryItemIds)].sort().map((id) => `stock:${shopId}:${id}`);
  if (keys.length > 0)
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest(${keys}::text[]) with ordinality as k(key, n) order by n`;
}
