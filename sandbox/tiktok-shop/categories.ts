import { type AttributeRule, type CategoryNode, categoryChain, categoryNodes, findCategory } from "./category-tree.ts";
import { Refusal } from "./errors.ts";
import { getMarket } from "./markets.ts";
import type { Call, Handler } from "./model.ts";
import { recommendLeaf } from "./recommend.ts";
import { shopOf } from "./world.ts";

const checkItems = [
  "SHOP_STATUS",
  "SHOP_TAX",
  "PICKUP_WAREHOUSE",
  "RETURN_WAREHOUSE",
  "DELIVERY_OPTION",
  "SHIPPING_TEMPLATE",
  "PRODUCT_QUANTITY_LIMIT",
  "BANk_ACCOUNT",
  "CONTACT_INFO",
];

/** What must be set up before a listing; the platform spells one item `BANk_ACCOUNT`. */
export const checkListingPrerequisites: Handler = (world) => ({
  check_results: checkItems.map((item) => {
    const isFailed = world.knobs.failedPrerequisites.includes(item);
    return { check_item: item, is_failed: isFailed, fail_reasons: isFailed ? [`${item} is not set up`] : [] };
  }),
});

export const getCategories: Handler = (_world, call) => {
  checkVersion(call, call.query.get("category_version"));
  const keyword = call.query.get("keyword")?.toLowerCase();
  const withProhibited = call.query.get("include_prohibited_categories") === "true";
  const nodes = categoryNodes.filter(
    (node) =>
      (withProhibited || node.permission !== "PROHIBITED") && (!keyword || node.name.toLowerCase().includes(keyword)),
  );
  return { categories: nodes.map((node) => ({ ...describeNode(node), permission_statuses: [node.permission] })) };
};

export const getCategoryRules: Handler = (_world, call) => {
  checkVersion(call, call.query.get("category_version"));
  const leaf = getLeaf(call.ids.category_id ?? "");
  return {
    cod: { is_supported: false },
    epr: { is_required: false },
    package_dimension: { is_required: leaf.needsDimensions },
    size_chart: { is_required: false, is_supported: leaf.name === "T-Shirts" },
    manufacturer: { is_required: false },
    responsible_person: { is_required: false },
    product_certifications: leaf.certificates.map((certificate) => ({
      id: certificate.id,
      name: certificate.name,
      is_required: true,
      document_details: certificate.details,
      sample_image_url: "",
      requirement_conditions: [],
    })),
  };
};

export const getCategoryAttributes: Handler = (_world, call) => {
  checkVersion(call, call.query.get("category_version"));
  const leaf = getLeaf(call.ids.category_id ?? "");
  return { attributes: [...leaf.attributes.map(describeAttribute), ...salesProperties] };
};

export const recommendCategory: Handler = (_world, call) => {
  const body = call.body as Record<string, string | undefined>;
  checkVersion(call, body.category_version ?? null);
  if (body.product_title?.trim() === "") throw new Refusal(12052261, "the title is empty");
  const leaf = recommendLeaf({
    type: body.origin_platform_product_type ?? "",
    title: body.product_title ?? "",
    rest: `${body.description ?? ""} ${body.origin_platform_tags ?? ""} ${body.origin_platform_category ?? ""}`,
  });
  return {
    categories: categoryChain(leaf).map((node, index) => ({
      id: node.id,
      name: node.name,
      level: index + 1,
      is_leaf: node.isLeaf,
      permission_statuses: [node.permission],
    })),
    leaf_category_id: leaf.id,
  };
};

/** Refuses a tree that is not the market's: v2 in the US and South-East Asia, v1 (the default) elsewhere. */
export function checkVersion(call: Call, version: string | null): void {
  const wanted = getMarket(shopOf(call).region).categoryVersion;
  if (wanted === "v2" && version !== "v2") throw new Refusal(12052217, "this market needs category_version v2");
  if (wanted === "v1" && version === "v2")
    throw new Refusal(12052230, "category_version v2 is not open in this market");
}

/** The leaf of an id; 12052023 for an unknown one, 12052024 for one that has children. */
export function getLeaf(id: string): CategoryNode {
  const node = findCategory(id);
  if (!node) throw new Refusal(12052023, "the category does not exist");
  if (!node.isLeaf) throw new Refusal(12052024, "the category is not a leaf");
  return node;
}

/** A category as lists and product reads show it. */
export function describeNode(node: CategoryNode): Record<string, unknown> {
  return { id: node.id, parent_id: node.parentId, local_name: node.name, is_leaf: node.isLeaf };
}

/** The required flag is spelt `is_requried` on this wire. */
function describeAttribute(rule: AttributeRule): Record<string, unknown> {
  const condition = rule.requiredWhen;
  return {
    id: rule.id,
    name: rule.name,
    type: "PRODUCT_PROPERTY",
    is_requried: rule.isRequired,
    is_customizable: rule.isCustomizable,
    is_multiple_selection: rule.isMultiple,
    ...(rule.format ? { value_data_format: rule.format } : {}),
    ...(rule.values.length > 0 ? { values: rule.values } : {}),
    requirement_conditions: condition
      ? [
          {
            condition_type: "VALUE_ID_MATCH",
            attribute_id: condition.attributeId,
            attribute_value_id: condition.valueId,
          },
        ]
      : [],
  };
}

/** Attributes that make variants, built in everywhere. */
export const builtInSalesAttributes = [
  { id: "100000", name: "Color" },
  { id: "100007", name: "Size" },
];

const salesProperties = builtInSalesAttributes.map((entry) => ({
  ...entry,
  type: "SALES_PROPERTY",
  is_requried: false,
  is_customizable: true,
  is_multiple_selection: false,
  values: [],
  requirement_conditions: [],
}));
