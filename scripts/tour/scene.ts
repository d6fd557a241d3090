import type { Browser, FrameLocator, Page } from "playwright-core";
import { countJumps, judge } from "../browser/judge.ts";
import { pathOf, watch } from "../browser/watch.ts";
import { until } from "../stand/processes.ts";
import type { Stand } from "../stand/start-stand.ts";

/** Widths every page is looked at: a desk and a phone. */
export const widths = [1280, 390] as const;
export type Width = (typeof widths)[number];

/** Something worth a look: what is on the screen, in a sentence for whoever was not there. */
export interface Moment {
  name: string;
  caption: string;
  page: Page;
}

/** A merchant and a buyer, each with a browser window of their own, and what is wrong with what they have seen. */
export interface Scene {
  width: Width;
  merchant: Page;
  phone: Page;
  stand: Stand;
  /** Judges a page as it stands, and shows it to whoever watches the scene. */
  look(page: Page, name: string, caption: string): Promise<void>;
  /** What is wrong, in sentences; a scene without a look is wrong too. */
  troubles(): string[];
  close(): Promise<void>;
}

export interface SceneOptions {
  /** Called for each moment, when the page is still. */
  onLook?(moment: Moment): Promise<void>;
  /** Every moment is judged at all widths, not only at the one it is played at. */
  isJudgedAtAllWidths?: boolean;
}

/** Opens both windows, empty. */
export async function openScene(
  browser: Browser,
  stand: Stand,
  width: Width,
  { onLook, isJudgedAtAllWidths = false }: SceneOptions = {},
): Promise<Scene> {
  const [merchant, buyer] = [await openWindow(browser, width), await openWindow(browser, width)];
  const found: string[] = [];
  let looks = 0;
  return {
    ...{ width, stand, merchant: merchant.page, phone: buyer.page },
    async look(page, name, caption) {
      looks += 1;
      const judged = isJudgedAtAllWidths ? await judgeAtAllWidths(page, width) : await judgeStill(page, width);
      found.push(...judged.map((text) => `${name}, ${text}`));
      await onLook?.({ name, caption, page });
    },
    troubles() {
      const all = [...found, ...merchant.watched.troubles, ...buyer.watched.troubles];
      if (looks === 0 || merchant.watched.requests() === 0) all.push("nothing was looked at");
      return all;
    },
    async close() {
      await Promise.all([merchant.close(), buyer.close()]);
    },
  };
}

/** A window with a fresh profile, watched from its first request on. Pages of one window hide each other; those of two do not. */
export async function openWindow(browser: Browser, width: Width) {
  const context = await browser.newContext({
    viewport: sizeOf(width),
    ...(width === 390 ? { hasTouch: true, deviceScaleFactor: 2 } : {}),
    // the library answers what looks like a robot with 410
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version().split(".")[0]}.0.0.0 Safari/537.36`,
    timezoneId: "UTC",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(20_000);
  await context.addInitScript(countJumps);
  const watched = watch(context);
  return { page: await context.newPage(), watched, close: () => context.close() };
}

const sizeOf = (width: Width) => ({ width, height: width === 390 ? 844 : 800 });

/** What is wrong with a page at every width; it is left at the one it had. */
export async function judgeAtAllWidths(page: Page, width: Width): Promise<string[]> {
  const found = await judgeStill(page, width);
  for (const other of widths.filter((one) => one !== width)) {
    await page.setViewportSize(sizeOf(other));
    found.push(...(await judgeStill(page, other)));
  }
  await page.setViewportSize(sizeOf(width));
  return found;
}

async function judgeStill(page: Page, width: Width): Promise<string[]> {
  await untilStill(page);
  return (await judge(page)).map((text) => `${width} px: ${text}`);
}

/** The app inside its frame on a page of the admin. */
export const appOn = (page: Page): FrameLocator => page.frameLocator("iframe[name=app-iframe]");

/** Resolves when the app in the frame can be operated; a click before would be lost. */
export const untilReady = (page: Page) => appOn(page).locator("html[data-hydrated]").waitFor({ state: "attached" });

/** Opens a page of the app by its address in the admin. */
export async function openApp({ stand }: Scene, page: Page, path = ""): Promise<void> {
  await page.goto(`${stand.adminUrl}${path}`);
  await untilReady(page);
}

/** Goes to a page of the app through the admin's own navigation. */
export async function goToApp({ width }: Scene, page: Page, title: string): Promise<void> {
  if (width === 390) await page.getByRole("button", { name: "Navigation" }).click();
  const nav = page.getByRole("navigation", { name: "Admin" });
  const link = title === "Home" ? nav.locator("#appname") : nav.locator("#appnav").getByRole("link", { name: title });
  await link.click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** Goes to a page of the admin beside the app. */
export async function goToAdmin({ width }: Scene, page: Page, title: string): Promise<void> {
  if (width === 390) await page.getByRole("button", { name: "Navigation" }).click();
  await page.getByRole("navigation", { name: "Admin" }).getByRole("link", { name: title, exact: true }).first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

/** Presses a control of the drawer and closes it again. */
export async function pressInDrawer(page: Page, control: string): Promise<void> {
  await openDrawer(page);
  await drawerOf(page).getByRole("button", { name: control }).click();
  await closeDrawer(page);
}

export const drawerOf = (page: Page) => page.locator("#sandbox-panel");

export async function openDrawer(page: Page): Promise<void> {
  const opener = page.locator("#sandbox-open");
  if ((await opener.getAttribute("aria-expanded")) === "false") await opener.click();
}

export async function closeDrawer(page: Page): Promise<void> {
  const opener = page.locator("#sandbox-open");
  if ((await opener.getAttribute("aria-expanded")) === "true")
    await page.getByRole("button", { name: "Close the sandbox drawer" }).click();
}

/** What the truth bar says of the orders of both sides: `12 = 12`. */
export const ordersInBar = async (page: Page) => (await page.locator('[data-figure="orders"] dd').textContent()) ?? "";

/** Two looks in a row find the same text in every frame, its pictures are there and its fonts too. */
async function untilStill(page: Page): Promise<void> {
  let [last, before] = ["", ""];
  const waited = until(
    `${pathOf(page.url())} to be still`,
    10_000,
    async () => {
      const frames = page.frames().filter((frame) => /^https?:/.test(frame.url()));
      const parts = await Promise.all(
        frames.map((frame) =>
          frame.evaluate(async () => {
            await document.fonts.ready;
            const open = [...document.images].filter(
              // one that nobody sees, or further down, may never be fetched
              (image) => !image.complete && image.checkVisibility() && image.getBoundingClientRect().top < innerHeight,
            );
            const { height } = document.body.getBoundingClientRect();
            return `${open.length} ${Math.round(height)} ${document.title}`;
          }),
        ),
      );
      const now = parts.join("\n");
      const isStill = now === last && parts.every((part) => part.startsWith("0 "));
      [before, last] = [last, now];
      return isStill;
    },
    120,
  );
  await waited.catch((error: Error) => {
    throw new Error(`${error.message}: ${before} became ${last} (pictures that are missing, height, title)`);
  });
}
