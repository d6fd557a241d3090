import { afterAll, beforeAll, expect, test } from "vitest";
import { flows } from "../../app/domains/shops/model.ts";
import { aWorld, DEMO_SHOP, type World } from "./support.ts";

/** The page of one listing, and the views of the product list, over HTTP; and what others get to see of them. */

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
const OTHER_SHOP = "another-store.myshopify.com";
const ACTOR = { kind: "staff", id: "1" } as const;
let world: World;
let shopId: string;
let connectionId: string;

beforeAll(async () => {
  world = await aWorld({ withPages: true, catalog: "builtin" });
  shopId = (await world.install()).id;
  await world.connect(shopId);
  connectionId = (await world.db.connection.findFirstOrThrow()).id;
  await world.services.shops.recheck({ shopId, connectionId });
  await world.working("the catalog is read", async () => (await world.db.product.count()) === 60);
  await world.services.catalog.select({ shopId, connectionId, actor: ACTOR, productIds: "all" });
  await checked();
  await world.door("shopify/create-shop", { shop: OTHER_SHOP, plan: "Standard" });
  await world.install(OTHER_SHOP);
}, 180_000);
afterAll(() => world.close());

const checked = () =>
  world.working("every product is checked", async () => {
    const open = await world.db.dueRow.count({ where: { lane: "intake", dueAt: { lt: new Date() } } });
    return open === 0 && (await world.db.listing.count({ where: { status: "selected" } })) === 0;
  });
const session = (shop: string) => world.door<{ token: string; host: string }>("shopify/session-token", { shop });

async function open(path: string, { shop = DEMO_SHOP, ...query }: Record<string, string> = {}) {
  const { token, host } = await session(shop);
  const frame = { embedded: "1", shop, host, locale: "en", id_token: token, session: "s", timestamp: "1" };
  const answer = await fetch(`${world.origin}${path}?${new URLSearchParams({ ...frame, ...query })}`, {
    headers: { "user-agent": BROWSER, accept: "text/html" },
    redirect: "manual",
  });
  const html = await answer.text();
  const words = html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
  return { status: answer.status, words, html };
}
async function post(path: string, form: Record<string, string>, shop = DEMO_SHOP): Promise<Response> {
  return fetch(`${world.origin}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${(await session(shop)).token}`, "user-agent": BROWSER },
    body: new URLSearchParams(form),
    redirect: "manual",
  });
}
const listingOf = (title: string) => world.db.listing.findFirstOrThrow({ where: { product: { title, shopId } } });
const press = async (id: string, form: Record<string, string>, shop?: string) => {
  const answer = await post(`/app/products/${id}`, form, shop);
  return { status: answer.status, text: await answer.text() };
};

test("what blocks is told with its next step, and nothing is to be sent", async () => {
  const { id } = await listingOf("Pocket Tumbler");
  const { status, words } = await open(`/app/products/${id}`);
  expect(status).toBe(200);
  expect(words).toContain("Cannot be listed");
  expect(words).toContain("TikTok Shop asks for at least 300 × 300");
  expect(words).toContain("Open it in Shopify");
  expect(words).toContain("Nothing: TikTok Shop would refuse it.");
});

test("a choice and the defaults are one click each, for this product alone", async () => {
  const toy = await listingOf("Castle Building Blocks");
  const before = await open(`/app/products/${toy.id}`);
  expect(before.words).toContain("Needs your OK");
  expect(before.words).toContain("Toys & Hobbies › Toys › Building Blocks");
  expect(before.words).toContain("our proposal");
  const value = /Use “([^”]+)”/.exec(before.words)?.[1] ?? "";
  expect(value).not.toBe("");
  expect((await press(toy.id, { intent: "choose", name: "Recommended Age", value })).text).toContain(
    "Chosen for 1 product",
  );
  expect((await press(toy.id, { intent: "apply-defaults" })).text).toContain("Defaults applied to 1 product");
  await checked();
  // a claim the merchant answers for is no default
  const asked = await open(`/app/products/${toy.id}`);
  expect(asked.words).toContain("Nothing before you agree to what we propose.");
  expect(asked.words).toContain("Safety Warning See product description our proposal Weight");
  const warning = { intent: "choose", name: "Safety Warning", value: "See product description" };
  expect((await press(toy.id, warning)).text).toContain("Chosen for 1 product");
  await checked();
  const after = await open(`/app/products/${toy.id}`);
  expect(after.words).toContain("chosen by you");
  expect(after.words).toContain("our proposal, agreed");
  expect(after.words).toContain("The listing is created on TikTok Shop");
  expect(after.words).toContain("Nothing is sent before listings are turned on");
  expect(await world.db.listing.count({ where: { defaultsApplied: true } })).toBe(1);
  expect(
    await world.db.listing.count({ where: { findings: { array_contains: [{ code: "attribute-choice" }] } } }),
  ).toBeGreaterThan(1);
});

test("from listing it to taking it off and putting it back: state, price, the offer's reasoning, ledger and activity", async () => {
  await world.services.shops.arm({ shopId, connectionId, actor: ACTOR, flows: [...flows] });
  const { id } = await listingOf("Castle Building Blocks");
  expect((await press(id, { intent: "list" })).status).toBe(200);
  await world.working(
    "it is live",
    async () => (await world.db.listing.findUnique({ where: { id } }))?.status === "live",
  );
  const live = await open(`/app/products/${id}`);
  expect(live.words).toContain("Buyers can buy it.");
  expect(live.words).toMatch(/33\.00 USD, as TikTok Shop has it/);
  expect(live.words).toMatch(/Available at Main warehouse \d+/);
  const offer = await world.db.offer.findFirstOrThrow({ where: { pushed: { not: null } } });
  expect(live.words).toContain(`Offered ${offer.wanted}`);
  expect(live.words).toContain(`TikTok Shop last took ${offer.pushed} units`);
  expect(live.words).toMatch(/the offer went from 0 to \d+/);
  expect(live.words).toContain("“Castle Building Blocks” was sent to TikTok Shop");
  expect(live.words).toContain("Nothing: TikTok Shop has it as it should be.");
  expect(live.words).toContain("Picked for TikTok Shop");

  // a unit in an order that Shopify does not count yet is named in the sum
  const { channelSkuId } = await world.db.listingSku.findFirstOrThrow({ where: { listingId: id } });
  const { orderId } = await world.door<{ orderId: string }>("tiktok/buy", { skuId: channelSkuId, unpaid: true });
  await world.services.engine.change((tx) =>
    world.services.orders.channelOrdersChanged(tx, [{ connectionId, channelOrderId: orderId }]),
  );
  await world.working("its unit waits", async () => (await world.db.waitingUnit.count()) === 1);
  expect((await open(`/app/products/${id}`)).words).toContain("In orders that Shopify does not count yet −1");

  expect((await press(id, { intent: "stop" })).text).toContain("It is taken off sale");
  await world.working(
    "it is off",
    async () => (await world.db.listing.findUnique({ where: { id } }))?.status === "stopped",
  );
  const off = await open(`/app/products/${id}`);
  expect(off.words).toContain("Put back on sale");
  expect((await press(id, { intent: "list" })).status).toBe(200);
  await world.working(
    "it is back",
    async () => (await world.db.listing.findUnique({ where: { id } }))?.status === "live",
  );
  expect((await open(`/app/products/${id}`)).words).toContain("was sent back on sale");
});

test("taking back a pick that never went out leads to the list: there is no page left", async () => {
  const { id } = await listingOf("Cloudbreak Camp Mug");
  const answer = await post(`/app/products/${id}`, { intent: "stop" });
  expect(await world.db.listing.count({ where: { id } })).toBe(0);
  const location = answer.headers.get("location") ?? (await answer.text());
  expect(location).toContain("/app/products");
  expect((await open(`/app/products/${id}`)).status).toBe(404);
});

test("rows and the block on the admin's product page lead to the listing", async () => {
  const { id } = await listingOf("Pocket Tumbler");
  expect((await open("/app/products", { search: "Pocket Tumbler" })).html).toContain(`/app/products/${id}`);
  const { shopifyId } = await world.db.product.findFirstOrThrow({ where: { title: "Pocket Tumbler" } });
  const block = await fetch(`${world.origin}/api/product-block?product=${encodeURIComponent(shopifyId)}`, {
    headers: { authorization: `Bearer ${(await session(DEMO_SHOP)).token}`, "user-agent": BROWSER },
  });
  expect(await block.json()).toMatchObject({ connections: [{ link: { path: `/app/products/${id}` } }] });
});

test("another shop gets 404, presses in vain and changes nothing", async () => {
  const { id } = await listingOf("Pocket Tumbler");
  const { status, words, html } = await open(`/app/products/${id}`, { shop: OTHER_SHOP });
  expect(status).toBe(404);
  expect(words).toContain("There is no such product here");
  expect(html).not.toContain("Pocket Tumbler");
  const before = await world.businessRows();
  for (const intent of ["list", "stop", "apply-defaults", "choose"])
    expect((await press(id, { intent, name: "Material", value: "Other" }, OTHER_SHOP)).status).toBe(422);
  expect(await world.businessRows()).toEqual(before);
  expect((await press(id, { intent: "dance" })).status).toBe(400);
});

/** Titles of the rows in their order. */
const rowsOf = ({ html }: { html: string }) =>
  [...html.matchAll(/aria-label="Open ([^"]+)"/g)].map((found) => found[1] ?? "");

test.each([
  ["all", "Pocket Tumbler", ""],
  ["ready", "", "Pocket Tumbler"],
  ["needs-choice", "Curious Fox Plush", "Castle Building Blocks"],
  ["live", "Castle Building Blocks", "Curious Fox Plush"],
  ["refused", "Pocket Tumbler", "Castle Building Blocks"],
  ["stopped", "", "Castle Building Blocks"],
])("the view %s shows its own and no others", async (view, shown, hidden) => {
  const rows = rowsOf(await open("/app/products", { view, search: shown || hidden }));
  if (shown) expect(rows).toEqual([shown]);
  else expect(rows).toEqual([]);
  if (hidden && shown) expect(rowsOf(await open("/app/products", { view, search: hidden }))).toEqual([]);
});

test.each(["title", "title-down", "oldest", "newest"])("sorted by %s, pages go on where they ended", async (sort) => {
  const { catalog } = world.services;
  const where = { shopId, connectionId, view: "all", sort, limit: 7 } as const;
  const titles: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof catalog.listListings>> = await catalog.listListings({
      ...(where as Parameters<typeof catalog.listListings>[0]),
      cursor,
    });
    titles.push(...page.rows.map((row) => row.title));
    cursor = page.cursor;
  } while (cursor);
  const all = await catalog.listListings({ ...(where as Parameters<typeof catalog.listListings>[0]), limit: 100 });
  expect(titles).toHaveLength(59);
  expect(titles).toEqual(all.rows.map((row) => row.title));
  expect(new Set(titles).size).toBe(59);
  const first = { title: "Analog Radio Tee", "title-down": "🔥" }[sort];
  if (first) expect(titles[0]?.startsWith(first) || titles.at(-1)?.startsWith(first)).toBe(true);
});

test("a search finds what it says: signs that mean something to the database are plain text", async () => {
  expect(rowsOf(await open("/app/products", { search: "%" }))).toEqual([]);
  expect(rowsOf(await open("/app/products", { search: "TOY-57" }))).toEqual(["Castle Building Blocks"]);
});

const saved = async (answer: Response) => ({ status: answer.status, text: await answer.text() });

test("a view is saved, opened, changed, renamed and deleted; another shop has its own", async () => {
  const form = { connectionId, filter: "refused", search: "Tee", sort: "title" };
  const make = (name: string) => post("/app/products", { intent: "save-view", name, ...form });
  expect((await make("Tees to mend")).status).toBe(200);
  const [view] = await world.db.productView.findMany();
  if (!view) throw new Error("no view was stored");
  expect(view).toMatchObject({ shopId, name: "Tees to mend", filter: "refused", search: "Tee", sort: "title" });

  const open1 = await open("/app/products", { saved: view.id, view: "refused", search: "Tee", sort: "title" });
  expect(open1.words).toContain("Tees to mend");
  expect(rowsOf(open1)).toEqual(["Beechwood Baby Teether Ring", "Prototype Ringer Tee"]);

  const twice = await saved(await make("Tees to mend"));
  expect(twice.status).toBe(422);
  expect(twice.text).toContain("There is a view of this name already");
  expect((await saved(await make("  "))).status).toBe(422);
  expect((await saved(await make("x".repeat(41)))).status).toBe(422);

  const rename = { intent: "rename-view", connectionId, id: view.id, name: "Mend" };
  await post("/app/products", { intent: "save-view", ...form, id: view.id, filter: "all" });
  await post("/app/products", rename);
  expect(await world.db.productView.findMany()).toMatchObject([{ name: "Mend", filter: "all", search: "Tee" }]);

  // nobody of another shop sees it, names it or deletes it; with or without a channel shop of their own
  const theirs = { shopId: (await world.db.shop.findFirstOrThrow({ where: { domain: OTHER_SHOP } })).id };
  expect(await world.services.catalog.listViews(theirs)).toEqual([]);
  expect(await world.services.catalog.renameView({ ...theirs, id: view.id, name: "Stolen" })).toEqual({
    outcome: "not-found",
  });
  await world.services.catalog.deleteView({ ...theirs, id: view.id });
  await post("/app/products", { intent: "delete-view", id: view.id }, OTHER_SHOP);
  expect(await world.db.productView.count()).toBe(1);

  await post("/app/products", { intent: "delete-view", connectionId, id: view.id });
  expect(await world.db.productView.count()).toBe(0);
});

test("there is an end to saved views, and it is said", async () => {
  const rows = Array.from({ length: 30 }, (_, n) => ({ shopId, name: `View ${n}`, filter: "all", sort: "oldest" }));
  await world.db.productView.createMany({ data: rows });
  const answer = await saved(
    await post("/app/products", { intent: "save-view", connectionId, name: "One more", filter: "all", sort: "oldest" }),
  );
  expect(answer.status).toBe(422);
  expect(answer.text).toContain("Delete one first");
  await world.db.productView.deleteMany();
});

test("a picked product that was not read yet is told, not passed over", async () => {
  const unknown = "gid://shopify/Product/99999999";
  const answer = await saved(await post("/app/products", { intent: "select", connectionId, productIds: unknown }));
  expect(answer.status).toBe(422);
  expect(answer.text).toContain("1 of these products was not read from Shopify yet");
});
