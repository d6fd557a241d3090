import type { Shape } from "../check.ts";

const EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
const OFFLINE = "urn:shopify:params:oauth:token-type:offline-access-token";
const ONLINE = "urn:shopify:params:oauth:token-type:online-access-token";

/** What the token door takes: an exchange of a session token, or a refresh. */
export const TOKEN_REQUEST: Shape = {
  anyOf: [
    {
      object: {
        grant_type: { oneOf: [EXCHANGE] },
        client_id: "string",
        client_secret: "string",
        subject_token: "string",
        subject_token_type: { oneOf: ["urn:ietf:params:oauth:token-type:id_token", OFFLINE] },
        requested_token_type: { oneOf: [OFFLINE, ONLINE] },
        "expiring?": { oneOf: ["0", "1", 0, 1, true, false] },
      },
    },
    {
      object: {
        grant_type: { oneOf: ["refresh_token"] },
        client_id: "string",
        client_secret: "string",
        refresh_token: "string",
      },
    },
  ],
};

const offline: Shape = {
  object: {
    access_token: "string",
    scope: "string",
    expires_in: "integer",
    refresh_token: "string",
    refresh_token_expires_in: "integer",
  },
};
const online: Shape = {
  object: {
    access_token: "string",
    scope: "string",
    expires_in: "integer",
    associated_user_scope: "string",
    associated_user: {
      object: {
        id: "integer",
        first_name: "string",
        last_name: "string",
        email: "string",
        email_verified: "boolean",
        account_owner: "boolean",
        locale: "string",
        collaborator: "boolean",
      },
    },
  },
};

/** What the token door answers with status 200 and 400. */
export const TOKEN_ANSWER: Shape = { anyOf: [offline, online] };
export const TOKEN_REFUSAL: Shape = { object: { error: "string", "error_description?": "string" } };

/** The envelope of every GraphQL answer with status 200. */
export const GRAPHQL_ANSWER: Shape = {
  object: {
    "data?": { nullable: { map: "any" } },
    "errors?": { list: { object: { message: "string" }, open: true }, min: 1 },
    "extensions?": {
      object: {
        cost: {
          object: {
            requestedQueryCost: "integer",
            actualQueryCost: { nullable: "integer" },
            throttleStatus: {
              object: { maximumAvailable: "integer", currentlyAvailable: "integer", restoreRate: "integer" },
            },
          },
        },
        "search?": { list: "any" },
      },
    },
  },
};

/** Bodies of refusals before GraphQL is reached (401, 402, 423, 5xx). */
export const PLAIN_REFUSAL: Shape = { object: { errors: { anyOf: ["string", { map: "any" }, { list: "any" }] } } };
