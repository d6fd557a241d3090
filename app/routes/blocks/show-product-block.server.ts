import type { SellingState } from "../../domains/catalog/judge-selling.ts";
import type { SoldOn } from "../../domains/catalog/sold-product.server.ts";
import type { FindingShown } from "../../domains/catalog/ui/products-data.ts";
import type { ConnectionView } from "../../domains/shops/model.ts";
import { t } from "../../locales/translate.ts";
import { showListing } from "../embedded/load-products.server.ts";
import type { Visit } from "../embedded/visit.server.ts";

/** A button: what it asks for, and the question before it where it has one. */
interface ButtonShown {
  intent: "list" | "stop";
  label: string;
  tone: "primary" | "critical" | "plain";
  confirm: { text: string; yes: string; no: string } | null;
}

/** Where in the app to go on. */
interface LinkShown {
  label: string;
  path: string;
}

/** A hint with the page where it can be changed. */
interface NoticeShown {
  title: string;
  text: string;
  link: LinkShown | null;
}

/** The product on one connection. */
interface ConnectionShown {
  id: string;
  name: string;
  badge: { label: string; tone: "success" | "info" | "warning" | "critical" | "neutral" };
  text: string;
  finding: { sentence: string; nextStep: string; blocks: boolean; more: string | null } | null;
  notice: NoticeShown | null;
  buttons: ButtonShown[];
  link: LinkShown | null;
}

/**
 * The whole block in final words. The app says everything there is to say about a product: it is released without the extension, so a new
 * state or finding needs no new extension, and each text exists once. The extension's own texts are those for when the app is silent.
 */
export interface ProductBlockShown {
  summary: string;
  connections: ConnectionShown[];
  /** Instead of connections: there is none, or the product is not known. */
  empty: NoticeShown | null;
  /** What a button did. */
  message: string | null;
  /** Something is under way: look again then. */
  againInMs: number | null;
}

export interface Answered {
  body: ProductBlockShown;
  status: number;
}

/** What is known of a product on every connection of the visitor's shop. */
export async function loadProductBlock({ services, shop }: Visit, productGid: string): Promise<Answered> {
  const connections = await services.shops.listConnections(shop.id);
  const product = await services.catalog.findSoldProduct({
    ...{ shopId: shop.id, productGid },
    connections: connections.map(({ id, armedFlows }) => ({ id, isArmed: armedFlows.includes("listings") })),
  });
  if (!product) return refuse("unknown", 404);
  if (connections.length === 0) {
    const link = { label: t("product-block.none.action"), path: "/app" };
    return answer({ empty: { title: t("product-block.none.title"), text: t("product-block.none.text"), link } });
  }
  const shown = connections.flatMap((connection) => {
    const sold = product.on.get(connection.id);
    return sold ? [showConnection(connection, sold)] : [];
  });
  const waits = [...product.on.values()].map(({ selling }) => AGAIN_IN_MS[selling.state] ?? Number.POSITIVE_INFINITY);
  return answer({
    summary: shown.map(({ badge }) => badge.label).join(" · "),
    connections: shown,
    againInMs: Math.min(...waits),
  });
}

/** Nothing can be shown or done, and why; nothing was changed. */
export function refuse(why: "unknown" | "gone" | "unreadable", status: number): Answered {
  const empty = { title: t(`product-block.${why}.title`), text: t(`product-block.${why}.text`), link: null };
  return answer({ empty }, status);
}

function answer(shown: Partial<ProductBlockShown>, status = 200): Answered {
  const { againInMs = null, ...rest } = shown;
  const body = { summary: shown.empty?.title ?? "", connections: [], empty: null, message: null, ...rest };
  return { body: { ...body, againInMs: Number.isFinite(againInMs) ? againInMs : null }, status };
}

/** What the worker does is over in moments, a review takes longer; the rest waits for people. */
const AGAIN_IN_MS: Partial<Record<SellingState, number>> = {
  checking: 1_500,
  sending: 2_000,
  ending: 2_000,
  "in-review": 10_000,
};

const TONES: Partial<Record<SellingState, ConnectionShown["badge"]["tone"]>> = {
  live: "success",
  "in-review": "info",
  sending: "info",
  checking: "info",
  ready: "info",
  "needs-yes": "warning",
  ending: "warning",
  "cannot-be-listed": "critical",
  rejected: "critical",
};

/** One connection in final words; the listing's own page says the same. */
export function showConnection(connection: ConnectionView, { listing, selling }: SoldOn): ConnectionShown {
  const { id, name } = connection;
  const { state, canList, canStop } = selling;
  const isPicked = canStop !== null;
  const go = t(state === "needs-yes" ? "product-block.action.approve" : "product-block.action.open");
  const list = { intent: "list", label: t("product-block.action.list"), tone: "primary", confirm: null } as const;
  return {
    ...{ id, name },
    badge: { label: t(`product-block.state.${state}`), tone: TONES[state] ?? "neutral" },
    text: t(`product-block.meaning.${state}`),
    finding: isPicked && listing ? showFirst(showListing(listing).findings) : null,
    notice: showNotice(connection, state, listing?.isSent ?? false),
    buttons: [...(canList ? [list] : []), ...(canStop ? [stopButton(canStop, name)] : [])],
    link: listing && isPicked ? { label: go, path: `/app/products/${listing.id}` } : null,
  };
}

/** What is on sale is asked for once more; a pick that never went out is just taken back. */
function stopButton(canStop: "off-sale" | "pick", name: string): ButtonShown {
  if (canStop === "pick")
    return { intent: "stop", label: t("product-block.action.takeBack"), tone: "plain", confirm: null };
  const confirm = {
    text: t("product-block.confirm.text", { name }),
    yes: t("product-block.confirm.yes"),
    no: t("product-block.confirm.no"),
  };
  return { intent: "stop", label: t("product-block.action.stop"), tone: "critical", confirm };
}

/** The finding that matters most: one that blocks, else the first. One whose default is agreed to asks for nothing more. */
function showFirst(all: FindingShown[]): ConnectionShown["finding"] {
  const findings = all.flatMap((one) => (one.nextStep === null ? [] : [{ ...one, nextStep: one.nextStep }]));
  const first = findings.find((one) => one.blocks) ?? findings.find(isAsked) ?? findings[0];
  if (!first) return null;
  const { sentence, nextStep, blocks } = first;
  const more = findings.length > 1 ? t("product-block.more", { count: findings.length - 1 }) : null;
  return { sentence, nextStep, blocks, more };
}

const isAsked = ({ code, defaultOffered }: FindingShown) => code === "attribute-choice" || defaultOffered;

/** Why nothing goes out from here, if nothing does. */
function showNotice(connection: ConnectionView, state: SellingState, isSent: boolean): NoticeShown | null {
  if (connection.status === "parked") {
    const link = { label: t("product-block.parked.action"), path: "/app" };
    return { title: "", text: t("product-block.parked.text"), link };
  }
  if (connection.armedFlows.includes("listings") || state === "live") return null;
  const link = { label: t("product-block.notArmed.action"), path: "/app" };
  const why = isSent || state === "ending" ? "sent" : state === "not-picked" ? "not-picked" : "picked";
  return { title: "", text: t(`product-block.notArmed.${why}`), link };
}
