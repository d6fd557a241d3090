import { createJourney, sellableSkus } from "./journey.ts";
import { until } from "./stand/processes.ts";
import type { SandboxState } from "./stand/sandbox-client.ts";
import type { Stand } from "./stand/start-stand.ts";

/** The line `npm run demo -- --check` ends with. All counts but `refused` come from the sandbox. */
export interface CheckResult {
  read: number;
  listed: number;
  refused: Record<string, number>;
  orders: number;
  shopifyOrders: number;
  doubled: number;
  fulfilled: number;
  calls: number;
  seconds: number;
  ok: boolean;
}

/** The ways in which six products of the built-in catalog cannot be sold on the channel. */
const BUILT_IN_REFUSALS = [
  "picture-too-small",
  "gift-card",
  "not-active",
  "price-out-of-range",
  "certificate-missing",
  "too-many-options",
];
const BUYERS = 26;
const CANCELLED = 2;

/**
 * One order all the way, many times: connects, lists the whole catalog, buys, cancels, fulfils and edits through the sandbox's doors, and
 * compares both sides. Never throws for a failed expectation: each one is told on stderr and makes `ok` false.
 */
export async function runCheck(stand: Stand, startedAt: number): Promise<CheckResult> {
  const wrong: string[] = [];
  const expect = (holds: boolean, sentence: string) => {
    if (!holds) wrong.push(sentence);
  };
  const say = (sentence: string) => console.error(`  ${sentence}`);
  const { sandbox } = stand;
  const journey = createJourney(stand);
  let refused: Record<string, number> = {};
  let brokeOff: string | undefined;

  try {
    await journey.install();
    say("catalog read");
    const connectionId = await journey.connect();
    say("channel connected");
    await journey.pickEverything(connectionId);
    say("products picked, defaults applied, plan shown");
    await journey.arm(connectionId);
    await journey.send(connectionId);
    const summary = await journey.waitUntilListed();
    refused = summary.listings.refused;
    say(`${summary.listings.byStatus.live ?? 0} listed, ${summary.listings.byStatus.refused ?? 0} refused`);

    await sellAndCancel(stand, say);
    await fulfilEverything(stand, say);
    await editStockAndPrice(stand, say);
  } catch (error) {
    brokeOff = (error as Error).message;
  }

  const state = await sandbox.state();
  const listed = state.tiktok.products.filter((one) => one.status === "ACTIVATE").length;
  const refusals = Object.values(refused).reduce((sum, one) => sum + one, 0);
  const shipped = state.tiktok.orders.filter((order) => isFulfilled(state, order.id)).length;
  const cancelled = state.tiktok.orders.filter((order) => order.status === "CANCELLED").length;

  expect(
    state.shopify.products === listed + refusals,
    `read ${state.shopify.products} products, but ${listed} are listed and ${refusals} refused`,
  );
  expect(
    state.shopify.products === 60 && listed === 54,
    `60 products and 54 listings were expected, not ${state.shopify.products} and ${listed}`,
  );
  for (const code of BUILT_IN_REFUSALS)
    expect(refused[code] === 1, `one product should be refused for ${code}, not ${refused[code] ?? 0}`);
  expect(Object.keys(refused).length === BUILT_IN_REFUSALS.length, `unexpected refusals: ${JSON.stringify(refused)}`);
  for (const sentence of checkTitles(state)) wrong.push(sentence);
  expect(state.truth.ordersChannel >= 20, `only ${state.truth.ordersChannel} orders were bought`);
  expect(
    state.truth.ordersShopify === state.truth.ordersChannel,
    `${state.truth.ordersChannel} orders on the channel, ${state.truth.ordersShopify} in Shopify`,
  );
  expect(state.truth.doubled === 0, `${state.truth.doubled} orders are doubled`);
  expect(cancelled === CANCELLED, `${CANCELLED} orders should be cancelled, not ${cancelled}`);
  expect(
    shipped >= 20 && shipped === state.tiktok.orders.length - cancelled,
    `${shipped} of ${state.tiktok.orders.length - cancelled} orders are fulfilled on both sides`,
  );
  expect(state.truth.oversold === 0, `${state.truth.oversold} units were sold that nobody owned`);
  expect(state.contractViolations === 0, `${state.contractViolations} calls broke the sandbox's contract`);

  // where the journey broke off, what was expected of its end tells nothing
  for (const sentence of brokeOff ? [brokeOff] : wrong) console.error(`✗ ${sentence}`);
  return {
    read: state.shopify.products,
    listed,
    refused,
    orders: state.truth.ordersChannel,
    shopifyOrders: state.truth.ordersShopify,
    doubled: state.truth.doubled,
    fulfilled: shipped,
    calls: state.truth.calls.shopify + state.truth.calls.tiktok,
    seconds: Math.round((Date.now() - startedAt) / 100) / 10,
    ok: wrong.length === 0 && brokeOff === undefined,
  };
}

async function sellAndCancel({ sandbox }: Stand, say: (sentence: string) => void): Promise<void> {
  const skus = sellableSkus(await sandbox.state());
  if (skus.length < BUYERS) throw new Error(`only ${skus.length} SKUs can be bought`);
  const bought: string[] = [];
  for (let n = 0; n < BUYERS; n++) {
    const lines = n % 3 === 0 ? [skus[n], skus[(n + 7) % skus.length]] : [skus[n]];
    const { orderId } = await sandbox.post<{ orderId: string }>("tiktok/buy", {
      lines: lines.map((sku, k) => ({ skuId: sku?.id, quantity: 1 + ((n + k) % 2) })),
    });
    bought.push(orderId);
  }
  await until(
    "every order to be home, held",
    60_000,
    async () => {
      const { truth } = await sandbox.state();
      return truth.ordersShopify >= BUYERS && truth.missing === 0;
    },
    200,
  );
  for (const orderId of bought.slice(0, CANCELLED)) await sandbox.post("tiktok/cancel", { orderId, by: "BUYER" });
  await until(
    "the cancelled orders to be cancelled in Shopify",
    60_000,
    async () => {
      const { shopify } = await sandbox.state();
      return bought
        .slice(0, CANCELLED)
        .every((id) => shopify.orders.some((order) => order.sourceIdentifier === id && order.cancelledAt));
    },
    200,
  );
  say(`${BUYERS} orders home, ${CANCELLED} of them cancelled by their buyers`);
}

async function fulfilEverything({ sandbox }: Stand, say: (sentence: string) => void): Promise<void> {
  await sandbox.post("tiktok/end-holds");
  const open = await until(
    "the holds to be released in Shopify",
    90_000,
    async () => {
      const { shopify } = await sandbox.state();
      const orders = shopify.orders.filter((order) => !order.cancelledAt);
      return orders.every((order) => !order.held) ? orders : undefined;
    },
    200,
  );
  for (const [n, order] of open.entries()) {
    await sandbox.post("shopify/fulfil", {
      orderId: order.id,
      trackingCompany: "UPS",
      trackingNumber: `1Z999AA101${String(10_000_000 + n * 37)}`,
    });
  }
  await until(
    "every tracking number to be on the channel",
    90_000,
    async () => {
      const state = await sandbox.state();
      return open.every((order) => order.sourceIdentifier && isFulfilled(state, order.sourceIdentifier));
    },
    200,
  );
  say(`${open.length} orders fulfilled, tracking on the channel`);
}

/** The order has a package on the channel whose number is one of its Shopify fulfilments'. */
function isFulfilled(state: SandboxState, channelOrderId: string): boolean {
  const sent =
    state.tiktok.orders.find((order) => order.id === channelOrderId)?.packages.map((one) => one.trackingNumber) ?? [];
  const shipped =
    state.shopify.orders
      .find((order) => order.sourceIdentifier === channelOrderId)
      ?.fulfillments.map((one) => one.trackingNumber) ?? [];
  return sent.length > 0 && sent.every((number) => number !== null && shipped.includes(number));
}

interface ProductSeen {
  id: string;
  title: string;
  variants: {
    id: string;
    sku: string | null;
    inventoryItemId: string;
    price: string;
    stock?: Record<string, number>;
  }[];
}

/** Edits in Shopify reach the channel: a price, and stock down to zero and up again on one variant. */
async function editStockAndPrice({ sandbox }: Stand, say: (sentence: string) => void): Promise<void> {
  const { products } = await sandbox.post<{ products: ProductSeen[] }>("shopify/products");
  const product = products.find((one) => one.title === "Harbor Stoneware Mug");
  const variant = product?.variants[0];
  if (!product || !variant) throw new Error("the catalog's first mug is gone");
  const skuNow = async () =>
    (await sandbox.state()).tiktok.products.flatMap((one) => one.skus).find((sku) => sku.sellerSku === variant.sku) as
      | (SandboxState["tiktok"]["products"][number]["skus"][number] & { price?: string })
      | undefined;
  const stock = (await sandbox.state()).shopify.stock[variant.inventoryItemId] ?? {};
  const locationId = Object.entries(stock).sort(([, a], [, b]) => b.available - a.available)[0]?.[0];
  for (const available of [2, 31]) {
    await sandbox.post("shopify/set-stock", { inventoryItemId: variant.inventoryItemId, locationId, available });
    await until(`the channel to offer ${available}`, 30_000, async () => (await skuNow())?.quantity === available, 100);
  }
  await sandbox.post("shopify/edit-product", { productId: product.id, variantId: variant.id, price: "15.25" });
  await until("the channel to show the new price", 30_000, async () => Number((await skuNow())?.price) === 15.25, 100);
  say("a stock change and a price change reached the channel");
}

/** What preflight promised of titles: cut at a word, emoji gone. */
function checkTitles(state: SandboxState): string[] {
  const titles = state.tiktok.products.map((one) => one.title);
  const long = titles.find((title) => title.startsWith("Archive Collection Organic"));
  const campfire = titles.find((title) => title.includes("Campfire Scented Candle"));
  const wrong: string[] = [];
  if (!long || long.length > 255 || !/[A-Za-z,]$/.test(long) || !LONG_TITLE_WORDS.some((word) => long.endsWith(word)))
    wrong.push(`the long title is not cut at a word: "${long}"`);
  if (!campfire || /\p{Extended_Pictographic}/u.test(campfire))
    wrong.push(`the emoji is still in the title: "${campfire}"`);
  return wrong;
}

const LONG_TITLE_WORDS =
  "Archive Collection Organic Cotton T-Shirt with Hand-Drawn Botanical Print of Twelve Native Meadow Flowers, Relaxed Unisex Fit, Reinforced Shoulder Seams, Pre-Shrunk Heavyweight Jersey, Printed with Water-Based Inks in a Family-Run Workshop, for Gardeners, Hikers and Slow Weekends"
    .split(" ")
    .flatMap((word) => [word, word.replace(/,$/, "")]);
