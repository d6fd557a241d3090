import type { WantedContent } from "./model.ts";

/** One difference between two versions, for the plan's preview: how many or which, never whole texts. */
export interface FieldChange {
  field: keyof WantedContent;
  before: string;
  after: string;
}

const FIELDS: readonly (keyof WantedContent)[] = [
  "title",
  "descriptionHtml",
  "categoryId",
  "pictureUrls",
  "attributes",
  "certificates",
  "weightGrams",
  "packageSizeCm",
  "skus",
];
const MOST = 120;

/** What differs between what the channel has and what it should have. Null: it has nothing. */
export function changedFields(before: WantedContent | null, after: WantedContent): FieldChange[] {
  return FIELDS.flatMap((field) => {
    const [old, now] = [JSON.stringify(before?.[field] ?? null), JSON.stringify(after[field] ?? null)];
    return old === now ? [] : [{ field, before: tell(before?.[field]), after: tell(after[field]) }];
  });
}

function tell(value: WantedContent[keyof WantedContent] | undefined): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return String(value.length);
  const text = typeof value === "object" ? Object.values(value).join(" × ") : String(value);
  return text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text;
}
