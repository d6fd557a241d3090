import { escapeHtml } from "../pages/html.ts";
import { pictureOf, sayPrice } from "../shop-front/words.ts";
import { auditReasons } from "../tiktok-shop/audit-reasons.ts";
import type { Product, ProductStatus, Shop, World } from "../tiktok-shop/model.ts";
import { baseVersion, newestVersion } from "../tiktok-shop/product-versions.ts";
import { door, emptyState, pill } from "./shell.ts";

const MOST = 200;
const WORDS: Record<ProductStatus, [string, "plain" | "good" | "warn" | "bad"]> = {
  DRAFT: ["Draft", "plain"],
  PENDING: ["In audit", "warn"],
  FAILED: ["Refused", "bad"],
  ACTIVATE: ["On sale", "good"],
  SELLER_DEACTIVATED: ["Taken off by the seller", "plain"],
  PLATFORM_DEACTIVATED: ["Taken off by the channel", "bad"],
  FREEZE: ["Frozen", "bad"],
  DELETED: ["Deleted", "plain"],
};

const ofShop = (world: World, shop: Shop) =>
  [...world.products.values()].filter((one) => one.shopId === shop.id).reverse();

/** Every listing of the shop, newest first: status, price, what may still be sold and what open orders hold. */
export function listings(world: World, shop: Shop): string {
  const all = ofShop(world, shop);
  if (all.length === 0)
    return `<div data-live="list">${emptyState("There are no listings yet", "The app makes them. Open it in the admin, connect this shop and send some products.")}</div>`;
  const rows = all.slice(0, MOST).map((product) => {
    const [word, tone] = WORDS[product.status];
    const pending =
      product.status === "ACTIVATE" && product.auditStatus === "AUDITING" ? pill("A change is in audit", "warn") : "";
    const failed = product.failReasons[0];
    const why = failed
      ? `<p class="why">${escapeHtml(`${failed.position}: ${failed.reasons.join(" ")} ${failed.suggestions.join(" ")}`)}</p>`
      : "";
    return `<li data-key="${product.id}">${thumb(world, product)}<div class="grow"><strong>${escapeHtml(baseVersion(product).title)}</strong>${stockLine(world, product)}${why}</div><div class="pills">${pill(word, tone)}${pending}</div></li>`;
  });
  const more = all.length > MOST ? `<p class="about">The newest ${MOST} of ${all.length} are shown.</p>` : "";
  return `<p class="about">${all.length === 1 ? "1 listing" : `${all.length} listings`}. Price and stock come from Shopify, through the app.</p>${more}<ul class="list" data-live="list">${rows.join("")}</ul>`;
}

function stockLine(world: World, product: Product): string {
  let left = 0;
  let held = 0;
  let cheapest: { priceMinor: number; currency: string } | undefined;
  const { skus } = baseVersion(product);
  for (const { id } of skus) {
    const sku = world.skus.get(id);
    for (const row of sku?.rows ?? []) {
      left += row.sellable;
      held += row.committed;
    }
    if (sku && (!cheapest || sku.priceMinor < cheapest.priceMinor)) cheapest = sku;
  }
  const price = cheapest
    ? ` · ${skus.length > 1 ? "from " : ""}${sayPrice(cheapest.priceMinor, cheapest.currency)}`
    : "";
  return `<small>${left} may be sold · ${held} in open orders${price}</small>`;
}

function thumb(world: World, product: Product): string {
  const url = pictureOf(world, newestVersion(product).mainImages[0]);
  return `<span class="picture">${url ? `<img src="${url}" alt="" width="52" height="52" loading="lazy">` : ""}</span>`;
}

/** Listings that wait for the auditor. While audits are held a person is the auditor, else it ends by itself. */
export function audits(world: World, shop: Shop): string {
  const isHeld = world.knobs.audits === "hold";
  const queue = ofShop(world, shop).filter((one) => one.auditStatus === "AUDITING");
  const seconds = Math.max(1, Math.round(120 / world.kernel.settings.speed));
  const rule = isHeld
    ? "Audits are held: you are the auditor. Nothing goes on sale before you approve it."
    : `Audits end by themselves here, ${seconds === 1 ? "one second" : `${seconds} seconds`} after they began. Set “New listings” to <strong>Hold</strong> in the Sandbox drawer to decide yourself.`;
  const about = `<p class="about" data-key="about">${rule}</p>`;
  if (queue.length === 0)
    return `<div data-live="list">${about}${emptyState("Nothing waits for an audit", "New and changed listings of the app appear here.")}</div>`;
  const reasons = auditReasons
    .map((one) => `<option value="${one.code}">${escapeHtml(`${one.position}: ${one.reason}`)}</option>`)
    .join("");
  const rows = queue.slice(0, MOST).map((product) => {
    const kind = product.live ? "A change of a listing that is on sale" : "A new listing";
    const title = escapeHtml(newestVersion(product).title);
    const approve = door(
      shop,
      "audits",
      { door: "audit", productId: product.id, verdict: "approve" },
      `<button class="primary">Approve<span class="hidden-text"> ${title}</span></button>`,
    );
    const reject = door(
      shop,
      "audits",
      { door: "audit", productId: product.id, verdict: "reject" },
      `<select name="reason" aria-label="Reason to reject ${title}">${reasons}</select><button>Reject<span class="hidden-text"> ${title}</span></button>`,
    );
    return `<li data-key="${product.id}">${thumb(world, product)}<div class="grow"><strong>${title}</strong><small>${kind}</small></div>${isHeld ? `<div class="decide">${approve}${reject}</div>` : pill("Ends by itself", "warn")}</li>`;
  });
  return `<div data-live="list">${about}<ul class="list" data-key="queue-${queue.map((one) => one.id.slice(-6)).join("")}-${isHeld}">${rows.join("")}</ul></div>`;
}
