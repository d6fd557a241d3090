import { until } from "../../scripts/stand/processes.ts";
import type { Stand } from "../../scripts/stand/start-stand.ts";
import { type Figure, say } from "../figures.ts";
import { type BenchShop, buy, setUpShops, untilHome } from "./bench-shops.ts";

const ORDERS = 13;
/** What Shopify takes of a development shop in a minute. */
const A_MINUTE = 5;

/**
 * A development shop is sent more orders at once than it takes in a minute: those that wait say their place on the page, and all are home in
 * the end without one call that Shopify had to refuse.
 */
export async function devShop(stand: Stand): Promise<Figure[]> {
  const [shop] = await setUpShops(stand, 1, "Development");
  if (!shop) throw new Error("there is no shop");
  await stand.sandbox.post("settings", { speed: 1 });
  const began = Date.now();
  const ids = await Promise.all(Array.from({ length: ORDERS }, () => buy(stand, shop)));
  const places = await until("the page to show the line", 30_000, async () => {
    const found = await placesOnPage(shop);
    return found.length === ORDERS - A_MINUTE ? found : undefined;
  });
  say(`${places.length} orders stand in line, at the places ${places.join(", ")}`);
  const areInOrder = places.every((place, at) => place === at + 1);
  const home = await untilHome(stand, ids, { patienceMs: 300_000, areHeld: true });
  const seconds = (Date.now() - began) / 1_000;
  const arrived = ids.filter((id) => home.has(id)).length;
  const { calls } = await stand.sandbox.get<{ calls: unknown[] }>("calls?operation=OrderCreate");
  say(`all are home after ${seconds.toFixed(0)} s; ${calls.length} calls made ${arrived} orders`);
  const figure = (name: string, value: number, bar: number, unit: string): Figure => ({
    ...{ name, value, unit, bar: `= ${bar}`, baseline: null, ratio: null, ok: value === bar },
  });
  return [
    figure("arrived", arrived, ORDERS, "orders"),
    figure("places_shown", areInOrder ? places.length : 0, ORDERS - A_MINUTE, "orders"),
    figure("calls_refused", calls.length - arrived, 0, "calls"),
  ];
}

/** Places in line as the Orders page says them, in their order. */
async function placesOnPage({ journey }: BenchShop): Promise<number[]> {
  const page = (await journey.merchant.open("/app/orders")).replace(/<script[\s\S]*?<\/script>/g, "");
  return [...page.matchAll(/Place (\d+) in line/g)].map(([, place]) => Number(place)).sort((a, b) => a - b);
}
