import type { Tx } from "../../platform/db.server.ts";
import type { Claim, DrainContext, Work } from "../../platform/engine/model.ts";
import { askImport } from "./backfill/ask-range.server.ts";
import { importBackfill, listBackfills, startBackfill } from "./backfill/backfills.server.ts";
import { reachOf } from "./backfill/reach.ts";
import { beginDecision } from "./decisions/begin-decision.server.ts";
import { whatCanBeDecided } from "./decisions/what-can-be-decided.server.ts";
import type { OrdersDeps } from "./deps.ts";
import { ordersWorks } from "./drains.server.ts";
import {
  afterSalesChanged,
  channelOrdersChanged,
  holdsReleased,
  type ShopifyOrderEvent,
  settingsChanged,
  shopifyOrdersChanged,
  wantPolls,
} from "./events.server.ts";
import { askFulfilment } from "./fulfilment/ask-fulfilment.server.ts";
import { carrierQuestion, chooseCarrier } from "./fulfilment/carrier-choices.server.ts";
import { findLabels } from "./fulfilment/find-labels.server.ts";
import { readLine } from "./import/line.server.ts";
import { ordersSince } from "./intake/poll-orders.server.ts";
import { lookAgain } from "./look-again.server.ts";
import { readEarnings } from "./morning/earnings.server.ts";
import { estimatePayout } from "./morning/estimate-payout.ts";
import { exportOrders } from "./morning/export-orders.server.ts";
import { readHoldWindow } from "./morning/hold-window.server.ts";
import { countNew, countViews, listOrders, type OrderListInput, readItems } from "./morning/list-orders.server.ts";
import { lookAtOrders } from "./morning/look.server.ts";
import { noteOrder, reviewOrders } from "./morning/review-orders.server.ts";
import { readStanding } from "./morning/standing.server.ts";
import { countOpenOrders } from "./open-orders.server.ts";
import { ageBuyers } from "./privacy/age-buyers.server.ts";
import type { Contact } from "./privacy/contact.ts";
import { forgetShop } from "./privacy/forget-shop.server.ts";
import {
  type BuyerAsks,
  fetchRequest,
  listRequests,
  sealContact,
  takeRequests,
  tendRequest,
} from "./privacy/requests.server.ts";
import { getOrder, proofLine, summarizeOrders } from "./queries.server.ts";
import { decideRestock } from "./returns/decide-restock.server.ts";
import { tellTimeline } from "./timeline.ts";

export type { LinkedSku, OrdersConnection, OrdersDeps, WaitingUnits } from "./deps.ts";
export type { ShopifyOrderEvent } from "./events.server.ts";
export type { Asked } from "./fulfilment/ask-fulfilment.server.ts";
export type { PlaceInLine } from "./import/line.server.ts";
export type { ExportInput } from "./morning/export-orders.server.ts";
export type { OrderListInput, OrderListItem } from "./morning/list-orders.server.ts";
export type { Standing } from "./morning/standing.server.ts";
export { keptUntil } from "./privacy/what-is-kept.ts";
export type { ProofLine } from "./queries.server.ts";

/** The orders room: brings channel orders home exactly once, tells the channel what was shipped, carries cancellations. */
export function createOrders(deps: OrdersDeps) {
  return {
    works: ordersWorks(deps) as Work[],
    /** Something about these orders changed on the channel. */
    channelOrdersChanged: (tx: Tx, events: Parameters<typeof channelOrdersChanged>[2]) =>
      channelOrdersChanged(deps, tx, events),
    /** Something about the cancellations or returns of these orders changed on the channel. */
    afterSalesChanged: (tx: Tx, events: Parameters<typeof afterSalesChanged>[2]) => afterSalesChanged(deps, tx, events),
    /** To be called when a connection begins (or begins again) to work. */
    wantPolls: (tx: Tx, connection: { id: string }) => wantPolls(deps, tx, connection),
    shopifyOrdersChanged: (tx: Tx, events: readonly ShopifyOrderEvent[]) => shopifyOrdersChanged(deps, tx, events),
    /** Shopify says that no hold is left on these parts of orders. */
    holdsReleased: (tx: Tx, events: Parameters<typeof holdsReleased>[2]) => holdsReleased(deps, tx, events),
    /** Reads orders changed since a time right now; returns how many were new or newer. */
    ordersSince: async (connectionId: string, since: Date): Promise<number> => {
      const connection = await deps.connection(connectionId);
      return connection ? ordersSince(deps, connection, since) : 0;
    },
    listOrders: (input: OrderListInput) => listOrders(deps, input),
    /** The orders of these ids as the list shows them. */
    listed: (input: { shopId: string; ids: string[] }) => readItems(deps, input),
    countViews: (input: { shopId: string }) => countViews(deps.db, input),
    /** How many orders wait for their turn to be made in Shopify, and when the last of them is, about. */
    line: ({ shopId }: { shopId: string }) => readLine(deps.db, { shopId, now: deps.clock.now() }),
    countNew: (input: { shopId: string; since: Date }) => countNew(deps.db, input),
    /** Since when everything is new to this visitor. */
    lookAt: (who: { shopId: string; staffId: string }) => lookAtOrders(deps, who),
    /** What an order, or a sum of orders, brings, about. */
    estimate: (order: Parameters<typeof estimatePayout>[0]) => estimatePayout(order),
    earnings: (input: { shopId: string; since: Date }) => readEarnings(deps.db, input),
    /** How long holds took, in one connection over the last days. */
    holdWindow: (input: Parameters<typeof readHoldWindow>[1]) => readHoldWindow(deps, input),
    standing: (input: { shopId: string; connectionId: string }) => readStanding(deps, input),
    review: (input: Parameters<typeof reviewOrders>[1]) => reviewOrders(deps, input),
    note: (input: Parameters<typeof noteOrder>[1]) => noteOrder(deps, input),
    askFulfilment: (input: Parameters<typeof askFulfilment>[1]) => askFulfilment(deps, input),
    /** The lines of a CSV file, the first one being its heading. */
    exportOrders: (input: Parameters<typeof exportOrders>[1]) => exportOrders(deps, input),
    getOrder: (input: { shopId: string; id: string }) => getOrder(deps, input),
    /** To be called when the merchant changed a connection's settings, in that transaction. */
    settingsChanged: (tx: Tx, connection: { shopId: string; connectionId: string }) =>
      settingsChanged(deps, tx, connection),
    askImport: (input: Parameters<typeof askImport>[1]) => askImport(deps, input),
    startBackfill: (input: Parameters<typeof startBackfill>[1]) => startBackfill(deps, input),
    importBackfill: (input: Parameters<typeof importBackfill>[1]) => importBackfill(deps, input),
    listBackfills: (input: Parameters<typeof listBackfills>[1]) => listBackfills(deps, input),
    /** Orders made in Shopify before this are not shown to the app any more; null: all are. */
    reach: (grantedScopes: readonly string[]) => reachOf(grantedScopes, deps.clock.now()),
    /** Which carrier somebody has to name for an order's parcels; null: none. */
    carrierQuestion: (input: Parameters<typeof carrierQuestion>[1]) => carrierQuestion(deps.db, input),
    findLabels: (input: Parameters<typeof findLabels>[1]) => findLabels(deps, input),
    chooseCarrier: (input: Parameters<typeof chooseCarrier>[1]) => chooseCarrier(deps, input),
    lookAgain: (input: Parameters<typeof lookAgain>[1]) => lookAgain(deps, input),
    whatCanBeDecided: (input: Parameters<typeof whatCanBeDecided>[1]) => whatCanBeDecided(deps, input),
    decide: (input: Parameters<typeof beginDecision>[1]) => beginDecision(deps, input),
    decideRestock: (input: Parameters<typeof decideRestock>[1]) => decideRestock(deps, input),
    /** What happened to an order, on both sides, out of what `getOrder` and its activity say. */
    timeline: (story: Parameters<typeof tellTimeline>[0]) => tellTimeline(story),
    proofLine: (input: Parameters<typeof proofLine>[1]) => proofLine(deps.db, input),
    openOrders: (input: Parameters<typeof countOpenOrders>[1]) => countOpenOrders(deps.db, input),
    summary: (input: { shopId: string }) => summarizeOrders(deps.db, input),
    /** A customer's contact as an event may carry it. Null: there is none. */
    sealContact: (shopId: string, contact: Contact) => sealContact(deps, shopId, contact),
    /** Shopify passes on that buyers want to see their data, or to have it erased. */
    buyersAsked: (tx: Tx, asks: readonly BuyerAsks[]) => takeRequests(deps, tx, asks),
    listBuyerRequests: (input: { shopId: string }) => listRequests(deps, input),
    fetchBuyerRequest: (input: Parameters<typeof fetchRequest>[1]) => fetchRequest(deps, input),
    /** To be called when a shop installs the app. */
    installed: (tx: Tx, { shopId }: { shopId: string }) =>
      deps.engine.want(tx, { lane: "housekeeping", scope: `shop:${shopId}`, subject: "buyer-data" }),
    forgetShop: (input: Parameters<typeof forgetShop>[1]) => forgetShop(deps.db, input),
    /** Work of the shared `housekeeping` lane by subject. */
    chores: {
      "buyer-data": (claim: Claim, ctx: DrainContext) => ageBuyers(deps, claim, ctx),
      "buyer-request": (claim: Claim, ctx: DrainContext) => tendRequest(deps, claim, ctx),
    },
  };
}

export type Orders = ReturnType<typeof createOrders>;
