import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aShop, CREATE_ORDER, eventually, type Json, orderFor, type TestShop } from "./testing.ts";

let shop: TestShop;
beforeEach(async () => {
  shop = await aShop();
});
afterEach(() => shop.close());

const bare = (answer: Json) => answer.errors?.[0]?.extensions?.code;

describe("the official schema", () => {
  it("refuses what it does not know, and counts the request", async () => {
    const answer = await shop.gql("query Wrong { shop { nonsense } }");
    expect(answer.errors[0].message).toContain('Cannot query field "nonsense"');
    expect(answer.data).toBeUndefined();
    expect(await shop.get("state")).toMatchObject({ requestViolations: 1, contractViolations: 0 });
  });

  it("refuses operations the sandbox does not describe, loudly", async () => {
    const answer = await shop.gql("query Channels { channels(first: 1) { nodes { id } } }");
    expect(answer.errors[0].message).toBe("the sandbox has no answer for channels");
  });

  it("refuses wrong money and wrong times", async () => {
    const variables = await orderFor(shop, "1", { processedAt: "yesterday" });
    expect((await shop.gql(CREATE_ORDER, variables)).errors[0].message).toContain("processedAt");
  });

  it("answers the version it serves, whatever was asked", async () => {
    const { headers } = await shop.post("/admin/api/2019-01/graphql.json", { query: "{ shop { id } }" }, {});
    expect(headers.get("x-shopify-api-version")).toBe("2026-07");
  });
});

describe("scopes", () => {
  it("denies what the app's file does not ask for, naming the scope; writing includes reading", async () => {
    await shop.door("shopify/app", { scopes: ["write_orders"] });
    const denied = await shop.gql("query P { products(first: 1) { nodes { id } } }");
    expect(bare(denied)).toBe("ACCESS_DENIED");
    expect(denied.errors[0].message).toContain("read_products");
    expect((await shop.gql("query O { orders(first: 1) { nodes { id } } }")).data.orders.nodes).toEqual([]);
  });
});

describe("points", () => {
  const PAGE =
    "query Big { products(first: 250) { nodes { id variants(first: 100) { nodes { id inventoryItem { id } } } } } }";

  it("tells cost and bucket on every answer, and takes what was really used", async () => {
    const { extensions } = await shop.gql(PAGE);
    expect(extensions.cost.requestedQueryCost).toBeGreaterThan(200);
    expect(extensions.cost.actualQueryCost).toBeLessThan(extensions.cost.requestedQueryCost);
    expect(extensions.cost.throttleStatus).toMatchObject({ maximumAvailable: 20_000, restoreRate: 1_000 });
  });

  it("throttles with status 200 when the bucket is empty, by plan, and refills", async () => {
    await shop.door("shopify/settings", { plan: "Standard" });
    // all at once: one after the other, a busy machine would let the bucket refill meanwhile
    const drafts = await Promise.all(Array.from({ length: 250 }, (_, call) => orderFor(shop, `s${call}`)));
    const answers: Json[] = await Promise.all(drafts.map((draft) => shop.gql(CREATE_ORDER, draft)));
    const last = answers.find((answer) => bare(answer) === "THROTTLED");
    expect(last).toBeDefined();
    expect(last.extensions.cost).toMatchObject({
      actualQueryCost: null,
      throttleStatus: { maximumAvailable: 2_000, restoreRate: 100 },
    });
    expect(
      (await eventually(async () => (await shop.gql(CREATE_ORDER, await orderFor(shop, "again"))).data)).orderCreate
        .userErrors,
    ).toEqual([]);
  });

  it("refuses a single operation above 1,000 points", async () => {
    const dear =
      "query Dear { products(first: 250) { nodes { id variants(first: 250) { nodes { id media(first: 250) { nodes { id } } } } } } }";
    expect(bare(await shop.gql(dear))).toBe("MAX_COST_EXCEEDED");
  });

  it("lets a development shop make five orders a minute", async () => {
    await shop.door("shopify/settings", { plan: "Development" });
    const codes: (string | undefined)[] = [];
    for (let call = 0; call < 6; call += 1)
      codes.push(bare(await shop.gql(CREATE_ORDER, await orderFor(shop, `d${call}`))));
    expect(codes).toEqual([undefined, undefined, undefined, undefined, undefined, "THROTTLED"]);
  });
});

describe("paging and search", () => {
  it("walks all pages without gaps and needs a page size", async () => {
    const products = Array.from({ length: 7 }, (_, index) => ({
      handle: `p${index}`,
      title: `P${index}`,
      variants: [{ price: "1.00" }],
    }));
    await shop.door("shopify/seed-catalog", { products });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Json = await shop.gql(
        "query Page($after: String) { products(first: 3, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }",
        { after },
      );
      seen.push(...page.data.products.nodes.map((one: Json) => one.id));
      after = page.data.products.pageInfo.hasNextPage ? page.data.products.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(8);
    expect((await shop.gql("query None { products { nodes { id } } }")).errors[0].message).toContain("first or last");
  });

  it("finds by SKU and by time, and says which filters it ignored", async () => {
    const search = (query: string) =>
      shop.gql("query Find($query: String!) { productVariants(first: 5, query: $query) { nodes { sku } } }", { query });
    expect((await search('sku:"MUG-B"')).data.productVariants.nodes).toEqual([{ sku: "MUG-B" }]);
    expect((await search("sku:MUG-R OR sku:MUG-B")).data.productVariants.nodes).toHaveLength(2);
    expect((await search("updated_at:>2099-01-01T00:00:00Z")).data.productVariants.nodes).toEqual([]);
    expect((await search("colour:red")).extensions.search[0].warnings[0].field).toBe("colour");
  });
});
