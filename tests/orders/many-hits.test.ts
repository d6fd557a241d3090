import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { figureViews, orderSorts, orderViews } from "../../app/domains/orders/model.ts";
import { addManyOrders } from "../../bench/support/many-orders.ts";
import { aWorld, type World } from "./world.ts";

/** Searches with many hits, near and far in long lists, and the views beside their counts, in a shop with thousands of orders. */

const ORDERS = 5_000;
const VIEWS = [...orderViews, ...figureViews];
type Asked = Omit<Parameters<World["orders"]["listOrders"]>[0], "shopId">;
let world: World;
let shopId: string;

beforeAll(async () => {
  world = await aWorld();
  // the orders are those of the last three months
  world.clock.advance(Date.now() - world.clock.now().getTime());
  ({ shopId } = await addManyOrders(world.db, { domain: "many.myshopify.com", orders: ORDERS }));
  await addManyOrders(world.db, { domain: "neighbour.myshopify.com", orders: 500 });
});
afterAll(() => world.close());

/** The orders of a list, page by page. */
async function pagesOf(asked: Asked, pages = Number.POSITIVE_INFINITY): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  let read = 0;
  do {
    const page = await world.orders.listOrders({ ...asked, shopId, ...(cursor ? { cursor } : {}) });
    ids.push(...page.orders.map((one) => one.id));
    cursor = page.nextCursor;
    read += 1;
  } while (cursor && read < pages);
  return ids;
}

const allOf = (asked: Asked) => pagesOf({ ...asked, limit: 1_000 });

const titled = async (word: string): Promise<Set<string>> => {
  const rows = await world.db.channelOrder.findMany({
    where: { shopId, lines: { some: { title: { contains: word } } } },
    select: { id: true },
  });
  return new Set(rows.map((row) => row.id));
};

/** So many orders of a list are asked one by one; what lies further on is found another way. */
const NEAR = 3_000;

describe("a search with many hits", () => {
  let lists: { asked: Asked; ids: string[] }[];

  beforeAll(async () => {
    // somebody who has not looked for as long as there are orders
    const lastLookedAt = new Date(0);
    lists = [];
    for (const view of VIEWS)
      for (const sort of orderSorts) {
        const asked = { view, sort, lastLookedAt };
        lists.push({ asked, ids: await allOf(asked) });
      }
  }, 60_000);

  test.each([
    ["Harbor", "here and there", 800],
    ["Pumpkin", "all of them long ago", 400],
  ])(
    "%s, %s: finds of every view the orders that have it, each once, in the view's order",
    async (word, _, least) => {
      const withWord = await titled(word);
      expect(withWord.size).toBeGreaterThan(least);
      for (const { asked, ids } of lists) {
        const name = `${asked.view} ${asked.sort}`;
        expect(ids.length, name).toBeGreaterThan(0);
        const expected = ids.filter((id) => withWord.has(id));
        if (word === "Harbor") expect(expected.length, name).toBeGreaterThan(0);
        expect(await allOf({ ...asked, search: word }), name).toEqual(expected);
        expect(await pagesOf({ ...asked, search: word, limit: 20 }, 3), name).toEqual(expected.slice(0, 60));
      }
    },
    60_000,
  );

  test("a word that every order has finds what the view shows without it", async () => {
    for (const { asked, ids } of lists)
      expect(await pagesOf({ ...asked, search: "Bluebell", limit: 20 }, 3)).toEqual(ids.slice(0, 60));
  });

  test("some of them lie far from the beginning of a long list", () => {
    const isLong = ({ ids }: { ids: string[] }) => ids.length > NEAR;
    expect(lists.filter(isLong).map(({ asked }) => asked.view)).toEqual(expect.arrayContaining(["all", "since"]));
  });

  test("a range of days cuts it", async () => {
    const rows = await world.db.channelOrder.findMany({
      where: { shopId, lines: { some: { title: { contains: "Pumpkin" } } } },
      select: { id: true, createdAt: true },
      orderBy: { createdAt: "desc" },
    });
    const [first, last] = [rows.at(100)?.createdAt, rows.at(400)?.createdAt];
    if (!first || !last) throw new Error("there are too few");
    const within = rows.filter(({ createdAt }) => createdAt >= last && createdAt < first).map(({ id }) => id);
    expect(within.length).toBe(300);
    expect(await allOf({ view: "all", search: "pumpkin", from: last, before: first })).toEqual(within);
  });
});

test("each view holds as many orders as its count says", async () => {
  const counts = await world.orders.countViews({ shopId });
  for (const view of ["needs-me", "to-ship", "on-hold", "parked"] as const) {
    const ids = await allOf({ view });
    expect(ids.length, view).toBeGreaterThan(0);
    expect(ids.length, view).toBe(counts[view]);
  }
});
