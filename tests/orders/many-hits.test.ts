import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addManyOrders } from "../../bench/support/many-orders.ts";
import { aWorld, type World } from "./world.ts";

/** Searches that hit more orders than are looked up one by one, and the views beside their counts, in a shop with thousands of orders. */

const ORDERS = 7_000;
let world: World;
let shopId: string;

beforeAll(async () => {
  world = await aWorld();
  ({ shopId } = await addManyOrders(world.db, { domain: "many.myshopify.com", orders: ORDERS }));
  await addManyOrders(world.db, { domain: "neighbour.myshopify.com", orders: 500 });
});
afterAll(() => world.close());

/** Every order of a list, page by page. */
async function allOf(asked: Omit<Parameters<World["orders"]["listOrders"]>[0], "shopId">): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await world.orders.listOrders({ ...asked, shopId, limit: 1_000, ...(cursor ? { cursor } : {}) });
    ids.push(...page.orders.map((one) => one.id));
    cursor = page.nextCursor;
  } while (cursor);
  return ids;
}

const titled = async (word: string): Promise<string[]> => {
  const rows = await world.db.channelOrder.findMany({
    where: { shopId, lines: { some: { title: { contains: word } } } },
    select: { id: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return rows.map((row) => row.id);
};

describe("a search with many hits", () => {
  test.each([
    ["kept in memory", "Harbor", 1_001, 12_000],
    ["asked order by order", "Bluebell", 12_001, Number.POSITIVE_INFINITY],
  ])("%s: finds each order once, in the list's order", async (_way, word, least, most) => {
    const lines = await world.db.channelOrderLine.count({ where: { shopId, title: { contains: word } } });
    expect(lines).toBeGreaterThanOrEqual(least);
    expect(lines).toBeLessThanOrEqual(most);
    expect(await allOf({ view: "all", search: word })).toEqual(await titled(word));
  });
});

describe("a search in a view", () => {
  test.each(["Harbor", "Bluebell"])(
    "%s: finds of the view's orders those with the word, in its order",
    async (word) => {
      const withWord = new Set(await titled(word));
      for (const view of ["needs-me", "to-ship", "on-hold", "parked", "cancelled"] as const)
        for (const sort of ["newest", "deadline"] as const) {
          const expected = (await allOf({ view, sort })).filter((id) => withWord.has(id));
          expect(expected.length, view).toBeGreaterThan(0);
          expect(await allOf({ view, sort, search: word }), `${view} ${sort}`).toEqual(expected);
        }
    },
  );
});

test("each view holds as many orders as its count says", async () => {
  const counts = await world.orders.countViews({ shopId });
  for (const view of ["needs-me", "to-ship", "on-hold", "parked"] as const) {
    const ids = await allOf({ view });
    expect(ids.length, view).toBeGreaterThan(0);
    expect(ids.length, view).toBe(counts[view]);
  }
});
