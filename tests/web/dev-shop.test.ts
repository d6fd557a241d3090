import { afterAll, beforeAll, expect, test } from "vitest";
import { flows } from "../../app/domains/shops/model.ts";
import { aMovableClock, aWorld, DEMO_SHOP, type World } from "./support.ts";

/** A development shop takes five orders a minute: orders stand in line, say so, and are all home in the end. */

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
// minutes pass here that do not pass there: the channel takes calls that seem late, and none that seem to come from the future
const clock = aMovableClock();
clock.advance(-240_000);
let world: World;
let shopId: string;
let connectionId: string;
let skuId: string;

beforeAll(async () => {
  world = await aWorld({ withPages: true, clock, devShop: true });
  await world.door("shopify/seed-catalog", { products: [MUG] });
  shopId = (await world.install()).id;
  await world.connect(shopId);
  connectionId = (await world.db.connection.findFirstOrThrow()).id;
  await world.services.shops.recheck({ shopId, connectionId });
  await world.working("the catalog is read", async () => (await world.db.product.count()) === 1);
  const where = { shopId, connectionId, actor: { kind: "staff", id: "1" } as const };
  const { id } = await world.db.product.findFirstOrThrow();
  await world.services.catalog.select({ ...where, productIds: [id] });
  await world.services.catalog.applyDefaults({ ...where, listingIds: "all" });
  await world.services.shops.arm({ ...where, flows: [...flows] });
  await world.services.catalog.send({ ...where, listingIds: "all" });
  await world.working(
    "the mug is live",
    async () => (await world.db.listing.count({ where: { status: "live" } })) === 1,
  );
  await world.door("settings", { speed: 1 });
  const sku = await world.db.listingSku.findFirstOrThrow({ where: { channelSkuId: { not: null } } });
  skuId = sku.channelSkuId ?? "";
}, 180_000);
afterAll(() => world.close());

const MUG = {
  ...{ handle: "queue-mug", title: "Stoneware Mug for those who wait in line", vendor: "Queue", productType: "Mugs" },
  bodyHtml: "<p>A stoneware mug that holds three hundred millilitres and is glazed inside and out.</p>",
  status: "ACTIVE",
  variants: [
    {
      ...{ sku: "QUEUE-1", price: "18.00", requiresShipping: true, tracked: true },
      ...{ weight: { value: 0.4, unit: "KILOGRAMS" }, stock: { main: 500 } },
    },
  ],
  pictures: [{ file: "https://pictures.example/queue-mug.jpg", width: 1_200, height: 1_200 }],
};

async function words(path: string): Promise<string> {
  const { token, host } = await world.door<{ token: string; host: string }>("shopify/session-token");
  const [at, asked] = path.split("?");
  const query = new URLSearchParams({
    ...Object.fromEntries(new URLSearchParams(asked)),
    ...{ embedded: "1", shop: DEMO_SHOP, host, locale: "en", id_token: token, session: "s", timestamp: "1" },
  });
  const answer = await fetch(`${world.origin}${at}?${query}`, {
    headers: { "user-agent": BROWSER, accept: "text/html" },
  });
  expect(answer.status).toBe(200);
  return (await answer.text())
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

async function buy(): Promise<string> {
  const { orderId } = await world.door<{ orderId: string }>("tiktok/buy", {
    ...{ skuId, quantity: 1, skipHold: true },
  });
  await tell(orderId);
  return orderId;
}
const tell = (channelOrderId: string) =>
  world.services.engine.change((tx) =>
    world.services.orders.channelOrdersChanged(tx, [{ connectionId, channelOrderId }]),
  );
const home = () => world.db.channelOrder.count({ where: { importState: "done" } });
const inLine = () =>
  world.db.channelOrder.findMany({
    where: { turnAt: { not: null } },
    orderBy: [{ turnAt: "asc" }, { id: "asc" }],
  });
const asked = async () => (await world.calls("OrderCreate")).length;
async function placeOf(channelOrderId: string): Promise<number | null> {
  const { id } = await world.db.channelOrder.findFirstOrThrow({ where: { channelOrderId } });
  const [listed] = await world.services.orders.listed({ shopId, ids: [id] });
  return listed?.line?.place ?? null;
}
/** Time passes here and in Shopify's count of orders. */
async function pass(ms: number): Promise<void> {
  clock.advance(ms);
  await world.door("shopify/age-orders", { ms });
}

test("twelve orders at once: five are home, the others know their place and time, and Shopify is not asked again", async () => {
  const bought: string[] = [];
  for (let n = 0; n < 12; n += 1) bought.push(await buy());
  await world.working(
    "five are home and seven stand in line",
    async () => (await home()) === 5 && (await inLine()).length === 7,
  );
  // whatever else wakes them, they wait for their turn
  for (const one of await inLine()) await tell(one.channelOrderId);
  await world.drain("orders", `connection:${connectionId}`);
  expect(await asked()).toBe(5);

  const page = await words("/app/orders");
  expect(page).toContain("7 orders wait in line for Shopify; all are home in about 2 minutes");
  expect(page).toContain("Shopify lets development and trial stores make five orders a minute");
  for (let place = 1; place <= 7; place += 1) expect(page).toContain(`Place ${place} in line: in Shopify in about`);
  const last = (await inLine()).at(-1);
  expect(await words(`/app/orders/${last?.id}`)).toContain("Place 7 in line: in Shopify in about 2 minutes");
  expect(await world.db.problem.count({ where: { closedAt: null } })).toBe(0);
});

test("whoever comes later is behind; whoever is cancelled makes room", async () => {
  const late = await buy();
  await world.working("it stands in line", async () => (await inLine()).length === 8);
  expect(await placeOf(late)).toBe(8);
  const [first] = await inLine();
  await world.door("tiktok/cancel", { orderId: first?.channelOrderId, by: "BUYER" });
  await tell(first?.channelOrderId ?? "");
  await world.working("the cancelled one has left the line", async () => (await inLine()).length === 7);
  expect(await placeOf(late)).toBe(7);
  expect(await asked()).toBe(5);
}, 120_000);

test("all arrive, the first of the line first, each once, and Shopify never had to refuse one", async () => {
  const line = (await inLine()).map((one) => one.channelOrderId);
  for (let minutes = 0; (await inLine()).length > 0; minutes += 1) {
    expect(minutes).toBeLessThan(4);
    const [before, turn] = [await home(), (await inLine())[0]?.turnAt?.getTime() ?? 0];
    await pass(Math.max(1, turn - clock.now().getTime() + 500));
    await world.working("the next ones are home", async () => (await home()) > before);
    await world.drain("orders", `connection:${connectionId}`);
  }
  expect(await home()).toBe(12);
  // every call made its order: none was sent in vain
  expect(await asked()).toBe(12);
  const state = (await (await fetch(`${world.sandbox.url}/__sandbox/state`)).json()) as {
    shopify: { orders: { sourceIdentifier: string; createdAt: string }[] };
  };
  const arrived = state.shopify.orders.map((one) => one.sourceIdentifier);
  expect(new Set(arrived).size).toBe(12);
  expect(arrived).toHaveLength(12);
  expect(line.every((id) => arrived.includes(id))).toBe(true);
  expect(await words("/app/orders")).not.toContain("in line for Shopify");
  expect(await world.db.problem.count({ where: { closedAt: null } })).toBe(0);
}, 120_000);
