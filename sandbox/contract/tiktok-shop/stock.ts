import type { OperationContract } from "./shape.ts";
import { currency, externalListPrice, money } from "./shapes.ts";

/** Price and stock. */
export const stockContract: OperationContract[] = [
  {
    operation: "updatePrices",
    method: "POST",
    path: "/product/202309/products/{product_id}/prices/update",
    scope: "seller.product.write",
    query: { "shop_cipher*": "text" },
    body: {
      "skus*": [
        {
          external_list_prices: [externalListPrice],
          "id*": "text",
          list_price: money,
          "price*": { amount: "text", "currency*": currency, sale_price: "text" },
        },
      ],
    },
    answer: {},
  },
  {
    operation: "updateInventory",
    method: "POST",
    path: "/product/202309/products/{product_id}/inventory/update",
    scope: "seller.product.write",
    query: { "shop_cipher*": "text" },
    body: {
      "skus*": [
        {
          "id*": "text",
          "inventory*": [{ backorder_quantity: "int", handling_time: "int", "quantity*": "int", warehouse_id: "text" }],
        },
      ],
    },
    answer: {
      errors: [
        {
          code: "int",
          detail: { extra_errors: [{ code: "int", message: "text", warehouse_id: "text" }], sku_id: "text" },
          message: "text",
        },
      ],
    },
  },
  {
    operation: "searchInventory",
    method: "POST",
    path: "/product/202309/inventory/search",
    scope: "seller.product.basic",
    query: { "shop_cipher*": "text" },
    body: { product_ids: ["text"], sku_ids: ["text"] },
    answer: {
      inventory: [
        {
          product_id: "text",
          skus: [
            {
              id: "text",
              seller_sku: "text",
              total_available_inventory_distribution: {
                campaign_inventory: [{ campaign_name: "text", quantity: "int" }],
                creator_inventory: [{ creator_name: "text", quantity: "int" }],
                in_shop_inventory: { quantity: "int" },
              },
              total_available_quantity: "int",
              total_committed_quantity: "int",
              warehouse_inventory: [{ available_quantity: "int", committed_quantity: "int", warehouse_id: "text" }],
            },
          ],
        },
      ],
    },
  },
];
