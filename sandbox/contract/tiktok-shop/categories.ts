import type { OperationContract } from "./shape.ts";
import { pictureRef } from "./shapes.ts";

/** Something becomes required when another attribute has a value. */
const requirementCondition = { condition_type: "text", attribute_id: "text", attribute_value_id: "text" } as const;

/** What must be known before listing: prerequisites, category tree, rules, attributes, recommendation. */
export const categoriesContract: OperationContract[] = [
  {
    operation: "checkListingPrerequisites",
    method: "GET",
    path: "/product/202312/prerequisites",
    scope: "seller.product.basic",
    query: { "shop_cipher*": "text" },
    answer: { check_results: [{ check_item: "text", fail_reasons: ["text"], is_failed: "bool" }] },
  },
  {
    operation: "getCategories",
    method: "GET",
    path: "/product/202309/categories",
    scope: "seller.product.basic",
    query: {
      locale: "text",
      keyword: "text",
      category_version: "=v1|v2",
      listing_platform: "=TIKTOK_SHOP|TOKOPEDIA",
      include_prohibited_categories: "=true|false",
      "shop_cipher*": "text",
    },
    answer: {
      categories: [
        { id: "text", is_leaf: "bool", local_name: "text", parent_id: "text", permission_statuses: ["text"] },
      ],
    },
  },
  {
    operation: "getCategoryRules",
    method: "GET",
    path: "/product/202309/categories/{category_id}/rules",
    scope: "seller.product.basic",
    query: { category_version: "=v1|v2", locale: "text", "shop_cipher*": "text" },
    answer: {
      allowed_special_product_types: ["text"],
      cod: { is_supported: "bool" },
      epr: { is_required: "bool" },
      fees: [{ is_required: "bool", type: "text" }],
      manufacturer: { is_required: "bool" },
      package_dimension: { is_required: "bool" },
      product_certifications: [
        {
          document_details: "text",
          expiration_date: { is_required: "bool" },
          id: "text",
          is_required: "bool",
          name: "text",
          requirement_conditions: [requirementCondition],
          sample_image_url: "text",
        },
      ],
      responsible_person: { is_required: "bool" },
      size_chart: { is_required: "bool", is_supported: "bool" },
    },
  },
  {
    operation: "getCategoryAttributes",
    method: "GET",
    path: "/product/202309/categories/{category_id}/attributes",
    scope: "seller.product.basic",
    query: { locale: "text", category_version: "=v1|v2", "shop_cipher*": "text" },
    answer: {
      attributes: [
        {
          id: "text",
          is_customizable: "bool",
          is_multiple_selection: "bool",
          is_requried: "bool",
          name: "text",
          requirement_conditions: [requirementCondition],
          type: "text",
          value_data_format: "text",
          values: [{ icon_url: "text", id: "text", name: "text" }],
        },
      ],
    },
  },
  {
    operation: "recommendCategory",
    method: "POST",
    path: "/product/202309/categories/recommend",
    scope: "seller.product.basic",
    query: { "shop_cipher*": "text" },
    body: {
      category_version: "=v1|v2",
      description: "text",
      images: [pictureRef],
      include_prohibited_categories: "bool",
      listing_platform: "=TIKTOK_SHOP|TOKOPEDIA",
      "product_title*": "text",
      origin_platform_product_type: "text",
      origin_platform_vendor: "text",
      origin_platform_tags: "text",
      origin_platform_category: "text",
      origin_platform_product_meta_data: "text",
    },
    answer: {
      categories: [{ id: "text", is_leaf: "bool", level: "int", name: "text", permission_statuses: ["text"] }],
      leaf_category_id: "text",
    },
  },
];
