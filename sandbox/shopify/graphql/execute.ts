import { randomUUID } from "node:crypto";
import {
  executeSync,
  type FieldNode,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLTypeResolver,
  Kind,
  type OperationDefinitionNode,
} from "graphql";
import type { SandboxAnswer } from "../../kernel/model.ts";
import { mayCreateOrder, refill, type ThrottleStatus, take } from "../buckets.ts";
import { typeOf } from "../ids.ts";
import type { Shop } from "../model.ts";
import { resolvers } from "../resolvers/index.ts";
import type { World } from "../world.ts";
import type { Context } from "./context.ts";
import { costOf, MAX_COST } from "./cost.ts";
import { compile, schema } from "./schema.ts";
import { checkScopes } from "./scopes.ts";

export const API_VERSION = "2026-07";

export interface GraphqlRequest {
  query: string;
  variables: Record<string, unknown>;
  operationName: string | null;
}

/** Runs one request for a shop whose token has been checked: schema, scopes, points, then the operation itself. */
export function runGraphql(world: World, shop: Shop, scopes: string[] | null, request: GraphqlRequest): SandboxAnswer {
  const { document, operation, errors } = compile(request.query, request.operationName);
  if (!document || !operation || errors.length > 0) return answer({ errors: errors.map((one) => one.toJSON()) });
  const denied = checkScopes(document, scopes);
  if (denied.length > 0) return answer({ data: null, errors: denied.map((one) => one.toJSON()) });
  const requested = costOf(document, operation, request.variables);
  const status = refill(shop, world.now());
  const throttled = checkBudget(world, shop, operation, requested, status);
  if (throttled) return throttled;
  const context: Context = { world, shop, scopes, effect: { changed: false }, ignoredFilters: [] };
  const result = executeSync({
    schema,
    document,
    contextValue: context,
    variableValues: request.variables,
    operationName: request.operationName,
    fieldResolver,
    typeResolver,
  });
  const actual = Math.min(requested, costOf(document, operation, request.variables, result.data ?? {}));
  shop.pointsSpent += actual;
  if (world.switches.throttle) take(shop, actual);
  const left = {
    ...status,
    currentlyAvailable: world.switches.throttle
      ? Math.max(0, status.currentlyAvailable - actual)
      : status.maximumAvailable,
  };
  const cost = { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: left };
  const search =
    context.ignoredFilters.length > 0
      ? {
          search: context.ignoredFilters.map((field) => ({
            warnings: [{ field, message: "Invalid search field for this query." }],
          })),
        }
      : {};
  const body = {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors ? { errors: result.errors.map((one) => one.toJSON()) } : {}),
    extensions: { cost, ...search },
  };
  return { ...answer(body), effect: context.effect.changed, summary: rootFields(operation).join(" ") };
}

function checkBudget(
  world: World,
  shop: Shop,
  operation: OperationDefinitionNode,
  requested: number,
  status: ThrottleStatus,
): SandboxAnswer | null {
  if (requested > MAX_COST) {
    const message = `Query cost is ${requested}, which exceeds the single query max cost limit (${MAX_COST}).`;
    return answer({
      errors: [{ message, extensions: { code: "MAX_COST_EXCEEDED", cost: requested, maxCost: MAX_COST } }],
    });
  }
  if (!world.switches.throttle) return null;
  const isOrder = rootFields(operation).includes("orderCreate");
  const enough = status.currentlyAvailable >= requested;
  if (enough && (!isOrder || mayCreateOrder(shop, world.now(), world.switches.devOrdersPerMinute))) return null;
  return answer({
    errors: [
      {
        message: "Throttled",
        extensions: { code: "THROTTLED", documentation: "https://shopify.dev/api/usage/rate-limits" },
      },
    ],
    extensions: { cost: { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: status } },
  });
}

/** Names of the root fields an operation asks for. */
export function rootFields(operation: OperationDefinitionNode): string[] {
  return operation.selectionSet.selections
    .filter((one): one is FieldNode => one.kind === Kind.FIELD)
    .map((one) => one.name.value);
}

const fieldResolver: GraphQLFieldResolver<unknown, Context> = (source, args, context, info) => {
  const { parentType, fieldName } = info;
  const resolve = resolvers[parentType.name]?.[fieldName];
  if (resolve) return resolve(source, args, context, info);
  if (typeof source === "object" && source !== null && fieldName in source)
    return (source as Record<string, unknown>)[fieldName];
  if (parentType.name.endsWith("Payload")) return null;
  // Better loud than a null that looks like an answer.
  throw new GraphQLError(`The sandbox has no answer for ${parentType.name}.${fieldName} yet`, {
    extensions: { code: "INTERNAL_SERVER_ERROR" },
  });
};

const typeResolver: GraphQLTypeResolver<unknown, Context> = (value) => {
  const { __typename, id } = value as { __typename?: string; id?: string };
  return __typename ?? typeOf(id ?? "") ?? undefined;
};

function answer(body: unknown): SandboxAnswer {
  return {
    status: 200,
    headers: {
      "content-type": "application/json; charset=utf-8",
      "x-shopify-api-version": API_VERSION,
      "x-request-id": randomUUID(),
    },
    body: JSON.stringify(body),
  };
}
