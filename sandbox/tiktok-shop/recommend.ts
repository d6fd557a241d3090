import { type CategoryNode, categoryChain, categoryNodes } from "./category-tree.ts";

/** Words of a text, lower case, plural endings cut. */
function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[a-z]+(?:-[a-z]+)*/g) ?? []).map((word) =>
    word.replace(/-/g, "").replace(/s$/, ""),
  );
}

/**
 * The leaf whose words fit best: hits in the product type count most, then the title, then the rest.
 * Without any hit the answer is the first leaf, as a recommendation always names one.
 */
export function recommendLeaf(hints: { type: string; title: string; rest: string }): CategoryNode {
  const weighted = [
    { words: new Set(wordsOf(hints.type)), weight: 3 },
    { words: new Set(wordsOf(hints.title)), weight: 4 },
    { words: new Set(wordsOf(hints.rest.slice(0, 2000))), weight: 1 },
  ];
  const leaves = categoryNodes.filter((node) => node.isLeaf && node.permission === "AVAILABLE");
  let best = leaves[0];
  let bestScore = 0;
  for (const leaf of leaves) {
    const own = new Set([...wordsOf(leaf.name), ...leaf.keywords.flatMap(wordsOf)]);
    const above = new Set(
      categoryChain(leaf)
        .slice(0, -1)
        .flatMap((node) => wordsOf(node.name)),
    );
    let score = 0;
    for (const { words, weight } of weighted) {
      for (const word of words) score += own.has(word) ? weight * 2 : above.has(word) ? weight : 0;
    }
    if (score > bestScore) {
      best = leaf;
      bestScore = score;
    }
  }
  if (!best) throw new Error("the category tree has no leaf");
  return best;
}
