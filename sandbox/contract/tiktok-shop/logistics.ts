import type { OperationContract } from "./shape.ts";

/** A place stock is kept in or sent back to. */
const warehouse = {
  address: {
    address_line1: "text",
    address_line2: "text",
    address_line3: "text",
    address_line4: "text",
    city: "text",
    contact_person: "text",
    distict: "text",
    first_name: "text",
    first_name_local_script: "text",
    full_address: "text",
    geolocation: { latitude: "text", longitude: "text" },
    last_name: "text",
    last_name_local_script: "text",
    phone_number: "text",
    postal_code: "text",
    region: "text",
    region_code: "text",
    state: "text",
    town: "text",
  },
  effect_status: "text",
  entity_id: "text",
  id: "text",
  is_default: "bool",
  name: "text",
  sub_type: "text",
  type: "text",
} as const;

/** Warehouses, delivery options, carriers. */
export const logisticsContract: OperationContract[] = [
  {
    operation: "getWarehouses",
    method: "GET",
    path: "/logistics/202309/warehouses",
    scope: "seller.logistics",
    query: { "shop_cipher*": "text" },
    answer: { warehouses: [warehouse] },
  },
  {
    operation: "getWarehouseDeliveryOptions",
    method: "GET",
    path: "/logistics/202309/warehouses/{warehouse_id}/delivery_options",
    scope: "seller.logistics",
    query: { scope: "=WAREHOUSE|PRODUCT", "shop_cipher*": "text" },
    answer: {
      delivery_options: [
        {
          description: "text",
          dimension_limit: { max_height: "int", max_length: "int", max_width: "int", unit: "text" },
          id: "text",
          name: "text",
          platform: ["text"],
          type: "text",
          weight_limit: { max_weight: "int", min_weight: "int", unit: "text" },
        },
      ],
    },
  },
  {
    operation: "getShippingProviders",
    method: "GET",
    path: "/logistics/202309/delivery_options/{delivery_option_id}/shipping_providers",
    scope: "seller.logistics",
    query: { warehouse_region: "text", buyer_region: "text", "shop_cipher*": "text" },
    answer: { shipping_providers: [{ id: "text", name: "text" }] },
  },
];
