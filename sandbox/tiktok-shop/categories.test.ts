import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aListing, openTestShop, type TestShop } from "./testing.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterAll(() => shop.close());

interface CatalogProduct {
  title: string;
  productType: string;
  tags: string[];
}
const families: Record<string, string[]> = {
  Drinkware: ["Mugs", "Water Bottles", "Tumblers", "Drinkware Sets"],
  "T-Shirts": ["T-Shirts"],
  "Scented Candles": ["Scented Candles"],
  "Phone Cases": ["Phone Cases"],
  Toys: ["Building Blocks", "Plush Toys", "Baby Teethers"],
};

/** A recommendation; asked again while the rate refuses it. */
async function recommend(body: Record<string, string>) {
  for (;;) {
    const answer = await shop.call<{ categories: { name: string }[] }>("POST", "/product/202309/categories/recommend", {
      body,
    });
    if (answer.status !== 429) return answer;
  }
}

it("recommends a leaf of the right family for every product of the built-in catalog", async () => {
  const file = new URL("../catalog/builtin.json", import.meta.url);
  const content = JSON.parse(await readFile(file, "utf8")) as CatalogProduct[] | { products: CatalogProduct[] };
  const products = Array.isArray(content) ? content : content.products;
  expect(products.length).toBeGreaterThanOrEqual(60);
  for (const product of products) {
    const answer = await recommend({
      category_version: "v2",
      product_title: product.title,
      origin_platform_product_type: product.productType,
      origin_platform_tags: product.tags.join(","),
    });
    const name = answer.data?.categories.at(-1)?.name ?? `code ${answer.code}`;
    expect(families[product.productType], product.title).toContain(name);
    if (/teether/i.test(product.title)) expect(name).toBe("Baby Teethers");
  }
});

it("links the tree by parents and hides what is prohibited", async () => {
  interface Node {
    id: string;
    parent_id: string;
    local_name: string;
    is_leaf: boolean;
  }
  const read = (query = {}) =>
    shop.call<{ categories: Node[] }>("GET", "/product/202309/categories", {
      query: { category_version: "v2", ...query },
    });
  const nodes = (await read()).data.categories;
  const ids = new Set(nodes.map((node) => node.id));
  for (const node of nodes) {
    expect(node.id).toMatch(/^\d{6}$/);
    expect(node.parent_id === "0" || ids.has(node.parent_id)).toBe(true);
  }
  expect(nodes.some((node) => node.local_name === "Laser Pointers")).toBe(false);
  const all = (await read({ include_prohibited_categories: "true" })).data.categories;
  const laser = all.find((node) => node.local_name === "Laser Pointers");
  expect(laser).toBeDefined();
  const body = await aListing(shop, { category_id: laser?.id });
  expect((await shop.call("POST", "/product/202309/products", { body })).code).toBe(12052220);
  expect((await shop.call("GET", "/product/202309/categories")).code).toBe(12052217);
});

it("fails prerequisites when told so, and refuses to list meanwhile", async () => {
  await shop.door("tiktok/settings", { failedPrerequisites: ["RETURN_WAREHOUSE"] });
  const answer = await shop.call<{ check_results: { check_item: string; is_failed: boolean }[] }>(
    "GET",
    "/product/202312/prerequisites",
  );
  expect(answer.data.check_results.filter((entry) => entry.is_failed).map((entry) => entry.check_item)).toEqual([
    "RETURN_WAREHOUSE",
  ]);
  expect((await shop.call("POST", "/product/202309/products", { body: await aListing(shop) })).code).toBe(12052535);
});
