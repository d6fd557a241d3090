import { createHash } from "node:crypto";
import type { Metafield, MetafieldDefinition, Shop } from "./model.ts";
import type { MetafieldInput } from "./orders/input.ts";
import { refuse } from "./user-errors.ts";
import { APP_NUMBER, type World } from "./world.ts";

/** The app's own namespace: left out, "$app" and "$app:name" all mean it. */
export function ownedNamespace(namespace: string | null | undefined): string {
  if (!namespace || namespace === "$app") return `app--${APP_NUMBER}`;
  return namespace.startsWith("$app:") ? `app--${APP_NUMBER}--${namespace.slice(5)}` : namespace;
}

export const digestOf = (value: string): string => createHash("sha256").update(value).digest("hex");

/** The definition of a metafield, if there is one. */
export function findDefinition(
  shop: Shop,
  ownerType: string,
  namespace: string,
  key: string,
): MetafieldDefinition | undefined {
  return shop.definitions.find((one) => one.ownerType === ownerType && one.namespace === namespace && one.key === key);
}

/** A metafield ready to be stored. */
export interface CheckedMetafield {
  namespace: string;
  key: string;
  type: string;
  value: string;
}

/**
 * Checks metafields for an owner. Throws Refused for unknown types of ids, missing values and taken unique values.
 * Not settled in Shopify: whether a taken value refuses the whole order; the switch `refuseTakenId` off drops the field instead.
 */
export function checkMetafields(
  world: World,
  shop: Shop,
  ownerType: string,
  given: MetafieldInput[],
  ownerId: string | null,
  field: string[],
): CheckedMetafield[] {
  const kept: CheckedMetafield[] = [];
  for (const [index, one] of given.entries()) {
    const at = [...field, String(index)];
    const namespace = ownedNamespace(one.namespace);
    const definition = findDefinition(shop, ownerType, namespace, one.key ?? "");
    const type = one.type ?? definition?.type;
    if (!one.key || !type || !one.value) throw refuse(at, "Key, type and value can't be blank", "INVALID");
    if (type === "id" && definition?.type !== "id")
      throw refuse(at, "Type id needs a definition of that type", "INVALID");
    if (definition && definition.type !== type)
      throw refuse([...at, "type"], `Type must be ${definition.type}`, "INVALID");
    const owner = definition?.unique ? findOwner(shop, ownerType, { namespace, key: one.key, value: one.value }) : null;
    if (owner && owner !== ownerId) {
      if (world.switches.refuseTakenId)
        throw refuse([...at, "value"], "Value has already been taken", ownerId ? "TAKEN" : "INVALID");
      continue;
    }
    kept.push({ namespace, key: one.key, type, value: one.value });
  }
  return kept;
}

const ownerKey = (ownerType: string, field: { namespace: string; key: string; value: string }) =>
  [ownerType, field.namespace, field.key, field.value].join("\n");

/** The owner of that type whose metafield has that value; the last one where values are not unique. */
export function findOwner(
  shop: Shop,
  ownerType: string,
  field: { namespace: string; key: string; value: string },
): string | null {
  return shop.metafieldOwners.get(ownerKey(ownerType, field)) ?? null;
}

/** Writes checked metafields, replacing those of the same name. */
export function storeMetafields(
  world: World,
  shop: Shop,
  ownerType: string,
  ownerId: string,
  fields: CheckedMetafield[],
): Metafield[] {
  const now = world.now();
  const list = shop.metafields.get(ownerId) ?? [];
  const stored = fields.map((field) => {
    const before = list.find((one) => one.namespace === field.namespace && one.key === field.key);
    if (before) shop.metafieldOwners.delete(ownerKey(ownerType, before));
    shop.metafieldOwners.set(ownerKey(ownerType, field), ownerId);
    if (before) return Object.assign(before, field, { updatedAt: now });
    const made: Metafield = { id: world.ids.gid("Metafield"), ownerId, ...field, createdAt: now, updatedAt: now };
    list.push(made);
    return made;
  });
  if (list.length > 0) shop.metafields.set(ownerId, list);
  return stored;
}
