import type { Channel } from "../port.ts";
import { createAfterSales } from "./after-sales.ts";
import { type ClientDeps, createClient } from "./client/client.server.ts";
import { createConsent } from "./consent.ts";
import { createDeliveries } from "./deliveries.ts";
import { explain } from "./explain.ts";
import { createListings } from "./listings.ts";
import { termsOf } from "./market-terms.ts";
import { correctionsOf, taxRulesOf } from "./markets.ts";
import { createOrders } from "./orders.ts";
import { createReference } from "./reference.ts";
import { createSetup } from "./setup.ts";
import { createStock } from "./stock.ts";
import { trackingFormat } from "./tracking-formats.ts";

export type { TikTokShopApp } from "./apps.ts";
export type TikTokShopDeps = ClientDeps & {
  /** The seller centre of a stand-in; left out: TikTok Shop's own. */
  sellerCentreUrl?: string;
};

/**
 * TikTok Shop behind the port. Keeps no data: tokens and shops are handed in with each call, budgets are shared and the engine's.
 * `fetch` is for whoever wants to see or stand in for the wire.
 */
export function createTikTokShop(deps: TikTokShopDeps): Channel {
  const client = createClient(deps);
  return {
    id: "tiktok-shop",
    displayName: "TikTok Shop",
    consent: createConsent(client, deps.apps),
    setup: createSetup(client),
    reference: createReference(client),
    listings: createListings(client),
    stock: createStock(client),
    orders: createOrders(client, deps.log),
    afterSales: createAfterSales(client),
    deliveries: createDeliveries(deps),
    taxRules: taxRulesOf,
    trackingFormat,
    trackingCorrections: correctionsOf,
    terms: termsOf,
    orderPage: (order) => orderInSellerCentre(order, deps.sellerCentreUrl),
    // The documented minimum is 1, in practice 0 is sent and taken: the first answer of a shop tells.
    acceptsZeroStock: "unknown",
    explain,
  };
}

/**
 * TikTok Shop fact: each market has a seller centre of its own. The address is what sellers see there; it is not documented. A stand-in
 * has the same address below its own.
 */
function orderInSellerCentre(order: { region: string; channelOrderId: string }, standIn: string | undefined): string {
  const { region, channelOrderId } = order;
  const market = region === "GB" ? "uk" : region.toLowerCase();
  const query = new URLSearchParams({ order_no: channelOrderId, shop_region: region });
  return `${standIn ?? `https://seller-${market}.tiktok.com`}/order/detail?${query}`;
}
