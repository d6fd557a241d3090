import { escapeHtml, sayWhen } from "../pages/html.ts";
import { openRequestOf, sayPrice } from "../shop-front/words.ts";
import { STORE_ZONE } from "../stores.ts";
import type { Cancellation, Order, OrderKind, OrderStatus, Return, Shop, World } from "../tiktok-shop/model.ts";
import { openLines } from "../tiktok-shop/order-life.ts";
import { sumOrder } from "../tiktok-shop/order-money.ts";
import { outcomeOf } from "../tiktok-shop/returns.ts";
import { door, emptyState, pill } from "./shell.ts";

const MOST = 200;
const WORDS: Record<OrderStatus, [string, "plain" | "good" | "warn" | "bad"]> = {
  UNPAID: ["Not paid", "plain"],
  ON_HOLD: ["On hold: the buyer may change their mind", "warn"],
  AWAITING_SHIPMENT: ["To ship", "warn"],
  PARTIALLY_SHIPPING: ["Partly shipped", "warn"],
  AWAITING_COLLECTION: ["Handed to the carrier", "good"],
  IN_TRANSIT: ["On its way", "good"],
  DELIVERED: ["Delivered", "good"],
  COMPLETED: ["Completed", "good"],
  CANCELLED: ["Cancelled", "bad"],
};
const KIND_WORDS: Record<OrderKind, string> = {
  sample: "Creator sample",
  replacement: "Replacement",
  exchange: "Exchange",
  "zero-price": "Given away",
  gift: "With a present",
  "pre-order": "Pre-order",
  backorder: "Backorder",
  "made-to-order": "Made to order",
  subscription: "Subscription",
  split: "Several parcels",
  combined: "One parcel with others",
  platform: "Shipped by the platform",
};
/** Reasons of a seller, and whether the units go back on sale. */
export const SELLER_REASONS: Record<string, { label: string; replenish: boolean }> = {
  seller_cancel_reason_out_of_stock: { label: "Out of stock", replenish: false },
  seller_cancel_reason_wrong_price: { label: "Wrong price", replenish: true },
  seller_cancel_paid_reason_address_not_deliver: { label: "Cannot deliver there", replenish: true },
  seller_cancel_paid_reason_buyer_requested_cancellation: { label: "The buyer asked for it", replenish: true },
};

/** Orders of the shop, newest first, with what the seller can still do about them. The one a link leads to stands above them, marked. */
export function orders(world: World, shop: Shop, wanted: string): string {
  const every = [...world.orders.values()].filter((one) => one.shopId === shop.id).reverse();
  const found = every.find((one) => one.id === wanted);
  const all = found ? [found, ...every.filter((one) => one !== found)] : every;
  if (all.length === 0)
    return `<div data-live="list">${emptyState("There are no orders yet", `Buy something in the <a href="/shops/${shop.code}">shop front</a>, or press “Buy one” in the Sandbox drawer.`)}</div>`;
  const rows = all.slice(0, MOST).map((order) => row(world, shop, order, order === found));
  const more = all.length > MOST ? ` The newest ${MOST} are shown.` : "";
  return `<p class="about" data-live="count">${all.length === 1 ? "1 order" : `${all.length} orders`}.${more} Shipping is done in the admin, and the app brings the number here; or with a label of the platform, and the app carries it to the admin.</p><ul class="list" data-live="list">${rows.join("")}</ul>`;
}

function row(world: World, shop: Shop, order: Order, isWanted: boolean): string {
  const [word, tone] = WORDS[order.status];
  const numbers = order.packageIds.flatMap((id) => world.packages.get(id)?.trackingNumber ?? []);
  const parcel = numbers.length > 0 ? `<small>Parcel <code>${escapeHtml(numbers.join(", "))}</code></small>` : "";
  const asked = openRequestOf(world, order)
    ? `<a href="/seller/${shop.code}/requests">${pill("The buyer asks to cancel", "bad")}</a>`
    : "";
  const options = Object.entries(SELLER_REASONS).map(
    ([code, { label }]) => `<option value="${code}">${label}</option>`,
  );
  const canCancel = order.status !== "UNPAID" && openLines(order).length > 0 && !asked;
  const cancel = canCancel
    ? `<details><summary>Cancel<span class="hidden-text"> order ${order.id}</span></summary>${door(shop, "orders", { door: "cancel", orderId: order.id }, `<select name="reason" aria-label="Reason to cancel ${order.id}">${options.join("")}</select><button>Cancel order</button>`)}</details>`
    : "";
  const isWaiting = order.status === "AWAITING_SHIPMENT" && !asked && order.kind !== "platform";
  const label = isWaiting
    ? door(
        shop,
        "orders",
        { door: "platform-ships", orderId: order.id },
        `<button>Ship with a platform label<span class="hidden-text">: order ${order.id}</span></button>`,
      )
    : "";
  return `<li data-key="${order.id}"${isWanted ? ' class="wanted" aria-current="true"' : ""}><div class="grow">${isWanted ? "<small>The order you came for</small>" : ""}<strong>${order.id}</strong><small>${sayWhen(order.createTime * 1000, STORE_ZONE)} · ${sayPrice(sumOrder(order).total, order.currency)}</small><small>${units(order)}</small>${parcel}${elsewhere(order)}</div><div class="pills">${order.kind ? pill(KIND_WORDS[order.kind]) : ""}${pill(word, tone)}${asked}${label}${cancel}</div></li>`;
}

/** The order it became in the seller's own shop, as an app told. */
function elsewhere({ externalOrders }: Order): string {
  const told = externalOrders.map(
    ({ platform, id }) => `${platform === "SHOPIFY" ? "Shopify" : platform} order <code>${escapeHtml(id)}</code>`,
  );
  return told.length > 0 ? `<small>${told.join(", ")}</small>` : "";
}

function units(order: Order, lineIds?: string[]): string {
  const counts = new Map<string, number>();
  for (const line of order.lines) {
    if (lineIds && !lineIds.includes(line.id)) continue;
    const name = line.skuName === "Default" ? line.productName : `${line.productName}, ${line.skuName}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return escapeHtml([...counts].map(([name, count]) => `${count} × ${name}`).join("; "));
}

/** What buyers ask for: open requests first, then those that were answered. Silence approves when the time is over. */
export function requests(world: World, shop: Shop): string {
  const all = [...world.cancellations.values()]
    .filter((one) => one.shopId === shop.id && one.type === "BUYER_CANCEL")
    .reverse();
  const returns = returnRows(world, shop);
  if (all.length + returns.length === 0)
    return `<div data-live="list">${emptyState("Nobody asks for anything", "When the hold of an order is over, its buyer must ask before it is cancelled. Such requests appear here; the app may answer them too.")}</div>`;
  const isOpen = (one: Cancellation) => one.status === "CANCELLATION_REQUEST_PENDING";
  const sorted = [...all.filter(isOpen), ...all.filter((one) => !isOpen(one))].slice(0, MOST);
  const rows = sorted.map((one) => {
    const order = world.orders.get(one.orderId);
    const answer = (say: "approve" | "refuse", label: string, look: string) =>
      door(
        shop,
        "requests",
        { door: "answer", cancelId: one.id, answer: say },
        `<button class="${look}">${label}<span class="hidden-text"> ${one.orderId}</span></button>`,
      );
    const state = one.status === "CANCELLATION_REQUEST_CANCEL" ? pill("Refused", "bad") : pill("Approved", "good");
    const until =
      one.deadline === undefined ? "" : ` · approved by itself on ${sayWhen(one.deadline * 1000, STORE_ZONE)}`;
    const decide = isOpen(one)
      ? `<div class="decide">${answer("approve", "Approve", "primary")}${answer("refuse", "Refuse", "")}</div>`
      : state;
    return `<li data-key="${one.id}"><div class="grow"><strong>Cancel order ${one.orderId}</strong><small>${order ? units(order, one.lineIds) : ""}</small><small>${escapeHtml(one.reasonText)}${isOpen(one) ? until : ""}</small></div>${decide}</li>`;
  });
  return `<ul class="list" data-live="list">${[...returns, ...rows].join("")}</ul>`;
}

const RETURN_WORDS: Record<Return["status"], [string, "plain" | "warn" | "good" | "bad"]> = {
  RETURN_OR_REFUND_REQUEST_PENDING: ["Asked for", "warn"],
  AWAITING_BUYER_RESPONSE: ["Offered a part: the buyer thinks it over", "plain"],
  AWAITING_BUYER_SHIP: ["Approved: the buyer sends it back", "good"],
  BUYER_SHIPPED_ITEM: ["On its way back", "warn"],
  RETURN_OR_REFUND_REQUEST_SUCCESS: ["Approved: the refund is being made", "good"],
  RETURN_OR_REFUND_REQUEST_COMPLETE: ["Refunded", "good"],
  REFUND_OR_RETURN_REQUEST_REJECT: ["Refused", "bad"],
  REJECT_RECEIVE_PACKAGE: ["The goods that came back were refused", "bad"],
  RETURN_OR_REFUND_REQUEST_CANCEL: ["Withdrawn", "plain"],
  REPLACEMENT_REQUEST_PENDING: ["Asked for another one", "warn"],
  REPLACEMENT_REQUEST_COMPLETE: ["Another one is sent", "good"],
  REPLACEMENT_REQUEST_REFUND_SUCCESS: ["Refunded instead", "good"],
  REPLACEMENT_REQUEST_REJECT: ["Refused", "bad"],
  REPLACEMENT_REQUEST_CANCEL: ["Withdrawn", "plain"],
};
const RETURN_NAMES: Record<Return["type"], string> = {
  REFUND: "Refund without return",
  RETURN_AND_REFUND: "Return",
  REPLACEMENT: "Replacement",
};
/** Decisions a seller finds here; offers of a part are made by the app. */
const DECISION_LABELS: Record<string, [string, string]> = {
  APPROVE_REFUND: ["Refund", "primary"],
  APPROVE_RETURN: ["Approve the return", "primary"],
  DIRECT_REFUND: ["Refund, keep the goods", ""],
  APPROVE_RECEIVED_PACKAGE: ["It came back: refund", "primary"],
  APPROVE_REPLACEMENT: ["Send another one", "primary"],
  ISSUE_REPLACEMENT_REFUND: ["Refund instead", ""],
  REJECT_REFUND: ["Refuse", ""],
  REJECT_RETURN: ["Refuse", ""],
  REJECT_RECEIVED_PACKAGE: ["Refuse what came back", ""],
  REJECT_REPLACEMENT: ["Refuse", ""],
};

/** What buyers want of what was delivered, newest first. */
function returnRows(world: World, shop: Shop): string[] {
  const all = [...world.returns.values()].filter((one) => one.shopId === shop.id).reverse();
  return all.slice(0, MOST).map((one) => {
    const order = world.orders.get(one.orderId);
    const [word, tone] = RETURN_WORDS[one.status];
    const buttons = Object.entries(DECISION_LABELS)
      .filter(([decision]) => outcomeOf(one, decision) !== null)
      .map(([decision, [label, look]]) =>
        door(
          shop,
          "requests",
          { door: "decide-return", returnId: one.id, decision },
          `<button class="${look}">${label}<span class="hidden-text">: ${RETURN_NAMES[one.type]} of ${one.orderId}</span></button>`,
        ),
      );
    const until =
      one.deadline === undefined ? "" : ` · approved by itself on ${sayWhen(one.deadline * 1000, STORE_ZONE)}`;
    const parcel = one.trackingNumber ? ` · parcel ${escapeHtml(one.trackingNumber)}` : "";
    const end = buttons.length > 0 ? `<div class="decide">${buttons.join("")}</div>` : "";
    return `<li data-key="${one.id}"><div class="grow"><strong>${RETURN_NAMES[one.type]} of order ${one.orderId}</strong><small>${order ? units(order, one.lineIds) : ""}</small><small>${escapeHtml(one.reason)}${parcel}${until}</small></div><div class="pills">${pill(word, tone)}</div>${end}</li>`;
  });
}
