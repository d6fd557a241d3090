import type { Row } from "./columns.ts";
import type { CatalogProduct } from "./model.ts";

/** The pictures of a product, each once, in the order the file gives them; those only a variant names come last. */
export function readPictures(rows: readonly Row[]): NonNullable<CatalogProduct["pictures"]> {
  const found = rows.flatMap((row, index) =>
    row.image === "" ? [] : [{ file: row.image, alt: row.imageAlt, position: Number(row.imagePosition) || 0, index }],
  );
  // a picture without a position keeps its place after the one before it
  let last = 0;
  for (const one of found) last = one.position ||= last;
  const ordered = found.sort((a, b) => a.position - b.position || a.index - b.index);
  const own = rows.flatMap((row) => (row.variantImage === "" ? [] : [{ file: row.variantImage, alt: "" }]));
  const byFile = new Map<string, { file: string; alt?: string }>();
  for (const { file, alt } of [...ordered, ...own])
    if (!byFile.has(file)) byFile.set(file, { file, ...(alt ? { alt } : {}) });
  return [...byFile.values()];
}
