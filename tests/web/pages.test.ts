import { afterAll, beforeAll, expect, test } from "vitest";
import { aWorld, DEMO_SHOP, until, type World } from "./support.ts";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
let world: World;
let shopId: string;

beforeAll(async () => {
  world = await aWorld({ withPages: true });
});
afterAll(() => world.close());

const session = (shop = DEMO_SHOP) => world.door<{ token: string; host: string }>("shopify/session-token", { shop });
const bearer = async (shop?: string) => ({
  authorization: `Bearer ${(await session(shop)).token}`,
  "user-agent": BROWSER,
});

async function open(path: string): Promise<Response> {
  const { token, host } = await session();
  const query = new URLSearchParams({
    embedded: "1",
    shop: DEMO_SHOP,
    host,
    locale: "en",
    id_token: token,
    session: "s",
    timestamp: "1",
  });
  return fetch(`${world.origin}${path}?${query}`, {
    headers: { "user-agent": BROWSER, accept: "text/html" },
    redirect: "manual",
  });
}
async function post(path: string, form: Record<string, string>, shop?: string): Promise<Response> {
  return fetch(`${world.origin}${path}`, {
    method: "POST",
    headers: await bearer(shop),
    body: new URLSearchParams(form),
    redirect: "manual",
  });
}
const plain = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${world.origin}${path}`, {
    headers: { "user-agent": BROWSER, accept: "text/html", ...headers },
    redirect: "manual",
  });
const summary = async () => (await fetch(`${world.origin}/app/summary`, { headers: await bearer() })).json();

test.each(["/app", "/app/products", "/app/orders", "/app/settings", "/app/activity"])(
  "%s opens in the admin's frame of this shop only, as an empty app",
  async (path) => {
    const answer = await open(path);
    const html = await answer.text();
    expect(answer.status, html.slice(0, 500)).toBe(200);
    expect(html).toMatch(/Connect|connect|was installed/);
    expect(answer.headers.get("content-security-policy")).toContain(
      `frame-ancestors https://${DEMO_SHOP} https://admin.shopify.com`,
    );
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    shopId = (await world.db.shop.findFirstOrThrow()).id;
  },
);

test.each(["/", "/auth/login", "/nowhere"])(
  "%s outside the admin says where to go and may not be framed",
  async (path) => {
    const answer = await plain(path);
    expect(answer.status).toBe(path === "/nowhere" ? 404 : 200);
    expect(await answer.text()).toContain("Shopify admin");
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  },
);

test("without a session token nobody gets data", async () => {
  const answer = await fetch(`${world.origin}/app/summary`, {
    headers: { "user-agent": BROWSER, authorization: "Bearer forged" },
    redirect: "manual",
  });
  expect(answer.status).toBe(401);
});

test.each([
  ["/connect/tiktok-shop?ticket=forged", 400],
  ["/connect/tiktok-shop", 400],
  ["/connect/tiktok-shop/callback?code=x&state=forged", 400],
  ["/connect/tiktok-shop/callback", 400],
  ["/connect/another/callback?code=x&state=y", 404],
])("%s is answered with %d and how to start again; nothing is called or stored", async (path, status) => {
  const before = await world.businessRows();
  const calls = (await world.calls()).length;
  const answer = await plain(path);
  expect(answer.status).toBe(status);
  if (status === 400) expect(await answer.text()).toContain("To start again, open Reelshelf in your Shopify admin");
  expect(await world.businessRows()).toEqual(before);
  expect((await world.calls()).length).toBe(calls);
});

/** The page outside the frame that the button leads to. */
async function pressConnect(): Promise<{ path: string; ticket: string }> {
  const pressed = await post("/app", { intent: "connect", market: "US" });
  const start = new URL(pressed.headers.get("location") ?? "");
  expect(start.pathname).toBe("/connect/tiktok-shop");
  return { path: `${start.pathname}${start.search}`, ticket: start.searchParams.get("ticket") ?? "" };
}
/** The one button of that page, pressed on a page of `origin`. */
const goOn = (ticket: string, origin: string | null = world.appUrl) =>
  fetch(`${world.origin}/connect/tiktok-shop`, {
    method: "POST",
    headers: { "user-agent": BROWSER, accept: "text/html", ...(origin ? { origin } : {}) },
    body: new URLSearchParams({ ticket }),
    redirect: "manual",
  });
const cookieOf = (answer: Response) => answer.headers.get("set-cookie")?.split(";")[0] ?? "";

test("opening the link names the store and the channel, and goes nowhere by itself", async () => {
  const { path, ticket } = await pressConnect();
  for (let times = 0; times < 2; times += 1) {
    const page = await plain(path);
    expect(page.status).toBe(200);
    expect(page.headers.get("location")).toBeNull();
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    const html = await page.text();
    expect(html).toContain(DEMO_SHOP);
    expect(html).toContain("TikTok Shop");
    expect(html).toContain("If this is not your store");
    expect(html.match(/<button/g)).toHaveLength(1);
    expect(html).toContain(`name="ticket" value="${ticket}"`);
  }
  expect((await goOn(ticket)).status).toBe(302);
});

test("pressed from another site's page, or with a forged or an old ticket, nothing begins", async () => {
  const { ticket } = await pressConnect();
  for (const origin of ["https://evil.example.com", "null"]) {
    const answer = await goOn(ticket, origin);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get("set-cookie")).toBeNull();
  }
  for (const answer of [await goOn(ticket, null), await goOn("forged")]) {
    expect(answer.status).toBe(400);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(await answer.text()).toContain("To start again, open Reelshelf in your Shopify admin");
  }
  await world.db.consentTicket.updateMany({ data: { expiresAt: new Date() } });
  expect((await plain(`/connect/tiktok-shop?ticket=${ticket}`)).status).toBe(400);
  expect((await goOn(ticket)).status).toBe(400);
});

test("from the button over the consent page back into the admin; the same way back a second time is 400", async () => {
  const { ticket } = await pressConnect();
  const gone = await goOn(ticket);
  const consent = gone.headers.get("location") ?? "";
  expect(new URL(consent).pathname).toBe("/open/authorize");
  expect(gone.headers.get("set-cookie")).toMatch(/HttpOnly.*SameSite=Lax/i);
  const { code, state } = await world.consent(consent);
  const back = `/connect/tiktok-shop/callback?code=${code}&state=${state}&locale=en&shop_region=US`;

  // somebody who was sent the consent page's address never saw which store it is for
  expect((await plain(back)).status).toBe(400);
  expect(await world.db.connection.count()).toBe(0);

  const returned = await plain(back, { cookie: cookieOf(gone) });
  expect(returned.status).toBe(302);
  expect(returned.headers.get("location")).toBe(
    `http://admin.localhost:${world.sandbox.port}/store/reelshelf-demo/apps/reelshelf/app`,
  );
  expect((await plain(back, { cookie: cookieOf(gone) })).status).toBe(400);
  expect(await world.db.connection.count()).toBe(1);
});

test("a channel too busy for the way back: the page says so and what to do, and nothing changed", async () => {
  const { ticket } = await pressConnect();
  const gone = await goOn(ticket);
  const { code, state } = await world.consent(gone.headers.get("location") ?? "");
  const renewedAt = async () => (await world.db.grant.findFirstOrThrow()).renewedAt;
  const before = await renewedAt();
  await world.door("faults", { add: [{ platform: "tiktok", operation: "getAuthorizedShops", kind: "429", times: 1 }] });
  const back = `/connect/tiktok-shop/callback?code=${code}&state=${state}&locale=en&shop_region=US`;
  const returned = await plain(back, { cookie: cookieOf(gone) });
  expect(returned.status).toBe(502);
  expect(await returned.text()).toContain("Nothing was stored. Start again from Reelshelf in a minute.");
  expect(await renewedAt()).toEqual(before);
});

test("a return without state ends in a link into the admin, where one click connects", async () => {
  const returned = await plain("/connect/tiktok-shop/callback?code=some-code");
  expect(returned.status).toBe(200);
  const claim = /name="claim" value="([^"]+)"/.exec(await returned.text())?.[1] ?? "";
  expect(claim).not.toBe("");
  const into = await plain(`/connect/tiktok-shop?claim=${claim}&store=reelshelf-demo.myshopify.com`);
  expect(into.headers.get("location")).toContain(`/store/reelshelf-demo/apps/reelshelf/app?claim=${claim}`);
  expect((await plain(`/connect/tiktok-shop?claim=${claim}&store=evil.example.com/x`)).status).toBe(400);
  const refused = await post("/app", { intent: "claim", claim });
  expect(refused.status).toBe(422);
});

test("settings, readiness and arming through the page's own forms", async () => {
  const connection = await world.db.connection.findFirstOrThrow();
  const connectionId = connection.id;
  expect((await post("/app", { intent: "arm", connectionId })).status).toBe(422);
  expect((await post("/app", { intent: "recheck", connectionId })).status).toBe(200);
  expect((await post("/app", { intent: "settings", connectionId, buffer: "-1" })).status).toBe(422);
  expect((await post("/app", { intent: "settings", connectionId, buffer: "2" })).status).toBe(200);
  expect((await world.services.shops.getConnection(shopId, connectionId))?.settings).toMatchObject({ buffer: 2 });
  expect((await post("/app", { intent: "arm", connectionId })).status).toBe(200);
  expect((await summary()).connections).toMatchObject([
    {
      id: connectionId,
      status: "active",
      armedFlows: ["listings", "stock", "price", "orders", "fulfilment"],
      readiness: { ok: true, failing: [] },
    },
  ]);
  expect((await post("/app", { intent: "pause", connectionId, flows: "stock" })).status).toBe(200);
  expect((await world.services.shops.getConnection(shopId, connectionId))?.armedFlows).not.toContain("stock");
  expect((await post("/app", { intent: "nonsense" })).status).toBe(400);
  expect((await open("/app")).status).toBe(200);
});

test("another shop's connection cannot be touched", async () => {
  await world.door("shopify/create-shop", { shop: "another-store.myshopify.com", plan: "Standard" });
  const other = await world.install("another-store.myshopify.com");
  const { id: connectionId } = await world.db.connection.findFirstOrThrow();
  const actor = { kind: "staff" as const, id: "9" };
  expect(await world.services.shops.arm({ shopId: other.id, connectionId, flows: ["stock"], actor })).toEqual({
    outcome: "not-connected",
  });
  expect(await world.services.shops.disarm({ shopId: other.id, connectionId, flows: ["orders"], actor })).toBe(false);
  expect(
    await world.services.shops.saveSettings({ shopId: other.id, connectionId, change: { buffer: 9 }, actor }),
  ).toEqual({ outcome: "not-connected" });
  expect(await world.services.shops.recheck({ shopId: other.id, connectionId })).toBeNull();
});

const HALTING = ["pause-all", "resume-all", "stop-selling", "resume-selling", "disconnect", "keep-connected"];

test.each([
  ...HALTING.map((intent) => ["/app/settings", intent]),
  ...["connect", "arm", "pause", "settings"].map((intent) => ["/app/settings", intent]),
  ["/app?index", "try-first"],
])(
  "another shop's session at %s cannot %s this shop's connection: it is answered as if there were none",
  async (path, intent) => {
    await world.door("shopify/create-shop", { shop: "third-store.myshopify.com", plan: "Standard" }).catch(() => {});
    await world.install("third-store.myshopify.com");
    const { id } = await world.db.connection.findFirstOrThrow();
    const before = await world.businessRows();
    const answers = await Promise.all(
      [id, "01900000-0000-7000-8000-000000000000"].map(async (connectionId) => {
        const form = { intent, connectionId, listings: "leave", buffer: "9" };
        const answer = await post(path, form, "third-store.myshopify.com");
        return { status: answer.status, saysId: (await answer.text()).includes(id) };
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toEqual({ status: 422, saysId: false });
    expect(await world.businessRows()).toEqual(before);
  },
);

test("another shop sees nothing of this shop's connection, settings or activity", async () => {
  const { id, name } = await world.db.connection.findFirstOrThrow();
  for (const path of ["/app", "/app/settings", "/app/activity"]) {
    const answer = await fetch(`${world.origin}${path}.data`, { headers: await bearer("third-store.myshopify.com") });
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(text).not.toContain(id);
    expect(text).not.toContain(name);
  }
});

test("the guide is put away for the shop and brought back from Settings", async () => {
  const guide = async () => (await world.db.shop.findUniqueOrThrow({ where: { id: shopId } })).guideDismissedAt;
  expect(await (await open("/app")).text()).toContain("Set up Reelshelf");
  expect((await post("/app?index", { intent: "dismiss-guide" })).status).toBe(200);
  expect(await guide()).not.toBeNull();
  expect(await (await open("/app")).text()).not.toContain("Set up Reelshelf");
  expect((await post("/app/settings", { intent: "show-guide" })).status).toBe(200);
  expect(await guide()).toBeNull();
});

test("pausing, stopping and ending from Settings; what becomes of listings is never guessed", async () => {
  const { id: connectionId } = await world.db.connection.findFirstOrThrow();
  const press = async (intent: string, more = {}) =>
    (await post("/app/settings", { intent, connectionId, ...more })).status;
  for (const intent of ["pause-all", "resume-all", "stop-selling", "resume-selling"])
    expect(await press(intent)).toBe(200);
  expect(await press("disconnect")).toBe(400);
  expect(await press("disconnect", { listings: "leave" })).toBe(200);
  expect(await (await open("/app/settings")).text()).toContain("Connect again");
  expect(await (await open("/app/activity")).text()).toContain("was disconnected");
  expect(await world.connect(shopId)).toMatchObject({ outcome: "connected", connections: [{ id: connectionId }] });
});

test("activity is paged by a cursor to its very beginning, every line once, filtered by kind and by who did it", async () => {
  for (let n = 0; n < 70; n++)
    await world.services.shops.showGuide({ shopId, isShown: n % 2 === 1, actor: { kind: "staff", id: "5" } });
  const of = async (query: string) =>
    (await fetch(`${world.origin}/app/activity.data?${query}`, { headers: await bearer() })).text();
  const total = await world.db.activity.count({ where: { shopId } });
  const seen: string[] = [];
  for (let cursor: string | undefined = ""; cursor !== undefined; ) {
    const text: string = await of(`cursor=${cursor}`);
    seen.push(...(text.match(/event-\d+/g) ?? []));
    cursor = /"(\d+_\d*)"/.exec(text)?.[1];
  }
  expect(seen).toHaveLength(total);
  expect(new Set(seen).size).toBe(total);
  expect(await of("view=orders")).not.toContain("was connected");
  expect(await of("by=shopify")).toContain("Reelshelf was installed");
  expect(await of("by=shopify")).not.toContain("guide");
  await world.db.activity.create({
    data: { shopId, actorKind: "job", actorId: "later", event: "moon.landed", subject: "moon:1" },
  });
  expect(await of("view=all")).toContain("moon.landed");
});

test("every staff action leaves an activity with the person's id", async () => {
  const { entries } = await until("activities", async () => world.services.activity.listActivity({ shopId }));
  const events = entries.filter((one) => one.actor.kind === "staff").map((one) => one.event);
  for (const event of [
    "connection.paused-all",
    "connection.selling-stopped",
    "connection.disconnected",
    "guide.dismissed",
  ])
    expect((await world.db.activity.findMany({ where: { event } })).map((one) => one.actorKind)).toContain("staff");
  const { entries: early } = await world.services.activity.listActivity({ shopId, limit: 1_000 });
  events.push(...early.map((one) => one.event));
  for (const event of ["connection.connected", "connection.armed", "connection.paused", "connection.settings-changed"])
    expect(events).toContain(event);
});
