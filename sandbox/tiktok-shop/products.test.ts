import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  aListing,
  aLiveListing,
  aSku,
  drawPng,
  findLeaf,
  openTestShop,
  readAttributes,
  type TestShop,
  until,
  upload,
} from "./testing.ts";

let shop: TestShop;
beforeAll(async () => {
  shop = await openTestShop();
});
afterAll(() => shop.close());

const products = "/product/202309/products";
const create = async (more: Record<string, unknown> = {}) =>
  shop.call("POST", products, { body: await aListing(shop, more) });

describe("pictures", () => {
  it("are measured from their bytes and squared when they are long", async () => {
    expect((await upload(shop, drawPng(640, 480))).data).toMatchObject({ width: 640, height: 480 });
    expect((await upload(shop, drawPng(900, 300))).data).toMatchObject({ width: 900, height: 900 });
    expect((await upload(shop, drawPng(900, 300), "DESCRIPTION_IMAGE")).data).toMatchObject({
      width: 900,
      height: 300,
    });
  });

  it("are refused when small, unreadable or of a strange format, and served when taken", async () => {
    expect((await upload(shop, drawPng(90, 500))).code).toBe(12038014);
    expect((await upload(shop, Buffer.from("nonsense"))).code).toBe(12038002);
    expect((await upload(shop, Buffer.from("GIF89a.............."))).code).toBe(12038004);
    const jpeg = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc0001108012c0190030122", "hex");
    expect((await upload(shop, jpeg)).data).toMatchObject({ width: 400, height: 300 });
    const { url } = (await upload(shop, drawPng(500, 500))).data;
    const picture = await fetch(url);
    expect(picture.headers.get("content-type")).toBe("image/png");
  });
});

describe("create", () => {
  it("takes a right listing, once per idempotency key", async () => {
    const body = await aListing(shop, { idempotency_key: "key-1", external_product_id: "gid-1" });
    const first = await shop.call("POST", products, { body });
    expect(first.code).toBe(0);
    const again = await shop.call("POST", products, { body });
    expect(again.data).toEqual(first.data);
    const state = await shop.door("state");
    expect(
      state.tiktok.products.filter((entry: { externalProductId: string }) => entry.externalProductId === "gid-1"),
    ).toHaveLength(1);
    expect((await shop.call("POST", products, { body: { ...body, idempotency_key: "key-2" } })).code).toBe(12052996);
  });

  it("is found again by its key when the answer was lost", async () => {
    await shop.door("faults", { add: [{ operation: "createProduct", kind: "lost-answer", times: 1 }] });
    const body = await aListing(shop, { idempotency_key: "key-lost", external_product_id: "gid-lost" });
    await expect(shop.call("POST", products, { body })).rejects.toThrow();
    expect((await shop.call("POST", products, { body })).code).toBe(0);
    const { tiktok } = await shop.door("state");
    expect(
      tiktok.products.filter((entry: { externalProductId: string }) => entry.externalProductId === "gid-lost"),
    ).toHaveLength(1);
  });

  const size = { length: "10", width: "10", height: "10" };
  const rules: [string, Record<string, unknown>, number][] = [
    ["an empty title", { title: " " }, 12052261],
    ["a title of 256 characters", { title: "a".repeat(256) }, 12052051],
    ["an emoji in the title", { title: "Mug 🔥" }, 12052931],
    ["an entity in the title", { title: "Mug &amp; more" }, 12052931],
    ["no description", { description: "" }, 12052015],
    ["a long description", { description: "a".repeat(10_001) }, 12052013],
    [
      "a foreign picture in the description",
      { description: '<img src="https://x.test/a.png" width="9" height="9">' },
      12052340,
    ],
    ["an unknown category", { category_id: "999999" }, 12052023],
    ["no picture", { main_images: [] }, 12052028],
    ["an unknown picture", { main_images: [{ uri: "tos/none" }] }, 12052300],
    ["a missing attribute", { product_attributes: [] }, 12052104],
    ["grams in the US", { package_weight: { unit: "GRAM", value: "100" } }, 12019011],
    ["a weight of three decimals in pounds", { package_weight: { unit: "POUND", value: "0.123" } }, 12052181],
    ["mixed measuring systems", { package_dimensions: { ...size, unit: "CENTIMETER" } }, 12052915],
    ["the wrong tree", { category_version: "v1" }, 12052217],
    ["no SKU", { skus: [] }, 12052990],
  ];
  it.each(rules)("refuses %s", async (_name, more, code) => {
    expect((await create(more)).code).toBe(code);
  });

  const attribute = (name: string, value: string) => ({ name, value_name: value });
  const skuRules: [string, Record<string, unknown>[], number][] = [
    ["a price over the limit", [{ price: { amount: "7600.01", currency: "USD" } }], 12052570],
    ["a foreign currency", [{ price: { amount: "5", currency: "EUR" } }], 12052084],
    ["a broken price", [{ price: { amount: "1.234", currency: "USD" } }], 12052073],
    ["an unknown warehouse", [{ inventory: [{ warehouse_id: "72", quantity: 1 }] }], 12052530],
    ["no warehouse", [{ inventory: [] }], 12052097],
    ["too much stock", [{ inventory: [{ warehouse_id: "W", quantity: 100_000 }] }], 12052055],
    ["four attributes", [{ sales_attributes: ["A", "B", "C", "D"].map((name) => attribute(name, "1")) }], 12052525],
    [
      "unequal sets",
      [{ sales_attributes: [attribute("Size", "S")] }, { sales_attributes: [attribute("Color", "Red")] }],
      12052550,
    ],
    [
      "equal values",
      [{ sales_attributes: [attribute("Size", "S")] }, { sales_attributes: [attribute("Size", "S")] }],
      12052560,
    ],
    ["a bad barcode", [{ identifier_code: { type: "UPC", code: "12" } }], 12052591],
    ["a blank in the SKU", [{ seller_sku: "A B" }], 12052990],
  ];
  it.each(skuRules)("refuses SKUs with %s", async (_name, skus, code) => {
    const filled = JSON.parse(JSON.stringify(skus).replaceAll('"W"', `"${shop.warehouseId}"`)) as Record<
      string,
      unknown
    >[];
    expect((await create({ skus: filled.map((sku) => aSku(shop, sku)) })).code).toBe(code);
  });

  it("refuses a main picture under 300 px and a branch as category", async () => {
    const picture = await upload(shop, drawPng(200, 200));
    expect((await create({ main_images: [{ uri: picture.data.uri }] })).code).toBe(12052302);
    const tree = await shop.call<{ categories: { id: string; is_leaf: boolean }[] }>(
      "GET",
      "/product/202309/categories",
      {
        query: { category_version: "v2" },
      },
    );
    const branch = tree.data.categories.find((entry) => !entry.is_leaf);
    expect((await create({ category_id: branch?.id })).code).toBe(12052024);
  });

  it("wants the conditional attribute exactly under its condition", async () => {
    const leafId = await findLeaf(shop, "Scented Candles");
    const all = await readAttributes(shop, leafId);
    const flammable = all.find((entry) => entry.name === "Contains Flammable Liquid");
    const dangerous = all.find((entry) => entry.name === "Dangerous Goods Class");
    const others = all.filter((entry) => entry.is_requried && entry !== flammable);
    const choose = (name: string, withClass: boolean) => [
      ...others.map((entry) => ({ id: entry.id, values: [entry.values?.[0] ?? { name: "Cedar" }] })),
      { id: flammable?.id, values: [flammable?.values?.find((value) => value.name === name)] },
      ...(withClass ? [{ id: dangerous?.id, values: [dangerous?.values?.[0]] }] : []),
    ];
    const code = async (name: string, withClass: boolean) =>
      (await create({ category_id: leafId, product_attributes: choose(name, withClass) })).code;
    expect(await code("Yes", false)).toBe(12052182);
    expect(await code("No", true)).toBe(12052183);
    expect(await code("Yes", true)).toBe(0);
    expect(await code("No", false)).toBe(0);
  });

  it("wants the certificate of baby teethers", async () => {
    const leafId = await findLeaf(shop, "Baby Teethers");
    const rules = await shop.call<{ product_certifications: { id: string; is_required: boolean }[] }>(
      "GET",
      `/product/202309/categories/${leafId}/rules`,
      { query: { category_version: "v2" } },
    );
    const certificate = rules.data.product_certifications[0];
    expect(certificate?.is_required).toBe(true);
    const required = (await readAttributes(shop, leafId)).filter((entry) => entry.is_requried);
    const attributes = required.map((entry) => ({ id: entry.id, values: [entry.values?.[0] ?? { name: "none" }] }));
    const base = { category_id: leafId, product_attributes: attributes };
    expect((await create(base)).code).toBe(12052105);
    const paper = await upload(shop, drawPng(400, 400), "CERTIFICATION_IMAGE");
    const certifications = [{ id: certificate?.id, images: [{ uri: paper.data.uri }] }];
    expect((await create({ ...base, certifications })).code).toBe(0);
  });

  it("drops a list price below the price with a warning", async () => {
    const answer = await create({ skus: [aSku(shop, { list_price: { amount: "10.00", currency: "USD" } })] });
    expect(answer).toMatchObject({ code: 0, data: { warnings: [{ message: expect.any(String) }] } });
  });
});

describe("audit", () => {
  it("ends by itself after two minutes divided by speed", async () => {
    const id = (await create()).data.product_id;
    const read = () => shop.call(`GET`, `${products}/${id}`);
    expect((await read()).data).toMatchObject({ status: "PENDING", audit: { status: "AUDITING" } });
    await until("the audit", async () => (await read()).data.status === "ACTIVATE");
  });

  it("refuses with reasons, and every listing when told so", async () => {
    const id = (await create()).data.product_id;
    await shop.door("tiktok/audit", { productId: id, verdict: "reject", reason: "Blurred" });
    const { data } = await shop.call("GET", `${products}/${id}`);
    expect(data).toMatchObject({ status: "FAILED", audit_failed_reasons: [{ reasons: ["Blurred"] }] });
  });

  it("keeps the old version on sale while an edit is audited", async () => {
    const { productId, skuId } = await aLiveListing(shop);
    const edit = (body: unknown) => shop.call("POST", `/product/202509/products/${productId}/partial_edit`, { body });
    expect(await edit({ title: "Renamed Mug" })).toMatchObject({ code: 0, data: { audit: { status: "AUDITING" } } });
    const read = async (query = {}) => (await shop.call("GET", `${products}/${productId}`, { query })).data;
    expect(await read()).toMatchObject({ title: "Harbor Stoneware Mug", status: "ACTIVATE" });
    expect(await read({ return_under_review_version: "true" })).toMatchObject({
      title: "Renamed Mug",
      description: "<p>A mug.</p>",
    });
    await shop.door("tiktok/audit", { productId, verdict: "approve" });
    expect(await read()).toMatchObject({ title: "Renamed Mug", skus: [{ id: skuId }] });
    expect((await edit({ title: "" })).code).toBe(12052261);
    expect((await edit({ skus: [aSku(shop, { id: "1" })] })).code).toBe(12052557);
  });
});

describe("status and search", () => {
  it("switches off, on, deletes and recovers, with errors per product", async () => {
    const { productId } = await aLiveListing(shop);
    const body = { product_ids: [productId, "17299"] };
    const off = await shop.call("POST", `${products}/deactivate`, { body });
    expect(off).toMatchObject({ code: 0, data: { errors: [{ code: 12052048, detail: { product_id: "17299" } }] } });
    const read = async () => (await shop.call("GET", `${products}/${productId}`)).data.status;
    expect(await read()).toBe("SELLER_DEACTIVATED");
    await shop.call("POST", `${products}/activate`, { body });
    expect(await read()).toBe("PENDING");
    await shop.call("DELETE", products, { body });
    expect((await shop.call("GET", `${products}/${productId}`)).code).toBe(12052901);
    await shop.call("POST", `${products}/recover`, { body });
    expect(await read()).toBe("SELLER_DEACTIVATED");
  });

  it("pages through search results", async () => {
    const seen: string[] = [];
    let token = "";
    do {
      const answer = await shop.call<{ products: { id: string }[]; next_page_token?: string; total_count: number }>(
        "POST",
        "/product/202502/products/search",
        { query: { page_size: "3", ...(token ? { page_token: token } : {}) }, body: {} },
      );
      seen.push(...answer.data.products.map((entry) => entry.id));
      token = answer.data.next_page_token ?? "";
    } while (token !== "");
    expect(seen.length).toBeGreaterThan(3);
    expect(new Set(seen).size).toBe(seen.length);
    const { productId } = await aLiveListing(shop, { skus: [aSku(shop, { seller_sku: "FIND-ME" })] });
    const found = await shop.call<{ products: { id: string }[] }>("POST", "/product/202502/products/search", {
      query: { page_size: "10" },
      body: { seller_skus: ["FIND-ME"], status: "ACTIVATE" },
    });
    expect(found.data.products.map((entry) => entry.id)).toEqual([productId]);
  });
});
