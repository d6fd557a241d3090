import { describe, expect, test } from "vitest";
import { aClock } from "../platform/clock.ts";
import { BudgetClosed, CallError } from "../platform/errors.ts";
import { createLogger } from "../platform/log.server.ts";
import { createAdminClient } from "./client.server.ts";
import type { CallBudgets } from "./cost.server.ts";
import { OrderCreateDocument, ShopFactsDocument } from "./gql/graphql.ts";
import type { Fetch } from "./http.server.ts";

const SHOP = "reelshelf-demo.myshopify.com";
const ORDER = { order: {}, options: {} };

type Answer = { status?: number; headers?: Record<string, string>; body?: unknown } | Error;

/** A client over scripted answers (the last one repeats), with everything it did written down. */
function aClient(...answers: Answer[]) {
  const clock = aClock();
  const budget = { taken: [] as [string, number][], learned: [] as unknown[], closed: [] as [string, number][] };
  const budgets: CallBudgets = {
    take: async (key, _profile, cost = 1) => void budget.taken.push([key, cost]),
    learn: async (key, seen) => void budget.learned.push(seen.window ? { key, ...seen } : seen),
    look: async () => null,
    close: async (key, until) => void budget.closed.push([key, until.getTime() - clock.now().getTime()]),
  };
  const sent: { url: string; token: string | null; body: { query: string; operationName: string } }[] = [];
  const logged: string[] = [];
  const fetch: Fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    sent.push({ url: String(url), token: headers.get("x-shopify-access-token"), body: JSON.parse(String(init?.body)) });
    const answer = answers[Math.min(sent.length, answers.length) - 1];
    if (answer instanceof Error || !answer) throw answer;
    return new Response(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? {}), {
      status: answer.status ?? 200,
      headers: { "x-shopify-api-version": "2026-07", "x-request-id": "r-1", ...answer.headers },
    });
  };
  const replaced: string[] = [];
  const client = createAdminClient({
    fetch,
    clock,
    budgets,
    log: createLogger({ level: "info", destination: { write: (line) => void logged.push(line) } }),
    tokens: {
      accessToken: async () => "token-1",
      replace: async (_domain, refused) => {
        replaced.push(refused);
        return "token-2";
      },
    },
  });
  return { client, budget, clock, sent, logged, replaced };
}

function throttle(currentlyAvailable: number, requestedQueryCost = 10) {
  const throttleStatus = { maximumAvailable: 2_000, currentlyAvailable, restoreRate: 100 };
  return { cost: { requestedQueryCost, actualQueryCost: requestedQueryCost, throttleStatus } };
}

const good = { body: { data: { shop: { name: "Demo" } }, extensions: throttle(1_994, 6) } };
const coded = (code: string, extra: object = {}) => ({
  body: { errors: [{ message: "no", extensions: { code } }], ...extra },
});

async function failure(run: Promise<unknown>): Promise<CallError> {
  const error = await run.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CallError);
  return error as CallError;
}

describe("sending", () => {
  test("asks the pinned version with the shop's token and gives the data", async () => {
    const { client, sent } = aClient(good);
    await expect(client.send(SHOP, ShopFactsDocument, {})).resolves.toEqual({ shop: { name: "Demo" } });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ url: `https://${SHOP}/admin/api/2026-07/graphql.json`, token: "token-1" });
    expect(sent[0]?.body.operationName).toBe("ShopFacts");
  });

  test("renews a refused token once, for a write as well: nothing was done", async () => {
    const { client, sent, replaced } = aClient({ status: 401 }, { body: { data: { orderCreate: null } } });
    await client.send(SHOP, OrderCreateDocument, ORDER);
    expect(sent.map(({ token }) => token)).toEqual(["token-1", "token-2"]);
    expect(replaced).toEqual(["token-1"]);
  });

  test("a token refused again is an auth error", async () => {
    const { client, sent } = aClient({ status: 401 });
    expect(await failure(client.send(SHOP, ShopFactsDocument, {}))).toMatchObject({
      family: "auth",
      code: "token-refused",
    });
    expect(sent).toHaveLength(2);
  });

  test("repeats a read after a 503 and a broken connection", async () => {
    const { client, sent, budget } = aClient(
      { status: 503 },
      Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNRESET" } }),
      good,
    );
    await client.send(SHOP, ShopFactsDocument, {});
    expect(sent).toHaveLength(3);
    expect(budget.taken).toHaveLength(3);
  });

  test("says so when another version answers", async () => {
    const { client, logged } = aClient({ ...good, headers: { "x-shopify-api-version": "2026-10" } });
    await client.send(SHOP, ShopFactsDocument, {});
    await client.send(SHOP, ShopFactsDocument, {});
    expect(logged.filter((line) => line.includes("shopify.api-version-differs"))).toHaveLength(1);
  });
});

describe("families", () => {
  test.each([
    [402, "unavailable", "shop-paused"],
    [423, "unavailable", "shop-paused"],
    [403, "permission", "http-403"],
    [404, "notFound", "http-404"],
    [430, "rateLimit", "blocked"],
    [500, "unavailable", "http-500"],
    [400, "invalid", "http-400"],
  ])("%i is %s", async (status, family, code) => {
    const { client } = aClient({ status });
    const error = await failure(client.send(SHOP, OrderCreateDocument, ORDER));
    expect(error).toMatchObject({ family, code, operation: "OrderCreate", requestId: "r-1" });
    expect(error.mayHaveHappened).toBe(status >= 500);
  });

  test.each([
    ["ACCESS_DENIED", { data: { orderCreate: null } }, "permission", "ACCESS_DENIED", false],
    ["SHOP_INACTIVE", {}, "unavailable", "shop-paused", false],
    ["MAX_COST_EXCEEDED", {}, "invalid", "MAX_COST_EXCEEDED", false],
    ["INTERNAL_SERVER_ERROR", {}, "unavailable", "INTERNAL_SERVER_ERROR", true],
    ["undefinedField", {}, "invalid", "undefinedField", false],
    ["SOMETHING_NEW", { data: { orderCreate: null } }, "unknown", "SOMETHING_NEW", true],
  ])("%s", async (given, extra, family, code, mayHaveHappened) => {
    const { client, sent } = aClient(coded(given, extra));
    expect(await failure(client.send(SHOP, OrderCreateDocument, ORDER))).toMatchObject({
      family,
      code,
      mayHaveHappened,
    });
    expect(sent).toHaveLength(1);
  });

  test.each([
    ["no JSON", { body: "<html>" }, "unknown", true],
    ["a deadline", Object.assign(new Error("late"), { name: "TimeoutError" }), "timeout", true],
    [
      "a connection that broke",
      Object.assign(new TypeError("fetch failed"), { cause: { code: "UND_ERR_SOCKET" } }),
      "unavailable",
      true,
    ],
    [
      "a connection that never stood",
      Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } }),
      "unavailable",
      false,
    ],
  ])(
    "a write that ends in %s may have happened unless it never left",
    async (_what, answer, family, mayHaveHappened) => {
      const { client, sent } = aClient(answer);
      expect(await failure(client.send(SHOP, OrderCreateDocument, ORDER))).toMatchObject({ family, mayHaveHappened });
      expect(sent).toHaveLength(1);
    },
  );

  test("a read never has an effect to look for", async () => {
    const { client } = aClient({ body: "<html>" });
    expect((await failure(client.send(SHOP, ShopFactsDocument, {}))).mayHaveHappened).toBe(false);
  });
});

describe("cost", () => {
  test("every answer corrects the shop's budget, less the reserve for people", async () => {
    const { client, budget } = aClient(good);
    await client.send(SHOP, ShopFactsDocument, {});
    expect(budget.learned).toEqual([{ available: 1_794, perSecond: 100, burst: 1_800 }]);
  });

  test("what an operation was told to cost is paid the next time", async () => {
    const { client, budget } = aClient(good);
    await client.send(SHOP, ShopFactsDocument, {});
    await client.send(SHOP, ShopFactsDocument, {});
    expect(budget.taken.map(([, cost]) => cost)).toEqual([60, 6]);
  });

  test("calls under way are held against what an answer says is left; the budget is told when it matters", async () => {
    const { client, budget, clock } = aClient(good);
    await Promise.all([client.send(SHOP, ShopFactsDocument, {}), client.send(SHOP, ShopFactsDocument, {})]);
    expect(budget.learned).toEqual([{ available: 1_734, perSecond: 100, burst: 1_800 }]);
    // six points each: a hundred are spent with the seventeenth
    for (let calls = 0; calls < 17; calls += 1) await client.send(SHOP, ShopFactsDocument, {});
    expect(budget.learned).toHaveLength(1);
    clock.advance(250);
    await client.send(SHOP, ShopFactsDocument, {});
    expect(budget.learned[1]).toEqual({ available: 1_794, perSecond: 100, burst: 1_800 });
    clock.advance(4_999);
    await client.send(SHOP, ShopFactsDocument, {});
    expect(budget.learned).toHaveLength(2);
    clock.advance(1);
    await client.send(SHOP, ShopFactsDocument, {});
    expect(budget.learned).toHaveLength(3);
  });

  test("a person's click does not wait for the budget of work", async () => {
    const { client, budget } = aClient(good);
    await client.send(SHOP, ShopFactsDocument, {}, { urgency: "person" });
    expect(budget.taken).toEqual([]);
    expect(budget.learned).toHaveLength(1);
  });

  test("THROTTLED closes the budget for as long as the bucket needs", async () => {
    const { client, budget, sent } = aClient({
      body: { errors: [{ message: "t", extensions: { code: "THROTTLED" } }], extensions: throttle(10, 310) },
    });
    await expect(client.send(SHOP, ShopFactsDocument, {})).rejects.toBeInstanceOf(BudgetClosed);
    expect(budget.closed).toEqual([[`shopify:${SHOP}`, 3_000]]);
    expect(sent).toHaveLength(1);
  });

  test("a refusal although the bucket is full is the limit on orders, and only their budget learns it", async () => {
    const { client, budget } = aClient({
      body: { errors: [{ message: "t", extensions: { code: "THROTTLED" } }], extensions: throttle(1_900, 10) },
    });
    await expect(client.send(SHOP, OrderCreateDocument, ORDER)).rejects.toBeInstanceOf(BudgetClosed);
    expect(budget.learned.at(-1)).toEqual({
      key: `shopify:${SHOP}:orders`,
      window: { most: 5, ms: 62_000, forMs: 3_600_000 },
    });
    expect(budget.closed).toEqual([]);
  });

  test("429 closes the budget for what Retry-After says", async () => {
    const { client, budget } = aClient({ status: 429, headers: { "retry-after": "4.0" } });
    await expect(client.send(SHOP, ShopFactsDocument, {})).rejects.toBeInstanceOf(BudgetClosed);
    expect(budget.closed).toEqual([[`shopify:${SHOP}`, 4_000]]);
  });
});
