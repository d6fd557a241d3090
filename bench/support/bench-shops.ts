import { createJourney, type Journey } from "../../scripts/journey.ts";
import { until } from "../../scripts/stand/processes.ts";
import type { SandboxState } from "../../scripts/stand/sandbox-client.ts";
import type { Stand } from "../../scripts/stand/start-stand.ts";

/** How many shops are set up beside each other. */
const AT_ONCE = 3;

export interface BenchShop {
  domain: string;
  skuId: string;
  journey: Journey;
}

/** Shops with one listing each, connected and armed; none of them has an order. */
export async function setUpShops(stand: Stand, count: number, plan: string): Promise<BenchShop[]> {
  const numbers = Array.from({ length: count }, (_, n) => n + 1);
  const made: BenchShop[] = [];
  const worker = async () => {
    for (let n = numbers.shift(); n !== undefined; n = numbers.shift()) made.push(await setUpShop(stand, n, plan));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return made;
}

async function setUpShop(stand: Stand, number: number, plan: string): Promise<BenchShop> {
  const { sandbox } = stand;
  const domain = `bench-${number}.myshopify.com`;
  await sandbox.post("shopify/create-shop", { shop: domain, plan });
  const { sellerId, shopId } = await sandbox.post<{ sellerId: string; shopId: string }>("tiktok/create-shop", {
    name: `Bench ${number}`,
  });
  await sandbox.post("shopify/seed-catalog", { shop: domain, products: [mug(number)] });
  const journey = createJourney(stand, { shop: domain, sellerId });
  await journey.install();
  const connectionId = await journey.connect();
  await journey.pickEverything(connectionId);
  await journey.arm(connectionId);
  await journey.send(connectionId);
  await journey.waitUntilListed();
  const { tiktok } = await sandbox.state();
  const sku = tiktok.products.find((one) => one.shopId === shopId)?.skus[0];
  if (!sku) throw new Error(`${domain} has nothing on sale`);
  return { domain, skuId: sku.id, journey };
}

const mug = (number: number) => ({
  handle: `bench-mug-${number}`,
  title: `Bench Stoneware Mug number ${number}`,
  bodyHtml: "<p>A stoneware mug that holds three hundred millilitres and is glazed inside and out.</p>",
  vendor: "Bench",
  productType: "Mugs",
  status: "ACTIVE",
  variants: [
    {
      ...{ sku: `BENCH-${number}`, price: "18.00", requiresShipping: true, tracked: true },
      ...{ weight: { value: 0.4, unit: "KILOGRAMS" }, stock: { main: 50_000 } },
    },
  ],
  pictures: [{ file: `https://pictures.example/mug-${number}.jpg`, width: 1_200, height: 1_200 }],
});

/** Somebody buys a mug; it is on hold. Returns the channel's order. */
export async function buy(stand: Stand, { skuId }: BenchShop): Promise<string> {
  const { orderId } = await stand.sandbox.post<{ orderId: string | null }>("tiktok/buy", {
    lines: [{ skuId, quantity: 1 }],
  });
  if (!orderId) throw new Error("the bench's mug is sold out");
  return orderId;
}

/** When Shopify made which channel order, once all of these are there, and on hold where `areHeld` says so. */
export async function untilHome(
  stand: Stand,
  orderIds: readonly string[],
  { patienceMs, areHeld = false }: { patienceMs: number; areHeld?: boolean },
): Promise<Map<string, number>> {
  return until(
    "every order to be home",
    patienceMs,
    async () => {
      const home = homeOf(await stand.sandbox.state(), areHeld);
      return orderIds.every((id) => home.has(id)) ? home : undefined;
    },
    500,
  );
}

function homeOf({ shopify }: SandboxState, areHeld: boolean): Map<string, number> {
  return new Map(
    shopify.orders.flatMap(({ sourceIdentifier, createdAt, held }) =>
      sourceIdentifier && (held || !areHeld) ? [[sourceIdentifier, Date.parse(createdAt)] as const] : [],
    ),
  );
}
