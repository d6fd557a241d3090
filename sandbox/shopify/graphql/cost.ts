import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLInterfaceType,
  type GraphQLNamedType,
  GraphQLObjectType,
  GraphQLUnionType,
  getNamedType,
  getNullableType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { schema } from "./schema.ts";

/** Shopify fact: one operation may not cost more than 1,000 points. */
export const MAX_COST = 1_000;
const MUTATION_COST = 10;

interface Walk {
  fragments: Map<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
}

/** A connection of that size. The formula is private; this estimate matches the published observations. */
const connectionFactor = (size: number): number => Math.floor(2 * Math.log(Math.max(2, size)));

/**
 * Points of an operation. Without `data`: what is reserved beforehand, by page sizes. With `data`: what it really used.
 * Scalars 0, objects and lists 1, interfaces and unions the dearest branch, mutations 10.
 */
export function costOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
  data?: unknown,
): number {
  if (operation.operation === "mutation") return operation.selectionSet.selections.length * MUTATION_COST;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const defaults = Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap((one) =>
      one.defaultValue?.kind === Kind.INT ? [[one.variable.name.value, Number(one.defaultValue.value)]] : [],
    ),
  );
  const root = schema.getQueryType();
  return root
    ? selectionCost({ fragments, variables: { ...defaults, ...variables } }, root, operation.selectionSet, data)
    : 0;
}

function selectionCost(walk: Walk, type: GraphQLNamedType, set: SelectionSetNode, data: unknown): number {
  let cost = 0;
  let dearest = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      cost += fieldCost(walk, type, selection, data);
      continue;
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(selection.name.value) : selection;
    if (!fragment) continue;
    const inner = schema.getType(fragment.typeCondition?.name.value ?? type.name) ?? type;
    const part = selectionCost(walk, inner, fragment.selectionSet, data);
    if (inner.name === type.name) cost += part;
    else dearest = Math.max(dearest, part);
  }
  return cost + dearest;
}

function fieldCost(walk: Walk, type: GraphQLNamedType, field: FieldNode, data: unknown): number {
  if (!field.selectionSet || !(type instanceof GraphQLObjectType || type instanceof GraphQLInterfaceType)) return 0;
  const definition = type.getFields()[field.name.value];
  if (!definition) return 0;
  const inner = getNamedType(definition.type);
  if (
    !(inner instanceof GraphQLObjectType || inner instanceof GraphQLInterfaceType || inner instanceof GraphQLUnionType)
  )
    return 0;
  const value =
    data === undefined ? undefined : (data as Record<string, unknown> | null)?.[field.alias?.value ?? field.name.value];
  if (data !== undefined && (value === null || value === undefined)) return 0;
  if (inner.name === "PageInfo") return 0;
  if (inner.name.endsWith("Connection")) return connectionCost(walk, inner, field, value);
  const isList = isListType(getNullableType(definition.type));
  return 1 + selectionCost(walk, inner, field.selectionSet, isList ? undefined : value);
}

function connectionCost(walk: Walk, type: GraphQLNamedType, field: FieldNode, value: unknown): number {
  const page = value as { nodes?: unknown[]; edges?: unknown[] } | undefined;
  const size = page
    ? (page.nodes ?? page.edges ?? []).length
    : (numberArgument(walk, field, "first") ?? numberArgument(walk, field, "last") ?? 50);
  if (page && size === 0) return 2;
  // The nodes' own selection, priced as one node (an edge is free).
  const node = nodeCost(walk, type, field.selectionSet);
  return 2 + connectionFactor(size) * Math.max(1, node);
}

function nodeCost(walk: Walk, type: GraphQLNamedType, set: SelectionSetNode | undefined): number {
  if (!set || !(type instanceof GraphQLObjectType)) return 0;
  let cost = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD)
      cost += nodeCost(walk, type, walk.fragments.get(selection.name.value)?.selectionSet);
    if (selection.kind !== Kind.FIELD || !selection.selectionSet) continue;
    const inner = getNamedType(type.getFields()[selection.name.value]?.type);
    if (!inner || inner.name === "PageInfo") continue;
    if (selection.name.value === "edges") cost += nodeCost(walk, inner, selection.selectionSet);
    else cost += 1 + selectionCost(walk, inner, selection.selectionSet, undefined);
  }
  return cost;
}

function numberArgument(walk: Walk, field: FieldNode, name: string): number | undefined {
  const value = field.arguments?.find((one) => one.name.value === name)?.value;
  if (value?.kind === Kind.INT) return Number(value.value);
  if (value?.kind === Kind.VARIABLE && typeof walk.variables[value.name.value] === "number")
    return walk.variables[value.name.value] as number;
  return undefined;
}
