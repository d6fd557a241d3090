import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aShop, eventually, type Json, type TestShop } from "../shopify/testing.ts";

let shop: TestShop;
beforeEach(async () => {
  shop = await aShop();
});
afterEach(() => shop.close());

const TAG =
  "mutation OrderTag($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { userErrors { message } } }";
const READ = "query ReadTags($id: ID!) { product(id: $id) { tags } }";

const productId = async () => (await shop.door("shopify/products")).products[0].id as string;
const tagsOf = async (id: string): Promise<string[]> => (await shop.gql(READ, { id })).data.product.tags;

/** Sends the tag with a deadline; true when an answer came. */
async function isAnswered(id: string, tag: string, deadlineMs = 200): Promise<boolean> {
  try {
    await shop.gql(TAG, { id, tags: [tag] }, { signal: AbortSignal.timeout(deadlineMs) });
    return true;
  } catch {
    return false;
  }
}

const fault = (rule: Json) => shop.door("faults", { add: [{ platform: "shopify", operation: "OrderTag", ...rule }] });

describe("faults", () => {
  it("timeout-before: no answer and no effect", async () => {
    const id = await productId();
    await fault({ kind: "timeout-before" });
    expect(await isAnswered(id, "before")).toBe(false);
    expect(await tagsOf(id)).toEqual([]);
  });

  it("timeout-after: no answer, but the effect is there", async () => {
    const id = await productId();
    await fault({ kind: "timeout-after" });
    expect(await isAnswered(id, "after")).toBe(false);
    expect(await tagsOf(id)).toEqual(["after"]);
    const { calls } = await shop.get("calls?operation=OrderTag");
    expect(calls).toMatchObject([{ status: 0, fault: "timeout-after", effect: true }]);
  });

  it("late: the effect comes after a later call's", async () => {
    const id = await productId();
    await fault({ kind: "late", ms: 400, times: 1 });
    expect(await isAnswered(id, "late", 50)).toBe(false);
    expect(await isAnswered(id, "prompt")).toBe(true);
    expect(await tagsOf(id)).toEqual(["prompt"]);
    expect(await eventually(async () => (await tagsOf(id)).includes("late") && (await tagsOf(id)))).toEqual([
      "late",
      "prompt",
    ]);
  });

  it("lost-answer: the connection is cut after the effect", async () => {
    const id = await productId();
    await fault({ kind: "lost-answer" });
    expect(await isAnswered(id, "lost", 3_000)).toBe(false);
    expect(await tagsOf(id)).toEqual(["lost"]);
  });

  it("takes each n-th call, its kinds in turn, and stops after so many times", async () => {
    const id = await productId();
    await fault({ kinds: ["500", "429"], every: 2, times: 2 });
    for (let call = 0; call < 6; call += 1) await shop.gql(TAG, { id, tags: ["x"] });
    const { calls } = await shop.get("calls?operation=OrderTag");
    expect(calls.map((one: Json) => one.status)).toEqual([200, 500, 200, 429, 200, 200]);
  });

  it("leaves other operations alone, and tokens unless named", async () => {
    const id = await productId();
    await shop.door("faults", { add: [{ kind: "503" }] });
    expect((await shop.token()).access_token).toBeTruthy();
    expect(await shop.gql(READ, { id })).toEqual({ errors: "Service Unavailable" });
    await shop.door("faults", { clear: true });
    await shop.door("faults", { add: [{ operation: "token", kind: "500" }] });
    expect((await shop.post("/admin/oauth/access_token", {})).status).toBe(500);
    expect(await tagsOf(id)).toEqual([]);
  });

  it("latency: the answer takes at least that long", async () => {
    const id = await productId();
    await fault({ kind: "latency", ms: 120 });
    const started = performance.now();
    expect(await isAnswered(id, "slow", 3_000)).toBe(true);
    expect(performance.now() - started).toBeGreaterThanOrEqual(119);
  });
});
