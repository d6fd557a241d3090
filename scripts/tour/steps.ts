import type { Locator, Page } from "playwright-core";
import { createJourney } from "../journey.ts";
import { until } from "../stand/processes.ts";
import {
  appOn,
  closeDrawer,
  drawerOf,
  goToAdmin,
  goToApp,
  openApp,
  openDrawer,
  ordersInBar,
  pressInDrawer,
  type Scene,
  untilReady,
} from "./scene.ts";

/** A step of the guided tour, played by pressing what a person would press. */
export interface Step {
  /** Its name in the panel of the sandbox's pages. */
  id: string;
  title: string;
  play(scene: Scene): Promise<void>;
}

/** Twelve products of the built-in catalog; the channel takes neither the gift card nor the one with the small picture. */
const TWELVE = [
  "Harbor Stoneware Mug",
  "Fieldnote Enamel Mug",
  "Morning Light Mug",
  "Summit Steel Bottle",
  "Tidepool Glass Bottle",
  "Kiln House Espresso Cup",
  "Cloudbreak Camp Mug",
  "Daybreak Tea Mug",
  "Ridge Insulated Bottle",
  "Pocket Tumbler",
  "Harbor & Kiln Gift Card",
  "Two Rivers Latte Bowl",
];
/** An order caught by the kill in mid-call is home when its call can no longer land. */
const SETTLE_MS = 300_000;

async function connect(scene: Scene): Promise<void> {
  const { merchant, look } = scene;
  await openApp(scene, merchant);
  const app = appOn(merchant);
  await look(
    merchant,
    "home",
    "The app, just installed. The guide says what comes first; until it is turned on it only reads.",
  );
  await app.getByRole("button", { name: "Connect TikTok Shop" }).click();
  const goOn = merchant.getByRole("button", { name: "Continue to TikTok Shop" });
  await goOn.waitFor();
  await look(
    merchant,
    "confirm",
    "Outside the frame: which store is about to be connected, before the channel is asked.",
  );
  await goOn.click();
  const approve = merchant.getByRole("button", { name: "Approve" });
  await approve.waitFor();
  await look(merchant, "consent", "The channel asks its seller. This page belongs to the sandbox.");
  await approve.click();
  await untilReady(merchant);
  await app.getByRole("link", { name: "Pick products" }).waitFor();
  await look(merchant, "connected", "Back in the admin: both shops were looked at, the first three steps are ticked.");
}

async function pick(scene: Scene): Promise<void> {
  const { merchant, look } = scene;
  const app = appOn(merchant);
  await app.getByRole("link", { name: "Pick products" }).click();
  const choose = app.getByRole("button", { name: "Choose products" });
  await choose.waitFor();
  await look(merchant, "products", "No products yet, and where to begin.");
  await choose.click();
  const picker = merchant.getByRole("dialog", { name: "Select products" });
  for (const title of TWELVE) await picker.getByRole("checkbox", { name: title }).check();
  await look(merchant, "picker", "The admin's own picker: twelve products are chosen.");
  await picker.getByRole("button", { name: /^(Select|Add)\b/ }).click();
  const cannot = app.locator(".Polaris-Badge", { hasText: "Cannot be listed" });
  await cannot.nth(1).waitFor();
  await app.getByText("Checking products").waitFor({ state: "hidden" });
  await app.getByRole("tab", { name: "Cannot be listed" }).click();
  await app.getByText("Gift cards cannot be sold on TikTok Shop.").waitFor();
  await until("the two that cannot go, alone", 10_000, async () => (await cannot.count()) === 2);
  await look(
    merchant,
    "refused",
    "Two of the twelve cannot be sold there. Each says why and what to do, before anything is sent.",
  );
}

async function arm(scene: Scene): Promise<void> {
  const { merchant, look } = scene;
  const app = appOn(merchant);
  await merchant.getByRole("button", { name: "Review and send" }).click();
  await app.getByRole("button", { name: /^Apply defaults to/ }).click();
  await app.getByText("10 products go", { exact: true }).waitFor();
  await toTheTop(app.getByRole("heading", { name: "What would be sent" }), 24);
  await look(merchant, "plan", "The plan: ten would be created, two stay behind and why. Nothing has been sent.");
  await app.getByRole("button", { name: "Cancel" }).click();
  await goToApp(scene, merchant, "Home");
  await app.getByRole("button", { name: "Send 5 products" }).click();
  const turnOn = app.getByRole("button", { name: "Turn on", exact: true });
  await turnOn.waitFor();
  await look(merchant, "turn-on", "Five went first and are live. This is what turning everything on would do.");
  await turnOn.click();
  await app.getByText("Everything is set up.").waitFor();
  await goToApp(scene, merchant, "Products");
  await merchant.getByRole("button", { name: "Review and send" }).click();
  await app.getByRole("button", { name: "Send 5 products" }).click();
  await app.getByText("Sending to TikTok Shop").waitFor();
  await look(merchant, "bar", "The rest is on its way: how far, how fast, how long still.");
  await app.getByText("Sending to TikTok Shop").waitFor({ state: "hidden", timeout: 60_000 });
  await goToApp(scene, merchant, "Home");
  await app.getByText("10 live").waitFor({ timeout: 60_000 });
  await look(merchant, "live", "Ten products are on sale, and Home says whether all is well.");
}

async function buy(scene: Scene): Promise<void> {
  const { merchant, phone, look, stand } = scene;
  await phone.goto(`http://shop.localhost:${new URL(stand.sandbox.url).port}/`);
  await phone
    .getByRole("link", { name: /^(Buy|Sold out) / })
    .nth(9)
    .waitFor();
  await look(phone, "shop", "The other side: the shop as buyers see it on their phone. All ten are on sale.");
  await phone.getByRole("link", { name: /^Buy / }).first().click();
  const sheet = phone.getByRole("dialog", { name: "Buy" });
  const buyNow = sheet.getByRole("button", { name: "Buy", exact: true });
  await buyNow.waitFor();
  await look(phone, "buy", "One tap opens the variants with their prices and what is left.");
  const before = (await stand.sandbox.state()).truth.ordersShopify;
  await buyNow.click();
  const boughtAt = Date.now();
  await until(
    "the order to be home in Shopify",
    30_000,
    async () => (await stand.sandbox.state()).truth.ordersShopify > before,
    25,
  );
  const seconds = ((Date.now() - boughtAt) / 1000).toFixed(1);
  await phone.getByRole("link", { name: "My orders" }).click();
  await phone.getByText("Paid – you may still change your mind").first().waitFor();
  await look(phone, "bought", "Bought. For a while the buyer may still change their mind.");
  await goToApp(scene, merchant, "Orders");
  await toTheTop(appOn(merchant).getByText("In Shopify").first());
  await look(
    merchant,
    "home-again",
    `${seconds} s later the order is home, once, and held until the buyer can no longer cancel.`,
  );
}

async function fulfil(scene: Scene): Promise<void> {
  const { merchant, phone, look } = scene;
  await goToAdmin(scene, merchant, "Orders");
  await merchant
    .getByRole("main")
    .getByRole("link", { name: /channel order/ })
    .first()
    .click();
  const makeUp = merchant.getByRole("button", { name: "Make one up" });
  const held = merchant.getByRole("heading", { name: "On hold" });
  await held.or(makeUp).first().waitFor();
  // on a slow machine it may be over already
  if (await held.isVisible()) await pressInDrawer(merchant, "End holds");
  // the hold of every order is over at once: after a spike there are hundreds before this one
  await makeUp.waitFor({ timeout: 60_000 });
  await makeUp.click();
  const number = await merchant.getByLabel("Tracking number").inputValue();
  await look(
    merchant,
    "ship",
    "The hold is over, so the order may be shipped, in Shopify’s own Orders, with a tracking number.",
  );
  await merchant.getByRole("button", { name: "Fulfil" }).click();
  await merchant.getByRole("heading", { name: "Parcels" }).waitFor();
  await phone.getByText(number).waitFor();
  await look(phone, "tracking", "The same tracking number on the buyer’s phone.");
  await openApp(scene, merchant, "/app/orders");
  await toTheTop(appOn(merchant).getByText(`Tracking ${number} sent`));
  await look(merchant, "shipped", "And in the app: what both sides know of the order.");
}

/** What a picture is about stands near the top of it, so many pixels below. */
async function toTheTop(there: Locator, below = 220): Promise<void> {
  await there.waitFor();
  await there.evaluate((element, margin) => {
    element.style.scrollMarginBlockStart = `${margin}px`;
    element.scrollIntoView();
  }, below);
}

/**
 * In the middle of the spike the kill catches orders in mid-call: they are home after about two minutes, when such a call can no longer
 * land. Who has not the time kills the worker when the first orders are home, and sees that the next one comes home too.
 */
async function spike(scene: Scene, killed: "in the middle" | "at the end"): Promise<void> {
  const { merchant, look } = scene;
  await openDrawer(merchant);
  const drawer = drawerOf(merchant);
  const kill = drawer.getByRole("button", { name: "Kill worker" });
  await drawer.getByRole("button", { name: "Viral spike of 200" }).click();
  await drawer.getByText(/: [5-9]\d of 200 came/).waitFor();
  if (killed === "in the middle") await kill.click();
  await look(
    merchant,
    "spike",
    "Two hundred people want the same product within ten seconds, and the worker is killed in the middle of it.",
  );
  await drawer.getByText("200 of 200 came").waitFor();
  await untilEqual(merchant);
  if (killed === "at the end") {
    await kill.click();
    const bought = merchant.waitForResponse((answer) => answer.url().endsWith("/drawer/buy-one") && answer.ok());
    await drawer.getByRole("button", { name: "Buy one" }).click();
    await bought;
    await drawer.getByText("The worker is back after").waitFor();
    await untilEqual(merchant);
  }
  await closeDrawer(merchant);
  const proof = appOn(merchant).getByText("Every order is home");
  if (killed === "in the middle") {
    await proof.waitFor({ timeout: SETTLE_MS });
    await toTheTop(proof, 80);
  }
  await look(merchant, "truth", "The worker is back: every order is home once, nothing was sold that nobody owns.");
}

/**
 * Everything as it was when the app was just installed, by the drawer’s own button; the open page loads itself again. Returns when the app
 * has read its catalog.
 */
export async function beginAnew({ merchant, stand }: Scene): Promise<void> {
  await openDrawer(merchant);
  const drawer = drawerOf(merchant);
  await drawer.getByRole("button", { name: "Reset" }).click();
  await drawer.getByRole("button", { name: "Press again: everything goes" }).click();
  const veil = merchant.locator("#sandbox-veil");
  await veil.waitFor();
  await merchant.waitForEvent("load", { timeout: 60_000 });
  await veil.waitFor({ state: "hidden" });
  await closeDrawer(merchant);
  await createJourney(stand).install();
}

/** What the bar says of a fault that no waiting mends. */
const NEVER_EQUAL = /nobody owns|made twice/;

/** The bar says that both sides agree, and a number of orders on both. Throws at once where they never will. */
export async function untilEqual(page: Page): Promise<void> {
  let why = "";
  const isSettled = async () => {
    why = (await page.locator("#truth-why").textContent()) ?? "";
    return why === "both sides agree" || NEVER_EQUAL.test(why);
  };
  await until("the truth bar to say that both sides agree", SETTLE_MS, isSettled, 200);
  if (NEVER_EQUAL.test(why)) throw new Error(`the truth bar says: ${why}`);
  const figures = /^([\d,]+) = ([\d,]+)$/.exec(await ordersInBar(page));
  if (!figures || figures[1] !== figures[2] || figures[1] === "0")
    throw new Error(`the truth bar says ${await ordersInBar(page)}`);
}

/** The guided tour, from an empty app to the end of a viral spike, during or after which the worker is killed. */
export const tourSteps = (killed: "in the middle" | "at the end"): Step[] =>
  [
    { id: "connect", title: "Connect", play: connect },
    { id: "pick", title: "Pick twelve, and read why two cannot go", play: pick },
    { id: "arm", title: "See the plan, arm, watch the bar", play: arm },
    { id: "buy", title: "Buy on the phone; the order comes home", play: buy },
    { id: "fulfil", title: "Fulfil in Shopify; tracking on the phone", play: fulfil },
    { id: "spike", title: "Viral spike, and a killed worker", play: (scene: Scene) => spike(scene, killed) },
  ].map(({ id, title, play }) => ({
    ...{ id, title },
    async play(scene) {
      await play(scene);
      // nobody told the panel: it ticks what it sees
      await panelOf(scene.merchant).locator(`[data-step="${id}"].done`).waitFor({ state: "attached" });
    },
  }));

/** The panel of the guided tour, as it stands at the end. */
export async function lookAtPanel({ merchant, look }: Scene): Promise<void> {
  const opener = merchant.locator("#tour-open");
  if ((await opener.getAttribute("aria-expanded")) === "false") await opener.click();
  await merchant.getByText("That was the tour.").waitFor();
  await look(merchant, "panel", "The guided tour beside the truth bar has seen all of it happen: six of six.");
}

export const panelOf = (page: Page) => page.locator("#tour");
