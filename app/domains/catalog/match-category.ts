import type { Category } from "../../channels/port.ts";
import { wordsOf } from "./text.ts";

export interface CategoryHints {
  productType: string;
  title: string;
  tags: string[];
}

/** A category a shop may list in: a leaf that is open. Null when the tree has no such leaf of that id. */
export function findOpenLeaf(tree: readonly Category[], id: string | null): Category | null {
  return tree.find((one) => one.id === id && one.isLeaf && one.isOpen) ?? null;
}

/**
 * The open leaf whose own words fit the product type best, then the title, then the tags; names of its ancestors count a little. Null
 * when no leaf's own name shares a word with them: a guess without any hit would be a lie.
 */
export function matchCategory(tree: readonly Category[], hints: CategoryHints): Category | null {
  const byId = new Map(tree.map((one) => [one.id, one]));
  const weighted = [
    { words: new Set(wordsOf(hints.productType)), weight: 6 },
    { words: new Set(wordsOf(hints.title)), weight: 4 },
    { words: new Set(hints.tags.flatMap(wordsOf)), weight: 1 },
  ];
  const score = (words: string[]) =>
    words.reduce(
      (sum, word) => sum + weighted.reduce((part, one) => part + (one.words.has(word) ? one.weight : 0), 0),
      0,
    );

  let best: { leaf: Category; score: number } | null = null;
  for (const leaf of tree) {
    if (!leaf.isLeaf || !leaf.isOpen) continue;
    const own = [...new Set(wordsOf(leaf.name))];
    const hit = score(own);
    if (hit === 0) continue;
    const above = [...new Set(ancestors(leaf, byId).flatMap((one) => wordsOf(one.name)))].filter(
      (word) => !own.includes(word),
    );
    // a leaf all of whose words fit beats one that has more words beside
    const total =
      (hit * 10 + score(above) * 2) * (0.5 + 0.5 * (own.filter((word) => score([word]) > 0).length / own.length));
    if (!best || total > best.score) best = { leaf, score: total };
  }
  return best?.leaf ?? null;
}

function ancestors(node: Category, byId: Map<string, Category>): Category[] {
  const path: Category[] = [];
  for (
    let at = node.parentId && byId.get(node.parentId);
    at && path.length < 20;
    at = at.parentId ? byId.get(at.parentId) : undefined
  )
    path.push(at);
  return path;
}
