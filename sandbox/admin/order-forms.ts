import { escapeHtml } from "../pages/html.ts";
import type { Order, OrderLine, Shop } from "../shopify/model.ts";
import { returnable } from "../shopify/orders/returns.ts";
import { totals, unfulfilledQuantity, unitStatus } from "../shopify/orders/status.ts";
import { select, variantName } from "./page-parts.ts";

type Wrong = (door: string) => string;
/** So many more of a line an edit may add. */
const MORE = 5;
const CARRIERS = ["UPS", "USPS", "FedEx", "DHL eCommerce", "Other"];

const open = (path: string, door: string, hidden: Record<string, string> = {}) =>
  `<form method="post" action="${path}">${Object.entries({ door, ...hidden })
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`)
    .join("")}`;

/** A button that needs no more to be told. */
export const button = (path: string, door: string, label: string, hidden: Record<string, string> = {}): string =>
  `${open(path, door, hidden)}<button class="plain">${escapeHtml(label)}</button></form>`;

/** How many of a line: named after the line's place in the order, so that no id has to be read back. */
function quantity(order: Order, line: OrderLine, most: number, value: number): string {
  const at = order.lines.indexOf(line);
  const name = escapeHtml([line.title, variantName(line.variantTitle)].filter(Boolean).join(", "));
  return `<label class="quantity"><span>${name}</span><span><input type="number" name="quantity-${at}" min="0" max="${most}" value="${value}" inputmode="numeric"> of ${most}</span></label>`;
}

/** A form for each place that has something to ship: whole, or fewer of a line. */
export function fulfilForms(shop: Shop, order: Order, path: string, wrong: Wrong): string {
  const units = order.fulfillmentOrderIds.flatMap((id) => shop.fulfillmentOrders.get(id) ?? []);
  return units
    .filter((unit) => unitStatus(unit) === "OPEN" || unitStatus(unit) === "IN_PROGRESS")
    .map((unit, at) => {
      const parts = unit.lines.flatMap((part) => {
        const line = shop.lines.get(part.lineId);
        return line && part.remaining > 0 ? [quantity(order, line, part.remaining, part.remaining)] : [];
      });
      if (parts.length === 0) return "";
      const place = shop.locations.get(unit.locationId)?.name ?? "";
      return `<section class="card"><h2>Ship from ${escapeHtml(place)}</h2>${at === 0 ? wrong("fulfil") : ""}${open(path, "fulfil", { place: unit.locationId })}${parts.join("")}
<div class="pair">${select(
        "trackingCompany",
        "Carrier",
        CARRIERS.map((one) => [one, one]),
      )}<label class="field"><span>Tracking number</span><input name="trackingNumber" required autocomplete="off" spellcheck="false"></label></div>
<p class="actions"><button type="button" class="plain" data-fill="trackingNumber">Make one up</button><button class="primary">Fulfil</button></p></form></section>`;
    })
    .join("");
}

/** Money back for lines, with the choice of what happens to the units. */
export function refundForm(shop: Shop, order: Order, path: string, wrong: Wrong): string {
  const { paid, refunded } = totals(order);
  const lines = order.lines.filter((line) => line.quantity - line.refunded > 0);
  if (order.cancelledAt !== null || paid - refunded <= 0 || lines.length === 0) return "";
  const places = [...shop.locations.values()].map((place): [string, string] => [
    place.id,
    `Back on the shelf: ${place.name}`,
  ]);
  const error = wrong("refund");
  return `<details class="card"${error ? " open" : ""}><summary>Refund</summary>${error}${open(path, "refund")}${lines.map((line) => quantity(order, line, line.quantity - line.refunded, 0)).join("")}
${select("restock", "What happens to the units", [["", "They are gone"], ...places])}<label class="tick"><input type="checkbox" name="shipping" value="1"> Refund the shipping too</label>
<p class="actions"><button class="critical">Refund</button></p></form></details>`;
}

/** What is still to be shipped is made more or less; no money moves. */
export function editForm(order: Order, path: string, wrong: Wrong): string {
  const lines = order.lines.filter((line) => line.variantId !== null);
  if (order.cancelledAt !== null || lines.length === 0) return "";
  const error = wrong("edit");
  return `<details class="card"${error ? " open" : ""}><summary>Edit order</summary>${error}${open(path, "edit")}${lines
    .map((line) => quantity(order, line, unfulfilledQuantity(line) + MORE, unfulfilledQuantity(line)))
    .join("")}
<p class="actions"><button class="primary">Update order</button></p></form></details>`;
}

/** Shipped units that come back. */
export function returnForm(shop: Shop, order: Order, path: string, wrong: Wrong): string {
  const left = returnable(shop, order).flatMap((one) => one.lines);
  const most = (line: OrderLine) =>
    left.filter(({ part }) => part.lineId === line.id).reduce((sum, one) => sum + one.quantity, 0);
  const lines = order.lines.filter((line) => most(line) > 0);
  if (order.cancelledAt !== null || lines.length === 0) return "";
  const error = wrong("return");
  return `<details class="card"${error ? " open" : ""}><summary>Return items</summary>${error}${open(path, "return")}${lines
    .map((line) => quantity(order, line, most(line), 0))
    .join("")}<p class="actions"><button class="primary">Create return</button></p></form></details>`;
}

/** What a buyer may ask of everybody who holds something about them. */
export function privacyForms(path: string): string {
  const form = (door: string, label: string, look: string) =>
    `${open(path, door)}<p class="actions"><button class="${look}">${label}</button></p></form>`;
  return `<details class="card"><summary>The buyer's data</summary><p>Passed on to the app: the buyer wants to see what it holds about them, or wants to be forgotten.</p>${form("ask-data", "Ask for the data", "plain")}${form("forget-buyer", "Ask to be forgotten", "critical")}</details>`;
}

/** The whole order is called off, while nothing of it has been shipped. */
export function cancelForm(order: Order, path: string, wrong: Wrong): string {
  if (order.cancelledAt !== null || order.cancelJobId || order.lines.some((line) => line.fulfilled > 0)) return "";
  const error = wrong("cancel");
  return `<details class="card"${error ? " open" : ""}><summary>Cancel order</summary>${error}${open(path, "cancel")}${select(
    "reason",
    "Reason",
    [
      ["CUSTOMER", "The buyer changed their mind"],
      ["INVENTORY", "It is not in stock"],
      ["FRAUD", "The order looks like fraud"],
      ["DECLINED", "The payment was declined"],
      ["OTHER", "Another reason"],
    ],
  )}<label class="tick"><input type="checkbox" name="restock" value="1" checked> Put the units back on the shelf</label>
<label class="tick"><input type="checkbox" name="refund" value="1" checked> Refund the payment</label><p class="actions"><button class="critical">Cancel order</button></p></form></details>`;
}
