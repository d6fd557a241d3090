import { z } from "zod";
import { count, flag, id, list, text } from "./fields.ts";

export const categories = z.object({
  categories: list(z.object({ id, parent_id: text, local_name: text, is_leaf: flag, permission_statuses: list(id) })),
});

const condition = z.object({ condition_type: text, attribute_id: text, attribute_value_id: text });
export type Condition = z.infer<typeof condition>;

const requirement = z.object({ is_required: flag }).nullish();
export const categoryRules = z.object({
  product_certifications: list(
    z.object({ id, name: text, is_required: flag, requirement_conditions: list(condition) }),
  ),
  package_dimension: requirement,
  size_chart: requirement,
  responsible_person: requirement,
  manufacturer: requirement,
});

/** TikTok Shop fact: the required flag is spelt `is_requried`. */
export const categoryAttributes = z.object({
  attributes: list(
    z.object({
      id,
      name: text,
      type: text,
      is_requried: flag,
      is_customizable: flag,
      is_multiple_selection: flag,
      value_data_format: text,
      requirement_conditions: list(condition),
      values: list(z.object({ id, name: text })),
    }),
  ),
});

export const recommendation = z.object({ leaf_category_id: text });

export const uploadedPicture = z.object({ uri: id, width: count, height: count });
