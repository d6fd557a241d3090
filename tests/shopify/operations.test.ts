import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  buildClientSchema,
  type DocumentNode,
  type FieldNode,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { describe, expect, test } from "vitest";
import { API_VERSION } from "../../app/shopify/client.server.ts";
import * as generated from "../../app/shopify/gql/graphql.ts";

interface ScopeNote {
  typeName: string;
  fieldName?: string;
  offlineScopes: string[];
}

const packed = JSON.parse(gunzipSync(readFileSync("schema/admin-2026-07.json.gz")).toString());
const schema = buildClientSchema(packed.data);
const notes: ScopeNote[] = packed.offline_scopes.items;
const directory = "app/shopify/operations";
const source = readdirSync(directory)
  .filter((name) => name.endsWith(".graphql"))
  .map((name) => readFileSync(`${directory}/${name}`, "utf8"))
  .join("\n");
const document = parse(source);
const operations = document.definitions.filter(
  (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
);
const config = readFileSync("shopify.app.toml", "utf8");
const declared = (/^scopes = "([^"]*)"/m.exec(config)?.[1] ?? "").split(",");

/** Shopify fact: writing a resource includes reading it. */
const granted = new Set(declared.flatMap((scope) => [scope, scope.replace(/^write_/, "read_")]));

/** Mutations that are refused at run time without `@idempotent` (since 2026-04); the schema does not say so. */
const NEED_KEY =
  /^(refundCreate|inventory(Activate|AdjustQuantities|MoveQuantities|SetQuantities|SetOnHandQuantities)|inventoryShipment(AddItems|Create|CreateInTransit|Receive)|inventoryTransfer(Create|CreateAsReadyToShip|Duplicate|SetItems)|location(Activate|Deactivate))$/;
/** Their entries must say which quantity they start from (null: no check), which no type demands. */
const NEED_START = /^inventory(SetQuantities|AdjustQuantities)$/;

function findRunTimeFaults(checked: DocumentNode): string[] {
  const faults: string[] = [];
  visit(checked, {
    Field(node: FieldNode) {
      const name = node.name.value;
      if (NEED_KEY.test(name) && !node.directives?.some((one) => one.name.value === "idempotent"))
        faults.push(`${name}: @idempotent is missing`);
      // written out in the document, so that it can be seen here
      if (NEED_START.test(name) && !(node.arguments ?? []).some((one) => print(one).includes("changeFromQuantity")))
        faults.push(`${name}: changeFromQuantity is missing`);
    },
  });
  return faults;
}

/** Every access note the operations touch: its place and the scopes of which one is enough. */
function collectNeeds(): { place: string; scopes: string[] }[] {
  const needs = new Map<string, string[]>();
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType()?.name ?? "";
        const inner = getNamedType(info.getType() ?? undefined)?.name;
        for (const note of notes) {
          const isField = note.typeName === parent && note.fieldName === node.name.value;
          const isType = note.fieldName === undefined && note.typeName === inner && node.selectionSet !== undefined;
          if ((isField || isType) && note.offlineScopes.length > 0)
            needs.set(isField ? `${parent}.${note.fieldName}` : note.typeName, note.offlineScopes);
        }
      },
    }),
  );
  return [...needs].map(([place, scopes]) => ({ place, scopes }));
}

/** Shopify facts: scopes of webhook topics, one of each list is enough; they are not in the schema. */
const TOPIC_SCOPES: Record<string, string[]> = {
  products: ["read_products"],
  inventory_levels: ["read_inventory"],
  inventory_items: ["read_inventory", "read_products"],
  locations: ["read_locations"],
  orders: ["read_orders"],
  fulfillments: ["read_fulfillments"],
  refunds: ["read_orders"],
  returns: ["read_returns"],
  fulfillment_orders: [
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
    "read_assigned_fulfillment_orders",
  ],
  app: [],
};

function readTopics(key: string): string[] {
  return [...config.matchAll(new RegExp(`^\\s*${key} = \\[([^\\]]*)\\]`, "gm"))].flatMap((found) =>
    [...(found[1] ?? "").matchAll(/"([^"]+)"/g)].map((one) => one[1] ?? ""),
  );
}

describe("operations", () => {
  test("all of them are valid against the Admin schema", () => {
    expect(operations.length).toBeGreaterThan(15);
    expect(validate(schema, document).map((error) => error.message)).toEqual([]);
  });

  test("keep the two rules the schema cannot express", () => {
    expect(findRunTimeFaults(document)).toEqual([]);
  });

  test("those two rules notice what they are for", () => {
    const bad = parse(`mutation M($input: RefundInput!, $set: InventorySetQuantitiesInput!) {
      refundCreate(input: $input) { refund { id } }
      inventorySetQuantities(input: $set) @idempotent(key: "k") { inventoryAdjustmentGroup { id } }
    }`);
    expect(findRunTimeFaults(bad)).toEqual([
      "refundCreate: @idempotent is missing",
      "inventorySetQuantities: changeFromQuantity is missing",
    ]);
  });

  test("the generated documents are those of the operation files", () => {
    const fragments = document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    for (const operation of operations) {
      const name = operation.name?.value ?? "";
      const exported = (generated as unknown as Record<string, { toString(): string } | undefined>)[`${name}Document`];
      expect(exported, `${name}: run npm run graphql`).toBeDefined();
      const made = parse(String(exported));
      const [own, ...others] = made.definitions;
      expect(own && print(own)).toBe(print(operation));
      for (const other of others) expect(fragments.map((one) => print(one))).toContain(print(other));
    }
  });
});

test("requests, webhooks and the generator speak the same version", () => {
  expect(config).toContain(`api_version = "${API_VERSION}"`);
  expect(readFileSync("codegen.ts", "utf8")).toContain(`schema/admin-${API_VERSION}.json.gz`);
});

describe("scopes", () => {
  const needs = collectNeeds();
  const topics = readTopics("topics");

  test("every operation is covered", () => {
    expect(needs.length).toBeGreaterThan(10);
    expect(needs.filter(({ scopes }) => !scopes.some((scope) => granted.has(scope)))).toEqual([]);
  });

  test("every webhook topic is covered", () => {
    expect(topics.length).toBeGreaterThan(15);
    for (const topic of topics) {
      const scopes = TOPIC_SCOPES[topic.split("/")[0] ?? ""];
      expect(scopes, `${topic}: which scopes?`).toBeDefined();
      expect(scopes?.length === 0 || scopes?.some((scope) => granted.has(scope)), topic).toBe(true);
    }
  });

  test("nothing is asked for that is not used", () => {
    const used = new Set([
      ...needs.flatMap(({ scopes }) => scopes),
      ...topics.flatMap((topic) => TOPIC_SCOPES[topic.split("/")[0] ?? ""] ?? []),
    ]);
    expect(declared.filter((scope) => !used.has(scope))).toEqual([]);
  });

  test("the topics of the law and of the app's own life are subscribed, all at the one door", () => {
    expect(readTopics("compliance_topics").sort()).toEqual([
      "customers/data_request",
      "customers/redact",
      "shop/redact",
    ]);
    expect(topics).toEqual(expect.arrayContaining(["app/uninstalled", "app/scopes_update"]));
    const doors = [...config.matchAll(/^\s*uri = "([^"]+)"/gm)].map((found) => found[1]);
    expect(new Set(doors)).toEqual(new Set(["/webhooks/shopify"]));
  });
});
