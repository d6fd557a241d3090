import { findAuditReason } from "./audit-reasons.ts";
import { chanceOf } from "./chance.ts";
import { sendEvent } from "./events.ts";
import type { Product, World } from "./model.ts";
import { newestVersion } from "./product-versions.ts";
import { getShop, nowSeconds } from "./world.ts";

const auditMs = 2 * 60_000;

/** Puts the newest version into audit; the verdict comes after 2 minutes ÷ speed, by chance and seed, or by hand while audits are held. */
export function beginAudit(world: World, product: Product): void {
  product.auditRound += 1;
  product.auditStatus = "AUDITING";
  product.failReasons = [];
  if (!isOnSale(product)) product.status = "PENDING";
  product.updateTime = nowSeconds(world);
  planVerdict(world, product);
}

/** Audits end by themselves again: each one that waits begins its time anew. */
export function resumeAudits(world: World): void {
  for (const product of world.products.values()) if (product.auditStatus === "AUDITING") planVerdict(world, product);
}

function planVerdict(world: World, product: Product): void {
  const round = product.auditRound;
  const chance = chanceOf(world, `audit ${newestVersion(product).externalProductId ?? product.id} ${round}`);
  world.kernel.after(auditMs, () => {
    if (product.auditRound !== round || product.auditStatus !== "AUDITING" || world.knobs.audits === "hold") return;
    const isRefused = chance() < world.knobs.randomAuditRejections;
    endAudit(world, product, isRefused ? "reject" : "approve");
  });
}

/**
 * Ends an audit now; `reason` is a code of the list of reasons or plain words. Approved: the new version goes live. Refused: a new listing is FAILED, a live one keeps its old version.
 * Sends PRODUCT_STATUS_CHANGE and PRODUCT_AUDIT_STATUS_CHANGE.
 */
export function endAudit(world: World, product: Product, verdict: "approve" | "reject", reason?: string): void {
  if (product.auditStatus !== "AUDITING") throw new Error(`product ${product.id} is not in audit`);
  product.auditRound += 1;
  product.updateTime = nowSeconds(world);
  if (verdict === "approve") {
    product.auditStatus = "APPROVED";
    if (product.review) product.live = product.review;
    product.review = null;
    product.status = "ACTIVATE";
    dropLostSkus(world, product);
  } else {
    product.auditStatus = "FAILED";
    const told = findAuditReason(reason);
    product.failReasons = [{ position: told.position, reasons: [told.reason], suggestions: [told.suggestion] }];
    if (!product.live) product.status = "FAILED";
    else if (product.status === "PENDING") product.status = "SELLER_DEACTIVATED";
  }
  announceStatus(world, product, verdict === "approve" ? "PRODUCT_FIRST_PASS_REVIEW" : "PRODUCT_AUDIT_FAILURE");
  announceAudit(world, product);
}

/** Sends PRODUCT_STATUS_CHANGE. */
export function announceStatus(world: World, product: Product, status: string): void {
  sendEvent(world, getShop(world, product.shopId), "PRODUCT_STATUS_CHANGE", {
    product_id: product.id,
    status,
    suspended_reason: product.failReasons[0]?.reasons[0] ?? "",
    update_time: product.updateTime,
  });
}

function announceAudit(world: World, product: Product): void {
  sendEvent(world, getShop(world, product.shopId), "PRODUCT_AUDIT_STATUS_CHANGE", {
    product_id: product.id,
    audit: { status: product.auditStatus },
    update_time: product.updateTime,
  });
}

/** SKUs no version has any more lose their price and stock, unless open orders hold some. */
function dropLostSkus(world: World, product: Product): void {
  const kept = new Set(product.live?.skus.map((sku) => sku.id));
  for (const sku of world.skus.values()) {
    const isLost = sku.productId === product.id && !kept.has(sku.id);
    if (isLost && sku.rows.every((row) => row.committed === 0)) world.skus.delete(sku.id);
  }
}

function isOnSale(product: Product): boolean {
  return product.live !== null && product.status === "ACTIVATE";
}
