import { fashionBranches } from "./tree/fashion.ts";
import { homeBranches } from "./tree/home.ts";
import { leisureBranches } from "./tree/leisure.ts";
import type { BranchPlan, CategoryNode, LeafPlan } from "./tree/model.ts";

export type { AttributeRule, CategoryNode } from "./tree/model.ts";

/** The tree in force, flat; six-digit ids. */
export const categoryNodes: readonly CategoryNode[] = flatten(
  [...homeBranches, ...fashionBranches, ...leisureBranches],
  "0",
  { next: 601_201 },
);

const nodesById = new Map(categoryNodes.map((node) => [node.id, node]));

export function findCategory(id: string): CategoryNode | undefined {
  return nodesById.get(id);
}

/** A category with its ancestors, root first. */
export function categoryChain(node: CategoryNode): CategoryNode[] {
  const parent = nodesById.get(node.parentId);
  return parent ? [...categoryChain(parent), node] : [node];
}

function flatten(entries: (BranchPlan | LeafPlan)[], parentId: string, ids: { next: number }): CategoryNode[] {
  return entries.flatMap((entry) => {
    ids.next += 11;
    const id = String(ids.next);
    const leaf = "children" in entry ? null : entry;
    const node: CategoryNode = {
      id,
      parentId,
      name: entry.name,
      isLeaf: leaf !== null,
      permission: leaf?.permission ?? "AVAILABLE",
      keywords: leaf?.keywords ?? [],
      attributes: leaf?.attributes ?? [],
      certificates: leaf?.certificates ?? [],
      needsDimensions: leaf?.needsDimensions ?? false,
    };
    return "children" in entry ? [node, ...flatten(entry.children, id, ids)] : [node];
  });
}
