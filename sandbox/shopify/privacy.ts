import { numberOf } from "./ids.ts";
import type { Order, Shop } from "./model.ts";
import { restId } from "./webhooks/bodies-catalog.ts";
import { emit } from "./webhooks/emit.ts";
import type { World } from "./world.ts";

const HOUR_MS = 3_600_000;
/** Shopify fact: so long after an app was removed it is told to erase the shop, unless it is back by then. */
const REDACT_AFTER_MS = 48 * HOUR_MS;

/** A buyer of this order wants to see what the app holds about them. Shopify passes it on at once. */
export function askForData(world: World, shop: Shop, order: Order): { requestId: string } {
  const request = world.ids.gid("DataRequest");
  const asked = { orders_requested: ordersOfBuyer(shop, order), data_request: { id: restId(request) } };
  emit(world, shop, "customers/data_request", { ...about(shop, order), ...asked });
  return { requestId: numberOf(request) };
}

/** A buyer of this order wants to be forgotten. Shopify waits 10 days or longer; here the wait is over. */
export function forgetBuyer(world: World, shop: Shop, order: Order): void {
  emit(world, shop, "customers/redact", { ...about(shop, order), orders_to_redact: ordersOfBuyer(shop, order) });
}

/** The app was removed: it is told to erase the shop, if it is still away by then. */
export function redactLater(world: World, shop: Shop): void {
  world.kernel.after(REDACT_AFTER_MS, () => {
    if (shop.isRemoved) redactShop(world, shop);
  });
}

export const redactShop = (world: World, shop: Shop): void => emit(world, shop, "shop/redact", ofShop(shop));

const ofShop = (shop: Shop) => ({ shop_id: restId(shop.id), shop_domain: shop.domain });

/** Guests have no customer's record in the admin: Shopify keeps one behind the order all the same. */
function about(shop: Shop, order: Order) {
  const phone = order.phone ?? order.shippingAddress?.phone ?? null;
  return { ...ofShop(shop), customer: { id: restId(order.id), email: order.email, phone } };
}

/** Orders with this e-mail address or phone; this one in any case. */
function ordersOfBuyer(shop: Shop, { id, email, shippingAddress }: Order) {
  const phone = shippingAddress?.phone;
  const same = [...shop.orders.values()].filter(
    (one) => one.id === id || (email && one.email === email) || (phone && one.shippingAddress?.phone === phone),
  );
  return same.map((one) => restId(one.id));
}
