import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NoBrowser, openBrowser } from "../../scripts/browser/open-browser.ts";
import { createJourney } from "../../scripts/journey.ts";
import { until } from "../../scripts/stand/processes.ts";
import { type Stand, startStand } from "../../scripts/stand/start-stand.ts";
import {
  appOn,
  goToAdmin,
  goToApp,
  judgeAtAllWidths,
  openApp,
  openScene,
  openWindow,
  pressInDrawer,
  type Scene,
  untilReady,
} from "../../scripts/tour/scene.ts";
import { beginAnew, lookAtPanel, panelOf, tourSteps, untilEqual } from "../../scripts/tour/steps.ts";

/**
 * The demo in a real browser, one stand for all: what one test leaves is where the next begins. The kill comes after the spike here, not
 * in the middle: what that leaves needs two minutes to settle, and `npm run tour` and the bench `kills` wait for it.
 */
const browser = await openBrowser().catch((error: unknown) => {
  if (!(error instanceof NoBrowser)) throw error;
  const reason = `browser tests NOT RUN: ${error.message}`;
  if (process.env.CI) throw new Error(reason);
  console.error(`\n*** ${reason} ***\n`);
  return null;
});

describe.skipIf(!browser)("in a browser", { timeout: 240_000 }, () => {
  if (!browser) return;
  let stand: Stand;
  let scene: Scene;
  /** A window for all tests that only look: a fresh one costs as much as ten pages in one that is warm. */
  let desk: Awaited<ReturnType<typeof openWindow>>;
  beforeAll(async () => {
    stand = await startStand({
      speed: 60,
      supervised: { install: (running) => createJourney(running).open() },
    });
    await createJourney(stand).install();
    desk = await openWindow(browser, 1280);
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await stand?.stop();
  });

  describe("the guided tour, each page looked at from a desk and from a phone", () => {
    beforeAll(async () => {
      scene = await openScene(browser, stand, 1280, { isJudgedAtAllWidths: true });
    });
    it.each(tourSteps("at the end"))("$title", ({ play }) => play(scene));

    it("is ticked off by what happened, also after a reload", async () => {
      await lookAtPanel(scene);
      await scene.merchant.reload();
      await scene.merchant.getByText("That was the tour.").waitFor();
    });

    it("can be hidden, and stays so until it is called back", async () => {
      const { merchant } = scene;
      await merchant.getByRole("button", { name: "Hide the guided tour" }).click();
      await merchant.reload();
      await merchant.locator("#tour-open", { hasText: "Tour 6/6" }).click();
      await panelOf(merchant).waitFor();
    });

    it("had no error, no request elsewhere, nothing for axe, nothing that sticks out or jumps", () => {
      expect(scene.troubles()).toEqual([]);
    });
  });

  it("buys and ships on a screen of 390 px", async () => {
    const narrow = await openScene(browser, stand, 390);
    await openApp(narrow, narrow.merchant);
    for (const id of ["buy", "fulfil"])
      await tourSteps("at the end")
        .find((step) => step.id === id)
        ?.play(narrow);
    expect(narrow.troubles()).toEqual([]);
    await narrow.close();
  });

  it("stays on each page that is loaded again, and each is right at both widths", async () => {
    const { page, watched } = desk;
    const found: string[] = [];
    await openApp(scene, page, "/app/settings");
    for (const address of await addresses(scene)) {
      const { pathname } = new URL(address);
      if (address.includes("/apps/")) {
        await goBackTo(page, address);
        const before = await headingOf(page);
        await page.reload();
        await untilReady(page);
        expect(await headingOf(page)).toBe(before);
        expect(new URL(page.url()).pathname).toBe(pathname);
      } else await page.goto(address);
      found.push(...(await judgeAtAllWidths(page, 1280)));
    }
    expect([...found, ...watched.troubles]).toEqual([]);
  });

  it("works where the browser keeps storage from the admin's frame", async () => {
    const strict = await openBrowser({ storage: "blocked" });
    const { page, watched } = await openWindow(strict, 1280);
    await openApp(scene, page);
    const isBlocked = await page
      .frame({ name: "app-iframe" })
      ?.evaluate(() => !String(Object.getOwnPropertyDescriptor(window, "sessionStorage")?.get).includes("native"));
    expect(isBlocked).toBe(true);
    await goToApp(scene, page, "Products");
    await appOn(page).getByText("Harbor Stoneware Mug").first().waitFor();
    expect(watched.troubles).toEqual([]);
    await strict.close();
  });

  it("shows in one tab what was done in another", async () => {
    const { page, watched } = desk;
    const other = await page.context().newPage();
    await Promise.all([openApp(scene, page, "/app/settings"), openApp(scene, other)]);
    const paused = appOn(other).getByRole("button", { name: "Resume everything" });
    await page.bringToFront();
    await appOn(page).getByRole("button", { name: "Pause everything" }).click();
    await appOn(page).getByRole("dialog").getByRole("button", { name: "Pause everything" }).click();
    await appOn(page).getByText("Paused since").waitFor();
    // a tab that nobody sees asks for nothing; coming to the front it catches up
    await other.bringToFront();
    await paused.waitFor();
    await page.bringToFront();
    await appOn(page).getByRole("button", { name: "Resume everything" }).first().click();
    await appOn(page).getByText("Paused since").waitFor({ state: "hidden" });
    await other.bringToFront();
    await paused.waitFor({ state: "hidden" });
    expect(watched.troubles).toEqual([]);
    await other.close();
  });

  it("says that the consent has ended, and carries on after a new one", async () => {
    const { merchant } = scene;
    await goToApp(scene, merchant, "Home");
    await pressInDrawer(merchant, "Revoke token");
    await pressInDrawer(merchant, "Buy one");
    await appOn(merchant).getByText("TikTok Shop is disconnected").waitFor();
    expect(await merchant.locator("#truth-why").textContent()).toContain("1 on the way");
    await appOn(merchant).getByRole("button", { name: "Connect again" }).click();
    await merchant.getByRole("button", { name: "Continue to TikTok Shop" }).click();
    await merchant.getByRole("button", { name: "Approve" }).click();
    await untilReady(merchant);
    await appOn(merchant).getByText("TikTok Shop is disconnected").waitFor({ state: "hidden" });
    await untilEqual(merchant);
    expect(scene.troubles()).toEqual([]);
  });

  it("is gone when it is uninstalled, in every tab, and comes back when it is installed", async () => {
    const { page } = desk;
    await openApp(scene, page);
    const { merchant } = scene;
    await goToAdmin(scene, merchant, "Apps");
    await merchant.getByText("Uninstall", { exact: true }).click();
    await merchant.getByRole("button", { name: "Uninstall Reelshelf" }).click();
    await merchant.getByText("Not installed", { exact: true }).waitFor();
    await page.getByText("Not installed", { exact: true }).waitFor();
    await page.goto(stand.adminUrl);
    await page.getByText("Not installed", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Install Reelshelf" }).click();
    await untilReady(page);
    // its consents went with it
    await appOn(page).getByRole("button", { name: "Connect TikTok Shop" }).waitFor();
  });

  it("begins anew at the push of a button, the guided tour with it", async () => {
    await openApp(scene, scene.merchant);
    await beginAnew(scene);
    await panelOf(scene.merchant).locator(".next[data-step=connect]").waitFor();
    expect(await panelOf(scene.merchant).locator(".done").count()).toBe(0);
    await appOn(scene.merchant).getByRole("button", { name: "Connect TikTok Shop" }).waitFor();
  });
});

/** Every page a person can come to: of the app, of the admin, of both sides of the channel. */
async function addresses(scene: Scene): Promise<string[]> {
  const { stand } = scene;
  const { port } = new URL(stand.sandbox.url);
  const [admin, shop] = [`http://admin.localhost:${port}/store/reelshelf-demo`, `http://shop.localhost:${port}`];
  const { shopify, tiktok } = await stand.sandbox.state();
  const numberOf = (id: string | undefined) => id?.split("/").at(-1);
  const [order] = shopify.orders;
  const listing = tiktok.products.find((one) => one.status === "ACTIVATE");
  const { products } = await stand.sandbox.post<{ products: { id: string }[] }>("shopify/products");
  const [product] = products;
  const code = "USLC000001";
  expect([order, listing, product]).not.toContain(undefined);
  const orderPage = await firstOf(scene, "orders");
  const pages = ["", "/products", "/orders", "/activity", "/settings", "/privacy", "/orders/older"].map(
    (page) => `/app${page}`,
  );
  const printed = ["pick", "slips"].map((kind) => `/app/orders/print?kind=${kind}&ids=${orderPage.split("/").at(-1)}`);
  return [
    ...[...pages, await firstOf(scene, "products"), orderPage, ...printed].map(
      (page) => `${admin}/apps/reelshelf${page}`,
    ),
    ...["/products", "/orders", "/apps"].map((page) => `${admin}${page}`),
    `${admin}/products/${numberOf(product?.id)}`,
    `${admin}/orders/${numberOf(order?.id)}`,
    ...["", "/orders", `/products/${listing?.id}`].map((page) => `${shop}/shops/${code}${page}`),
    ...["/listings", "/audits", "/orders", "/requests"].map((page) => `${shop}/seller/${code}${page}`),
    `${shop}/seller/order/detail?order_no=${order?.sourceIdentifier}`,
  ];
}

/** Shows a page of the app as the browser's Back does: the app moves there, nothing is loaded. Until it says its heading there is none. */
const goBackTo = (page: Page, address: string) =>
  page.evaluate((at) => {
    for (const heading of document.querySelectorAll("h1")) heading.textContent = "";
    history.pushState(null, "", at);
    dispatchEvent(new PopStateEvent("popstate"));
  }, address);

/** The page of the first order or listing in its list. */
async function firstOf(scene: Scene, list: "orders" | "products"): Promise<string> {
  await goToApp(scene, scene.merchant, list === "orders" ? "Orders" : "Products");
  const link = appOn(scene.merchant).locator(`a[data-primary-link][href*="/app/${list}/"]`).first();
  return new URL((await link.getAttribute("href")) ?? "", scene.stand.appUrl).pathname;
}

/** What a page calls itself, when it has said so. */
async function headingOf(page: Page): Promise<string> {
  const heading = page.getByRole("heading", { level: 1 }).first();
  const isApp = page.url().includes("/apps/");
  await until("the page's heading", 20_000, async () => {
    const text = await heading.textContent();
    return text !== "" && !(isApp && text === "Reelshelf");
  });
  return (await heading.textContent()) ?? "";
}
