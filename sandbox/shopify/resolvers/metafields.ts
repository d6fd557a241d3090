import { connect, connectInOrder, type PageArgs } from "../graphql/connection.ts";
import type { Context, Resolver, Resolvers } from "../graphql/context.ts";
import { mutation } from "../graphql/mutate.ts";
import { idSortKey, numberOf, typeOf } from "../ids.ts";
import { checkMetafields, digestOf, findDefinition, ownedNamespace, storeMetafields } from "../metafields.ts";
import type { Metafield, MetafieldDefinition } from "../model.ts";
import { isoTime } from "../time.ts";
import { refuse } from "../user-errors.ts";

interface DefinitionInput {
  name: string;
  key: string;
  namespace?: string | null;
  ownerType: string;
  type: string;
  description?: string | null;
  access?: { admin?: string | null } | null;
  capabilities?: { uniqueValues?: { enabled: boolean } | null } | null;
}
interface SetInput {
  ownerId: string;
  namespace?: string | null;
  key: string;
  type?: string | null;
  value: string;
  compareDigest?: string | null;
}

/** Shopify fact: only these types may be unique. */
const MAY_BE_UNIQUE = new Set(["id", "single_line_text_field", "number_integer", "url"]);
const MAX_SET = 25;

const ownerTypeOf = (gid: string): string =>
  ({
    Order: "ORDER",
    Product: "PRODUCT",
    ProductVariant: "PRODUCTVARIANT",
    Location: "LOCATION",
    Shop: "SHOP",
    AppInstallation: "API_PERMISSION",
  })[typeOf(gid) ?? ""] ?? "";

const ofOwner = (context: Context, ownerId: string) => context.shop.metafields.get(ownerId) ?? [];

const one: Resolver = (
  owner: { id: string },
  { namespace, key }: { namespace?: string | null; key: string },
  context,
) =>
  ofOwner(context, owner.id).find((field) => field.namespace === ownedNamespace(namespace) && field.key === key) ??
  null;

const many: Resolver = (
  owner: { id: string },
  args: PageArgs & { namespace?: string | null; keys?: string[] | null },
  context,
) =>
  connectInOrder(
    ofOwner(context, owner.id).filter((field) => !args.namespace || field.namespace === ownedNamespace(args.namespace)),
    args,
  );

const ofEach = { metafield: one, metafields: many };

function define({ definition }: { definition: DefinitionInput }, { world, shop }: Context): Record<string, unknown> {
  const namespace = ownedNamespace(definition.namespace);
  if (definition.key.length < 2 || definition.key.length > 64)
    throw refuse(["definition", "key"], "Key must have 2 to 64 characters", "TOO_SHORT");
  if (!/^[\w-]+$/.test(definition.key))
    throw refuse(["definition", "key"], "Key contains a character that is not allowed", "INVALID_CHARACTER");
  if (findDefinition(shop, definition.ownerType, namespace, definition.key))
    throw refuse(
      ["definition", "key"],
      `Key is in use for ${definition.ownerType} metafields on the '${namespace}' namespace.`,
      "TAKEN",
    );
  const wantsUnique = definition.capabilities?.uniqueValues?.enabled ?? false;
  if (wantsUnique && !MAY_BE_UNIQUE.has(definition.type))
    throw refuse(["definition", "capabilities"], "The type may not be unique", "INVALID_CAPABILITY");
  const made: MetafieldDefinition = {
    id: world.ids.gid("MetafieldDefinition"),
    name: definition.name,
    namespace,
    key: definition.key,
    type: definition.type,
    ownerType: definition.ownerType,
    description: definition.description ?? null,
    // Shopify fact: the type `id` always has unique values.
    unique: definition.type === "id" || wantsUnique,
    adminAccess: definition.access?.admin ?? "PUBLIC_READ_WRITE",
  };
  shop.definitions.push(made);
  return { createdDefinition: made };
}

function set({ metafields }: { metafields: SetInput[] }, { world, shop }: Context): Record<string, unknown> {
  if (metafields.length > MAX_SET)
    throw refuse(["metafields"], `Exceeded the maximum of ${MAX_SET} metafields`, "LESS_THAN_OR_EQUAL_TO");
  const checked = metafields.map((given, index) => {
    const owner = ownerTypeOf(given.ownerId);
    const before = (shop.metafields.get(given.ownerId) ?? []).find(
      (field) => field.namespace === ownedNamespace(given.namespace) && field.key === given.key,
    );
    if (given.compareDigest !== undefined && (before ? digestOf(before.value) : null) !== given.compareDigest)
      throw refuse(
        ["metafields", String(index), "compareDigest"],
        "The resource has been updated since it was loaded.",
        "STALE_OBJECT",
      );
    return {
      ownerId: given.ownerId,
      fields: checkMetafields(world, shop, owner, [given], given.ownerId, ["metafields"]),
    };
  });
  return {
    metafields: checked.flatMap(({ ownerId, fields }) =>
      storeMetafields(world, shop, ownerTypeOf(ownerId), ownerId, fields),
    ),
  };
}

export const metafields: Resolvers = {
  QueryRoot: {
    metafieldDefinition: (_source, { id }: { id?: string | null }, { shop }) =>
      shop.definitions.find((definition) => definition.id === id) ?? null,
    metafieldDefinitions: (
      _source,
      args: PageArgs & { ownerType: string; namespace?: string | null; key?: string | null },
      { shop },
    ) =>
      connect(
        shop.definitions.filter(
          (definition) =>
            definition.ownerType === args.ownerType &&
            (!args.namespace || definition.namespace === ownedNamespace(args.namespace)) &&
            (!args.key || definition.key === args.key),
        ),
        args,
        (definition) => idSortKey(definition.id),
      ),
  },
  Order: ofEach,
  Product: ofEach,
  ProductVariant: ofEach,
  Location: ofEach,
  Shop: ofEach,
  AppInstallation: ofEach,
  Metafield: {
    legacyResourceId: (field: Metafield) => numberOf(field.id),
    compareDigest: (field: Metafield) => digestOf(field.value),
    jsonValue: (field: Metafield) => field.value,
    sizeInBytes: (field: Metafield) => Buffer.byteLength(field.value),
    ownerType: (field: Metafield) => ownerTypeOf(field.ownerId),
    createdAt: (field: Metafield) => isoTime(field.createdAt),
    updatedAt: (field: Metafield) => isoTime(field.updatedAt),
    definition: (field: Metafield, _args, { shop }) =>
      findDefinition(shop, ownerTypeOf(field.ownerId), field.namespace, field.key) ?? null,
  },
  MetafieldDefinition: {
    type: (definition: MetafieldDefinition) => ({
      name: definition.type,
      category: definition.type === "id" ? "ID" : "TEXT",
      supportedValidations: [],
      supportsDefinitionMigrations: false,
    }),
    access: (definition: MetafieldDefinition) => ({
      admin: definition.adminAccess,
      storefront: "NONE",
      customerAccount: "NONE",
    }),
    capabilities: (definition: MetafieldDefinition) => ({
      adminFilterable: { eligible: true, enabled: false, status: "NOT_FILTERABLE" },
      analyticsQueryable: { eligible: false, enabled: false },
      cartToOrderCopyable: { eligible: false, enabled: false },
      smartCollectionCondition: { eligible: false, enabled: false },
      uniqueValues: { eligible: MAY_BE_UNIQUE.has(definition.type), enabled: definition.unique },
    }),
    validations: () => [],
    validationStatus: () => "ALL_VALID",
    pinnedPosition: () => null,
    constraints: () => null,
    standardTemplate: () => null,
    useAsCollectionCondition: () => false,
  },
  Mutation: {
    metafieldDefinitionCreate: mutation(define),
    metafieldsSet: mutation(set),
  },
};
