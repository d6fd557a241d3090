import { afterEach, describe, expect, test } from "vitest";
import { anAttribute } from "../../app/domains/catalog/testing.ts";
import { PRODUCTS_PER_PAGE, type Trouble } from "./other-side.ts";
import { ACTOR, aShopifyProduct, aShopifyVariant, aWorld, type World } from "./world.ts";

let world: World;
afterEach(() => world.close());

test("from a product to a live listing, with the first quantities counted as acknowledged", async () => {
  world = await aWorld();
  await world.live();
  const listing = await world.listing();
  expect(listing).toMatchObject({ status: "live", categoryId: "601", firstBlock: null, planned: [] });
  expect(listing.liveHash).toBe(listing.submittedHash);
  expect(listing.skus[0]).toMatchObject({ sellerSku: "MUG-SAGE", priceMinor: 1_400n });
  const seen = world.channel.only();
  expect(listing.skus[0]?.channelSkuId).toBe(seen.skus[0]?.channelSkuId);
  expect(seen.skus[0]?.stock).toEqual([{ warehouseId: "wh-1", quantity: 10 }]);
  expect(await world.db.offer.findFirst()).toMatchObject({ pushed: 10, wanted: 10 });
  expect(world.troubles.count("create")).toBe(1);
  expect(world.troubles.count("stock")).toBe(0);
  expect((await world.db.activity.findMany({ orderBy: { id: "asc" } })).map((one) => one.event)).toEqual([
    "products.selected",
    "listings.sent",
    "listing.created",
    "listing.went-live",
  ]);
  expect(await world.db.appliedPlan.count()).toBe(1);
});

test("nothing is sent before the merchant sends it, and nothing before the flow is armed", async () => {
  world = await aWorld({ armed: [] });
  await world.product();
  await world.run(1_000);
  await world.select();
  await world.run(5_000);
  expect(await world.listing()).toMatchObject({ status: "ready", planned: ["create"], firstBlock: null });
  const preview = await world.catalog.previewPlan(world.where);
  expect(preview.counts.create).toBe(1);
  expect(preview.rows[0]).toMatchObject({ steps: ["create"], isHeld: false });
  await world.send();
  await world.run(60_000);
  expect(world.channel.all()).toHaveLength(0);
  world.armed.add("listings");
  await world.run(60_000);
  expect(world.channel.all()).toHaveLength(1);
});

test("the plan groups the defaults by value, and says how many wait; what is blocked waits for nobody", async () => {
  world = await aWorld();
  const aProductOf = (id: string, over: object = {}) => {
    const item = { id: `gid://shopify/ProductVariant/${id}`, inventoryItemId: `gid://shopify/InventoryItem/${id}` };
    const variants = [aShopifyVariant({ ...item, sku: null, weightGrams: null })];
    return { id: `gid://shopify/Product/${id}`, variants, ...over };
  };
  for (const id of ["1", "2"]) await world.product(aProductOf(id));
  await world.product(aProductOf("3", { pictures: [] }));
  await world.run(1_000);
  await world.select();
  const plan = () => world.catalog.listPlan({ ...world.where, limit: 5 });
  expect((await world.catalog.progress(world.where)).checking).toEqual({ left: 3, total: 3 });
  await world.run(5_000);
  expect((await world.catalog.progress(world.where)).checking).toEqual({ left: 0, total: 0 });
  expect(await plan()).toMatchObject({
    ...{ offering: 2, asking: 0, waits: { count: 2, rows: [{ defaults: 2, choices: 0 }, {}] } },
    defaults: [
      { code: "sku-missing", values: {}, count: 2 },
      { code: "weight-missing", values: { grams: "500" }, count: 2 },
    ],
    cannot: { count: 1, rows: [{ block: { code: "no-picture" } }] },
  });
  expect(await world.applyDefaults()).toEqual({ applied: 2 });
  await world.run(5_000);
  expect(await plan()).toMatchObject({ goes: { count: 2 }, offering: 0, defaults: [] });
});

test("a listing with open defaults is held until they are applied", async () => {
  world = await aWorld();
  await world.product({ variants: [aShopifyVariant({ sku: null, weightGrams: null })] });
  await world.run(1_000);
  await world.select();
  await world.send();
  await world.run(5_000);
  expect(world.channel.all()).toHaveLength(0);
  expect((await world.catalog.summary(world.where)).listings).toMatchObject({
    total: 1,
    byStatus: { ready: 1 },
    needsDefaults: 1,
  });
  await world.applyDefaults();
  await world.run(5_000);
  expect(world.channel.only()).toMatchObject({
    draft: { content: { weightGrams: 500 }, skus: [{ sellerSku: "RS-41" }] },
  });
  expect((await world.catalog.summary(world.where)).listings.needsDefaults).toBe(0);
});

describe("what only the merchant can know", () => {
  const age = anAttribute({
    ...{ id: "a", name: "Age Group" },
    values: [
      { id: "kid", name: "Kids" },
      { id: "adult", name: "Adult" },
    ],
  });
  const aProductOf = (id: string, productType: string) => {
    const item = { id: `gid://shopify/ProductVariant/${id}`, inventoryItemId: `gid://shopify/InventoryItem/${id}` };
    const variants = [aShopifyVariant({ ...item, sku: `SKU-${id}` })];
    return { id: `gid://shopify/Product/${id}`, productType, variants };
  };
  /** Two mugs and a teether, all picked and sent; the category asks for an age group. */
  async function threeProducts() {
    world = await aWorld();
    world.channel.ask([age]);
    for (const [id, productType] of [
      ["1", "Mug"],
      ["2", "Mug"],
      ["3", "Teether"],
    ] as const)
      await world.product(aProductOf(id, productType));
    await world.run(1_000);
    await world.select();
    await world.send();
    await world.run(5_000);
  }
  const ages = () => world.channel.all().map((one) => one.draft.content.attributes[0]?.values[0]?.id);

  test("is not guessed: it is held until somebody takes the proposal, for all products of a type at once", async () => {
    await threeProducts();
    expect(world.channel.all()).toHaveLength(0);
    const where = { ...world.where };
    expect(await world.catalog.openChoices(where)).toEqual([
      { name: "Age Group", value: "Adult", productType: "Mug", count: 2 },
      { name: "Age Group", value: "Adult", productType: "Teether", count: 1 },
    ]);
    const taken = { name: "Age Group", value: "Adult", of: { productType: "Mug" } };
    expect(await world.catalog.choose({ ...where, ...taken, actor: ACTOR })).toEqual({ chosen: 2 });
    await world.run(5_000);
    expect(ages()).toEqual(["adult", "adult"]);
    expect((await world.catalog.summary(where)).listings.needsDefaults).toBe(1);
    expect(await world.catalog.openChoices(where)).toMatchObject([{ productType: "Teether", count: 1 }]);
    // the product says it itself
    world.clock.advance(1_000);
    world.shopify.put(aShopifyProduct({ ...aProductOf("3", "Teether"), tags: ["Kids"] }));
    await world.tellProduct("gid://shopify/Product/3");
    await world.run(5_000);
    expect(ages().sort()).toEqual(["adult", "adult", "kid"]);
  });

  test("a yes to the defaults alone leaves the question open, and concerns nobody who has none", async () => {
    await threeProducts();
    const all = { ...world.where, listingIds: "all" as const, actor: ACTOR };
    expect(await world.catalog.applyDefaults({ ...all, choices: "ask" })).toEqual({ applied: 0 });
    const item = { id: "gid://shopify/ProductVariant/4", inventoryItemId: "gid://shopify/InventoryItem/4" };
    await world.product({
      ...{ ...aProductOf("4", "Mug"), variants: [aShopifyVariant({ ...item, sku: "SKU-4", weightGrams: null })] },
    });
    await world.run(1_000);
    await world.select();
    await world.run(5_000);
    // what waits is neither told as sent nor counted among what is being sent
    expect(await world.send()).toEqual({ sent: 0, blocked: 0, waiting: 1 });
    expect((await world.catalog.progress(world.where)).sending).toEqual({ left: 0, total: 0 });
    expect(await world.catalog.applyDefaults({ ...all, choices: "ask" })).toEqual({ applied: 1 });
    await world.run(5_000);
    expect(world.channel.all()).toHaveLength(0);
    expect(await world.catalog.openChoices(world.where)).toMatchObject([
      { productType: "Mug", count: 3 },
      { count: 1 },
    ]);
    expect(await world.catalog.listPlan({ ...world.where, limit: 5 })).toMatchObject({
      ...{ offering: 0, asking: 4, defaults: [], moreDefaults: 0 },
      waits: { count: 4, rows: [{ defaults: 0, choices: 1 }, {}, {}, {}] },
    });
  });

  test("a claim in free text is asked, and what is proposed is sent once it is taken", async () => {
    world = await aWorld();
    world.channel.ask([anAttribute({ id: "w", name: "Safety Warning", values: [], allowsFreeText: true })]);
    await world.product(aProductOf("1", "Mug"));
    await world.run(1_000);
    await world.select();
    await world.send();
    await world.run(5_000);
    expect(world.channel.all()).toHaveLength(0);
    const taken = { name: "Safety Warning", value: "See product description", of: { productType: "Mug" } };
    expect(await world.catalog.choose({ ...world.where, ...taken, actor: ACTOR })).toEqual({ chosen: 1 });
    await world.run(5_000);
    expect(world.channel.only().draft.content.attributes).toEqual([
      { id: "w", values: [{ name: "See product description" }] },
    ]);
  });

  test("applying all proposed defaults takes every proposal where that is asked for", async () => {
    await threeProducts();
    await world.applyDefaults();
    await world.run(5_000);
    expect(ages()).toEqual(["adult", "adult", "adult"]);
    expect((await world.catalog.summary(world.where)).listings.needsDefaults).toBe(0);
  });
});

test("what the channel would refuse is refused here, with the first reason counted, and goes out once it is mended", async () => {
  world = await aWorld();
  const product = await world.product({ status: "DRAFT", pictures: [] });
  await world.run(1_000);
  await world.select();
  await world.send();
  await world.run(5_000);
  expect(await world.listing()).toMatchObject({ status: "refused", firstBlock: "not-active" });
  expect((await world.catalog.summary(world.where)).listings.refused).toEqual({ "not-active": 1 });
  world.shopify.put(aShopifyProduct({ id: product.id }));
  await world.tellProduct(product.id);
  await world.run(5_000);
  expect(world.channel.all()).toHaveLength(1);
});

test("two products with one SKU get two seller SKUs", async () => {
  world = await aWorld();
  await world.product();
  const other = aShopifyVariant({
    id: "gid://shopify/ProductVariant/42",
    inventoryItemId: "gid://shopify/InventoryItem/42",
  });
  await world.product({ id: "gid://shopify/Product/8", variants: [other] });
  await world.run(1_000);
  await world.select();
  await world.run(5_000);
  const skus = await world.db.listingSku.findMany();
  expect(skus.map((sku) => sku.sellerSku).sort()).toEqual(["MUG-SAGE", expect.stringMatching(/^RS-4[12]$/)]);
  expect(
    (await world.db.listing.findMany()).filter((one) => JSON.stringify(one.findings).includes("sku-duplicate")),
  ).toHaveLength(1);
});

const lost: [string, Trouble][] = [
  ["before its effect", "before"],
  ["after its effect", "after"],
  ["and comes 20 s late", { lateMs: 20_000 }],
  ["while the process dies before it", "dies"],
  ["while the process dies after it", "dies-after"],
];

test.each(lost)("a create times out %s: one listing on the channel, and we know it", async (_name, trouble) => {
  world = await aWorld();
  world.troubles.plan("create", trouble);
  await world.product();
  await world.run(1_000);
  await world.select();
  await world.send();
  await world.run(600_000);
  const seen = world.channel.only();
  expect(await world.listing()).toMatchObject({
    status: "in-review",
    channelProductId: seen.channelProductId,
    createSentAt: null,
  });
  expect(world.troubles.count("find")).toBeGreaterThan(0);
  const offer = await world.db.offer.findFirstOrThrow();
  expect(offer.pushed).toBe(10);
  expect(world.channel.quantity(seen.skus[0]?.channelSkuId ?? "")).toBe(10);
});

test("two answers lost and a changed product in between still make one listing, brought up to date afterwards", async () => {
  world = await aWorld();
  world.troubles.plan("create", "after", "before");
  world.troubles.plan("find", "before");
  const product = await world.product();
  await world.run(1_000);
  await world.select();
  await world.send();
  await world.pass();
  world.shopify.put(aShopifyProduct({ id: product.id, title: "Harbor Mug, new name" }));
  await world.tellProduct(product.id);
  await world.run(600_000);
  const seen = world.channel.only();
  world.channel.audit(seen.channelProductId, "approve");
  await world.tellListing(seen.channelProductId);
  await world.run(60_000);
  expect(world.channel.only()).toMatchObject({ title: "Harbor Mug, new name" });
});

test("a refused create is told with its reason and not sent again until the product changes", async () => {
  world = await aWorld();
  world.troubles.plan("create", { refused: "12052104" });
  const product = await world.product();
  await world.run(1_000);
  await world.select();
  await world.send();
  await world.run(600_000);
  expect(world.troubles.count("create")).toBe(1);
  expect(await world.listing()).toMatchObject({
    status: "rejected",
    refusal: [{ code: "12052104", sentence: "reasons.12052104" }],
  });
  expect(await world.problems()).toEqual(["listing-rejected"]);
  world.shopify.put(aShopifyProduct({ id: product.id, title: "Another name" }));
  await world.tellProduct(product.id);
  await world.run(60_000);
  expect(world.channel.only()).toMatchObject({ title: "Another name" });
  expect(await world.problems()).toEqual([]);
});

test("an edit is sent once, waits for the audit before the next, and a refused edit leaves the old version live", async () => {
  world = await aWorld();
  const one = await world.live();
  const rename = async (title: string) => {
    world.clock.advance(5_000);
    world.shopify.put(aShopifyProduct({ title }));
    await world.tellProduct("gid://shopify/Product/7");
    await world.run(5_000);
  };
  await rename("Second name");
  expect(world.troubles.count("revise")).toBe(1);
  await rename("Third name");
  expect(world.troubles.count("revise")).toBe(1);
  world.channel.audit(one.channelProductId, "approve");
  await world.tellListing(one.channelProductId);
  await world.run(5_000);
  expect(world.troubles.count("revise")).toBe(2);
  world.clock.advance(5_000);
  world.channel.audit(one.channelProductId, "reject", [{ code: "AUDIT", message: "no" }]);
  await world.tellListing(one.channelProductId);
  await world.run(60_000);
  const listing = await world.listing();
  expect(listing.status).toBe("live");
  expect(listing.liveHash).toBe(listing.submittedHash);
  expect((listing.live as { content: { title: string } }).content.title).toBe("Second name");
  expect(world.troubles.count("revise")).toBe(2);
  expect(await world.problems()).toEqual(["listing-rejected"]);
  await rename("Fourth name");
  expect(world.troubles.count("revise")).toBe(3);
});

test.each(lost)("an edit times out %s: the channel ends with the wanted content", async (_name, trouble) => {
  world = await aWorld();
  await world.live();
  world.troubles.plan("revise", trouble);
  for (const title of ["Second name", "Third name"]) {
    world.clock.advance(1_000);
    world.shopify.put(aShopifyProduct({ title }));
    await world.tellProduct("gid://shopify/Product/7");
    await world.pass();
  }
  for (let round = 0; round < 4; round++) {
    await world.run(120_000);
    const seen = world.channel.only();
    world.channel.audit(seen.channelProductId, "approve");
    await world.tellListing(seen.channelProductId);
  }
  await world.run(60_000);
  expect(world.channel.only().title).toBe("Third name");
  expect((await world.listing()).status).toBe("live");
});

test("an update that an order caused costs one reading and nothing on the channel", async () => {
  world = await aWorld();
  await world.live();
  const before = world.troubles.calls.length;
  world.clock.advance(1_000);
  world.shopify.put(aShopifyProduct());
  await world.tellProduct("gid://shopify/Product/7", world.clock.now());
  await world.run(30_000);
  expect(world.troubles.calls.slice(before)).toEqual(["product"]);
});

test("a price change goes out alone, all SKUs in one call, and only when it differs", async () => {
  world = await aWorld();
  await world.live();
  const reprice = async (priceMinor: bigint) => {
    world.clock.advance(1_000);
    world.shopify.put(aShopifyProduct({ variants: [aShopifyVariant({ priceMinor })] }));
    await world.tellProduct("gid://shopify/Product/7");
    await world.run(5_000);
  };
  await reprice(1_525n);
  expect(world.channel.only().skus[0]?.price).toEqual({ amountMinor: 1_525n, currency: "USD" });
  expect([world.troubles.count("prices"), world.troubles.count("revise")]).toEqual([1, 0]);
  await reprice(1_525n);
  expect(world.troubles.count("prices")).toBe(1);
  await reprice(760_001n);
  expect(world.troubles.count("prices")).toBe(1);
  expect(await world.listing()).toMatchObject({ status: "live", firstBlock: "price-out-of-range" });
});

test.each(lost)("a price call times out %s: the channel ends with the wanted price", async (_name, trouble) => {
  world = await aWorld();
  await world.live();
  world.troubles.plan("prices", trouble);
  for (const priceMinor of [1_500n, 1_600n]) {
    world.clock.advance(1_000);
    world.shopify.put(aShopifyProduct({ variants: [aShopifyVariant({ priceMinor })] }));
    await world.tellProduct("gid://shopify/Product/7");
    await world.pass();
  }
  await world.run(600_000);
  expect(world.channel.only().skus[0]?.price?.amountMinor).toBe(1_600n);
  expect((await world.listing()).skus[0]?.priceMinor).toBe(1_600n);
});

const toDraft = async (world: World) => {
  world.shopify.put(aShopifyProduct({ status: "DRAFT" }));
  await world.tellProduct("gid://shopify/Product/7");
};
const toNothing = async (world: World) => {
  world.shopify.products.clear();
  await world.tellProduct("gid://shopify/Product/7");
};

test.each([
  ["it is set to draft", toDraft],
  ["it is deleted", toNothing],
  ["it is taken out of the selection", (world: World) => world.unselect()],
])("a product goes off sale when %s", async (_name, change) => {
  world = await aWorld();
  await world.live();
  world.clock.advance(5_000);
  await change(world);
  await world.run(30_000);
  expect(world.channel.only().status).toBe("stopped");
  expect(await world.listing()).toMatchObject({ status: "stopped" });
  expect(world.troubles.count("deactivate")).toBe(1);
});

test("a product set back to active goes on sale again by itself", async () => {
  world = await aWorld();
  await world.live();
  for (const status of ["DRAFT", "ACTIVE"]) {
    world.clock.advance(5_000);
    world.shopify.put(aShopifyProduct({ status }));
    await world.tellProduct("gid://shopify/Product/7");
    await world.run(30_000);
  }
  expect(world.troubles.count("activate")).toBe(1);
  world.channel.audit(world.channel.only().channelProductId, "approve");
  await world.tellListing(world.channel.only().channelProductId);
  await world.run(30_000);
  expect(await world.listing()).toMatchObject({ status: "live" });
});

test("of many picked products the first five are tried; pressing again sends no more", async () => {
  world = await aWorld();
  for (let n = 1; n <= 7; n++) {
    const variant = aShopifyVariant({
      id: `gid://shopify/ProductVariant/${n}`,
      inventoryItemId: `gid://shopify/InventoryItem/${n}`,
      sku: `MUG-${n}`,
    });
    await world.product({ id: `gid://shopify/Product/${n}`, variants: [variant] });
  }
  await world.run(1_000);
  await world.select();
  await world.run(5_000);
  const actor = { kind: "staff", id: "staff-1" } as const;
  expect(await world.catalog.trial(world.where)).toMatchObject({ wanted: 5, sent: 0, sendable: 7 });
  expect(await world.catalog.tryFirst({ ...world.where, actor })).toEqual({ sent: 5 });
  expect(await world.catalog.tryFirst({ ...world.where, actor })).toEqual({ sent: 0 });
  await world.run(5_000);
  expect(world.channel.all()).toHaveLength(5);
  expect(await world.catalog.trial(world.where)).toMatchObject({
    wanted: 5,
    sent: 5,
    pending: 5,
    live: 0,
    sendable: 2,
  });
});

test("a listing deleted on the channel is not made again until the merchant sends it", async () => {
  world = await aWorld();
  const one = await world.live();
  world.clock.advance(5_000);
  world.channel.remove(one.channelProductId);
  await world.tellListing(one.channelProductId);
  await world.run(60_000);
  expect(await world.listing()).toMatchObject({ status: "deleted", sendAt: null });
  expect(world.troubles.count("create")).toBe(1);
  await world.send();
  await world.run(30_000);
  expect(world.troubles.count("create")).toBe(2);
  expect(await world.listing()).toMatchObject({ status: "in-review" });
});

test("an audit that ends before the create's answer is stored is not missed", async () => {
  world = await aWorld();
  world.troubles.plan("create", "after");
  await world.product();
  await world.run(1_000);
  await world.select();
  await world.send();
  for (let passes = 0; passes < 9 && world.channel.all().length === 0; passes++) await world.pass();
  const { channelProductId } = world.channel.only();
  world.channel.audit(channelProductId, "approve");
  expect(await world.listing()).toMatchObject({ status: "creating" });
  await world.tellListing(channelProductId);
  await world.run(60_000);
  expect(await world.listing()).toMatchObject({ status: "live" });
});

test("an audit nobody told us of is found by the poll", async () => {
  world = await aWorld();
  await world.product();
  await world.run(1_000);
  await world.select();
  await world.send();
  await world.run(5_000);
  await world.engine.change((tx) => world.catalog.connected(tx, world.where));
  await world.run(5_000);
  world.channel.audit(world.channel.only().channelProductId, "approve");
  await world.run(16 * 60_000);
  expect(await world.listing()).toMatchObject({ status: "live" });
});

test("the first import walks the whole catalog, and a lost product webhook is made up for", async () => {
  world = await aWorld();
  for (let n = 0; n < 7; n++)
    world.shopify.put(
      aShopifyProduct({
        id: `gid://shopify/Product/${n}`,
        variants: [aShopifyVariant({ id: `gid://shopify/ProductVariant/${n}` })],
      }),
    );
  await world.engine.change((tx) => world.catalog.installed(tx, { shopId: "shop-1" }));
  await world.run(5_000);
  expect((await world.catalog.summary({ shopId: "shop-1" })).products.known).toBe(7);
  world.clock.advance(60_000);
  world.shopify.put(aShopifyProduct({ id: "gid://shopify/Product/3", title: "Quietly renamed" }));
  const reads = world.troubles.count("product");
  await world.run(6 * 60_000);
  expect(await world.db.product.count({ where: { title: "Quietly renamed" } })).toBe(1);
  expect(world.troubles.count("product")).toBe(reads + 1);
});

test("a walk over the catalog that runs out of budget goes on where it was", async () => {
  world = await aWorld();
  const products = PRODUCTS_PER_PAGE * 4;
  for (let n = 0; n < products; n++) {
    world.clock.advance(1_000);
    world.shopify.put(
      aShopifyProduct({
        id: `gid://shopify/Product/${n}`,
        variants: [aShopifyVariant({ id: `gid://shopify/ProductVariant/${n}` })],
      }),
    );
  }
  // one page a turn, then nothing is left: a walk that began anew each time would never see the last page
  world.troubles.plan("products", ...Array.from({ length: 10 }, (_, n) => (n % 2 === 1 ? ("budget" as const) : null)));
  await world.engine.change((tx) => world.catalog.installed(tx, { shopId: "shop-1" }));
  await world.run(60_000);
  expect((await world.catalog.summary({ shopId: "shop-1" })).products.known).toBe(products);
  expect(world.troubles.count("products")).toBeLessThanOrEqual(12);
});

test("a picture that cannot be read is left out; without any other the listing is refused", async () => {
  world = await aWorld();
  const picture = (name: string) => ({ url: `https://pictures.test/${name}.png`, width: 800, height: 800, alt: "" });
  const product = await world.product({ pictures: [picture("broken"), picture("good")] });
  await world.run(1_000);
  await world.select();
  await world.applyDefaults();
  await world.send();
  await world.run(30_000);
  expect(world.channel.only().draft.content.pictureUris).toHaveLength(1);
  world.clock.advance(5_000);
  world.shopify.put(aShopifyProduct({ id: product.id, pictures: [picture("broken")] }));
  await world.tellProduct(product.id);
  await world.run(30_000);
  expect(await world.listing()).toMatchObject({ firstBlock: "picture-refused" });
});

test("the category: the merchant's choice, else the channel's suggestion, else the words; never a closed one", async () => {
  world = await aWorld();
  world.channel.recommend("602");
  await world.product();
  await world.run(1_000);
  await world.select();
  await world.run(5_000);
  expect(await world.listing()).toMatchObject({ categoryId: "601" });
  const { id: listingId } = await world.listing();
  expect(
    await world.catalog.override({
      ...world.where,
      listingId,
      change: { categoryId: "601", title: "Better title" },
      actor: { kind: "staff", id: "s" },
    }),
  ).toEqual({ outcome: "saved" });
  await world.send();
  await world.run(5_000);
  expect(world.channel.only().title).toBe("Better title");
});

test("lists are paged by a cursor and found by title and SKU", async () => {
  world = await aWorld();
  for (let n = 0; n < 5; n++)
    await world.product({
      id: `gid://shopify/Product/${n}`,
      title: `Mug ${n}`,
      variants: [aShopifyVariant({ id: `gid://shopify/ProductVariant/${n}`, sku: `SKU-${n}` })],
    });
  await world.run(5_000);
  await world.select();
  await world.run(10_000);
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: Awaited<ReturnType<World["catalog"]["listListings"]>> = await world.catalog.listListings({
      ...world.where,
      view: "all",
      limit: 2,
      cursor,
    });
    seen.push(...page.rows.map((row) => row.title));
    cursor = page.cursor;
  }
  expect(seen.sort()).toEqual(["Mug 0", "Mug 1", "Mug 2", "Mug 3", "Mug 4"]);
  expect(
    (await world.catalog.listListings({ ...world.where, view: "ready", search: "sku-3" })).rows.map((row) => row.title),
  ).toEqual(["Mug 3"]);
  expect((await world.catalog.listProducts({ ...world.where, search: "mug 4" })).rows).toMatchObject([
    { title: "Mug 4", isSelected: true },
  ]);
  expect(await world.catalog.listListings({ shopId: "another", connectionId: "con-1", view: "all" })).toEqual({
    rows: [],
    cursor: null,
  });
});
