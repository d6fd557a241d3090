import { endAudit, resumeAudits } from "./audit.ts";
import { type Purchase, placeOrder } from "./buy.ts";
import { acceptCancellation, beginCancellation, refuseCancellation } from "./cancel-order.ts";
import { consentReturn } from "./consent.ts";
import { sendEvent } from "./events.ts";
import { shipByPlatform } from "./fulfilment.ts";
import { revokeGrants } from "./grants.ts";
import { addHistory, type Goods } from "./history.ts";
import type { Knobs, Order, OrderStatus, Return, World } from "./model.ts";
import {
  changeAddress,
  letTravel,
  openLines,
  packByPlatform,
  payOrder,
  releaseOrder,
  setStatus,
  touchOrder,
} from "./order-life.ts";
import { copyListing } from "./own-listing.ts";
import { buyAny, findHottest, type Shelf } from "./pick.ts";
import type { Rates } from "./rates.ts";
import { askReturn, continueReturn, decideReturn, type ReturnWish } from "./returns.ts";
import { addShop, getShop, type NewShop, shopsOfStore } from "./world.ts";

const statuses: readonly OrderStatus[] = [
  "UNPAID",
  "ON_HOLD",
  "AWAITING_SHIPMENT",
  "PARTIALLY_SHIPPING",
  "AWAITING_COLLECTION",
  "IN_TRANSIT",
  "DELIVERED",
  "COMPLETED",
  "CANCELLED",
];

/** Doors by which tests, the demo and the training pages act as buyers, the auditor and the platform itself. */
export function createControl(world: World, rates: Rates) {
  return {
    /** A purchase; `orderId` is null and `soldOut` names the SKUs when stock does not suffice. */
    buy: async (input: Purchase) => placeOrder(world, input),
    /** Somebody buys one unit of whatever is on sale, or of one listing. */
    "buy-any": async (shelf: Parameters<typeof buyAny>[1] = {}) => buyAny(world, shelf),
    /** The listing with the most units left. */
    hottest: async (shelf: Shelf = {}) => findHottest(world, shelf),
    /** Payment of an unpaid order arrives. */
    pay: async ({ orderId }: { orderId: string }) => describe(world, orderId, (order) => payOrder(world, order)),
    /** The hold of one order ends now. */
    advance: async ({ orderId }: { orderId: string }) =>
      describe(world, orderId, (order) => {
        if (order.status === "UNPAID") payOrder(world, order);
        releaseOrder(world, order);
      }),
    "end-holds": async ({ store }: OfStore = {}) => {
      const isMeant = ofStore(world, store);
      const held = [...world.orders.values()].filter((order) => isMeant(order) && order.status === "ON_HOLD");
      for (const order of held) releaseOrder(world, order);
      return { released: held.length };
    },
    /** The platform sets a status, as its test tool does; the order then goes on from there. */
    "deliver-status": async ({ orderId, status }: { orderId: string; status: OrderStatus }) =>
      describe(world, orderId, (order) => {
        if (!statuses.includes(status)) throw new Error(`unknown status ${status}`);
        setStatus(order, status);
        touchOrder(world, order, "announce");
        letTravel(world, order);
      }),
    /** The platform ships what is open of an order: one of its own, or any under a label of its own. */
    "platform-ships": async ({ orderId, number }: { orderId: string; number?: string }) => {
      const order = getOrder(world, orderId);
      const isTheirs = order.kind === "platform";
      if (isTheirs && order.status !== "AWAITING_SHIPMENT") throw new Error(`order ${order.id} is ${order.status}`);
      const parcel = isTheirs
        ? packByPlatform(world, order)
        : shipByPlatform(world, order, number ?? `TT${order.id.slice(-10)}`);
      if (!isTheirs) order.isPlatformLabel = true;
      return { packageId: parcel.id, trackingNumber: parcel.trackingNumber, status: order.status };
    },
    "change-address": async ({ orderId }: { orderId: string }) =>
      describe(world, orderId, (order) => changeAddress(world, order)),
    /** A buyer, the seller (in the seller centre) or the system cancels; `request` asks the seller first, `patient` for 48 real hours. */
    cancel: async (input: {
      orderId: string;
      by?: "BUYER" | "SELLER" | "SYSTEM";
      request?: boolean;
      patient?: boolean;
      reason?: string;
      replenish?: boolean;
      lineIds?: string[];
    }) => {
      const order = getOrder(world, input.orderId);
      const lines = openLines(order).filter((line) => !input.lineIds || input.lineIds.includes(line.id));
      if (lines.length === 0) throw new Error(`nothing of order ${order.id} (${order.status}) can be cancelled`);
      const cancellation = beginCancellation(world, order, {
        role: input.by ?? "BUYER",
        lines,
        reason:
          input.reason ??
          (input.by === "SELLER" ? "seller_cancel_reason_out_of_stock" : "ecom_order_to_ship_canceled_reason_no_need"),
        replenish: input.replenish ?? true,
        mode: input.request ? "request" : "instant",
        isPatient: input.patient ?? false,
      });
      return { cancelId: cancellation.id, cancelStatus: cancellation.status, orderStatus: order.status };
    },
    /** The seller answers a buyer's request. */
    "answer-cancellation": async (input: { cancelId: string; answer: "approve" | "refuse" }) => {
      const cancellation = world.cancellations.get(input.cancelId);
      if (cancellation?.status !== "CANCELLATION_REQUEST_PENDING") throw new Error("there is no such open request");
      if (input.answer === "approve") acceptCancellation(world, cancellation);
      else refuseCancellation(world, cancellation);
      return { cancelStatus: cancellation.status };
    },
    /** A buyer wants money back for what was delivered (`REFUND`), to return it, or the same again (`REPLACEMENT`); `patient` as above. */
    "ask-return": async ({ orderId, patient, ...wish }: ReturnWish & { orderId: string; patient?: boolean }) => ({
      returnId: askReturn(world, getOrder(world, orderId), { ...wish, isPatient: patient ?? false }).id,
    }),
    /** The seller decides in the seller centre, in the words of the wire: `APPROVE_RETURN`, `REJECT_REFUND` … */
    "decide-return": async (input: {
      returnId: string;
      decision: string;
      keepItem?: boolean;
      partialMinor?: number;
    }) => {
      const { returnId, decision, ...more } = input;
      const asked = getReturn(world, returnId);
      decideReturn(world, asked, decision, more);
      return { status: asked.status };
    },
    /** The buyer goes on with a return: sends it, takes or declines an offer, withdraws. */
    "continue-return": async (input: { returnId: string; what: "ship" | "accept" | "decline" | "withdraw" }) => {
      const asked = getReturn(world, input.returnId);
      continueReturn(world, asked, input.what);
      return { status: asked.status };
    },
    /** What a store sold in the weeks before today; answers the orders, for whoever brought them home then. */
    history: async (input: { store: string; goods: Goods[]; orders: number; weeks: number }) => {
      const [shop] = shopsOfStore(world, input.store);
      if (!shop) throw new Error("there is no such store");
      return { orders: addHistory(world, shop, input.goods, input.orders, input.weeks) };
    },
    /** The seller lists a copy of a listing by hand; no app knows of it. */
    "copy-listing": async ({ productId }: { productId: string }) => copyListing(world, productId),
    /** The audit of a listing ends now. */
    audit: async (input: { productId: string; verdict: "approve" | "reject"; reason?: string }) => {
      const product = world.products.get(input.productId);
      if (!product) throw new Error(`no product ${input.productId}`);
      endAudit(world, product, input.verdict, input.reason);
      return { status: product.status, auditStatus: product.auditStatus };
    },
    "end-audits": async (input: OfStore & { verdict?: "approve" | "reject"; reason?: string } = {}) => {
      const { verdict = "approve", reason, store } = input;
      const isMeant = ofStore(world, store);
      const waiting = [...world.products.values()].filter((one) => isMeant(one) && one.auditStatus === "AUDITING");
      for (const product of waiting) endAudit(world, product, verdict, reason);
      return { [verdict === "approve" ? "approved" : "rejected"]: waiting.length };
    },
    /** The seller ends the consent (all of them, or one seller's, or one store's): tokens answer 105004, SELLER_DEAUTHORIZATION goes out. */
    revoke: async ({ sellerId, store }: OfStore & { sellerId?: string } = {}) => {
      const sellers = new Set(
        sellerId === undefined ? shopsOfStore(world, store).map((one) => one.sellerId) : [sellerId],
      );
      const ended = revokeGrants(world, (grant) => sellers.has(grant.sellerId));
      const shopIds = new Set(ended.flatMap((grant) => [...grant.shopIds]));
      for (const id of shopIds) {
        sendEvent(world, getShop(world, id), "SELLER_DEAUTHORIZATION", {
          message: "The seller ended the authorization.",
        });
      }
      return { revoked: ended.length };
    },
    /** Access tokens (or also refresh tokens) expire now; the consent stays. */
    "expire-tokens": async ({ refreshToo }: { refreshToo?: boolean } = {}) => {
      const now = world.kernel.clock.now();
      let expired = 0;
      for (const token of world.tokens.values()) {
        if (token.kind === "refresh" && !refreshToo) continue;
        token.expiresAtMs = Math.min(token.expiresAtMs, now);
        expired += 1;
      }
      return { expired };
    },
    /** UPCOMING_AUTHORIZATION_EXPIRATION, as the platform sends daily in the last 30 days; moves the end of the consent. */
    "warn-expiration": async ({ days = 30 }: { days?: number }) => {
      const endsAtMs = world.kernel.clock.now() + days * 86_400_000;
      for (const grant of world.grants) {
        if (grant.revoked) continue;
        grant.endsAtMs = endsAtMs;
        for (const token of world.tokens.values()) {
          if (token.grant === grant) token.expiresAtMs = Math.min(token.expiresAtMs, endsAtMs);
        }
      }
      const data = {
        message: `The authorization ends in ${days} days.`,
        expiration_time: String(Math.floor(endsAtMs / 1000)),
      };
      for (const shop of world.shops.values()) sendEvent(world, shop, "UPCOMING_AUTHORIZATION_EXPIRATION", data);
      return { endsAt: new Date(endsAtMs).toISOString() };
    },
    /** Changes switches; answers all of them. */
    settings: async (input: Partial<Knobs> = {}) => {
      for (const [name, value] of Object.entries(input)) {
        if (!(name in world.knobs)) throw new Error(`unknown setting ${name}`);
        Object.assign(world.knobs, { [name]: value });
      }
      if (input.audits === "automatic") resumeAudits(world);
      return { ...world.knobs };
    },
    "create-shop": async (input: NewShop = {}) => {
      const shop = addShop(world, input);
      return { shopId: shop.id, sellerId: shop.sellerId, code: shop.code };
    },
    /** A start from the platform's store: the address to open, with a code and without state. */
    "seller-start": async ({ sellerId }: { sellerId?: string } = {}) => {
      const app = world.kernel.settings.tiktokApps[0];
      const seller = sellerId ?? [...world.sellers.keys()][0];
      if (!app || !seller) throw new Error("there is no app or no seller");
      return { url: consentReturn(world, app, seller, null) };
    },
    /** How many calls of an operation the limits allow between two moments (wall ms). */
    rates: async (input: { operation: string; fromMs: number; toMs: number }) => ({
      granted: rates.granted(input.operation, input.fromMs, input.toMs),
      perSecond: rates.perSecond(input.operation, input.toMs),
    }),
  };
}

/** Narrows a door to one store of the sandbox; unset: all shops. */
interface OfStore {
  store?: string;
}

function ofStore(world: World, store: string | undefined): (thing: { shopId: string }) => boolean {
  const shops = new Set(shopsOfStore(world, store).map((shop) => shop.id));
  return ({ shopId }) => shops.has(shopId);
}

function getOrder(world: World, id: string): Order {
  const order = world.orders.get(id);
  if (!order) throw new Error(`no order ${id}`);
  return order;
}

function getReturn(world: World, id: string): Return {
  const asked = world.returns.get(id);
  if (!asked) throw new Error("there is no such return");
  return asked;
}

function describe(
  world: World,
  orderId: string,
  run: (order: Order) => void,
): { orderId: string; status: OrderStatus } {
  const order = getOrder(world, orderId);
  run(order);
  return { orderId: order.id, status: order.status };
}
