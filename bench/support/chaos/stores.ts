import { createJourney, type Journey } from "../../../scripts/journey.ts";
import type { SandboxState } from "../../../scripts/stand/sandbox-client.ts";
import type { Stand } from "../../../scripts/stand/start-stand.ts";
import type { Goods } from "./seen.ts";
import { worldSleep } from "./world-time.ts";

/** What is sold; one more is edited all the time and not sold. */
export const GOODS = 8;
/** How many there are of each. */
export const STOCK = 50_000;

/** A store on both platforms, connected and armed. */
export interface ChaosStore {
  journey: Journey;
  connectionId: string;
  channelShopId: string;
  goods: Goods[];
}

export interface ChaosStores {
  main: ChaosStore;
  /** Its orders are tests and stay out of Shopify. */
  tests: ChaosStore;
  /** Orders from before the main store's cut-off. */
  olderIds: string[];
}

/** Two stores with the same goods. The main one had orders before the app was allowed to bring any home. */
export async function setUpStores(stand: Stand): Promise<ChaosStores> {
  const { sandbox } = stand;
  const shops = (await sandbox.state()).tiktok.shops;
  const own = shops[0];
  if (!own) throw new Error("the channel has no shop");
  await sandbox.post("shopify/seed-catalog", { products: catalog("MAIN") });
  const main = await list(stand, createJourney(stand), own.id);
  const olderIds: string[] = [];
  for (const good of main.goods.slice(0, 3)) olderIds.push(await buyOne(stand, good));
  await main.journey.merchant.submit("/app/settings", {
    ...{ intent: "settings", connectionId: main.connectionId, restockReturns: "restock" },
  });
  // orders are a whole second old at least, as their times on the wire tell it
  await worldSleep(2_000);
  await main.journey.merchant.submit("/app", { intent: "arm", connectionId: main.connectionId });

  const shop = "reelshelf-tests.myshopify.com";
  await sandbox.post("shopify/create-shop", { shop, plan: "Plus" });
  const there = await sandbox.post<{ sellerId: string; shopId: string }>("tiktok/create-shop", { name: "Tests" });
  await sandbox.post("shopify/seed-catalog", { shop, products: catalog("TEST") });
  const tests = await list(stand, createJourney(stand, { shop, sellerId: there.sellerId }), there.shopId);
  await tests.journey.merchant.submit("/app/settings", {
    ...{ intent: "importing", connectionId: tests.connectionId, leaveOut: "test", isForTests: "true" },
    ...{ unlinked: "park", name: "", tags: "{tag}, {kind}", note: "", attributes: "" },
  });
  await tests.journey.merchant.submit("/app", { intent: "arm", connectionId: tests.connectionId });
  return { main, tests, olderIds };
}

async function list(stand: Stand, journey: Journey, channelShopId: string): Promise<ChaosStore> {
  await journey.install();
  const connectionId = await journey.connect();
  await journey.pickEverything(connectionId);
  for (const flow of ["stock", "price", "listings"])
    await journey.merchant.submit("/app", { intent: "arm", connectionId, flows: flow });
  await journey.send(connectionId);
  await journey.waitUntilListed();
  const goods = goodsOf(await stand.sandbox.state(), channelShopId);
  if (goods.length !== GOODS + 1) throw new Error(`${goods.length} of ${GOODS} goods are on sale`);
  return { journey, connectionId, channelShopId, goods: goods.slice(0, GOODS) };
}

const goodsOf = ({ tiktok }: SandboxState, shopId: string): Goods[] =>
  tiktok.products
    .filter((one) => one.shopId === shopId && one.status === "ACTIVATE")
    .flatMap((one) => one.skus.map(({ id, sellerSku }) => ({ skuId: id, sku: sellerSku ?? "" })))
    .sort((a, b) => (a.sku < b.sku ? -1 : 1));

async function buyOne({ sandbox }: Stand, { skuId }: Goods): Promise<string> {
  const { orderId } = await sandbox.post<{ orderId: string | null }>("tiktok/buy", { skuId, skipHold: true });
  if (!orderId) throw new Error("the first order was sold out");
  return orderId;
}

const catalog = (prefix: string) =>
  Array.from({ length: GOODS + 1 }, (_, at) => ({
    handle: `${prefix.toLowerCase()}-mug-${at}`,
    title: `Stoneware Mug of the kiln number ${at} ${prefix.toLowerCase()}`,
    bodyHtml: "<p>A stoneware mug that holds three hundred millilitres and is glazed inside and out.</p>",
    ...{ vendor: "Kiln", productType: "Mugs", status: "ACTIVE" },
    variants: [
      {
        ...{ sku: `${prefix}-${at}`, price: (7.13 + at * 5.61).toFixed(2), requiresShipping: true, tracked: true },
        ...{ weight: { value: 0.4, unit: "KILOGRAMS" }, stock: { main: STOCK } },
      },
    ],
    pictures: [{ file: `https://pictures.example/${prefix}-${at}.jpg`, width: 1_200, height: 1_200 }],
  }));
