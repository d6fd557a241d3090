import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readShown, type Shown } from "../../extensions/product-block/src/answer.ts";
import { aWorld, DEMO_SHOP, until, type World } from "./support.ts";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
const EXTENSIONS = "https://extensions.shopifycdn.com";
const OTHER_SHOP = "another-store.myshopify.com";
const MUG = "Harbor Stoneware Mug";
const GIFT_CARD = "Harbor & Kiln Gift Card";

let world: World;
let shopId: string;
let connectionId: string;

beforeAll(async () => {
  world = await aWorld({ withPages: true, catalog: "builtin" });
  shopId = (await world.install()).id;
  await world.drain("housekeeping", `shop:${shopId}`);
  await world.drain("intake", `shop:${shopId}`);
});
afterAll(() => world.close());

/** The demo's channel shop, ready for use; made once. Listings are off at the start of each test. */
beforeEach(async (context) => {
  if (context.task.name.startsWith("before a channel shop")) return;
  if (!connectionId) {
    await world.connect(shopId);
    connectionId = (await world.db.connection.findFirstOrThrow()).id;
    await world.services.shops.recheck({ shopId, connectionId });
  }
  await world.db.connection.update({ where: { id: connectionId }, data: { armedFlows: [], status: "active" } });
});
const arm = () => world.db.connection.update({ where: { id: connectionId }, data: { armedFlows: ["listings"] } });

const token = async (shop = DEMO_SHOP) =>
  (await world.door<{ token: string }>("shopify/session-token", { shop })).token;
const gid = async (title: string) => (await world.db.product.findFirstOrThrow({ where: { title, shopId } })).shopifyId;
const listing = (title: string) => world.db.listing.findFirst({ where: { product: { title, shopId } } });

/** A call as the admin makes it for an extension: from another origin, the token in the header. */
async function call(init: { path?: string; method?: string; headers?: Record<string, string>; body?: string }) {
  return fetch(`${world.origin}/api/product-block${init.path ?? ""}`, {
    method: init.method ?? "GET",
    headers: { "user-agent": BROWSER, origin: EXTENSIONS, ...init.headers },
    redirect: "manual",
    ...(init.body === undefined ? {} : { body: init.body }),
  });
}
const bearer = async (shop?: string) => ({ authorization: `Bearer ${await token(shop)}` });

/** What the block itself reads out of an answer: one that it cannot read fails the test. */
async function shownOf(answer: Response): Promise<Shown> {
  const shown = readShown(await answer.json());
  if (!shown) throw new Error("the block cannot read this answer");
  return shown;
}
async function look(title: string) {
  const path = `?product=${encodeURIComponent(await gid(title))}`;
  const answer = await call({ path, headers: await bearer() });
  expect(answer.status).toBe(200);
  return shownOf(answer);
}
async function press(intent: string, title: string, more: { connectionId?: string; shop?: string } = {}) {
  const body = JSON.stringify({ product: await gid(title), connectionId: more.connectionId ?? connectionId, intent });
  const headers = { ...(await bearer(more.shop)), "content-type": "application/json" };
  return call({ method: "POST", headers, body });
}
const channelWrites = async () =>
  (await world.calls()).filter(
    ({ operation }) => /product|image/i.test(operation) && !/^(GET|get|search)/.test(operation),
  ).length;
const work = async () => {
  for (let round = 0; round < 4; round++) {
    await world.drain("intake", `connection:${connectionId}`);
    await world.drain("listings", `connection:${connectionId}`);
  }
};
const activities = async (event: string) => {
  const { entries } = await world.services.activity.listActivity({ shopId });
  return entries.filter((one) => one.event === event && one.actor.kind === "staff");
};

test("before a channel shop is connected the block leads to connecting one", async () => {
  const { connections, empty } = await look(MUG);
  expect(connections).toEqual([]);
  expect(empty).toMatchObject({ title: "No TikTok shop is connected", link: { path: "/app" } });
});

test("a preflight is answered for Shopify's origin, and every answer may be read there", async () => {
  const headers = { "access-control-request-method": "POST", "access-control-request-headers": "authorization" };
  const preflight = await call({ method: "OPTIONS", headers });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("*");
  expect(preflight.headers.get("access-control-allow-headers")).toContain("Authorization");
  const answer = await call({ path: `?product=${encodeURIComponent(await gid(MUG))}`, headers: await bearer() });
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect((await call({})).headers.get("access-control-allow-origin")).toBe("*");
});

/** A token of our own making. */
function forged(claims: Record<string, unknown>, secret: string): string {
  const now = Math.floor(Date.now() / 1000);
  const whole = {
    ...{ iss: `https://${DEMO_SHOP}/admin`, dest: `https://${DEMO_SHOP}`, aud: "reelshelf-demo-key", sub: "1" },
    ...{ exp: now + 60, nbf: now - 1, iat: now, jti: "j", sid: "s", ...claims },
  };
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(whole)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}
const SECRET = "reelshelf-demo-secret-not-for-production";
const past = Math.floor(Date.now() / 1000) - 600;

test.each<[string, () => Promise<Record<string, string>>, number]>([
  ["no token", async () => ({}), 401],
  ["no bearer token", async () => ({ authorization: "Basic eDp5" }), 401],
  ["a token signed by somebody else", async () => ({ authorization: `Bearer ${forged({}, "another-secret")}` }), 401],
  [
    "an expired token",
    async () => ({ authorization: `Bearer ${forged({ exp: past, nbf: past, iat: past }, SECRET)}` }),
    401,
  ],
  ["another app's token", async () => ({ authorization: `Bearer ${forged({ aud: "another-app" }, SECRET)}` }), 401],
  ["a bot with a good token", async () => ({ ...(await bearer()), "user-agent": "Googlebot/2.1" }), 410],
])("%s: reading and pressing are refused and change nothing", async (_what, headersOf, status) => {
  await arm();
  const headers = await headersOf();
  const product = await gid(MUG);
  const before = await world.businessRows();
  const calls = (await world.calls()).length;
  const query = `?product=${encodeURIComponent(product)}&shop=${DEMO_SHOP}`;
  expect((await call({ path: query, headers })).status).toBe(status);
  for (const intent of ["list", "stop"]) {
    const body = JSON.stringify({ product, connectionId, intent });
    expect((await call({ path: query, method: "POST", headers, body })).status).toBe(status);
  }
  expect(await world.businessRows()).toEqual(before);
  expect((await world.calls()).length).toBe(calls);
});

test("a good token in the address alone is none: links can be passed on", async () => {
  const path = `?product=${encodeURIComponent(await gid(MUG))}&shop=${DEMO_SHOP}&id_token=${await token()}&embedded=1`;
  expect((await call({ path })).status).toBe(401);
});

test("another shop sees neither product nor connection, and changes nothing", async () => {
  await arm();
  await world.door("shopify/create-shop", { shop: OTHER_SHOP, plan: "Standard" });
  await world.install(OTHER_SHOP);
  const product = await gid(MUG);
  const before = await world.businessRows();
  const read = await call({ path: `?product=${encodeURIComponent(product)}`, headers: await bearer(OTHER_SHOP) });
  expect(read.status).toBe(404);
  expect(JSON.stringify(await read.json())).not.toContain(MUG);
  for (const intent of ["list", "stop"]) {
    const answer = await press(intent, MUG, { shop: OTHER_SHOP });
    expect(answer.status).toBe(404);
    expect((await shownOf(answer)).empty?.title).toBe("Nothing was changed");
  }
  expect((await press("list", MUG, { connectionId: "0192f000-0000-7000-8000-000000000000" })).status).toBe(404);
  expect(await world.businessRows()).toEqual(before);
});

test.each([["{}"], ["no json"], ['{"product":"x","connectionId":"y","intent":"delete"}'], [""]])(
  "a body that cannot be read (%s) is 400 and changes nothing",
  async (body) => {
    const before = await world.businessRows();
    const answer = await call({ method: "POST", headers: await bearer(), body });
    expect(answer.status).toBe(400);
    expect((await shownOf(answer)).empty?.title).toBe("Nothing was changed");
    expect(await world.businessRows()).toEqual(before);
  },
);

test("while listings are off, List picks and says that nothing is sent; nothing is, also once they are on", async () => {
  const { connections } = await look(MUG);
  expect(connections[0]?.badge.label).toBe("Not listed");
  expect(connections[0]?.notice).toMatchObject({ link: { path: "/app" } });
  const answer = await shownOf(await press("list", MUG));
  expect(answer.message).toBe("Picked. Nothing is sent until listings are turned on.");
  expect(answer.connections[0]?.badge.label).toBe("Checking");
  expect(answer.againInMs).toBeGreaterThan(0);
  const writes = await channelWrites();
  await work();
  await arm();
  await work();
  expect(await channelWrites()).toBe(writes);
  expect(await listing(MUG)).toMatchObject({ status: "ready", sendAt: null });
  expect((await look(MUG)).connections[0]?.buttons.map((one) => one.label)).toContain("List on TikTok Shop");
  expect(await activities("products.selected")).toHaveLength(1);
  expect(await activities("listings.sent")).toHaveLength(0);
});

test("with listings on, List sends; pressed twice at once it is one listing, one activity, the same answer", async () => {
  await arm();
  await shownOf(await press("stop", MUG));
  expect(await listing(MUG)).toBeNull();
  const before = await activities("products.selected");
  const answers = await Promise.all([press("list", MUG), press("list", MUG)]);
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect((await shownOf(answer)).message).toBe("Saved. It is sent to TikTok Shop as soon as nothing is in the way.");
  }
  expect(await world.db.listing.count({ where: { product: { title: MUG } } })).toBe(1);
  const picked = await activities("products.selected");
  expect(picked.length - before.length).toBe(1);
  expect(picked[0]).toMatchObject({ actor: { kind: "staff", id: "91234567891" }, data: { title: MUG } });
  expect(await activities("listings.sent")).toHaveLength(1);
  await work();
  const [held] = (await look(MUG)).connections;
  expect(held?.badge.label).toBe("Needs your OK");
  expect(held?.finding?.nextStep).toContain("Apply the proposed default");
  expect(held?.link?.path).toBe(`/app/products/${(await listing(MUG))?.id}`);
  const writes = await channelWrites();
  const id = (await listing(MUG))?.id ?? "";
  const actor = { kind: "staff", id: "1" } as const;
  await world.services.catalog.applyDefaults({ shopId, connectionId, listingIds: [id], actor });
  await work();
  expect(await channelWrites()).toBeGreaterThan(writes);
  await until("the listing to be live", async () => {
    const channelProductId = (await listing(MUG))?.channelProductId;
    if (!channelProductId) return false;
    await world.services.engine.change((tx) =>
      world.services.catalog.wantListingLook(tx, { connectionId, channelProductId }),
    );
    await work();
    return (await listing(MUG))?.status === "live";
  });
  const [shown] = (await look(MUG)).connections;
  expect(shown?.badge).toEqual({ label: "Live", tone: "success" });
  expect(shown?.buttons).toMatchObject([{ intent: "stop", label: "Stop selling", confirm: { yes: "Stop selling" } }]);
});

test("Stop selling waits while listings are off, says so, and takes it off sale once they are on; twice is once", async () => {
  expect((await listing(MUG))?.status).toBe("live");
  const before = await activities("products.unselected");
  const writes = await channelWrites();
  const first = await shownOf(await press("stop", MUG));
  expect(first.message).toBe("Saved. It is taken off sale as soon as listings are turned on.");
  expect(first.connections[0]?.badge.label).toBe("Going off sale");
  await work();
  expect(await channelWrites()).toBe(writes);
  await arm();
  const again = await shownOf(await press("stop", MUG));
  expect(again.message).toBe("Saved. It is taken off sale.");
  await work();
  expect((await listing(MUG))?.status).toBe("stopped");
  expect((await look(MUG)).connections[0]?.badge.label).toBe("Off sale");
  expect((await shownOf(await press("stop", MUG))).message).toBe("It is not for sale on TikTok Shop.");
  const unselected = await activities("products.unselected");
  expect(unselected.length - before.length).toBe(1);
  expect(unselected[0]?.actor).toEqual({ kind: "staff", id: "91234567891" });
});

test("a product that the channel would refuse says why and what to do, and is not sent", async () => {
  await arm();
  const gift = (await world.db.product.findFirstOrThrow({ where: { isGiftCard: true } })).title;
  expect(gift).toBe(GIFT_CARD);
  const writes = await channelWrites();
  await press("list", gift);
  await work();
  const [shown] = (await look(gift)).connections;
  expect(shown?.badge).toEqual({ label: "Cannot be listed", tone: "critical" });
  expect(shown?.finding).toMatchObject({ sentence: "Gift cards cannot be sold on TikTok Shop.", blocks: true });
  expect(shown?.buttons.map((one) => one.label)).toEqual(["Do not list"]);
  expect(await channelWrites()).toBe(writes);
});

test("a connection that was shut out keeps what is decided and says where to go on", async () => {
  await arm();
  await world.db.connection.update({ where: { id: connectionId }, data: { status: "parked" } });
  const [shown] = (await look(MUG)).connections;
  expect(shown?.notice).toMatchObject({ link: { label: "Connect again", path: "/app" } });
  expect((await shownOf(await press("list", MUG))).message).toBe(
    "Saved. It goes out once TikTok Shop is connected again.",
  );
});

test("a product that was not read yet is told apart from one that is not listed", async () => {
  const answer = await call({ path: "?product=gid://shopify/Product/1", headers: await bearer() });
  expect(answer.status).toBe(404);
  expect((await shownOf(answer)).empty?.title).toBe("Reelshelf does not know this product");
});
