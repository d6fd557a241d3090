import { afterAll, beforeAll, expect, test } from "vitest";
import { aWorld, DEMO_SHOP, type World } from "./support.ts";

/** The Products page over HTTP: what it says of the plan and of proposals, before and after they are taken. */

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
let world: World;
let connectionId: string;

beforeAll(async () => {
  world = await aWorld({ withPages: true, catalog: "builtin" });
  const { id: shopId } = await world.install();
  await world.connect(shopId);
  connectionId = (await world.db.connection.findFirstOrThrow()).id;
  await world.working("the catalog is read", async () => (await world.db.product.count()) === 60);
  await post({ intent: "select", productIds: "all" });
  await checked();
}, 60_000);
afterAll(() => world.close());

const session = () => world.door<{ token: string; host: string }>("shopify/session-token", { shop: DEMO_SHOP });

const checked = () =>
  world.working("every product is checked", async () => {
    const open = await world.db.dueRow.count({ where: { lane: "intake", dueAt: { lt: new Date() } } });
    return open === 0 && (await world.db.listing.count({ where: { status: "selected" } })) === 0;
  });

async function post(form: Record<string, string>): Promise<string> {
  const answer = await fetch(`${world.origin}/app/products`, {
    method: "POST",
    headers: { authorization: `Bearer ${(await session()).token}`, "user-agent": BROWSER },
    body: new URLSearchParams({ connectionId, ...form }),
    redirect: "manual",
  });
  const text = await answer.text();
  expect(answer.status, `${form.intent}: ${text}`).toBe(200);
  return text;
}

/** The page as a reader sees it: its words, without markup. */
async function read(query: Record<string, string> = {}): Promise<string> {
  const { token, host } = await session();
  const frame = { embedded: "1", shop: DEMO_SHOP, host, locale: "en", id_token: token, session: "s", timestamp: "1" };
  const answer = await fetch(`${world.origin}/app/products?${new URLSearchParams({ ...frame, ...query })}`, {
    headers: { "user-agent": BROWSER, accept: "text/html" },
    redirect: "manual",
  });
  expect(answer.status).toBe(200);
  return (await answer.text())
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");
}

/** The title that comes first of those that may go. */
const firstReady = async () =>
  (
    await world.db.product.findFirstOrThrow({
      where: { listings: { some: { status: "ready" } } },
      orderBy: { title: "asc" },
    })
  ).title;

test("what only the merchant can know is a question, answered for all products of a type by one click", async () => {
  const page = await read();
  expect(page).toContain("Only you can know this");
  for (const claim of ["Recommended Age", "Contains Flammable Liquid", "Safety Warning"])
    expect(page).toMatch(new RegExp(`${claim} of products of type “[^”]+”: we propose “[^”]+”`));
  const [first] = await world.services.catalog.openChoices({
    shopId: (await world.db.shop.findFirstOrThrow()).id,
    connectionId,
  });
  if (!first) throw new Error("nothing is asked");
  expect(page).toContain(`Use “${first.value}” for ${first.count} product`);
  const { name, value, productType } = first;
  await post({ intent: "choose", name, value, productType });
  await checked();
  expect(await read()).not.toContain(`${name} of products of type “${productType}”`);
});

test("a yes to the defaults counts those that wait, and leaves claims and questions to the merchant", async () => {
  const before = await read({ plan: "open" });
  expect(before).toContain("What applying the defaults agrees to");
  expect(before).toMatch(/Material: Other · \d+ products/);
  expect(before).toMatch(/Capacity: 1 · \d+ products?/);
  for (const claim of ["Contains Flammable Liquid", "Safety Warning", "Recommended Age"])
    expect(before).not.toContain(`${claim}: `);
  const offered = Number(/Apply defaults to (\d+) products/.exec(before)?.[1]);
  expect(offered).toBeGreaterThan(10);

  expect(await post({ intent: "apply-defaults", listingIds: "all", choices: "ask" })).toContain(
    `Defaults applied to ${offered} products`,
  );
  // until every product was looked at again, no number is told and nothing can be sent
  const under = await read({ plan: "open" });
  expect(under).toContain(`Checking, 0 of ${offered}…`);
  expect(under).not.toMatch(/Nothing would|Send \d+ product/);
  expect(under).toContain(`0 of ${offered} done`);
  expect(under).not.toContain("a minute");
  await checked();
  const after = await read({ plan: "open" });
  expect(after).not.toContain("Apply defaults to");
  expect(after).not.toContain("What applying the defaults agrees to");
  expect(after).toMatch(/Safety Warning of products of type/);
  expect(after).toMatch(/\d+ products wait for an answer below/);
});

test("the plan names products, with what happens to each; it stays open and is new after the defaults", async () => {
  const before = await read({ plan: "open" });
  expect(before).toContain("What would be sent");
  expect(before).toMatch(/\d+ products wait for your OK/);
  const gift = (
    await world.db.listing.findFirstOrThrow({ where: { firstBlock: "gift-card" }, include: { product: true } })
  ).product.title;
  expect(before).toContain(`${gift} Gift cards cannot be sold on TikTok Shop.`);
  const goes = Number(/Send (\d+) products/.exec(before)?.[1] ?? 0);

  await post({ intent: "apply-defaults", listingIds: "all" });
  await checked();
  const after = await read({ plan: "open" });
  expect(after).toContain("54 products go");
  expect(after).toContain(`${await firstReady()} is created`);
  expect(after).toContain("and 44 more");
  expect(after).toContain("6 products cannot go");
  expect(after).not.toContain("wait for your OK");
  expect(after).toContain("Send 54 products");
  expect(goes).toBeLessThan(54);
  expect(await read()).not.toContain("What would be sent");
});

test("a default that was applied is told briefly, without its advice", async () => {
  const page = await read();
  expect(page).toMatch(/proposed — applied/);
  expect(page).not.toContain("Apply the proposed default,");
});
