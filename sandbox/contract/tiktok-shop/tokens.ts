import type { OperationContract } from "./shape.ts";

/** A token pair; both ends are absolute epoch seconds. */
const tokenGrant = {
  "access_token*": "text",
  "access_token_expire_in*": "int",
  "refresh_token*": "text",
  "refresh_token_expire_in*": "int",
  open_id: "text",
  seller_name: "text",
  seller_base_region: "text",
  user_type: "=0|1|3",
  granted_scopes: ["text"],
} as const;

/** Consent and tokens: unsigned calls on the token host, and the shops a token reaches. */
export const tokensContract: OperationContract[] = [
  {
    operation: "getAccessToken",
    method: "GET",
    path: "/api/v2/token/get",
    query: { "app_key*": "text", "app_secret*": "text", "auth_code*": "text", "grant_type*": "=authorized_code" },
    answer: tokenGrant,
  },
  {
    operation: "refreshAccessToken",
    method: "GET",
    path: "/api/v2/token/refresh",
    query: { "app_key*": "text", "app_secret*": "text", "refresh_token*": "text", "grant_type*": "=refresh_token" },
    answer: tokenGrant,
  },
  {
    operation: "getAuthorizedShops",
    method: "GET",
    path: "/authorization/202309/shops",
    scope: "seller.authorization.info",
    answer: {
      shops: [{ cipher: "text", code: "text", id: "text", name: "text", region: "text", seller_type: "text" }],
    },
  },
  {
    operation: "deauthorizeShop",
    method: "DELETE",
    path: "/authorization/202403/shops",
    query: { "shop_cipher*": "text" },
    answer: {},
  },
];
