import { announceStatus, beginAudit } from "./audit.ts";
import { type ItemError, Refusal } from "./errors.ts";
import type { Call, Handler, Product, ProductStatus, World } from "./model.ts";
import { nowSeconds, shopOf } from "./world.ts";

const mostIds = 20;

/** Back on sale: through an audit. */
export const activateProducts: Handler = (world, call) =>
  forEach(world, call, ["SELLER_DEACTIVATED", "PLATFORM_DEACTIVATED", "DRAFT"], (product) =>
    beginAudit(world, product),
  );

/** Off sale at once. */
export const deactivateProducts: Handler = (world, call) =>
  forEach(world, call, ["ACTIVATE"], (product) => setStatus(world, product, "SELLER_DEACTIVATED"));

/** Deleted; can be recovered. */
export const deleteProducts: Handler = (world, call) =>
  forEach(
    world,
    call,
    ["DRAFT", "PENDING", "FAILED", "ACTIVATE", "SELLER_DEACTIVATED", "PLATFORM_DEACTIVATED"],
    (product) => setStatus(world, product, "DELETED"),
  );

/** A deleted listing comes back deactivated. */
export const recoverProducts: Handler = (world, call) =>
  forEach(world, call, ["DELETED"], (product) => setStatus(world, product, "SELLER_DEACTIVATED"));

function setStatus(world: World, product: Product, status: ProductStatus): void {
  product.status = status;
  product.auditRound += 1; // an audit under way ends without a verdict
  if (product.auditStatus === "AUDITING") product.auditStatus = "NONE";
  product.updateTime = nowSeconds(world);
  announceStatus(world, product, "PRODUCT_STATUS_CHANGED");
}

/** Each product on its own: the ones refused are in `data.errors` of a successful answer. */
function forEach(world: World, call: Call, allowed: ProductStatus[], run: (product: Product) => void): unknown {
  const { product_ids: ids } = call.body as { product_ids: string[] };
  if (ids.length === 0 || ids.length > mostIds) throw new Refusal(12019120, "between 1 and 20 product ids");
  const errors: ItemError[] = [];
  for (const id of ids) {
    const product = world.products.get(id);
    const detail = { product_id: id };
    if (product?.shopId !== shopOf(call).id) {
      errors.push({ code: 12052048, message: "the product does not belong to this shop", detail });
    } else if (!allowed.includes(product.status)) {
      errors.push({ code: 12052901, message: `the status ${product.status} does not allow this`, detail });
    } else run(product);
  }
  return errors.length > 0 ? { errors } : {};
}
