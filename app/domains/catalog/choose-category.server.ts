import type { Category } from "../../channels/port.ts";
import type { CatalogConnection } from "./deps.ts";
import type { MappingInput, ProductFacts } from "./facts.ts";
import { findOpenLeaf, matchCategory } from "./match-category.ts";
import type { Overrides } from "./model.ts";
import type { Reference } from "./reference.server.ts";
import { textOf } from "./sanitize-description.ts";
import { cleanText } from "./text.ts";

/** A category with its rules, and its names from the root on. */
export type ChosenCategory = NonNullable<MappingInput["category"]> & { path: string[] };

/**
 * The category of a product with its rules: the merchant's choice, else the channel's own suggestion, else the leaf whose words fit the
 * product's. Each only if the shop may list there. Null: none of them. Throws CallError when the channel does not answer.
 */
export async function chooseCategory(
  reference: Reference,
  connection: CatalogConnection,
  product: ProductFacts,
  overrides: Overrides,
): Promise<ChosenCategory | null> {
  const tree = await reference.categories(connection);
  const fixed = findOpenLeaf(tree, overrides.categoryId ?? null);
  const title = cleanText(overrides.title ?? product.title).text;
  const leaf = fixed ?? (await suggest()) ?? matchCategory(tree, { ...product, title });
  if (!leaf) return null;
  const [rules, attributes] = await Promise.all([
    reference.rules(connection, leaf.id),
    reference.attributes(connection, leaf.id),
  ]);
  return { id: leaf.id, rules, attributes, path: pathOf(tree, leaf.id) };

  async function suggest() {
    if (title === "") return null;
    const { productType, vendor, tags } = product;
    const id = await reference.recommended(connection, {
      title,
      description: textOf(product.descriptionHtml).slice(0, 2_000),
      productType,
      vendor,
      tags,
    });
    return findOpenLeaf(tree, id);
  }
}

function pathOf(tree: readonly Category[], leafId: string): string[] {
  const byId = new Map(tree.map((one) => [one.id, one]));
  const path: string[] = [];
  for (let at = byId.get(leafId); at && path.length < tree.length; at = byId.get(at.parentId ?? ""))
    path.unshift(at.name);
  return path;
}
