import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { flows } from "../../app/domains/shops/model.ts";
import { readCatalog } from "../../sandbox/catalog/read-catalog.ts";
import { aWorld, DEMO_SHOP, type World } from "./support.ts";

// listing all products takes a while on a busy machine
vi.setConfig({ testTimeout: 90_000 });

/** What a connection's state means, as every page says it: from an empty app over listings off, paused and revoked to disconnected. */

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
const PAGES = ["/app", "/app/products", "/app/orders", "/app/settings", "/app/activity"];
const actor = { kind: "staff", id: "1" } as const;
let world: World;
let shopId: string;
let connectionId: string;

beforeAll(async () => {
  world = await aWorld({ withPages: true });
  // a shelf of the built-in catalog: ten that can be sold, two that cannot
  await world.door("shopify/seed-catalog", { products: readCatalog("builtin").slice(0, 12) });
  shopId = (await world.install()).id;
}, 60_000);
afterAll(() => world.close());

const session = () => world.door<{ token: string; host: string }>("shopify/session-token", { shop: DEMO_SHOP });

const checked = () =>
  world.working("every product is checked", async () => {
    const open = await world.db.dueRow.count({ where: { lane: "intake", dueAt: { lt: new Date() } } });
    return open === 0 && (await world.db.listing.count({ where: { status: "selected" } })) === 0;
  });

async function post(path: string, form: Record<string, string>): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${world.origin}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${(await session()).token}`, "user-agent": BROWSER },
    body: new URLSearchParams({ connectionId, ...form }),
    redirect: "manual",
  });
  return { status: answer.status, text: await answer.text() };
}

/** A page's words and its buttons and links, as a reader sees them. */
async function read(path: string, query: Record<string, string> = {}): Promise<{ words: string; buttons: string[] }> {
  const { token, host } = await session();
  const frame = { embedded: "1", shop: DEMO_SHOP, host, locale: "en", id_token: token, session: "s", timestamp: "1" };
  const answer = await fetch(`${world.origin}${path}?${new URLSearchParams({ ...frame, ...query })}`, {
    headers: { "user-agent": BROWSER, accept: "text/html" },
    redirect: "manual",
  });
  expect(answer.status, path).toBe(200);
  const html = (await answer.text()).replace(/<(script|style)[\s\S]*?<\/\1>/g, "");
  const words = (text: string) =>
    text
      .replace(/<[^>]*>/g, " ")
      .replaceAll("&#x27;", "'")
      .replaceAll("&amp;", "&")
      .replace(/\s+/g, " ")
      .trim();
  const pressed = [...html.matchAll(/<(button|a)\b([^>]*)>([\s\S]*?)<\/\1>/g)];
  return {
    words: words(html),
    // one that cannot be pressed is none
    buttons: pressed
      .filter((one) => !/\sdisabled(=|\s|$)|aria-disabled="true"/.test(one[2] ?? ""))
      .map((one) => words(one[3] ?? "")),
  };
}
const sent = () => world.db.listing.count({ where: { sendAt: { not: null } } });

test("nothing connected: the guide begins, and no notice speaks of a connection", async () => {
  const { words } = await read("/app");
  expect(words).toContain("0 of 6 steps done");
  for (const path of PAGES) expect((await read(path)).words).not.toContain("disconnected");
});

test("connected: the steps that are done say what was chosen; Products says what comes first, without a button to nowhere", async () => {
  await world.connect(shopId);
  connectionId = (await world.db.connection.findFirstOrThrow()).id;
  await world.services.shops.recheck({ shopId, connectionId });
  const { words } = await read("/app");
  expect(words).toContain("3 of 6 steps done");
  expect(words).toMatch(/Stock of Main warehouse is sold from \S.*\. Left out: Back room\. Change/);
  expect(words).toMatch(/Both shops passed every check, last at \w+ \d+, \d\d:\d\d See/);
  const products = await read("/app/products");
  expect(products.words).toContain("Nothing is sent yet");
  expect(products.words).toContain("Home offers to send the first few");
  // the navigation, and nothing else
  expect(products.buttons.filter((one) => /Home/.test(one) && one !== "Home")).toEqual([]);
});

test("ready, listings off: nothing can be sent from Products, and its notice leads to Home, which sends a few", async () => {
  await world.working("the catalog is read", async () => (await world.db.product.count()) === 12);
  await post("/app/products", { intent: "select", productIds: "all" });
  await checked();
  await post("/app/products", { intent: "apply-defaults", listingIds: "all" });
  await checked();
  const { words, buttons } = await read("/app/products", { plan: "open" });
  expect(words).toContain("Send 10 products");
  expect(words).toContain("Listings are off. The notice above says how to begin.");
  expect(buttons).not.toContain("Send 10 products");
  expect(buttons).toContain("Go to Home to send the first 5");
  const refused = await post("/app/products", { intent: "send" });
  expect(refused).toMatchObject({ status: 422, text: expect.stringContaining("Listings are off") });
  expect(await sent()).toBe(0);
  expect((await read("/app")).buttons).toContain("Send 5 products");
});

test("10 sent while listings are off: Home and Products say that they wait, and what turning on sends", async () => {
  expect(await world.services.catalog.send({ shopId, connectionId, actor, listingIds: "all" })).toMatchObject({
    sent: 10,
  });
  const home = await read("/app");
  expect(home.words).toContain("10 products wait to be sent: listings are off. Turning listings on sends all of them.");
  expect(home.words).not.toContain("are live. TikTok Shop looks at each");
  const products = await read("/app/products");
  expect(products.words).toContain("10 products wait to be sent: listings are off");
  for (const { buttons } of [home, products]) expect(buttons).toContain("Turn listings on and send 10");
  expect((await read("/app/settings")).words).toContain("Send 10 products that wait: listings were off");
});

test("on: no notice anywhere; what turning on does counts what is live; afterwards the guide is short", async () => {
  expect((await post("/app/settings", { intent: "arm", flows: "listings" })).status).toBe(200);
  await world.working(
    "10 to be live",
    async () => (await world.db.listing.count({ where: { status: "live" } })) === 10,
  );
  const before = await read("/app");
  expect(before.words).toContain("10 products are live already and are kept up to date");
  expect(before.words).toContain("No further product is ready to be listed");
  expect(before.words).not.toContain("only reads");
  await world.services.shops.arm({ shopId, connectionId, actor, flows: [...flows] });
  const { words } = await read("/app");
  expect(words).toContain("Everything is set up.");
  expect(words).not.toContain("Try five products");
  expect(words).toContain("2 cannot be listed");
  expect(words).not.toContain("Look at this Products");
  for (const path of PAGES) expect((await read(path)).words).not.toMatch(/Paused since|is disconnected|turned off/);
});

test("unsent products that are ready are counted, with the way to send them", async () => {
  const { id } = await world.db.listing.findFirstOrThrow({ where: { status: "live" } });
  const before = await world.db.listing.findUniqueOrThrow({ where: { id } });
  await world.db.listing.update({
    where: { id },
    data: { status: "ready", sendAt: null, planned: ["create"] },
  });
  const { words, buttons } = await read("/app");
  expect(words).toContain("1 product is ready to send");
  expect(words).toContain("1 ready to send");
  expect(buttons).toContain("Review and send");
  const { status, sendAt, planned } = before;
  await world.db.listing.update({ where: { id }, data: { status, sendAt, planned } });
});

test("paused: every page says since when, what waits and how to resume; nothing says that it is on or off", async () => {
  await post("/app/settings", { intent: "pause-all" });
  await world.services.engine.change((tx) =>
    world.services.engine.want(tx, { lane: "stock", scope: `connection:${connectionId}`, subject: "sku:1" }),
  );
  for (const path of PAGES) {
    const { words, buttons } = await read(path);
    expect(words, path).toMatch(/Paused since \w+ \d+, \d\d:\d\d/);
    expect(words, path).toMatch(/ \d+ stock changes? waits?\./);
    expect(buttons, path).toContain("Resume everything");
    expect(words, path).not.toContain("turned off");
  }
  const settings = await read("/app/settings");
  expect(settings.words.match(/Waits: paused/g)).toHaveLength(flows.length);
  expect((await read("/app")).words).not.toContain("Nothing needs you");
  expect(await post("/app/products", { intent: "send" })).toMatchObject({ status: 422 });
  await post("/app/settings", { intent: "resume-all" });
  for (const path of PAGES) expect((await read(path)).words, path).not.toContain("Paused since");
});

test("a revoked consent: every page says so, nothing says that all is well, and Home has one button", async () => {
  await world.door("tiktok/revoke");
  const access = world.services.shops.forShop(connectionId);
  await expect(world.services.channel("tiktok-shop").setup.warehouses(access)).rejects.toMatchObject({
    family: "auth",
  });
  for (const path of PAGES) {
    const { words, buttons } = await read(path);
    expect(words, path).toMatch(/TikTok Shop is disconnected since \w+ \d+, \d\d:\d\d/);
    expect(
      buttons.filter((one) => one === "Connect again"),
      path,
    ).toHaveLength(1);
  }
  const { words, buttons } = await read("/app");
  expect(words).not.toMatch(/All well|Nothing needs you|steps done|only reads/);
  expect(words.match(/Not checked Disconnected since/g)).toHaveLength(3);
  expect(buttons).not.toContain("Connect TikTok Shop");
  expect((await read("/app/products", { plan: "open" })).buttons).not.toContainEqual(expect.stringMatching(/^Send \d/));
  expect(await post("/app/products", { intent: "send" })).toMatchObject({ status: 422 });
  expect((await read("/app/orders")).words).not.toContain("Every order is home");
  await world.connect(shopId);
  expect((await read("/app")).words).not.toContain("is disconnected");
});

test("disconnected: Home knows what there was, Orders does not claim that all is home", async () => {
  await world.door("tiktok/buy-any", { store: "fresh" });
  await world.working("an order to be home", async () => {
    return (await world.db.channelOrder.count({ where: { shopifyOrderId: { not: null } } })) === 1;
  });
  expect((await post("/app/settings", { intent: "disconnect", listings: "leave" })).status).toBe(200);
  const { words, buttons } = await read("/app");
  expect(words).toMatch(/TikTok Shop is disconnected since \w+ \d+, \d\d:\d\d/);
  expect(words).toContain("Products, orders and settings are kept here");
  expect(words).toContain("1 order in Shopify is still to be shipped.");
  expect(words).not.toMatch(/steps done|Connect your TikTok shop/);
  expect(buttons.filter((one) => /Connect/.test(one))).toEqual(["Connect again"]);
  const orders = await read("/app/orders");
  expect(orders.words).toContain("TikTok Shop is disconnected since");
  expect(orders.words).not.toContain("Every order is home");
  expect((await read("/app/products")).words).toContain("TikTok Shop is disconnected since");
  expect((await read("/app/settings")).buttons).toContain("Connect another shop");
});
