import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aDatabase } from "../../tests/support/database.ts";
import { ConfigError, loadConfig } from "./config.server.ts";
import { createVault } from "./crypto.server.ts";
import { isDatabaseAway, openDb } from "./db.server.ts";
import { nameId, newId, parseJson, stringifyJson } from "./ids.ts";
import { createLogger } from "./log.server.ts";
import { formatDecimal, parseDecimal } from "./money.ts";

describe("ids", () => {
  test("integers beyond 2^53 keep every digit, at any depth; smaller numbers stay numbers", () => {
    const text =
      '{"id":1729382256910270465,"rows":[{"n":12,"price":12.5,"big":-9007199254740993}],"text":"9007199254740993"}';
    expect(parseJson(text)).toEqual({
      id: "1729382256910270465",
      rows: [{ n: 12, price: 12.5, big: "-9007199254740993" }],
      text: "9007199254740993",
    });
  });

  test("what is written can be read without losing a digit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (id) => {
        const { read } = parseJson(stringifyJson({ read: id })) as { read: string | number };
        expect(String(read)).toBe(id.toString());
      }),
    );
  });

  test("the same name gives the same id, time gives ordered ones", () => {
    const space = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
    expect(nameId(space, "www.example.com")).toBe("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    expect(newId(1_000_000) < newId(1_000_001)).toBe(true);
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe("money", () => {
  test.each([
    ["12.5", "USD", 1250n, "12.50"],
    ["-0.01", "USD", -1n, "-0.01"],
    ["1200", "JPY", 1200n, "1200"],
    ["1.2340", "KWD", 1234n, "1.234"],
    ["7.000", "EUR", 700n, "7.00"],
  ])("%s %s", (text, currency, minor, padded) => {
    expect(parseDecimal(text, currency)).toBe(minor);
    expect(formatDecimal(minor, currency)).toBe(padded);
  });

  test.each([["12,5"], [""], ["1e3"], ["12.345"], ["$1"]])("refuses %j", (text) => {
    expect(() => parseDecimal(text, "USD")).toThrow(RangeError);
  });

  test("out and back again is the same", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.constantFrom("USD", "JPY", "KWD", "CLF"), (minor, currency) => {
        expect(parseDecimal(formatDecimal(minor, currency), currency)).toBe(minor);
      }),
    );
  });
});

describe("vault", () => {
  const [old, current, foreign] = [1, 2, 3].map((fill) => Buffer.alloc(32, fill)) as [Buffer, Buffer, Buffer];

  test("the first key writes, all keys read", () => {
    const before = createVault([old]).seal("secret words", "grant:1");
    const vault = createVault([current, old]);
    expect(vault.open(before, "grant:1")).toBe("secret words");
    expect(vault.isCurrent(before)).toBe(false);
    expect(vault.isCurrent(vault.seal("x", "grant:1"))).toBe(true);
    expect(() => createVault([foreign]).open(before, "grant:1")).toThrow("not among ours");
  });

  test("a record does not open elsewhere, changed, or cut short", () => {
    const vault = createVault([current]);
    const sealed = vault.seal("secret words", "grant:1");
    expect(() => vault.open(sealed, "grant:2")).toThrow();
    expect(() => vault.open(`${sealed.slice(0, -2)}AA`, "grant:1")).toThrow();
    expect(() => vault.open(sealed.slice(0, 30), "grant:1")).toThrow();
    expect(sealed).not.toContain("secret");
  });
});

describe("settings", () => {
  const good = {
    SHOPIFY_API_KEY: "key",
    SHOPIFY_API_SECRET: "new,old",
    SHOPIFY_APP_URL: "http://app.localhost:3000/",
    TIKTOK_SHOP_APPS: JSON.stringify([
      { market: "US", appKey: "k", appSecret: "s1,s0", serviceId: "1", consentUrl: "https://example.com/consent" },
    ]),
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
    REDIS_URL: "",
  };

  test("reads comma lists, defaults and empty values", () => {
    const config = loadConfig(good);
    expect(config.shopify.apiSecrets).toEqual(["new", "old"]);
    expect(config.shopify.appUrl).toBe("http://app.localhost:3000");
    expect(config.tiktokShop.apps[0]?.appSecrets).toEqual(["s1", "s0"]);
    expect(config.redisUrl).toBeUndefined();
    expect(Object.isFrozen(config)).toBe(true);
  });

  test("names every fault at once and shows no value", () => {
    const wrong = { ...good, ENCRYPTION_KEY: "c2hvcnQ=", TIKTOK_SHOP_APPS: "[{}]", SHOPIFY_API_KEY: undefined };
    expect(() => loadConfig(wrong)).toThrow(ConfigError);
    expect(() => loadConfig(wrong)).toThrow(/SHOPIFY_API_KEY is missing[\s\S]*TIKTOK_SHOP_APPS[\s\S]*ENCRYPTION_KEY/);
    expect(() => loadConfig(wrong)).not.toThrow(/c2hvcnQ/);
  });
});

test("the log hides credentials and buyers wherever they sit", () => {
  const lines: string[] = [];
  const log = createLogger({ level: "info", destination: { write: (line: string) => void lines.push(line) } });
  log.info(
    {
      shop: "a.myshopify.com",
      grant: { accessToken: "TTP_abcdefghij", nested: [{ refresh_token: "ROW_abcdefgh" }] },
      order: { buyer_email: "jo@example.com", recipient: { name: "Jo Buyer", phone_number: "555" } },
      err: new Error(
        "GET https://x.test/?access_token=abc123456&shop=1 by jo@example.com failed: Bearer abcdefgh12345",
      ),
    },
    "call.failed for shpat_0123456789abcdef",
  );
  const [line = ""] = lines;
  expect(line).toContain("a.myshopify.com");
  expect(line).toContain("call.failed");
  expect(JSON.parse(line).err).toMatchObject({
    type: "Error",
    message: expect.stringContaining("access_token=[hidden]"),
  });
  for (const secret of ["TTP_", "ROW_", "jo@", "Jo Buyer", "abc123456", "abcdefgh12345", "shpat_0"]) {
    expect(line).not.toContain(secret);
  }
});

test("plain statements give what Prisma would, in a transaction or not, and take part in none that is open beside them", async () => {
  const given = await aDatabase();
  const { db, close } = openDb(given.url);
  try {
    const ask = (on: Pick<typeof db, "$queryRaw">) => on.$queryRaw`
      select ${9_007_199_254_740_993n}::bigint as big, ${new Date(1_700_000_000_123)}::timestamptz as at, ${["a", "b"]}::text[] as texts,
        '{"a":[1]}'::jsonb as json, 1.5::numeric as exact, ${null}::text as nothing, true as yes, count(*) from "Shop"`;
    const plain = await ask(db);
    expect(plain).toEqual([
      expect.objectContaining({
        ...{ big: 9_007_199_254_740_993n, at: new Date(1_700_000_000_123), texts: ["a", "b"], json: { a: [1] } },
        ...{ nothing: null, yes: true, count: 0n },
      }),
    ]);
    expect(await db.$transaction((tx) => ask(tx))).toEqual(plain);
    const key = "plain";
    await expect(
      db.$transaction(async (tx) => {
        await tx.$executeRaw`insert into "Budget" (key, state, version, "updatedAt") values (${key}, '{}', 1, now())`;
        expect(await db.$queryRaw`select key from "Budget" where key = ${key}`).toEqual([]);
        throw new RangeError("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    expect(await db.$executeRaw`delete from "Budget" where key = ${key}`).toBe(0);
  } finally {
    await close();
    await given.drop();
  }
});

test.each(["postgresql://nobody@127.0.0.1:9/none", "postgresql://nobody@127.0.0.1:9/none?host=%2Fnowhere"])(
  "a database that cannot be reached is away, whatever is asked of it: %s",
  async (url) => {
    const { db, close } = openDb(url);
    for (const ask of [
      () => db.$queryRaw`select 1`,
      () => db.shop.findFirst(),
      () => db.$transaction((tx) => tx.shop.count()),
    ])
      expect(isDatabaseAway(await ask().catch((error: unknown) => error))).toBe(true);
    await close();
  },
);
