import http from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { anOrder, aShop, stockOf, type TestShop } from "../shopify/testing.ts";

let shop: TestShop;
beforeEach(async () => {
  shop = await aShop();
});
afterEach(() => shop.close());

/** A request by host name, as a browser makes it. */
function ask(
  path: string,
  headers: Record<string, string> = {},
  method = "GET",
  body = "",
): Promise<{ status: number; text: string; location?: string }> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: "127.0.0.1", port: shop.sandbox.port, path, method, headers: { host: "admin.localhost:1", ...headers } },
      (answer) => {
        let text = "";
        answer.on("data", (part) => {
          text += part;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text, location: answer.headers.location }));
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

describe("the admin frame", () => {
  it("frames the app with all the admin adds to its address", async () => {
    const { status, text } = await ask("/store/reelshelf-demo/apps/reelshelf/app/orders?tab=open");
    expect(status).toBe(200);
    const boot = JSON.parse(/id="boot">(.*?)<\/script>/.exec(text)?.[1] ?? "{}") as { src: string; appOrigin: string };
    const src = new URL(boot.src);
    expect(src.origin).toBe(boot.appOrigin);
    expect(src.pathname).toBe("/app/orders");
    expect(Object.fromEntries(src.searchParams)).toMatchObject({
      tab: "open",
      embedded: "1",
      shop: "reelshelf-demo.myshopify.com",
      locale: "en",
    });
    expect(Buffer.from(src.searchParams.get("host") ?? "", "base64").toString()).toBe(
      "admin.shopify.com/store/reelshelf-demo",
    );
    expect(src.searchParams.get("id_token")?.split(".")).toHaveLength(3);
  });

  it("leads to the app from the bare host, and knows the app by its key too", async () => {
    expect((await ask("/")).location).toBe("/store/reelshelf-demo/apps/reelshelf");
    expect((await ask("/store/reelshelf-demo/apps/reelshelf-demo-key")).text).toContain("app-iframe");
    expect((await ask("/store/nobody/apps/reelshelf")).status).toBe(404);
  });

  it("gives session tokens to its own page only", async () => {
    const own = await ask("/_sandbox/session-token", { origin: "http://admin.localhost:1" }, "POST");
    expect((JSON.parse(own.text) as { token: string }).token.split(".")).toHaveLength(3);
    expect((await ask("/_sandbox/session-token", { origin: "http://app.localhost:1" }, "POST")).status).toBe(403);
  });

  it("serves the App Bridge stand-in and the products of the picker", async () => {
    expect((await ask("/app-bridge.js")).text).toContain("window.shopify");
    expect(JSON.parse((await ask("/_sandbox/products")).text)).toMatchObject([{ title: "Mug", totalVariants: 2 }]);
  });

  it("shows the app's block on a product's page, in a frame with its code and what it is about", async () => {
    const { products } = await shop.door("shopify/products");
    const number = products[0].id.split("/").at(-1);
    const { text } = await ask(`/store/reelshelf-demo/products/${number}`);
    const src = /<iframe title="TikTok Shop listing" src="([^"]+)"/.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const frame = await ask(src);
    const boot = JSON.parse(/id="boot">(.*?)<\/script>/.exec(frame.text)?.[1] ?? "{}");
    expect(boot).toMatchObject({ target: "admin.product-details.block.render", selected: products[0].id });
    const code = await ask(/<script src="(\/_sandbox\/extension.js[^"]+)"/.exec(frame.text)?.[1] ?? "");
    expect(code.text).toContain("/api/product-block");
    expect((await ask("/_sandbox/extension?handle=../../package.json")).status).toBe(404);
    expect((await ask("/extension-host.js")).text).toContain("window.shopify");
  });

  it("lets a merchant change stock and ship by hand, from its own pages only", async () => {
    const order = await anOrder(shop, "576");
    expect((await ask("/store/reelshelf-demo/orders")).text).toContain("576");
    const post = (page: string, fields: Record<string, string>, origin: string) =>
      ask(
        `/store/reelshelf-demo/${page}`,
        { origin, "content-type": "application/x-www-form-urlencoded" },
        "POST",
        new URLSearchParams(fields).toString(),
      );
    const ship = { door: "fulfil", orderId: order.id, trackingCompany: "UPS", trackingNumber: "1Z" };
    expect((await post("orders", ship, "http://evil.localhost")).status).toBe(403);
    expect((await post("orders", ship, "http://admin.localhost:1")).location).toContain("notice=Saved");
    const { products, locations } = await shop.door("shopify/products");
    const stock = {
      door: "set-stock",
      inventoryItemId: products[0].variants[0].inventoryItemId,
      locationId: locations[0].id,
      available: "4",
    };
    await post("products", stock, "http://admin.localhost:1");
    expect(await stockOf(shop)).toEqual({ available: 4, onHand: 4, committed: 0 });
    expect((await post("products", { door: "uninstall" }, "http://admin.localhost:1")).status).toBe(403);
  });
});
