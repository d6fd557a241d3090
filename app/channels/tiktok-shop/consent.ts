import { CallError } from "../../platform/errors.ts";
import type { ConsentPort, TokenPair } from "../port.ts";
import { findApp, type TikTokShopApp } from "./apps.ts";
import type { Client } from "./client/client.server.ts";
import { consentPageOf, findMarket } from "./markets.ts";
import { authorizedShops, type TokenGrant, tokenGrant } from "./wire/consent.ts";
import { word } from "./wire/fields.ts";

/** Scopes without which the app cannot work, spelt as the platform grants them. */
export const NEEDED_SCOPES = [
  "seller.authorization.info",
  "seller.product.basic",
  "seller.product.write",
  "seller.order.info",
  "seller.fulfillment.basic",
  "seller.logistics",
  "seller.return_refund.basic",
] as const;

/** Scopes without which one small thing is missing (orders parted into packages, our references there): nobody is asked to consent again for them. */
export const WELCOME_SCOPES = ["seller.order.ext_ref.write", "seller.fulfillment.package.write"] as const;

const USER_TYPE_SELLER = 0;

/** Consent, tokens and the shops they reach. Tokens are returned to the caller and kept nowhere here. */
export function createConsent(client: Client, apps: readonly TikTokShopApp[]): ConsentPort {
  return {
    neededScopes: NEEDED_SCOPES,

    markets: () => apps.map(({ market }) => ({ id: market })),

    consentUrl(market, state) {
      const app = findApp(apps, market);
      const url = new URL(app.consentUrl ?? consentPageOf(market));
      url.searchParams.set("service_id", app.serviceId);
      url.searchParams.set("state", state);
      return url.href;
    },

    /** TikTok Shop facts: the grant type is the unusual word `authorized_code`; the code works once, within 30 minutes. */
    exchange: (market, code) =>
      asAuthFailure(
        client.callTokenHost({
          operation: "getAccessToken",
          path: "/api/v2/token/get",
          app: findApp(apps, market),
          query: { auth_code: code, grant_type: "authorized_code" },
          wire: tokenGrant,
          read: (grant) => ({
            ...tokenPair(grant),
            externalId: grant.open_id ?? "",
            sellerName: grant.seller_name ?? "",
            region: grant.seller_base_region ?? "",
            scopes: grant.granted_scopes,
            kind: grant.user_type === USER_TYPE_SELLER ? ("seller" as const) : ("other" as const),
          }),
        }),
      ),

    renew: (market, refreshToken) =>
      asAuthFailure(
        client.callTokenHost({
          operation: "refreshAccessToken",
          path: "/api/v2/token/refresh",
          app: findApp(apps, market),
          query: { refresh_token: refreshToken, grant_type: "refresh_token" },
          wire: tokenGrant,
          read: tokenPair,
        }),
      ),

    shops: (access) =>
      client.call("getAuthorizedShops", {
        access,
        wire: authorizedShops,
        read: ({ shops }) =>
          shops.map(({ id, cipher, name = "", region = "", seller_type }) => ({
            channelShopId: id,
            name,
            region,
            currency: findMarket(region)?.currency ?? "",
            sellerType: word({ LOCAL: "LOCAL", CROSS_BORDER: "CROSS_BORDER" }, seller_type),
            shopKey: cipher,
          })),
      }),
  };
}

const tokenPair = (grant: TokenGrant): TokenPair => ({
  accessToken: grant.access_token,
  accessExpiresAt: grant.access_token_expire_in,
  refreshToken: grant.refresh_token,
  refreshExpiresAt: grant.refresh_token_expire_in,
});

/** No list of the token host's codes is published; a refusal of a code or a token by the host that issues them is about consent. */
async function asAuthFailure<T>(outcome: Promise<T>): Promise<T> {
  try {
    return await outcome;
  } catch (error) {
    const isRefusal = error instanceof CallError && error.code !== undefined;
    if (!isRefusal || !["unknown", "invalid", "notFound"].includes(error.family)) throw error;
    const { code, requestId, operation } = error;
    throw new CallError(error.message, {
      family: "auth",
      code,
      requestId,
      operation,
      mayHaveHappened: false,
      cause: error,
    });
  }
}
