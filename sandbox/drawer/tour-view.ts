import { DEMO_SHOP } from "../shopify/world.ts";
import { type TourStep, tourSteps } from "./tour.ts";

interface Words {
  title: string;
  says: string;
  /** Where to do it; the last is done in the drawer. */
  link: { label: string; host: "admin" | "shop"; path: string } | null;
}

const store = `/store/${DEMO_SHOP.replace(".myshopify.com", "")}`;
const app = (label: string, page = ""): Words["link"] => ({
  label,
  host: "admin",
  path: `${store}/apps/reelshelf${page}`,
});

const WORDS: Record<TourStep, Words> = {
  connect: {
    title: "Connect the shop",
    says: "In the app press “Connect TikTok Shop”, go on, and approve.",
    link: app("Open the app"),
  },
  pick: {
    title: "Pick twelve products",
    says: "Choose the first twelve. Two cannot be sold there: read why.",
    link: app("Open Products", "/app/products"),
  },
  arm: {
    title: "See the plan, turn it on",
    says: "“Review and send” shows the plan. Send five from Home, turn on, send the rest and watch the bar.",
    link: app("Open Home"),
  },
  buy: {
    title: "Buy on the phone",
    says: "Buy something. About two seconds later the order is home in Shopify, once.",
    link: { label: "Open the shop", host: "shop", path: "/" },
  },
  fulfil: {
    title: "Ship it in Shopify",
    says: "End the holds in the drawer, open the order and fulfil it: the tracking number is on the phone.",
    link: { label: "Open Orders", host: "admin", path: `${store}/orders` },
  },
  spike: {
    title: "Go viral, kill the worker",
    says: "Start the spike in the drawer, kill the worker, and wait until the bar is green again.",
    link: null,
  },
};

/** The guided tour: what to do next and where; ticks come with the first look. */
export function tourPanel(): string {
  const steps = tourSteps.map((step) => {
    const { title, says, link } = WORDS[step];
    const go = link
      ? `<a data-host="${link.host}" data-path="${link.path}" href="${link.path}">${link.label}</a>`
      : '<button type="button" id="tour-drawer">Open the drawer</button>';
    return `<li data-step="${step}"><p class="tour-title"><span class="tour-tick" aria-hidden="true"></span>${title}<span class="hidden-text tour-state"></span></p><div class="tour-body"><p>${says}</p>${go}</div></li>`;
  });
  return `<section id="tour" aria-label="Guided tour"><div class="tour-head"><h2>Guided tour</h2><button type="button" id="tour-close" aria-label="Hide the guided tour">✕</button></div>
<ol>${steps.join("")}</ol><p id="tour-end" hidden>That was the tour. “Reset” in the drawer begins it anew.</p></section>`;
}
