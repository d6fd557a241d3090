/// <reference types="@shopify/ui-extensions/admin.product-details.block.render" />
import { setUpExtension } from "@shopify/ui-extensions-tester";
import { render } from "preact";
import { expect, test, vi } from "vitest";
import texts from "../locales/en.default.json";
import type { Connection, Shown } from "../src/answer.ts";

const PRODUCT = "gid://shopify/Product/1";
const ready: Connection = {
  id: "con-1",
  name: "Harbor & Kiln US",
  badge: { label: "Ready", tone: "info" },
  text: "Nothing is in the way.",
  finding: null,
  notice: null,
  buttons: [{ intent: "list", label: "List on TikTok Shop", tone: "primary", confirm: null }],
  link: { label: "Open in Reelshelf", path: "/app/products?search=Mug" },
};
const live: Connection = {
  ...ready,
  badge: { label: "Live", tone: "success" },
  text: "Buyers can buy it.",
  buttons: [
    {
      intent: "stop",
      label: "Stop selling",
      tone: "critical",
      confirm: { text: "Stop selling this product?", yes: "Yes, stop", no: "Keep selling" },
    },
  ],
};
const shown = (more: Partial<Shown>): Shown => ({
  ...{ summary: "Ready", connections: [ready], empty: null, message: null, againInMs: null },
  ...more,
});
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

type Answer = () => Response | Promise<Response>;

/** The block on a product's page, with an app that gives these answers one after the other, the last one for good. */
async function open(...answers: [Answer, ...Answer[]]) {
  const extension = setUpExtension("admin.product-details.block.render");
  extension.shopify.data = { selected: [{ id: PRODUCT }] };
  extension.shopify.i18n.translate = ((key: string) => textOf(key)) as typeof extension.shopify.i18n.translate;
  const app = vi.fn<typeof fetch>(async () => ((answers.length > 1 && answers.shift()) || answers[0])());
  extension.fetch = app;
  await extension.render();
  const close = () => {
    render(null, document.body);
    extension[Symbol.dispose]();
  };
  return { app, close, [Symbol.dispose]: close };
}

function textOf(key: string): string {
  let at: unknown = texts;
  for (const part of key.split(".")) at = (at as Record<string, unknown>)[part];
  if (typeof at !== "string") throw new Error(`no text for ${key}`);
  return at;
}

const page = () => document.body.innerHTML;
const sees = (text: string) => vi.waitFor(() => expect(page()).toContain(text));
const button = (label: string) =>
  [...document.querySelectorAll("s-button")].find((one) => one.textContent === label) as HTMLElement | undefined;
const press = (label: string) => {
  const found = button(label);
  if (!found) throw new Error(`no button ${label}: ${page()}`);
  found.dispatchEvent(new Event("click", { bubbles: true }));
};
const sent = (app: { mock: { calls: Parameters<typeof fetch>[] } }, at: number) => {
  const [address, init] = app.mock.calls[at] ?? [];
  return { address, method: init?.method ?? "GET", body: init?.body ? JSON.parse(String(init.body)) : null };
};

test("while the app is asked the block says so; then it shows state, meaning, button and the way into the app", async () => {
  using opened = await open(() => json(shown({})));
  expect(page()).toContain(texts.loading);
  await sees("Nothing is in the way.");
  expect(page()).not.toContain(texts.loading);
  expect(sent(opened.app, 0)).toMatchObject({ address: `/api/product-block?product=${encodeURIComponent(PRODUCT)}` });
  expect(document.querySelector("s-badge")?.textContent).toBe("Ready");
  expect(document.querySelector("s-link")?.getAttribute("href")).toBe("app:app/products?search=Mug");
});

test("a finding is shown with its next step and how many there are besides it", async () => {
  const finding = { sentence: "It has no picture.", nextStep: "Add a picture.", blocks: true, more: "and 2 more" };
  using _ = await open(() => json(shown({ connections: [{ ...ready, finding }] })));
  await sees("Add a picture. (and 2 more)");
  const banner = document.querySelector("s-banner");
  expect(banner?.getAttribute("heading")).toBe("It has no picture.");
  expect(banner?.getAttribute("tone")).toBe("critical");
});

test("List is sent at once, and what the app says to it is shown", async () => {
  const done = shown({ message: "Saved. It is sent.", connections: [{ ...ready, buttons: [] }] });
  using opened = await open(
    () => json(shown({})),
    () => json(done),
  );
  await sees("List on TikTok Shop");
  press("List on TikTok Shop");
  await sees("Saved. It is sent.");
  expect(sent(opened.app, 1)).toEqual({
    address: "/api/product-block",
    method: "POST",
    body: { product: PRODUCT, connectionId: "con-1", intent: "list" },
  });
  expect(button("List on TikTok Shop")).toBeUndefined();
});

test("Stop selling asks first: no keeps selling without a call, yes stops", async () => {
  using opened = await open(
    () => json(shown({ connections: [live] })),
    () => json(shown({ message: "Saved. It is taken off sale.", connections: [{ ...live, buttons: [] }] })),
  );
  await sees("Stop selling");
  press("Stop selling");
  await sees("Stop selling this product?");
  press("Keep selling");
  await vi.waitFor(() => expect(button("Stop selling")).toBeDefined());
  expect(opened.app).toHaveBeenCalledTimes(1);
  press("Stop selling");
  await sees("Yes, stop");
  press("Yes, stop");
  await sees("Saved. It is taken off sale.");
  expect(sent(opened.app, 1).body).toMatchObject({ intent: "stop" });
});

test("a token that just ran out is replaced once; a session that is over is told, with what to do", async () => {
  using opened = await open(
    () => json({}, 401),
    () => json(shown({})),
  );
  await sees("Nothing is in the way.");
  expect(opened.app).toHaveBeenCalledTimes(2);
  opened.close();
  using again = await open(() => json({}, 401));
  await sees(texts["signed-out"].text);
  expect(again.app).toHaveBeenCalledTimes(2);
});

test.each<[string, Answer, string]>([
  ["cannot be reached", () => Promise.reject(new TypeError("Failed to fetch")), texts.unreachable.text],
  ["fails", () => new Response("", { status: 502 }), texts.unreachable.text],
  ["answers in another language", () => new Response("<html>"), texts["not-understood"].text],
  ["is of another version", () => json({ connections: [{ id: 7 }] }), texts["not-understood"].text],
])("an app that %s leaves a next step, and Try again asks once more", async (_what, fails, text) => {
  using _ = await open(fails, () => json(shown({})));
  await sees(text);
  press(texts.tryAgain);
  await sees("Nothing is in the way.");
});

test("a press whose answer is lost keeps what was shown and says that pressing again does no harm", async () => {
  using _ = await open(
    () => json(shown({})),
    () => new Response("", { status: 503 }),
  );
  await sees("List on TikTok Shop");
  press("List on TikTok Shop");
  await sees(texts.unsure.text);
  expect(page()).toContain("Nothing is in the way.");
  expect(button("List on TikTok Shop")).toBeDefined();
});

test("no connection: the way to connect one; no product known: Try again", async () => {
  const none = { title: "No TikTok shop is connected", text: "Connect one.", link: { label: "Connect", path: "/app" } };
  using opened = await open(() => json(shown({ connections: [], empty: none })));
  await sees("Connect one.");
  expect(document.querySelector("s-link")?.getAttribute("href")).toBe("app:app");
  opened.close();
  using _ = await open(
    () => json(shown({ connections: [], empty: { title: "Unknown", text: "Not read yet.", link: null } }), 404),
    () => json(shown({})),
  );
  await sees("Not read yet.");
  press(texts.tryAgain);
  await sees("Nothing is in the way.");
});

test("what is under way is looked at again, quietly", async () => {
  using opened = await open(
    () => json(shown({ connections: [{ ...ready, text: "Being checked." }], againInMs: 5 })),
    () => new Response("", { status: 503 }),
    () => json(shown({})),
  );
  await sees("Being checked.");
  await sees("Nothing is in the way.");
  expect(opened.app).toHaveBeenCalledTimes(3);
});
