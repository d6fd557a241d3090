import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aShop, type TestShop } from "./shopify/testing.ts";

const run = promisify(execFile);
let shop: TestShop;
beforeEach(async () => {
  shop = await aShop();
});
afterEach(() => shop.close());

/** Runs a line of code in a process with the preload; answers what it printed. */
async function within(code: string): Promise<string> {
  const preload = new URL("./preload.ts", import.meta.url).href;
  const env = { ...process.env, SANDBOX_SHOPIFY_URL: shop.sandbox.url, SANDBOX_ADMIN_URL: "http://admin.localhost:1" };
  const { stdout } = await run(process.execPath, ["--import", preload, "--input-type=module", "-e", code], { env });
  return stdout.trim();
}

describe("the preload", () => {
  it("sends a shop's address to the sandbox, naming the shop", async () => {
    const code = `const a = await fetch("https://reelshelf-demo.myshopify.com/admin/api/2026-07/graphql.json", { method: "POST", body: JSON.stringify({ query: "query Probe { shop { id } }" }) }); console.log(a.status);`;
    expect(await within(code)).toBe("401");
    const { calls } = await shop.get("calls?operation=Probe");
    expect(calls).toHaveLength(1);
  });

  it("stops every other public host", async () => {
    expect(
      await within(
        `await fetch("https://example.com").catch((error) => console.log(error.cause?.message ?? error.message));`,
      ),
    ).toContain("was stopped");
  });
});
