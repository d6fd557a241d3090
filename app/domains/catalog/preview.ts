import { changedFields, type FieldChange } from "./changed-fields.ts";
import type { MappingInput } from "./facts.ts";
import type { Overrides, WantedContent } from "./model.ts";

/** What a listing should be, in the channel's words, as its page shows it. Kept with each check, so that the page asks nobody. */
export interface ListingPreview {
  title: string;
  /** Names from the root to the leaf; empty: none was found. */
  category: string[];
  attributes: { id: string; name: string; values: string[]; isChosen: boolean }[];
  pictureUrls: string[];
  weightGrams: number;
  packageSizeCm: { length: number; width: number; height: number } | null;
  /** What differs from what the channel was last given; all of it where it has nothing. */
  changes: FieldChange[];
}

interface PreviewInput {
  wanted: WantedContent;
  submitted: WantedContent | null;
  category: (NonNullable<MappingInput["category"]> & { path: string[] }) | null;
  overrides: Overrides;
}

/** Names instead of ids, and no long texts: the description is Shopify's. */
export function previewOf({ wanted, submitted, category, overrides }: PreviewInput): ListingPreview {
  const specs = new Map(category?.attributes.map((spec) => [spec.id, spec]));
  return {
    title: wanted.title,
    category: category?.path ?? [],
    attributes: wanted.attributes.map(({ id, values }) => {
      const spec = specs.get(id);
      const nameOf = (valueId: string | undefined) => spec?.values.find((one) => one.id === valueId)?.name;
      return {
        id,
        name: spec?.name ?? id,
        values: values.map((value) => value.name ?? nameOf(value.id) ?? value.id ?? ""),
        isChosen: overrides.attributes?.[id] !== undefined,
      };
    }),
    pictureUrls: wanted.pictureUrls,
    weightGrams: wanted.weightGrams,
    packageSizeCm: wanted.packageSizeCm ?? null,
    changes: changedFields(submitted, wanted),
  };
}
