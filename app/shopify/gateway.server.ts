import { BudgetClosed } from "../platform/errors.ts";
import {
  cancelReturn,
  createRefund,
  openReturn,
  processReturn,
  readPayments,
  readReturnable,
  readReturns,
} from "./after-sales.server.ts";
import { type AdminClient, type ClientDeps, createAdminClient, type SendOptions } from "./client.server.ts";
import { ordersKeyOf, type Urgency } from "./cost.server.ts";
import { ensureOrderIdDefinition } from "./definitions.server.ts";
import {
  fulfilWhole,
  placeHold,
  readFulfillmentOrders,
  readHoldTargets,
  recordFulfillment,
  releaseHolds,
  writeTracking,
} from "./fulfillment-orders.server.ts";
import type { TypedDocumentString } from "./gql/graphql.ts";
import type { OrderCreateResult, ShopGateway } from "./model.ts";
import {
  addTags,
  cancelOrder,
  createOrder,
  findByCustomId,
  findBySource,
  markPaid,
  readCreatedOrder,
  readOrderNote,
  readOrderState,
  updateOrder,
  walkChangedOrders,
} from "./orders.server.ts";
import { readProduct, walkChangedProducts } from "./products.server.ts";
import { readLocations, readShopFacts } from "./shop.server.ts";
import { readStock } from "./stock.server.ts";

const TRUST_DEFINITION_MS = 10 * 60_000;

/** The client bound to one shop: what the operations of this folder are written against. */
export type SendForShop = <TResult, TVariables>(
  document: TypedDocumentString<TResult, TVariables>,
  variables: TVariables,
  options?: Pick<SendOptions, "deadlineMs" | "isPaid" | "paysFor">,
) => Promise<TResult>;

export interface ShopifyGateway {
  forShop(shop: { id: string; domain: string }, options?: { urgency?: Urgency }): ShopGateway;
}

/** Shopify in our words, for every shop that installed the app. */
export function createShopifyGateway(deps: ClientDeps): ShopifyGateway {
  const client = createAdminClient(deps);
  /** When this process last read a shop's order id definition back. It can go: with an uninstallation, or by the merchant's hand. */
  const definedAt = new Map<string, number>();
  const shapes = new Map<string, { hasManyLevels: boolean }>();

  return {
    forShop(shop, { urgency = "work" } = {}) {
      const send = bind(client, shop.domain, urgency);
      return {
        shopFacts: () => readShopFacts(send),
        product: (id) => readProduct(send, id),
        productsChangedSince: (since) => walkChangedProducts(send, since),
        locations: () => readLocations(send),
        stock: (ids) => {
          const shape = shapes.get(shop.domain) ?? { hasManyLevels: false };
          shapes.set(shop.domain, shape);
          return readStock(send, ids, shape);
        },

        ensureOrderIdDefinition: async () => {
          const now = deps.clock.now().getTime();
          if (now - (definedAt.get(shop.domain) ?? Number.NEGATIVE_INFINITY) < TRUST_DEFINITION_MS) return;
          await ensureOrderIdDefinition(send);
          definedAt.set(shop.domain, now);
        },
        takeOrderSlot: (what) => client.orders.takeSlot({ domain: shop.domain, ...what }),
        orderPace: ({ isDevelopment }) => client.orders.pace({ domain: shop.domain, isDevelopment }),
        createOrder: async (draft) => {
          const result = await createOrder(send, draft).catch((error: unknown): OrderCreateResult => {
            if (error instanceof BudgetClosed && error.key === ordersKeyOf(shop.domain)) return { outcome: "no-slot" };
            throw error;
          });
          // perhaps the definition is gone: look again before the next order
          if (result.outcome === "refused") definedAt.delete(shop.domain);
          return result;
        },
        findOrderByCustomId: (value) => findByCustomId(send, value),
        findOrdersBySourceIdentifier: (value) => findBySource(send, value),
        ordersChangedSince: (since) => walkChangedOrders(send, since),
        orderState: (id) => readOrderState(send, id),
        orderNote: (id, options) => readOrderNote(send, id, options),
        orderLines: (id) => readCreatedOrder(send, id),
        updateOrder: (id, change, options) => updateOrder(send, id, change, options),
        addTags: (id, tags) => addTags(send, id, tags),
        writeTracking: (id, tracking) => writeTracking(send, id, tracking),
        markPaid: (id) => markPaid(send, id),
        cancelOrder: (id, input) => cancelOrder(send, id, input),

        payments: (orderId) => readPayments(send, orderId),
        createRefund: (orderId, input) => createRefund(send, orderId, input),
        returns: (orderId) => readReturns(send, orderId),
        returnable: (orderId) => readReturnable(send, orderId),
        openReturn: (orderId, input) => openReturn(send, orderId, input),
        processReturn: (returnId, lines) => processReturn(send, returnId, lines),
        cancelReturn: (returnId) => cancelReturn(send, returnId),

        holdTargets: (orderId, options) => readHoldTargets(send, orderId, options),
        fulfillmentOrders: (orderId) => readFulfillmentOrders(send, orderId),
        recordFulfillment: (orderId, parcel) => recordFulfillment(send, orderId, parcel),
        holdFulfillment: (id, hold) => placeHold(send, id, hold),
        releaseHold: (id, holdIds, options) => releaseHolds(send, id, holdIds, options),
        fulfil: (id, tracking) => fulfilWhole(send, id, tracking),
      };
    },
  };
}

function bind(client: AdminClient, domain: string, urgency: Urgency): SendForShop {
  return (document, variables, options) => client.send(domain, document, variables, { ...options, urgency });
}
