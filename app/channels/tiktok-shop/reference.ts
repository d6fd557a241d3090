import type { Category, ReferencePort } from "../port.ts";
import type { Client } from "./client/client.server.ts";
import { findMarket, limitsOf, marketOf } from "./markets.ts";
import { word } from "./wire/fields.ts";
import {
  type Condition,
  categories,
  categoryAttributes,
  categoryRules,
  recommendation,
  uploadedPicture,
} from "./wire/reference.ts";

const USES = {
  main: "MAIN_IMAGE",
  variant: "ATTRIBUTE_IMAGE",
  description: "DESCRIPTION_IMAGE",
  certificate: "CERTIFICATION_IMAGE",
} as const;
const PURPOSES = { PRODUCT_PROPERTY: "describes", SALES_PROPERTY: "varies" } as const;

/** Categories, their rules, and pictures: what a listing is made from. */
export function createReference(client: Client): ReferencePort {
  return {
    limits: limitsOf,

    async categories(access) {
      const { region } = await access.get();
      return client.call("getCategories", {
        access,
        query: treeOf(region),
        wire: categories,
        read: (wire) => wire.categories.map((category) => asCategory(category, region)),
      });
    },

    async rules(access, categoryId) {
      const { region } = await access.get();
      return client.call("getCategoryRules", {
        access,
        path: { category_id: categoryId },
        query: treeOf(region),
        wire: categoryRules,
        read: (rules) => ({
          categoryId,
          certificates: rules.product_certifications.map(({ id, name = "", is_required, requirement_conditions }) => ({
            id,
            name,
            required: is_required,
            onlyIf: conditionsOf(requirement_conditions),
          })),
          packageSizeRequired: rules.package_dimension?.is_required ?? false,
          sizeChartRequired: rules.size_chart?.is_required ?? false,
          responsiblePersonRequired: rules.responsible_person?.is_required ?? false,
          manufacturerRequired: rules.manufacturer?.is_required ?? false,
        }),
      });
    },

    async attributes(access, categoryId) {
      const { region } = await access.get();
      return client.call("getCategoryAttributes", {
        access,
        path: { category_id: categoryId },
        query: treeOf(region),
        wire: categoryAttributes,
        read: ({ attributes }) =>
          attributes.map((attribute) => ({
            id: attribute.id,
            name: attribute.name ?? "",
            purpose: word(PURPOSES, attribute.type),
            required: attribute.is_requried,
            requiredIf: conditionsOf(attribute.requirement_conditions),
            allowsFreeText: attribute.is_customizable,
            allowsSeveral: attribute.is_multiple_selection,
            numeric: attribute.value_data_format === "POSITIVE_INT_OR_DECIMAL",
            values: attribute.values.map(({ id, name = "" }) => ({ id, name })),
          })),
      });
    },

    /** The description goes as plain text: pictures in it that are not yet uploaded would have the call refused. */
    async recommendCategory(access, input) {
      const { region } = await access.get();
      const description = plainText(input.description ?? "").slice(0, 10_000);
      return client.call("recommendCategory", {
        access,
        body: {
          category_version: marketOf(region).categoryVersion,
          product_title: input.title,
          description: description || undefined,
          origin_platform_product_type: input.productType || undefined,
          origin_platform_vendor: input.vendor || undefined,
        },
        wire: recommendation,
        read: ({ leaf_category_id }) => leaf_category_id ?? null,
      });
    },

    uploadPicture: (access, { bytes, fileName, use }) =>
      client.call("uploadProductImage", {
        access,
        form() {
          const form = new FormData();
          form.set("data", new Blob([new Uint8Array(bytes)]), fileName);
          form.set("use_case", USES[use]);
          return form;
        },
        wire: uploadedPicture,
        read: ({ uri, width = 0, height = 0 }) => ({ uri, width, height }),
      }),
  };
}

/** TikTok Shop fact: calls that take a category version answer with the wrong tree, or refuse, when it does not fit the market. */
function treeOf(region: string): { category_version: string | undefined; locale: string | undefined } {
  const market = findMarket(region);
  return { category_version: market?.categoryVersion, locale: market?.locale };
}

/** TikTok Shop fact: leaves alone take products; US sellers may list in an invite-only category and then wait for approval. */
function asCategory(
  category: { id: string; parent_id?: string; local_name?: string; is_leaf: boolean; permission_statuses: string[] },
  region: string,
): Category {
  const statuses = category.permission_statuses;
  const isInvited = statuses.includes("INVITE_ONLY") && (findMarket(region)?.opensInviteOnly ?? false);
  return {
    id: category.id,
    parentId: category.parent_id === undefined || category.parent_id === "0" ? null : category.parent_id,
    name: category.local_name ?? "",
    isLeaf: category.is_leaf,
    isOpen: statuses.length === 0 || statuses.includes("AVAILABLE") || isInvited,
  };
}

/** Conditions of a kind we do not know cannot be judged here; the channel's own check still applies them. */
const conditionsOf = (conditions: Condition[]) =>
  conditions.flatMap(({ condition_type = "VALUE_ID_MATCH", attribute_id, attribute_value_id }) =>
    condition_type === "VALUE_ID_MATCH" && attribute_id && attribute_value_id
      ? [{ attributeId: attribute_id, valueId: attribute_value_id }]
      : [],
  );

const plainText = (html: string) =>
  html
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
