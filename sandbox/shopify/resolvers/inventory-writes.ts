import { GraphQLError } from "graphql";
import type { Context, Resolvers } from "../graphql/context.ts";
import { idempotentMutation } from "../graphql/mutate.ts";
import type { Level } from "../model.ts";
import { moveStock } from "../stock.ts";
import { isoTime } from "../time.ts";
import { Refused, refuse, type UserError, userError } from "../user-errors.ts";

interface Entry {
  inventoryItemId: string;
  locationId: string;
  changeFromQuantity?: number | null;
  ledgerDocumentUri?: string | null;
}
interface SetInput {
  name: string;
  reason: string;
  referenceDocumentUri?: string | null;
  quantities: (Entry & { quantity: number })[];
}
interface AdjustInput {
  name: string;
  reason: string;
  referenceDocumentUri?: string | null;
  changes: (Entry & { delta: number })[];
}

/** Shopify fact: the reasons are a closed list of the documentation, not of the schema. */
const REASONS = new Set(
  (
    "correction cycle_count_available damaged other promotion quality_control received restock safety_stock shrinkage " +
    "reservation_created reservation_updated reservation_deleted movement_created movement_received movement_updated movement_canceled"
  ).split(" "),
);
const MAX_ENTRIES = 250;
const MAX_SET = 1_000_000_000;
const MAX_DELTA = 2_000_000_000;

export const inventoryWrites: Resolvers = {
  Mutation: {
    inventorySetQuantities: idempotentMutation(({ input }: { input: SetInput }, context) => {
      if (!["available", "on_hand"].includes(input.name))
        throw refuse(["input", "name"], "The quantity name must be available or on_hand", "INVALID_NAME");
      return write(
        context,
        input,
        "quantities",
        input.quantities,
        MAX_SET,
        (entry, level) => entry.quantity - amount(level, input.name),
      );
    }),
    inventoryAdjustQuantities: idempotentMutation(({ input }: { input: AdjustInput }, context) => {
      if (input.name !== "available")
        throw refuse(["input", "name"], "The sandbox adjusts available only", "INVALID_QUANTITY_NAME");
      return write(context, input, "changes", input.changes, MAX_DELTA, (entry) => entry.delta);
    }),
  },
};

const amount = (level: Level, name: string) => (name === "available" ? level.available : level.onHand);

/** All entries or none: problems are gathered first. Setting either name moves available and onHand together. */
function write<E extends Entry>(
  context: Context,
  input: { name: string; reason: string; referenceDocumentUri?: string | null },
  listName: string,
  entries: E[],
  limit: number,
  deltaOf: (entry: E, level: Level) => number,
): Record<string, unknown> {
  const { world, shop } = context;
  for (const entry of entries)
    if (!("changeFromQuantity" in entry))
      throw new GraphQLError("changeFromQuantity must be given for every entry; null means no check", {
        extensions: { code: "BAD_REQUEST" },
      });
  if (entries.length > MAX_ENTRIES)
    throw new GraphQLError(`The input array is too long: at most ${MAX_ENTRIES}`, {
      extensions: { code: "BAD_REQUEST" },
    });
  if (!REASONS.has(input.reason))
    throw refuse(["input", "reason"], "The specified reason is invalid.", "INVALID_REASON");
  if (input.referenceDocumentUri && !/^[a-z][\w+.-]*:\/\//i.test(input.referenceDocumentUri))
    throw refuse(
      ["input", "referenceDocumentUri"],
      "The specified reference document is invalid.",
      "INVALID_REFERENCE_DOCUMENT",
    );
  const problems: UserError[] = [];
  const moves = entries.flatMap((entry, index) => {
    const field = ["input", listName, String(index)];
    const item = shop.items.get(entry.inventoryItemId);
    const level = item?.levels.get(entry.locationId);
    if (!item)
      problems.push(
        userError(
          [...field, "inventoryItemId"],
          "The specified inventory item could not be found.",
          "INVALID_INVENTORY_ITEM",
        ),
      );
    else if (!shop.locations.has(entry.locationId))
      problems.push(
        userError([...field, "locationId"], "The specified location could not be found.", "INVALID_LOCATION"),
      );
    else if (!level)
      problems.push(
        userError(
          [...field, "locationId"],
          "The inventory item is not stocked at the location.",
          "ITEM_NOT_STOCKED_AT_LOCATION",
        ),
      );
    if (!level) return [];
    const delta = deltaOf(entry, level);
    if (Math.abs(delta) > limit)
      problems.push(userError(field, "The quantity is out of range.", "INVALID_QUANTITY_TOO_HIGH"));
    const from = entry.changeFromQuantity;
    if (from !== null && from !== undefined && from !== amount(level, input.name))
      problems.push(
        userError(
          [...field, "changeFromQuantity"],
          "The changeFromQuantity argument no longer matches the persisted quantity.",
          "CHANGE_FROM_QUANTITY_STALE",
        ),
      );
    return [{ entry, level, delta }];
  });
  if (problems.length > 0) throw new Refused(...problems);
  for (const { level, delta } of moves)
    if (delta !== 0) moveStock(world, shop, level, { available: delta, onHand: delta });
  return {
    inventoryAdjustmentGroup: {
      id: world.ids.gid("InventoryAdjustmentGroup"),
      createdAt: isoTime(world.now()),
      reason: input.reason,
      referenceDocumentUri: input.referenceDocumentUri ?? null,
      app: null,
      staffMember: null,
      changes: moves.flatMap(({ entry, level, delta }) =>
        ["available", "on_hand"].map((name) => ({
          name,
          delta,
          quantityAfterChange: amount(level, name),
          item: shop.items.get(level.itemId),
          location: shop.locations.get(level.locationId),
          ledgerDocumentUri: entry.ledgerDocumentUri ?? null,
        })),
      ),
    },
  };
}
