/**
 * Generates the types of the Shopify operations (`npm run graphql`) from the Admin schema kept packed in `schema/`. The result in
 * `app/shopify/gql` is committed. Needs no network.
 *
 * The generator writes out every input type and enum of the schema it is given (1.2 MB for the whole Admin API), so it is given a
 * schema that holds only what the operations name.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { CodegenConfig } from "@graphql-codegen/cli";
import {
  buildClientSchema,
  getNamedType,
  type IntrospectionField,
  type IntrospectionInputValue,
  type IntrospectionNamedTypeRef,
  type IntrospectionQuery,
  type IntrospectionType,
  type IntrospectionTypeRef,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

const operations = "app/shopify/operations";

/** The introspected schema reduced to the types, fields and arguments the documents use. */
function reduceSchema(full: IntrospectionQuery, documents: string): IntrospectionQuery {
  const schema = buildClientSchema(full);
  const usedFields = new Set<string>();
  const usedArguments = new Set<string>();
  const usedTypes = new Set<string>([
    schema.getQueryType()?.name ?? "",
    schema.getMutationType()?.name ?? "",
    "Boolean",
    "String",
  ]);
  const info = new TypeInfo(schema);
  visit(
    parse(documents),
    visitWithTypeInfo(info, {
      enter(node) {
        const parent = info.getParentType()?.name;
        const type = info.getType();
        if (type) usedTypes.add(getNamedType(type).name);
        if (parent) usedTypes.add(parent);
        if (node.kind === "Field") usedFields.add(`${parent}.${node.name.value}`);
        if (node.kind === "Argument") usedArguments.add(`${parent}.${info.getFieldDef()?.name}.${node.name.value}`);
        const input = info.getInputType();
        if (input) usedTypes.add(getNamedType(input).name);
      },
    }),
  );

  const byName = new Map(full.__schema.types.map((type) => [type.name, type]));
  const waiting = [...usedTypes];
  for (let name = waiting.pop(); name; name = waiting.pop()) {
    const type = byName.get(name);
    if (type?.kind !== "INPUT_OBJECT") continue;
    for (const field of type.inputFields) {
      const inner = nameOf(field.type);
      if (usedTypes.has(inner)) continue;
      usedTypes.add(inner);
      waiting.push(inner);
    }
  }

  const reduced = full.__schema.types.filter((type) => usedTypes.has(type.name)).map((type) => reduceType(type));
  return {
    __schema: {
      ...full.__schema,
      subscriptionType: null,
      types: [...reduced, ...full.__schema.types.filter((type) => type.name.startsWith("__"))],
    },
  };

  function reduceType(type: IntrospectionType): IntrospectionType {
    if (type.kind === "OBJECT" || type.kind === "INTERFACE") {
      const interfaces = type.interfaces.filter((one) => usedTypes.has(one.name));
      const owners = [type.name, ...interfaces.map((one) => one.name)];
      const fields = type.fields
        .filter((field) => owners.some((owner) => usedFields.has(`${owner}.${field.name}`)))
        .map((field) => reduceField(field, owners));
      if (type.kind === "OBJECT") return { ...type, description: null, interfaces, fields };
      return { ...type, description: null, interfaces, fields, possibleTypes: keepUsed(type.possibleTypes) };
    }
    if (type.kind === "UNION") return { ...type, description: null, possibleTypes: keepUsed(type.possibleTypes) };
    if (type.kind === "INPUT_OBJECT")
      return { ...type, description: null, inputFields: type.inputFields.map(withoutNotes) };
    if (type.kind === "ENUM")
      return {
        ...type,
        description: null,
        enumValues: type.enumValues.map((value) => ({ ...value, description: null })),
      };
    return { ...type, description: null };
  }

  function reduceField(field: IntrospectionField, owners: string[]): IntrospectionField {
    const isUsed = (argument: IntrospectionInputValue) =>
      owners.some((owner) => usedArguments.has(`${owner}.${field.name}.${argument.name}`));
    return { ...field, description: null, args: field.args.filter(isUsed).map(withoutNotes) };
  }

  function keepUsed<T extends { name: string }>(types: readonly T[]): T[] {
    return types.filter((one) => usedTypes.has(one.name));
  }
}

function withoutNotes(value: IntrospectionInputValue): IntrospectionInputValue {
  return { ...value, description: null };
}

function nameOf(type: IntrospectionTypeRef): string {
  return "ofType" in type && type.ofType ? nameOf(type.ofType) : (type as IntrospectionNamedTypeRef).name;
}

const packed = gunzipSync(readFileSync("schema/admin-2026-07.json.gz")).toString();
const documents = readdirSync(operations)
  .filter((name) => name.endsWith(".graphql"))
  .map((name) => readFileSync(join(operations, name), "utf8"))
  .join("\n");
const directory = join(tmpdir(), "reelshelf-schema");
const schema = join(directory, "admin-2026-07.json");
mkdirSync(directory, { recursive: true });
writeFileSync(schema, JSON.stringify(reduceSchema(JSON.parse(packed).data, documents)));

// Money and Decimal stay text on purpose: no amount may pass through a float.
const textScalars = [
  "ARN",
  "BigInt",
  "Color",
  "Date",
  "DateTime",
  "Decimal",
  "FormattedString",
  "HTML",
  "Money",
  "StorefrontID",
  "URL",
  "UnsignedInt64",
  "UtcOffset",
];

const config: CodegenConfig = {
  schema,
  documents: [`${operations}/*.graphql`],
  // The preset also writes a lookup by query text, which nobody uses.
  hooks: {
    afterAllFileWrite: (...files: string[]) => {
      for (const file of files) if (!file.endsWith("graphql.ts")) rmSync(file);
    },
  },
  generates: {
    "app/shopify/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: "string",
        useTypeImports: true,
        enumsAsTypes: true,
        onlyOperationTypes: true,
        emitLegacyCommonJSImports: false,
        importExtension: ".ts",
        scalars: { JSON: "unknown", ...Object.fromEntries(textScalars.map((name) => [name, "string"])) },
      },
    },
  },
};

export default config;
