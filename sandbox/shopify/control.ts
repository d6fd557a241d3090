import type { CatalogProduct } from "../catalog/model.ts";
import { readCatalog } from "../catalog/read-catalog.ts";
import type { AppConfig } from "./app-toml.ts";
import { install, uninstall } from "./install.ts";
import type { Order, PlanName, Product, Shop } from "./model.ts";
import { toMinor } from "./money.ts";
import { callOff } from "./orders/call-off.ts";
import { startCancel } from "./orders/cancel.ts";
import { createOrder } from "./orders/create.ts";
import { editOrder } from "./orders/edit.ts";
import { changeTracking, fulfil, openGroups } from "./orders/fulfil.ts";
import { releaseHold } from "./orders/fulfillment-orders.ts";
import { createRefund } from "./orders/refund.ts";
import { beginReturn, cancelReturn } from "./orders/returns.ts";
import { askForData, forgetBuyer, redactShop } from "./privacy.ts";
import { addLocations, addProducts } from "./seed.ts";
import { hostParameter, signSessionToken } from "./session-token.ts";
import { listProducts } from "./snapshot.ts";
import { moveStock } from "./stock.ts";
import { restTime } from "./time.ts";
import type { Tokens } from "./tokens.ts";
import { emit, tellProductChanged, tellProductCreated, tellProductDeleted } from "./webhooks/emit.ts";
import { addShop, DEFAULT_SWITCHES, getShop, type Switches, type World } from "./world.ts";

// biome-ignore lint/suspicious/noExplicitAny: each door reads its own JSON; a wrong one answers 400
type Door = (input: any) => Promise<unknown>;

const PLANS: PlanName[] = ["Standard", "Advanced", "Plus", "Enterprise", "Development"];

/** Shopify's control doors: what a merchant does in the admin, and what tests set up. `shop` may be left out: the demo shop. */
export function createControl(world: World, tokens: Tokens): Record<string, Door> {
  const shopFor = (input: { shop?: string }) => getShop(world, input.shop);
  return {
    install: async (input) => {
      install(shopFor(input));
    },
    uninstall: async (input) => uninstall(world, shopFor(input), tokens),
    "session-token": async (input) => sessionToken(world, shopFor(input), input.userId),
    "create-shop": async (input) => createShop(world, input),
    "seed-catalog": async (input) => seedCatalog(world, shopFor(input), input.source, input.products),
    products: async (input) => listProducts(shopFor(input)),
    "edit-product": async (input) => editProduct(world, shopFor(input), input),
    "delete-product": async (input) => deleteProduct(world, shopFor(input), input.productId),
    "set-stock": async (input) => setStock(world, shopFor(input), input),
    fulfil: async (input) => fulfilOrder(world, shopFor(input), input),
    "fulfil-update": async (input) => {
      const tracking = { company: input.trackingCompany, number: input.trackingNumber };
      changeTracking(world, shopFor(input), input.fulfillmentId, tracking);
    },
    "fulfil-cancel": async (input) => {
      callOff(world, shopFor(input), input.fulfillmentId);
    },
    /** Somebody, or another app, takes all holds off an order. */
    "release-holds": async (input) => {
      const shop = shopFor(input);
      for (const id of findOrder(shop, input.orderId).fulfillmentOrderIds) releaseHold(world, shop, id, null);
    },
    cancel: async (input) => {
      const shop = shopFor(input);
      const order = findOrder(shop, input.orderId);
      const job = startCancel(world, shop, {
        orderId: order.id,
        reason: input.reason ?? "OTHER",
        restock: input.restock ?? true,
        refund: input.refund ?? true,
      });
      return { jobId: job.id };
    },
    /** Another app makes an order. */
    order: async (input) => ({ orderId: createOrder(world, shopFor(input), input.input, input.options ?? {}).id }),
    "edit-order": async (input) => {
      editOrder(world, shopFor(input), { ...input, orderId: findOrder(shopFor(input), input.orderId).id });
    },
    "begin-return": async (input) => {
      const orderId = findOrder(shopFor(input), input.orderId).id;
      return { returnId: beginReturn(world, shopFor(input), { ...input, orderId }).id };
    },
    "cancel-return": async (input) => {
      cancelReturn(world, shopFor(input), input.returnId);
    },
    refund: async (input) => ({ refundId: createRefund(world, shopFor(input), input.input).refund.id }),
    "data-request": async (input) => askForData(world, shopFor(input), findOrder(shopFor(input), input.orderId)),
    "forget-buyer": async (input) => forgetBuyer(world, shopFor(input), findOrder(shopFor(input), input.orderId)),
    "redact-shop": async (input) => redactShop(world, shopFor(input)),
    webhook: async (input) => emit(world, shopFor(input), input.topic, input.body),
    "revoke-tokens": async (input) => tokens.revokeAll(shopFor(input).domain),
    app: async (input) => changeApp(world, input),
    settings: async (input) => changeSwitches(world, input),
    "age-orders": async (input) => ageOrders(shopFor(input), input.ms),
  };
}

function sessionToken(world: World, shop: Shop, userId?: string): { token: string; host: string } {
  install(shop);
  const { apiKey, apiSecret } = world.kernel.settings;
  return {
    token: signSessionToken({ shop: shop.domain, apiKey, apiSecret, userId, now: world.now() }),
    host: hostParameter(shop.domain),
  };
}

function createShop(
  world: World,
  { shop: domain, plan = "Plus" }: { shop: string; plan?: PlanName },
): { shop: string } {
  if (!/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(domain ?? ""))
    throw new Error("shop must be a name under myshopify.com");
  if (!PLANS.includes(plan)) throw new Error(`plan must be one of ${PLANS.join(", ")}`);
  if (world.shops.has(domain)) throw new Error("there is such a shop already");
  addLocations(world, addShop(world, domain, plan));
  return { shop: domain };
}

/** Adds products from "builtin", a file, or the list given; each is told as products/create. */
function seedCatalog(
  world: World,
  shop: Shop,
  source: string | undefined,
  products?: CatalogProduct[],
): { added: number } {
  const added = addProducts(world, shop, products ?? readCatalog(source ?? "builtin"));
  for (const product of added) tellProductCreated(world, shop, product);
  return { added: added.length };
}

interface EditInput {
  productId: string;
  variantId?: string;
  title?: string;
  bodyHtml?: string;
  status?: Product["status"];
  tags?: string[];
  price?: string;
  compareAtPrice?: string | null;
  sku?: string;
}

function editProduct(world: World, shop: Shop, input: EditInput): { updatedAt: string } {
  const product = shop.products.get(input.productId);
  if (!product) throw new Error("there is no such product");
  const now = world.now();
  for (const name of ["title", "bodyHtml"] as const) if (input[name] !== undefined) product[name] = input[name];
  if (input.status) product.status = input.status;
  if (input.tags) product.tags = input.tags;
  for (const id of input.variantId ? [input.variantId] : product.variantIds) {
    const variant = shop.variants.get(id);
    if (!variant || variant.productId !== product.id) throw new Error("there is no such variant of this product");
    if (input.price !== undefined) variant.priceMinor = toMinor(input.price, shop.currency);
    if (input.compareAtPrice !== undefined)
      variant.compareAtMinor = input.compareAtPrice === null ? null : toMinor(input.compareAtPrice, shop.currency);
    if (input.sku !== undefined && input.variantId) variant.sku = input.sku;
    variant.updatedAt = now;
  }
  product.updatedAt = now;
  tellProductChanged(world, shop, product);
  return { updatedAt: new Date(now).toISOString() };
}

function deleteProduct(world: World, shop: Shop, productId: string): void {
  const product = shop.products.get(productId);
  if (!product) throw new Error("there is no such product");
  for (const id of product.variantIds) {
    shop.items.delete(shop.variants.get(id)?.itemId ?? "");
    shop.variants.delete(id);
  }
  shop.products.delete(productId);
  tellProductDeleted(world, shop, product);
}

function setStock(
  world: World,
  shop: Shop,
  input: { inventoryItemId: string; locationId?: string; available: number },
): { available: number; updatedAt: string } {
  const item = shop.items.get(input.inventoryItemId);
  const level = item?.levels.get(input.locationId ?? [...shop.locations.keys()][0] ?? "");
  if (!level) throw new Error("there is no such item at that place");
  if (!Number.isInteger(input.available)) throw new Error("available must be a whole number");
  const delta = input.available - level.available;
  moveStock(world, shop, level, { available: delta, onHand: delta });
  return { available: level.available, updatedAt: restTime(level.updatedAt) };
}

interface FulfilInput {
  orderId: string;
  lines?: { lineId: string; quantity: number }[];
  trackingCompany?: string;
  trackingNumber?: string;
}

/** Ships what is open (or the lines named), one place after the other; answers the first shipment and all of them. */
function fulfilOrder(
  world: World,
  shop: Shop,
  input: FulfilInput,
): { fulfillmentId: string; fulfillmentIds: string[] } {
  const order = findOrder(shop, input.orderId);
  const tracking = { company: input.trackingCompany, number: input.trackingNumber };
  const made: string[] = [];
  if (input.lines) made.push(fulfil(world, shop, namedGroups(shop, order, input.lines), tracking).id);
  else
    do made.push(fulfil(world, shop, openGroups(shop, order), tracking).id);
    while (openGroups(shop, order).length > 0);
  return { fulfillmentId: made[0] ?? "", fulfillmentIds: made };
}

function namedGroups(shop: Shop, order: Order, lines: { lineId: string; quantity: number }[]) {
  return order.fulfillmentOrderIds.flatMap((id) => {
    const parts = (shop.fulfillmentOrders.get(id)?.lines ?? []).flatMap((part) => {
      const wanted = lines.find((line) => line.lineId === part.lineId);
      return wanted ? [{ id: part.id, quantity: wanted.quantity }] : [];
    });
    return parts.length > 0 ? [{ fulfillmentOrderId: id, fulfillmentOrderLineItems: parts }] : [];
  });
}

/** An order by id, name or source identifier. */
function findOrder(shop: Shop, key: string): Order {
  const order =
    shop.orders.get(key) ?? [...shop.orders.values()].find((one) => one.name === key || one.sourceIdentifier === key);
  if (!order) throw new Error("there is no such order");
  return order;
}

/** Other scopes or subscriptions than the app's file names, until the next reset. Shops that have the app are told of new scopes. */
function changeApp(world: World, input: Partial<AppConfig>): AppConfig {
  const previous = world.app.scopes ?? [];
  Object.assign(world.app, input);
  if (input.scopes === undefined) return world.app;
  for (const shop of world.shops.values()) {
    const body = {
      id: null,
      shop_id: shop.id,
      previous,
      current: input.scopes ?? [],
      updated_at: restTime(world.now()),
    };
    emit(world, shop, "app/scopes_update", body);
  }
  return world.app;
}

/** As if the orders that count against the limit of a minute had been made so much earlier: nobody has to wait a minute for it. */
function ageOrders(shop: Shop, ms: unknown): void {
  if (typeof ms !== "number" || !(ms > 0)) throw new Error("ms must be a number above 0");
  shop.orderCreatedAt = shop.orderCreatedAt.map((at) => at - ms);
}

function changeSwitches(world: World, input: Partial<Switches> & { plan?: PlanName; shop?: string }): Switches {
  for (const [name, value] of Object.entries(input)) {
    if (name === "shop" || name === "plan") continue;
    if (!Object.hasOwn(DEFAULT_SWITCHES, name))
      throw new Error(`no such switch; there are: ${Object.keys(DEFAULT_SWITCHES).join(", ")}`);
    if (typeof value !== typeof DEFAULT_SWITCHES[name as keyof Switches]) throw new Error(`${name} has the wrong type`);
    Object.assign(world.switches, { [name]: value });
  }
  if (input.plan) {
    if (!PLANS.includes(input.plan)) throw new Error(`plan must be one of ${PLANS.join(", ")}`);
    getShop(world, input.shop).plan = input.plan;
  }
  return world.switches;
}
