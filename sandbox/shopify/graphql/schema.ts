import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import {
  buildClientSchema,
  type DocumentNode,
  GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from "graphql";

interface SchemaFile {
  data: Parameters<typeof buildClientSchema>[0];
  offline_scopes: { items: ScopeNote[] };
}

/** An access note of the schema file: any one of `offlineScopes` opens the type or field. */
export interface ScopeNote {
  typeName: string;
  fieldName?: string;
  requiredAccess: string;
  offlineScopes: string[];
}

const file = JSON.parse(
  gunzipSync(readFileSync(new URL("../../../schema/admin-2026-07.json.gz", import.meta.url))).toString("utf8"),
) as SchemaFile;

/** The official Admin schema of 2026-07. What it refuses is refused here. */
export const schema: GraphQLSchema = buildClientSchema(file.data, { assumeValid: true });
export const scopeNotes: ScopeNote[] = file.offline_scopes.items;

/** Introspection loses how custom scalars are read: wrong money and wrong times must be refused as Shopify refuses them. */
const CHECKED: Record<string, (value: unknown) => boolean> = {
  Money: (value) => /^-?\d+(\.\d+)?$/.test(String(value)),
  Decimal: (value) => /^-?\d+(\.\d+)?$/.test(String(value)),
  DateTime: (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
};
for (const [name, isRight] of Object.entries(CHECKED)) {
  const scalar = schema.getType(name);
  if (!(scalar instanceof GraphQLScalarType)) continue;
  const read = (value: unknown): unknown => {
    if (!isRight(value)) throw new GraphQLError(`Variable or argument has an invalid value for ${name}`);
    return value;
  };
  scalar.parseValue = read;
  scalar.parseLiteral = (node) => read("value" in node ? node.value : undefined);
}

export interface Compiled {
  document: DocumentNode | null;
  operation: OperationDefinitionNode | null;
  errors: readonly GraphQLError[];
}

const compiled = new Map<string, Compiled>();

/** Parses and validates a document; answers are remembered by their text. */
export function compile(query: string, operationName?: string | null): Compiled {
  const key = `${operationName ?? ""}\n${query}`;
  const known = compiled.get(key);
  if (known) return known;
  const fresh = compileFresh(query, operationName);
  if (compiled.size > 2_000) compiled.clear();
  compiled.set(key, fresh);
  return fresh;
}

function compileFresh(query: string, operationName?: string | null): Compiled {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    const operation = getOperationAST(document, operationName) ?? null;
    if (!operation) return { document, operation, errors: [new GraphQLError("No operation to run was named")] };
    return { document, operation, errors };
  } catch (error) {
    return {
      document: null,
      operation: null,
      errors: [error instanceof GraphQLError ? error : new GraphQLError("Could not be read")],
    };
  }
}
