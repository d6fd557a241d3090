import { type Actor, recordActivity } from "../../platform/activity.server.ts";
import type { CatalogDeps } from "./deps.ts";
import { listingObject, type Overrides, overridesSchema } from "./model.ts";
import { asJson, overridesOf } from "./store.server.ts";
import { wantChecks } from "./wants.server.ts";

export type OverrideOutcome =
  | { outcome: "saved" }
  | { outcome: "invalid"; fields: string[] }
  | { outcome: "not-found" };

/** Fixes fields of one listing; a field set to null is given back to the product. Checked and, if it was sent before, carried on. */
export async function overrideListing(
  deps: CatalogDeps,
  input: {
    shopId: string;
    connectionId: string;
    listingId: string;
    change: { [Field in keyof Overrides]?: Overrides[Field] | null };
    actor: Actor;
  },
): Promise<OverrideOutcome> {
  const { shopId, connectionId, listingId, actor } = input;
  return deps.engine.change(async (tx): Promise<OverrideOutcome> => {
    const listing = await tx.listing.findFirst({
      where: { id: listingId, shopId, connectionId },
      select: { id: true, connectionId: true, overrides: true },
    });
    if (!listing) return { outcome: "not-found" };
    const merged = Object.entries({ ...overridesOf(listing.overrides), ...input.change }).filter(
      ([, value]) => value !== null && value !== undefined,
    );
    const parsed = overridesSchema.safeParse(Object.fromEntries(merged));
    if (!parsed.success)
      return { outcome: "invalid", fields: parsed.error.issues.map((issue) => issue.path.join(".")) };
    await tx.listing.update({ where: { id: listingId }, data: { overrides: asJson(parsed.data) } });
    await wantChecks(deps, tx, [listing], 1);
    await recordActivity(tx, {
      shopId,
      actor,
      event: "listing.overridden",
      subject: listingObject(listingId),
      data: { fields: Object.keys(input.change) },
      at: deps.clock.now(),
    });
    return { outcome: "saved" };
  });
}
