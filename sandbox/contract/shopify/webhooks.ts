import { checkShape, type Shape } from "../check.ts";

/** The fields of webhook bodies an app may rely on, in our words. Bodies carry more; these must be there and fit. */

const gid: Shape = { pattern: "^gid://shopify/[A-Za-z]+/[0-9]+(\\?inventory_item_id=[0-9]+)?$" };
const time: Shape = { pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)$" };
const some = (object: Record<string, Shape>): Shape => ({ object, open: true });

const line = some({
  id: "integer",
  variant_id: { nullable: "integer" },
  sku: { nullable: "string" },
  quantity: "integer",
  current_quantity: "integer",
  price: "decimal",
});

const fulfillment = some({
  id: "integer",
  admin_graphql_api_id: gid,
  order_id: "integer",
  status: { oneOf: ["success", "cancelled"] },
  location_id: "integer",
  tracking_company: { nullable: "string" },
  tracking_number: { nullable: "string" },
  tracking_numbers: { list: "string" },
  line_items: { list: line },
});

const refund = some({
  id: "integer",
  admin_graphql_api_id: gid,
  order_id: "integer",
  refund_line_items: {
    list: some({
      line_item_id: "integer",
      quantity: "integer",
      restock_type: { oneOf: ["cancel", "return", "no_restock", "legacy_restock"] },
    }),
  },
  transactions: { list: some({ id: "integer", amount: "decimal", gateway: "string" }) },
});

const order = some({
  id: "integer",
  admin_graphql_api_id: gid,
  name: "string",
  source_identifier: { nullable: "string" },
  source_name: { nullable: "string" },
  created_at: time,
  updated_at: time,
  cancelled_at: { nullable: time },
  financial_status: "string",
  fulfillment_status: { oneOf: [null, "partial", "fulfilled"] },
  total_price: "decimal",
  tags: "string",
  line_items: { list: line, min: 1 },
  fulfillments: { list: fulfillment },
  refunds: { list: refund },
});

const product = some({
  id: "integer",
  admin_graphql_api_id: gid,
  title: "string",
  status: { oneOf: ["active", "draft", "archived", "unlisted"] },
  updated_at: time,
  tags: "string",
  variants: { list: some({ id: "integer", inventory_item_id: "integer", price: "decimal" }), max: 100 },
  variant_gids: { list: some({ admin_graphql_api_id: gid, updated_at: time }) },
});

const level = some({
  inventory_item_id: "integer",
  location_id: "integer",
  available: { nullable: "integer" },
  updated_at: time,
  admin_graphql_api_id: gid,
});
const shop = some({ id: "integer", domain: "string", myshopify_domain: "string", currency: "string" });
const fulfillmentOrder = some({ fulfillment_order: some({ id: gid, status: "string" }) });

const ofShop: Record<string, Shape> = { shop_id: "integer", shop_domain: "string" };
const customer = some({ id: "integer", email: { nullable: "string" }, phone: { nullable: "string" } });

const FAMILIES: [RegExp, Shape][] = [
  [/^orders\/(create|updated|cancelled|fulfilled|partially_fulfilled|paid)$/, order],
  [/^products\/(create|update)$/, product],
  [/^(products|orders)\/delete$/, some({ id: "integer" })],
  [/^inventory_levels\/update$/, level],
  [
    /^inventory_items\/update$/,
    some({ id: "integer", sku: { nullable: "string" }, tracked: "boolean", admin_graphql_api_id: gid }),
  ],
  [/^locations\/(create|update)$/, some({ id: "integer", active: "boolean", admin_graphql_api_id: gid })],
  [/^fulfillments\/(create|update)$/, fulfillment],
  [/^refunds\/create$/, refund],
  [/^orders\/edited$/, some({ order_edit: some({ order_id: "integer", line_items: "any" }) })],
  [
    /^returns\/(request|approve|decline)$/,
    some({ id: "integer", admin_graphql_api_id: gid, status: "string", order: some({ id: "integer" }) }),
  ],
  [
    /^returns\/(cancel|close|reopen)$/,
    some({ id: "integer", admin_graphql_api_id: gid, status: "string", order_id: "integer" }),
  ],
  [/^fulfillment_orders\//, fulfillmentOrder],
  [/^(app\/uninstalled|shop\/update)$/, shop],
  [/^app\/scopes_update$/, some({ previous: { list: "string" }, current: { list: "string" } })],
  [
    /^customers\/data_request$/,
    some({ ...ofShop, customer, orders_requested: { list: "integer" }, data_request: some({ id: "integer" }) }),
  ],
  [/^customers\/redact$/, some({ ...ofShop, customer, orders_to_redact: { list: "integer" } })],
  [/^shop\/redact$/, some(ofShop)],
];

/** Problems of a body before it is sent. Topics not described here are a problem too. Bigints count as integers. */
export function checkWebhookBody(topic: string, body: unknown): string[] {
  const family = FAMILIES.find(([pattern]) => pattern.test(topic));
  if (!family) return ["topic not described in the contract"];
  return checkShape(family[1], body);
}
