import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createKernel } from "./create-kernel.ts";
import type { Platform, Route } from "./model.ts";
import { createServer } from "./server.ts";
import { defaultSettings } from "./settings.ts";

const none: Platform = { routes: [], pages: [], state: () => ({}), count: () => ({}), reset() {}, control: {} };
let close = () => {};
afterEach(() => close());

/** A listener with one route of a made-up platform. */
async function listen(route: Partial<Route>): Promise<string> {
  const parts = createKernel(defaultSettings());
  const full: Route = {
    platform: "tiktok",
    match: (req) => (req.path === "/thing" ? "thing" : null),
    handle: async () => ({ status: 200, body: "{}" }),
    ...route,
  };
  const { kernel, timers, deliveries, violations } = parts;
  const platforms = { shopify: none, tiktok: { ...none, routes: [full] } };
  const server = createServer({
    kernel,
    calls: kernel.calls,
    faults: kernel.faults,
    timers,
    violations,
    deliveries,
    platforms,
    reset: parts.reset,
    drawer: { tell: async () => ({}), act: async () => ({}), fill: () => ({}) },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  close = () => {
    parts.close();
    server.close();
    server.closeAllConnections();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const state = async (url: string) => (await fetch(`${url}/__sandbox/state`)).json();

describe("the contract, in both directions", () => {
  it("turns an answer that breaks it into 500 and counts it", async () => {
    const url = await listen({ checkAnswer: () => ["$.id: missing"] });
    const answer = await fetch(`${url}/thing`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ problems: ["$.id: missing"] });
    expect(await state(url)).toMatchObject({ contractViolations: 1, requestViolations: 0 });
  });

  it("refuses a request that breaks it without running it, and counts it apart", async () => {
    const handle = vi.fn();
    const url = await listen({
      handle,
      checkRequest: () => ["$.id: missing"],
      refuse: () => ({ status: 422, body: "no" }),
    });
    expect((await fetch(`${url}/thing`)).status).toBe(422);
    expect(handle).not.toHaveBeenCalled();
    expect(await state(url)).toMatchObject({ contractViolations: 0, requestViolations: 1 });
  });

  it("counts a failing handler as its own mistake", async () => {
    const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
    const url = await listen({ handle: () => Promise.reject(new Error("oops")) });
    expect((await fetch(`${url}/thing`)).status).toBe(500);
    expect(await state(url)).toMatchObject({ contractViolations: 1 });
    expect(quiet).toHaveBeenCalledOnce();
    quiet.mockRestore();
  });
});

describe("doors and paths", () => {
  it("knows no other paths, doors or pictures", async () => {
    const url = await listen({});
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
    expect((await fetch(`${url}/__sandbox/nothing`)).status).toBe(400);
    expect((await fetch(`${url}/pictures/..%2f..%2fLICENSE`)).status).toBe(404);
  });

  it("counts business calls only, and logs all", async () => {
    const url = await listen({ counted: () => false });
    await fetch(`${url}/thing`);
    const { calls } = (await (await fetch(`${url}/__sandbox/calls`)).json()) as { calls: object[] };
    expect(calls).toMatchObject([{ operation: "thing", status: 200, counted: false }]);
    expect(await state(url)).toMatchObject({ truth: { calls: { tiktok: 0 } } });
  });
});
