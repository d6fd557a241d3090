import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { TOPIC_NUMBERS } from "../../app/channels/tiktok-shop/topics.ts";
import type { Scope } from "../../app/platform/engine/model.ts";
import { makeCatalog } from "../../sandbox/catalog/make-catalog.ts";
import { aWorld, BUSY_SHOP, DEMO_SHOP, loadBuild, type World } from "./support.ts";

/**
 * Two shops in one app. Every door (from the built route manifest, so that a new one cannot be forgotten) is tried with the other shop's
 * session and this shop's ids, in every parameter the routes read: nothing of this shop is shown or changed. Each door is tried with this
 * shop's own session too: a test that could not see anything would prove nothing.
 */

// each door is asked a hundred times
vi.setConfig({ testTimeout: 120_000 });

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
const CHANNEL = "tiktok-shop";

/** Doors that are for everybody or have their own keys. All others ask for a session of the shop. */
const OPEN = ["root", "routes/_index", "routes/auth.$", "routes/auth.login"];
const BY_TICKET = ["routes/connect.$channel._index", "routes/connect.$channel.callback"];

interface Door {
  id: string;
  /** Its address, parameters as `:name`. */
  pattern: string;
  isPage: boolean;
  isIndex: boolean;
  reads: boolean;
  acts: boolean;
}

const build = await loadBuild();
const doors: Door[] = Object.values(build.routes).flatMap((route) => {
  if (!route) return [];
  const { loader, action, default: page } = route.module;
  if (!loader && !action) return [];
  const parts: string[] = [];
  for (let at: typeof route | undefined = route; at; at = at.parentId ? build.routes[at.parentId] : undefined)
    if (at.path) parts.unshift(at.path);
  const pattern = `/${parts.join("/")}`;
  return [
    {
      id: route.id,
      pattern,
      isPage: Boolean(page),
      isIndex: route.index === true,
      reads: Boolean(loader),
      acts: Boolean(action),
    },
  ];
});
const guarded = doors.filter(({ id }) => !OPEN.includes(id) && !BY_TICKET.includes(id));

/** What the routes' own source says they read: names of parameters and of intents. */
const source = fs
  .readdirSync("app/routes", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), "utf8"))
  .join("\n");
const found = (pattern: RegExp) => [...new Set([...source.matchAll(pattern)].map(([, name = ""]) => name))].sort();
const queryNames = found(/(?:query|searchParams|params)\.get\(\s*"(\w+)"/g);
const fieldNames = found(/(?:field|list|allOr)\(form, "(\w+)"\)|form\.(?:get|has|getAll)\("(\w+)"\)/g).filter(Boolean);
const intents = [
  ...new Set([
    ...found(/case "([a-z][a-z-]*)":/g),
    ...found(/"intent"\)\s*[!=]==\s*"([a-z-]+)"/g),
    ...found(/intent: z\.enum\(\[([^\]]*)\]/g).flatMap((list) =>
      [...list.matchAll(/"([a-z-]+)"/g)].map((one) => one[1] ?? ""),
    ),
  ]),
].filter((name) => name !== "connected");

let world: World;
/** Ids and names of the first shop by what they are; any of them in an answer to the other shop is a leak. */
let ids: Record<string, string>;
let markers: string[];
/** Every table there is, with its columns. */
let tables: { table: string; names: string[] }[];
let mine: { shopId: string; connectionId: string; grantId: string; channelShopId: string };
let other: { shopId: string; connectionId: string; channelShopId: string };

beforeAll(async () => {
  world = await aWorld({ withPages: true, busyShop: 3 });
  const products = makeCatalog(3).map((one) => ({
    ...one,
    title: `Only ours ${one.title}`,
    handle: `ours-${one.handle}`,
  }));
  await world.door("shopify/seed-catalog", { products });
  const [first, second] = await channelShops();
  const shops = [await setUp(DEMO_SHOP, first), await setUp(BUSY_SHOP, second)] as const;
  const [grant] = await world.db.grant.findMany({ where: { connections: { some: { shopId: shops[0].shopId } } } });
  mine = { ...shops[0], grantId: grant?.id ?? "" };
  other = shops[1];

  await press(DEMO_SHOP, "/app/products", { intent: "select", connectionId: mine.connectionId, productIds: "all" });
  await press(DEMO_SHOP, "/app/settings", { intent: "arm", connectionId: mine.connectionId });
  await press(BUSY_SHOP, "/app/settings", { intent: "arm", connectionId: other.connectionId });
  await world.working("everything picked is checked", async () => {
    const listings = await world.db.listing.findMany({ where: { shopId: mine.shopId } });
    return listings.length === 3 && listings.every((one) => one.status !== "selected");
  });
  await press(DEMO_SHOP, "/app/products", { intent: "apply-defaults", connectionId: mine.connectionId });
  await press(DEMO_SHOP, "/app/products", { intent: "send", connectionId: mine.connectionId });
  await world.working("two listings to be live", async () => {
    return (await world.db.listing.count({ where: { shopId: mine.shopId, status: "live" } })) >= 2;
  });
  await world.door("tiktok/buy-any", { store: "fresh" });
  await world.working("an order to be home", async () => {
    return (await world.db.channelOrder.count({ where: { shopifyOrderId: { not: null } } })) === 1;
  });
  await world.working("its hold to be over", async () => {
    return (await world.db.channelOrder.count({ where: { holdState: "released", importState: "done" } })) === 1;
  });
  // from here on nothing happens by itself
  await world.door("webhooks", { off: true });
  await world.quiet();
  await askForData();
  await learnMarkers();
  tables = await world.db.$queryRaw`
    select table_name::text as "table", array_agg(column_name::text) as names from information_schema.columns
    where table_schema = 'public' group by 1`;
}, 120_000);
afterAll(() => world.close());

async function channelShops(): Promise<{ id: string; sellerId: string }[]> {
  const state = await (await fetch(`${world.sandbox.url}/__sandbox/state`)).json();
  return (state as { tiktok: { shops: { id: string; sellerId: string }[] } }).tiktok.shops;
}

async function setUp(domain: string, channelShop: { id: string; sellerId: string } | undefined) {
  const { id: shopId } = await world.install(domain);
  expect((await world.connect(shopId, channelShop?.sellerId)).outcome).toBe("connected");
  await world.working(`the catalog of ${domain} to be read`, async () => {
    const [connection] = await world.services.shops.listConnections(shopId);
    return (
      (await world.db.product.count({ where: { shopId } })) === 3 && connection?.webhooksSetAt && connection.readiness
    );
  });
  const { id: connectionId } = await world.db.connection.findFirstOrThrow({ where: { shopId } });
  return { shopId, connectionId, channelShopId: channelShop?.id ?? "" };
}

/** Tokens live for a minute; the admin keeps one as long as it is good, too. */
const KEPT_MS = 20_000;
const kept = new Map<string, { token: string; until: number }>();

const bearer = async (shop: string) => {
  const known = kept.get(shop);
  if (known && known.until > Date.now()) return { authorization: `Bearer ${known.token}`, "user-agent": BROWSER };
  const until = Date.now() + KEPT_MS;
  const { token } = await world.door<{ token: string }>("shopify/session-token", { shop });
  kept.set(shop, { token, until });
  return { authorization: `Bearer ${token}`, "user-agent": BROWSER };
};

async function press(shop: string, at: string, form: Record<string, string>): Promise<void> {
  const body = new URLSearchParams(form);
  const answer = await fetch(`${world.origin}${at}`, { method: "POST", headers: await bearer(shop), body });
  expect(answer.status, `${form.intent}: ${await answer.clone().text()}`).toBe(200);
}

/** A buyer of the first shop wants to see what is held about them. */
async function askForData(): Promise<void> {
  const { shopifyOrderId } = await world.db.channelOrder.findFirstOrThrow({ where: { shopId: mine.shopId } });
  const body = {
    ...{ shop_domain: DEMO_SHOP, customer: { id: 1, email: null, phone: null }, data_request: { id: 1 } },
    // as text: numbers this long would be rounded on the way
    orders_requested: [shopifyOrderId?.split("/").at(-1)],
  };
  expect((await world.postShopify("customers/data_request", body)).status).toBe(200);
  await world.working("its file to be ready", () => world.db.buyerRequest.findFirst({ where: { state: "ready" } }));
}

/** Every id and title of the first shop, by table and column, from the database itself. */
async function learnMarkers(): Promise<void> {
  const where = { shopId: mine.shopId };
  const [connection, listing, product, order, problem, activity, request] = await Promise.all([
    world.db.connection.findFirstOrThrow({ where }),
    world.db.listing.findFirstOrThrow({ where: { ...where, status: "live" }, include: { skus: true } }),
    world.db.product.findFirstOrThrow({ where, include: { variants: true } }),
    world.db.channelOrder.findFirstOrThrow({ where, include: { lines: true } }),
    world.db.problem.findFirst({ where }),
    world.db.activity.findFirstOrThrow({ where }),
    world.db.buyerRequest.findFirstOrThrow({ where }),
  ]);
  ids = {
    ...{ shop: mine.shopId, grant: mine.grantId, connection: connection.id, channelShop: mine.channelShopId },
    ...{ listing: listing.id, channelProduct: listing.channelProductId ?? "" },
    ...{ listingSku: listing.skus[0]?.id ?? "", channelSku: listing.skus[0]?.channelSkuId ?? "" },
    ...{ product: product.id, productGid: product.shopifyId },
    ...{ productNumber: product.shopifyId.split("/").at(-1) ?? "", variant: product.variants[0]?.id ?? "" },
    ...{ order: order.id, channelOrder: order.channelOrderId },
    ...{ shopifyOrder: order.shopifyOrderId ?? "", line: order.lines[0]?.id ?? "", request: request.id },
    ...(problem ? { problem: problem.key } : {}),
  };
  for (const [name, id] of Object.entries(ids)) expect(id, name).not.toBe("");
  expect(activity.id > 0n).toBe(true);
  markers = [...Object.values(ids), "Only ours", connection.name, order.shopifyOrderName ?? "no name"];
}

/** What of the first shop an answer shows, without what the question itself said. */
const shownIn = (text: string, question: string) => {
  const asked = decodeURIComponent(question);
  return markers.filter((marker) => text.includes(marker) && !asked.includes(marker) && !marker.startsWith("#"));
};

/** Digest of every row of the first shop, in every table there is. A table nobody thought of fails. */
async function rowsOf({ shopId, connectionId, grantId }: typeof mine, domain: string): Promise<Record<string, string>> {
  const scopes = [`shop:${shopId}`, `connection:${connectionId}`, `grant:${grantId}`]
    .map((one) => `'${one}'`)
    .join(",");
  const condition = ({ table, names }: (typeof tables)[number]): string | null => {
    if (names.includes("shopId")) return `"shopId" = '${shopId}'`;
    if (names.includes("connectionId")) return `"connectionId" = '${connectionId}'`;
    if (names.includes("ownerId")) return `"ownerId" in ('${shopId}', '${connectionId}')`;
    if (names.includes("scope")) return `scope in (${scopes})`;
    if (table === "Shop") return `id = '${shopId}'`;
    if (table === "Grant") return `id = '${grantId}'`;
    if (table === "ShopifySession") return `shop = '${domain}'`;
    if (SHARED.includes(table)) return null;
    throw new Error(`whose are the rows of ${table}? Say so in this test.`);
  };
  const digests = tables.flatMap((one) => {
    const where = condition(one);
    const digest = `md5(string_agg(t::text, '|' order by t::text))`;
    return where ? [`select '${one.table}' as "table", ${digest} as digest from "${one.table}" t where ${where}`] : [];
  });
  const rows = await world.db.$queryRawUnsafe<{ table: string; digest: string | null }[]>(digests.join(" union all "));
  return Object.fromEntries(rows.map(({ table, digest }) => [table, digest ?? "none"]));
}
/** Tables of the house, of no shop. */
const SHARED = ["_prisma_migrations", "Budget", "Delivery", "PendingDelivery", "UnclaimedConsent"];

/** Changes nothing of the first shop. */
async function untouched<T>(act: () => Promise<T>): Promise<T> {
  const before = await rowsOf(mine, DEMO_SHOP);
  const result = await act();
  expect(await rowsOf(mine, DEMO_SHOP)).toEqual(before);
  return result;
}

/** Addresses of a door with one id in every parameter, of the path and of the query. */
function addressesOf(door: Door, value: string): string {
  const at = door.pattern.replace(/:channel\b/g, CHANNEL).replace(/:\w+|\*/g, encodeURIComponent(value));
  const query = new URLSearchParams(queryNames.map((name) => [name, value]));
  if (door.isIndex) query.set("index", "");
  return `${door.isPage ? dataOf(at) : at}?${query}`;
}
/** Where a page's data is read without the page around it. */
const dataOf = (at: string) => `${at === "/" ? "/_root" : at}.data`;
const hasParameter = ({ pattern }: Door) => /:(?!channel\b)\w+/.test(pattern);

async function ask(shop: string, address: string) {
  const answer = await fetch(`${world.origin}${address}`, { headers: await bearer(shop), redirect: "manual" });
  return { status: answer.status, text: await answer.text() };
}

describe("the doors", () => {
  test("are found: those of everybody, those with a ticket, and those that ask whose session it is", () => {
    expect(guarded.length).toBeGreaterThanOrEqual(8);
    expect(doors.map(({ id }) => id)).toEqual(expect.arrayContaining(BY_TICKET));
    expect(queryNames).toEqual(expect.arrayContaining(["connectionId", "cursor", "search", "view", "product"]));
    expect(fieldNames).toEqual(expect.arrayContaining(["connectionId", "productIds", "listingIds"]));
    expect(intents).toEqual(expect.arrayContaining(["arm", "disconnect", "send", "show-guide", "stop", "try-first"]));
  });

  test.each(guarded)("$id: without a session there is nothing", async (door) => {
    await untouched(async () => {
      for (const method of [...(door.reads ? ["GET"] : []), ...(door.acts ? ["POST"] : [])]) {
        const answer = await fetch(`${world.origin}${addressesOf(door, ids.connection ?? "")}`, {
          method,
          ...(method === "POST"
            ? { body: new URLSearchParams({ intent: "arm", connectionId: ids.connection ?? "" }) }
            : {}),
          headers: { "user-agent": BROWSER, authorization: "Bearer forged" },
          redirect: "manual",
        });
        expect(answer.status, `${method} ${door.id}`).toBe(401);
        expect(shownIn(await answer.text(), ids.connection ?? "")).toEqual([]);
      }
    });
  });

  test.each(guarded.filter((door) => door.reads))("$id shows nothing of this shop to the other", async (door) => {
    const plain = await ask(DEMO_SHOP, door.isPage ? dataOf(door.pattern) : door.pattern);
    const own = [plain, ...(await Promise.all(Object.values(ids).map((id) => ask(DEMO_SHOP, addressesOf(door, id)))))];
    const seen = own.flatMap(({ status, text }) => (status === 200 ? shownIn(text, "") : []));
    expect(seen.length, `${door.id} shows its own shop nothing: then this proves nothing`).toBeGreaterThan(0);
    if (hasParameter(door)) expect(own.slice(1).some(({ status }) => status === 200)).toBe(true);
    await untouched(async () => {
      const plain = door.isPage ? dataOf(door.pattern) : door.pattern;
      const asked = [plain, ...Object.values(ids).map((id) => addressesOf(door, id))];
      await Promise.all(
        asked.map(async (address) => {
          const { status, text } = await ask(BUSY_SHOP, address);
          expect(status, `${address}: ${text.slice(0, 300)}`).toBeLessThan(500);
          expect(shownIn(text, address), address).toEqual([]);
        }),
      );
    });
  });

  test.each(guarded.filter((door) => door.acts))("$id lets the other shop change nothing here", async (door) => {
    const valueFor = (name: string, connectionId: string): string =>
      ({
        ...{ connectionId, productIds: ids.product, listingIds: ids.listing, product: ids.productGid },
        ...{ claim: "no-claim", listings: "take-off", market: "US", buffer: "9", share: "0.5" },
      })[name] ??
      ids.listing ??
      "";
    const statuses = new Set<number>();
    await untouched(async () => {
      for (const intent of intents) {
        for (const connectionId of [mine.connectionId, other.connectionId]) {
          const pairs = fieldNames.map((name) => [name, valueFor(name, connectionId)] as const);
          const form = {
            ...Object.fromEntries(pairs),
            intent,
            connectionId,
            listingId: ids.listing ?? "",
            orderId: ids.order ?? "",
          };
          // what would end the other shop's own work ends this test too
          if (connectionId === other.connectionId && HALTS.includes(intent)) continue;
          const answer = await fetch(`${world.origin}${addressesOf(door, ids.listing ?? "")}`, {
            method: "POST",
            headers: { ...(await bearer(BUSY_SHOP)), ...(door.isPage ? {} : { "content-type": "application/json" }) },
            body: door.isPage ? new URLSearchParams(form) : JSON.stringify({ ...form, product: ids.productGid }),
            redirect: "manual",
          });
          statuses.add(answer.status);
          const text = await answer.text();
          expect(answer.status, `${intent}: ${text.slice(0, 300)}`).toBeLessThan(500);
          expect(shownIn(text, JSON.stringify(form)), `${door.id} ${intent}`).toEqual([]);
        }
      }
    });
    expect(
      [...statuses].some((status) => status >= 400),
      "nothing was refused",
    ).toBe(true);
  });

  test("an action of one's own does change this shop: the tests above can fail", async () => {
    const before = await rowsOf(mine, DEMO_SHOP);
    await press(DEMO_SHOP, "/app/settings", { intent: "settings", connectionId: mine.connectionId, buffer: "1" });
    expect(await rowsOf(mine, DEMO_SHOP)).not.toEqual(before);
    await press(DEMO_SHOP, "/app/settings", { intent: "settings", connectionId: mine.connectionId, buffer: "0" });
  });
});
const HALTS = ["disconnect", "pause-all", "stop-selling", "pause", "settings"];

describe("what the other shop works off", () => {
  /** Everything that is due for the other shop, worked until it is quiet. */
  const workOther = async () => {
    const scopes: Scope[] = [`shop:${other.shopId}`, `connection:${other.connectionId}`];
    await world.quiet(scopes);
  };

  test("after all these attempts is its own: no title, order or buyer of this shop is in its rows", async () => {
    await untouched(workOther);
    expect(await titlesOfOther()).not.toContain("Only ours");
  });

  test("webhooks of Shopify for the other shop never touch this one, whatever ids they name", async () => {
    const toml = fs.readFileSync("shopify.app.toml", "utf8");
    const topics = [...toml.matchAll(/topics = \[([^\]]*)\]/g)].flatMap(([, list = ""]) =>
      [...list.matchAll(/"([^"]+)"/g)].map((one) => one[1] ?? ""),
    );
    expect(topics.length).toBeGreaterThan(20);
    const level = await world.db.stockLevel.findFirstOrThrow({ where: { shopId: mine.shopId } });
    const numberOf = (gid: string | undefined) => Number(gid?.split("/").at(-1));
    await untouched(async () => {
      // the last one would end the other shop's installation
      for (const topic of topics.filter((one) => one !== "app/uninstalled" && one !== "shop/redact")) {
        const [kind = ""] = topic.split("/");
        const gid = kind.startsWith("order")
          ? ids.shopifyOrder
          : kind === "products"
            ? ids.productGid
            : level.inventoryItemId;
        const answer = await world.postShopify(
          topic,
          {
            ...{ id: numberOf(gid), admin_graphql_api_id: gid, updated_at: new Date().toISOString() },
            ...{
              inventory_item_id: numberOf(level.inventoryItemId),
              location_id: numberOf(level.locationId),
              available: 0,
            },
            ...{
              order_id: numberOf(ids.shopifyOrder),
              source_identifier: ids.channelOrder,
              cancelled_at: new Date().toISOString(),
            },
            ...{ fulfillment_status: "fulfilled", fulfillment_order: { id: "gid://shopify/FulfillmentOrder/1" } },
            ...{ orders_to_redact: [numberOf(ids.shopifyOrder)], shop_domain: DEMO_SHOP },
          },
          { "x-shopify-shop-domain": BUSY_SHOP, "x-shopify-webhook-id": randomUUID() },
        );
        expect(answer.status, topic).toBe(200);
      }
      await workOther();
    });
    expect(await titlesOfOther()).not.toContain("Only ours");
  });

  test("webhooks of the channel for the other shop never touch this one, whatever ids they name", async () => {
    const sent = Object.keys(TOPIC_NUMBERS).map(Number);
    expect(sent.length).toBeGreaterThan(5);
    await untouched(async () => {
      for (const type of sent) {
        const now = Math.floor(Date.now() / 1000);
        const answer = await world.postTikTok({
          ...{ type, tts_notification_id: randomUUID(), shop_id: other.channelShopId, timestamp: now },
          data: {
            ...{ order_id: ids.channelOrder, product_id: ids.channelProduct, order_status: "CANCEL", update_time: now },
            package_list: [{ order_id_list: [ids.channelOrder] }],
          },
        });
        expect(answer.status).toBe(200);
      }
      await workOther();
    });
    expect(await titlesOfOther()).not.toContain("Only ours");
    // a delivery for this shop is heard: the test above can fail
    const before = await rowsOf(mine, DEMO_SHOP);
    const now = Math.floor(Date.now() / 1000);
    await world.postTikTok({
      ...{ type: 1, tts_notification_id: randomUUID(), shop_id: mine.channelShopId, timestamp: now },
      data: {
        order_id: ids.channelOrder,
        order_status: "AWAITING_SHIPMENT",
        is_on_hold_order: false,
        update_time: now,
      },
    });
    expect(await rowsOf(mine, DEMO_SHOP)).not.toEqual(before);
  });

  /** All that the other shop's rows say. */
  async function titlesOfOther(): Promise<string> {
    const where = { shopId: other.shopId };
    const rows = await Promise.all([
      world.db.product.findMany({ where, include: { variants: true } }),
      world.db.listing.findMany({ where }),
      world.db.channelOrder.findMany({ where, include: { lines: true } }),
      world.db.problem.findMany({ where }),
      world.db.activity.findMany({ where }),
    ]);
    const [products] = rows;
    expect(products.length).toBe(3);
    return JSON.stringify(rows, (_name, value) => (typeof value === "bigint" ? String(value) : value));
  }
});

describe("the way to the channel and back", () => {
  const cookieOf = (answer: Response) => answer.headers.get("set-cookie")?.split(";")[0] ?? "";

  /** From a shop's own ticket to the channel's answer for a seller. */
  async function begin(shop: string, sellerId: string) {
    const pressed = await fetch(`${world.origin}/app`, {
      method: "POST",
      headers: await bearer(shop),
      body: new URLSearchParams({ intent: "connect", market: "US" }),
      redirect: "manual",
    });
    const start = new URL(pressed.headers.get("location") ?? "");
    const gone = await fetch(`${world.origin}/connect/${CHANNEL}`, {
      method: "POST",
      headers: { "user-agent": BROWSER, origin: world.appUrl },
      body: new URLSearchParams({ ticket: start.searchParams.get("ticket") ?? "" }),
      redirect: "manual",
    });
    const back = await world.consent(gone.headers.get("location") ?? "", sellerId);
    return { cookie: cookieOf(gone), back: new URLSearchParams(back) };
  }
  const comeBack = (cookie: string, back: URLSearchParams) =>
    fetch(`${world.origin}/connect/${CHANNEL}/callback?${back}`, {
      headers: { "user-agent": BROWSER, accept: "text/html", ...(cookie ? { cookie } : {}) },
      redirect: "manual",
    });
  const sellers = async () => (await channelShops()).map((one) => one.sellerId);
  const connectionOf = async () =>
    JSON.stringify(await world.db.connection.findMany({ where: { shopId: mine.shopId } }));

  test("a return that another browser began connects nothing, for either shop", async () => {
    const [ours = ""] = await sellers();
    const started = await begin(DEMO_SHOP, ours);
    const others = await begin(BUSY_SHOP, ours);
    await untouched(async () => {
      for (const cookie of ["", others.cookie]) {
        const answer = await comeBack(cookie, started.back);
        expect(answer.status).toBe(400);
        expect(shownIn(await answer.text(), "")).toEqual([]);
      }
    });
  });

  test("the other shop cannot take this shop's channel shop, though its seller consents again", async () => {
    const [ours = ""] = await sellers();
    const before = await connectionOf();
    const { cookie, back } = await begin(BUSY_SHOP, ours);
    const answer = await comeBack(cookie, back);
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(text).not.toContain(DEMO_SHOP);
    expect(text).not.toContain(ids.connection);
    expect(await connectionOf()).toBe(before);
    expect(await world.db.connection.count({ where: { shopId: other.shopId } })).toBe(1);
  });

  test("the other shop that leaves takes nothing of this one with it", async () => {
    await untouched(async () => {
      const headers = { "x-shopify-shop-domain": BUSY_SHOP, "x-shopify-webhook-id": randomUUID() };
      const body = { id: 1, domain: BUSY_SHOP, myshopify_domain: DEMO_SHOP };
      expect((await world.postShopify("app/uninstalled", body, headers)).status).toBe(200);
      const redact = { ...headers, "x-shopify-webhook-id": randomUUID() };
      expect((await world.postShopify("shop/redact", { shop_domain: DEMO_SHOP }, redact)).status).toBe(200);
    });
    const left = await world.db.shop.findUniqueOrThrow({ where: { id: other.shopId } });
    expect(left.uninstalledAt).not.toBeNull();
  });
});
