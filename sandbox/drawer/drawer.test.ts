import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox } from "../index.ts";
import { aLiveListing, openTestShop, type TestShop, until } from "../tiktok-shop/testing.ts";

let shop: TestShop;
beforeEach(async () => {
  shop = await openTestShop({ speed: 600 });
});
afterEach(() => shop.close());

const look = async () => (await fetch(`${shop.sandbox.url}/__sandbox/drawer`)).json();
const search = () => shop.call("POST", "/order/202309/orders/search", { query: { page_size: "10" }, body: {} });
const press = async (name: string, input: object = {}) => {
  const answer = await fetch(`${shop.sandbox.url}/__sandbox/drawer/${name}`, {
    method: "POST",
    body: JSON.stringify(input),
  });
  return { status: answer.status, ...(await answer.json()) };
};

describe("buyers", () => {
  it("buy nothing and say so while nothing is on sale", async () => {
    for (const name of ["buy-one", "spike", "end-holds"]) {
      const { status, error } = await press(name);
      expect(status).toBe(400);
      expect(error).toMatch(/^(Nothing is on sale yet|No order is on hold)/);
    }
    const { truth, why } = await look();
    expect(truth).toMatchObject({ sold: 0, orders: { light: "none" }, oversold: { light: "none" } });
    expect(why).toBe("nothing sold yet");
  });

  it("buy one; the truth bar has it on its way until it is home", async () => {
    await aLiveListing(shop);
    expect((await press("buy-one")).done).toContain("Somebody bought one");
    const { truth, why } = await look();
    expect(truth).toMatchObject({ sold: 1, orders: { channel: 1, shopify: 0, missing: 1, light: "amber" } });
    expect(why).toContain("1 on the way");
  });

  it("stop at the last unit: a spike sells what there is, and no unit more", async () => {
    await aLiveListing(shop);
    await press("spike");
    expect((await press("spike")).error).toBe("A spike is under way.");
    await until("some to come too late", async () => (await look()).spike.soldOut > 3);
    const { spike, truth } = await look();
    expect(spike.bought).toBe(5);
    expect(truth).toMatchObject({ sold: 5, oversold: { units: 0, light: "green" } });
  });

  it("come once a second until it is turned off", async () => {
    await aLiveListing(shop);
    await press("steady", { on: true });
    await until("a second buyer", async () => (await look()).truth.sold >= 2);
    await press("steady", { on: false });
    const { truth, steady } = await look();
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(steady.on).toBe(false);
    expect((await look()).truth.sold).toBe(truth.sold);
  });
});

describe("the truth bar", () => {
  it("is red when a unit is sold that is not there", async () => {
    const { skuId } = await aLiveListing(shop);
    await shop.door("tiktok/buy", { skuId, quantity: 6, force: true });
    const { truth, why } = await look();
    expect(truth.oversold).toEqual({ units: 1, light: "red" });
    expect(why).toBe("1 sold that nobody owns");
  });
});

describe("troubles", () => {
  it("are read back from what is in force, and leave other faults alone", async () => {
    await shop.door("faults", { add: [{ id: "mine", platform: "shopify", kind: "500" }] });
    await press("channel", { mode: "timeout-after" });
    await press("channel", { mode: "429" });
    await press("webhooks", { name: "lose", on: true });
    await press("webhooks", { name: "shuffle", on: true });
    await press("webhooks", { name: "lose", on: false });
    expect(await look()).toMatchObject({
      channel: "429",
      otherFaults: 1,
      webhooks: { lose: false, double: false, shuffle: true },
    });
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await search()).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    await press("channel", { mode: "normal" });
    expect((await search()).status).toBe(200);
    expect((await press("channel", { mode: "broken" })).status).toBe(400);
  });

  it("end the consent once", async () => {
    expect((await press("revoke")).status).toBe(200);
    expect((await press("revoke")).error).toContain("No shop is connected");
    expect((await search()).code).toBe(105004);
  });

  it("are over after a reset, and pages see another epoch", async () => {
    await aLiveListing(shop);
    const { epoch } = await look();
    await press("steady", { on: true });
    await press("channel", { mode: "slow" });
    await shop.door("reset");
    const after = await look();
    expect(after).toMatchObject({ channel: "normal", steady: { on: false }, truth: { sold: 0, calls: 0 } });
    expect(after.epoch).not.toBe(epoch);
  });
});

describe("controls that need the processes", () => {
  it("are refused with the reason where nobody supervises them", async () => {
    expect((await look()).standRefusal).toContain("started on its own");
    expect((await press("kill-worker")).status).toBe(400);
    expect((await press("reset")).status).toBe(400);
  });

  it("are passed on to the supervisor, and its refusals are told", async () => {
    const asked: string[] = [];
    const supervisor = http.createServer((req, res) => {
      asked.push(`${req.method} ${req.url}`);
      const refused = req.url === "/key/reset";
      res.writeHead(refused ? 409 : 200, { "content-type": "application/json" });
      res.end(JSON.stringify(refused ? { error: "Not now." } : { done: "Dead.", phase: "running" }));
    });
    supervisor.listen(0, "127.0.0.1");
    await once(supervisor, "listening");
    const supervisorUrl = `http://127.0.0.1:${(supervisor.address() as AddressInfo).port}/key`;
    const sandbox = await startSandbox({ catalog: "none", supervisorUrl });
    const send = (name: string, headers: Record<string, string> = {}) =>
      fetch(`${sandbox.url}/__sandbox/drawer/${name}`, { method: "POST", headers });
    expect(await (await send("kill-worker")).json()).toEqual({ done: "Dead." });
    expect(await (await send("reset")).json()).toEqual({ error: "Not now." });
    expect((await send("kill-worker", { origin: "http://evil.localhost" })).status).toBe(403);
    expect(asked).toEqual(["POST /key/kill-worker", "POST /key/reset"]);
    await sandbox.close();
    supervisor.close();
    supervisor.closeAllConnections();
  });
});
