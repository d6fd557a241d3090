import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** The parts of an OpenAPI 3.1 file that the comparison with the platform's contract needs. */
export interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  not?: Schema;
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
}
interface Parameter {
  $ref?: string;
  name: string;
  in: "query" | "path" | "header";
  required?: boolean;
  schema: Schema;
}
interface OperationObject {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
  servers?: { url: string }[];
  security?: unknown[];
  "x-scopes"?: string[];
}
interface Document {
  servers: { url: string }[];
  security?: unknown[];
  paths: Record<string, Record<string, OperationObject>>;
  components: Record<string, Record<string, unknown>>;
}

export interface ContractOperation {
  id: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body: { contentType: string; schema: Schema; required: boolean } | null;
  /** Schema of `data` in a successful answer. */
  data: Schema;
  scopes: string[];
  origin: string;
}

/** Reads the file in `folder`; the answer knows every operation and checks values against its schemas. */
export function openContract(folder: string) {
  const document = parse(readFileSync(path.join(folder, "tiktok-shop.openapi.yaml"), "utf8")) as Document;

  function resolve<T>(node: T | { $ref?: string }): T {
    const ref = (node as { $ref?: string }).$ref;
    if (!ref) return node as T;
    const target = ref
      .slice(2)
      .split("/")
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], document);
    return resolve(target as T);
  }

  const operations = new Map<string, ContractOperation>();
  for (const [route, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const [content] = Object.entries(operation.requestBody?.content ?? {});
      operations.set(operation.operationId, {
        id: operation.operationId,
        method: method.toUpperCase(),
        path: route,
        parameters: (operation.parameters ?? []).map((parameter) => resolve(parameter)),
        body: content
          ? { contentType: content[0], schema: content[1].schema, required: operation.requestBody?.required ?? false }
          : null,
        data: dataSchema(operation),
        scopes: operation["x-scopes"] ?? [],
        origin: (operation.servers ?? document.servers)[0]?.url ?? "",
      });
    }
  }

  function dataSchema(operation: OperationObject): Schema {
    const schema = operation.responses["200"]?.content?.["application/json"]?.schema;
    const parts = schema?.allOf ?? [];
    return parts.map((part) => resolve(part).properties?.data).findLast((data) => data !== undefined) ?? {};
  }

  /** Everything wrong with a value, as "path: what". Properties the contract does not name are wrong. */
  function faults(schema: Schema, value: unknown, at = "$"): string[] {
    const here = resolve(schema);
    if (here.allOf) return here.allOf.flatMap((part) => faults(part, value, at));
    if (here.oneOf)
      return here.oneOf.some((part) => faults(part, value, at).length === 0) ? [] : [`${at}: fits no alternative`];
    const found: string[] = [];
    if (here.const !== undefined && value !== here.const) found.push(`${at}: must be ${here.const}`);
    if (here.enum && !here.enum.includes(value))
      found.push(`${at}: ${JSON.stringify(value)} is not one of ${here.enum.join(", ")}`);
    if (here.type === "object" || here.properties) found.push(...objectFaults(here, value, at));
    else if (here.type === "array") found.push(...arrayFaults(here, value, at));
    else if (here.type === "string") found.push(...stringFaults(here, value, at));
    else if (here.type === "integer" || here.type === "number") found.push(...numberFaults(here, value, at));
    else if (here.type === "boolean" && typeof value !== "boolean") found.push(`${at}: not a boolean`);
    return found;
  }

  function objectFaults({ properties = {}, required = [] }: Schema, value: unknown, at: string): string[] {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at}: not an object`];
    const entries = Object.entries(value);
    return [
      ...required.filter((key) => !(key in value)).map((key) => `${at}.${key}: missing`),
      ...entries.flatMap(([key, item]) => {
        const property = properties[key];
        if (property) return faults(property, item, `${at}.${key}`);
        return Object.keys(properties).length > 0 ? [`${at}.${key}: not in the contract`] : [];
      }),
    ];
  }

  function arrayFaults(
    { items, minItems = 0, maxItems = Number.POSITIVE_INFINITY }: Schema,
    value: unknown,
    at: string,
  ): string[] {
    if (!Array.isArray(value)) return [`${at}: not a list`];
    if (value.length < minItems || value.length > maxItems) return [`${at}: ${value.length} items`];
    return items ? value.flatMap((item, index) => faults(items, item, `${at}[${index}]`)) : [];
  }

  /** Whether the contract names a field, whatever its list levels. */
  function hasField(schema: Schema, names: readonly string[]): boolean {
    const here = resolve(schema);
    if (here.items) return hasField(here.items, names);
    const [name, ...rest] = names;
    if (name === undefined) return true;
    const parts = [...(here.allOf ?? []), ...(here.oneOf ?? [])];
    const property = here.properties?.[name];
    return property ? hasField(property, rest) : parts.some((part) => hasField(part, names));
  }

  return { operations, faults, hasField };
}

function stringFaults(
  { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }: Schema,
  value: unknown,
  at: string,
): string[] {
  if (typeof value !== "string") return [`${at}: not text`];
  if (value.length < minLength || value.length > maxLength) return [`${at}: ${value.length} characters`];
  return pattern && !new RegExp(pattern).test(value) ? [`${at}: does not match ${pattern}`] : [];
}

function numberFaults(
  { type, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }: Schema,
  value: unknown,
  at: string,
): string[] {
  if (typeof value !== "number" || (type === "integer" && !Number.isInteger(value))) return [`${at}: not a number`];
  return value < minimum || value > maximum ? [`${at}: ${value} out of range`] : [];
}
