/**
 * One example of each answer's `data`, as the platform gives them on an ordinary day: some optional fields left out, some blank,
 * amounts unpadded, a value we do not know. Compared with the contract file where that is at hand.
 */
export const exampleAnswers: Record<string, unknown> = {
  getAccessToken: {
    access_token: "TTP_access-1",
    access_token_expire_in: 1795860000,
    refresh_token: "TTP_refresh-1",
    refresh_token_expire_in: 1826791200,
    open_id: "openid-1",
    seller_name: "Reelshelf Test Shop",
    seller_base_region: "US",
    user_type: 0,
    granted_scopes: ["seller.product.basic", "seller.order.info"],
  },
  refreshAccessToken: {
    access_token: "TTP_access-2",
    access_token_expire_in: 1796464800,
    refresh_token: "TTP_refresh-2",
    refresh_token_expire_in: 1826791200,
  },
  getAuthorizedShops: {
    shops: [
      {
        cipher: "TTP_cipher-1",
        code: "USLC1",
        id: "7495000000000000017",
        name: "Test Shop",
        region: "US",
        seller_type: "LOCAL",
      },
    ],
  },
  getShopWebhooks: {
    total_count: 1,
    webhooks: [
      {
        address: "https://app.example.com/webhooks/tiktok-shop",
        create_time: 1767600000,
        event_type: "ORDER_STATUS_CHANGE",
        update_time: 1767600000,
      },
    ],
  },
  updateWebhook: {},
  deleteWebhook: {},
  checkListingPrerequisites: {
    check_results: [
      { check_item: "SHOP_STATUS", is_failed: false, fail_reasons: [] },
      { check_item: "BANk_ACCOUNT", is_failed: true, fail_reasons: ["No bank account"] },
    ],
  },
  getWarehouses: {
    warehouses: [
      {
        id: "7200000000000000011",
        name: "Main",
        type: "SALES_WAREHOUSE",
        sub_type: "DOMESTIC_WAREHOUSE",
        effect_status: "ENABLED",
        is_default: true,
        address: { region_code: "US", distict: "" },
      },
      { id: "7200000000000000022", name: "", type: "RETURN_WAREHOUSE", effect_status: "RESTRICTED" },
    ],
  },
  getWarehouseDeliveryOptions: {
    delivery_options: [
      { id: "7300000000000000011", name: "Own carrier", type: "SEND_BY_SELLER" },
      { id: "7300000000000000022", name: "Standard", type: "STANDARD", platform: ["TIKTOK_SHOP"] },
    ],
  },
  getShippingProviders: { shipping_providers: [{ id: "7100000000000000011", name: "USPS" }] },
  getCategories: {
    categories: [
      { id: "600001", parent_id: "0", local_name: "Home", is_leaf: false, permission_statuses: ["AVAILABLE"] },
      { id: "600002", parent_id: "600001", local_name: "Mugs", is_leaf: true },
      { id: "600003", parent_id: "600001", local_name: "Knives", is_leaf: true, permission_statuses: ["INVITE_ONLY"] },
      { id: "600004", parent_id: "600001", local_name: "Venom", is_leaf: true, permission_statuses: ["PROHIBITED"] },
    ],
  },
  getCategoryRules: {
    package_dimension: { is_required: true },
    size_chart: { is_required: false, is_supported: true },
    product_certifications: [
      {
        id: "7182427498456",
        name: "Safety certificate",
        is_required: false,
        requirement_conditions: [
          { condition_type: "VALUE_ID_MATCH", attribute_id: "100347", attribute_value_id: "1000059" },
        ],
      },
    ],
  },
  getCategoryAttributes: {
    attributes: [
      {
        id: "100347",
        name: "Material",
        type: "PRODUCT_PROPERTY",
        is_requried: true,
        is_customizable: true,
        is_multiple_selection: false,
        value_data_format: "",
        values: [{ id: "1000059", name: "Ceramic" }],
      },
      { id: "100000", name: "Color", type: "SALES_PROPERTY", is_requried: false },
      {
        id: "100400",
        name: "Capacity",
        type: "PRODUCT_PROPERTY",
        is_requried: false,
        value_data_format: "POSITIVE_INT_OR_DECIMAL",
        requirement_conditions: [
          { condition_type: "VALUE_ID_MATCH", attribute_id: "100347", attribute_value_id: "1000059" },
          { condition_type: "SOMETHING_NEW", attribute_id: "1", attribute_value_id: "2" },
        ],
      },
    ],
  },
  recommendCategory: {
    categories: [{ id: "600002", is_leaf: true, level: 2, name: "Mugs", permission_statuses: ["AVAILABLE"] }],
    leaf_category_id: "600002",
  },
  uploadProductImage: {
    uri: "tos-useast5-i/abc123",
    url: "https://pictures.test/abc123",
    use_case: "MAIN_IMAGE",
    width: 1200,
    height: 1200,
  },
  createProduct: {
    product_id: "1729592969712207013",
    skus: [
      {
        id: "1729592969712272549",
        external_sku_id: "sku-b",
        seller_sku: "MUG-B",
        sales_attributes: [{ id: "100089", value_id: "1729592969712207123" }],
      },
      { id: "1729592969712207013", external_sku_id: "sku-a", seller_sku: "" },
    ],
    warnings: [{ message: "list_price was ignored" }],
  },
  getProduct: {
    id: "1729592969712207013",
    external_product_id: "listing-1",
    status: "FAILED",
    audit: { status: "FAILED" },
    audit_failed_reasons: [
      { position: "main_image", reasons: ["The picture shows another brand."], suggestions: ["Use your own picture."] },
    ],
    title: "Blue mug",
    create_time: 1795000000,
    update_time: 1795000100,
    skus: [
      {
        id: "1729592969712272549",
        external_sku_id: "sku-b",
        seller_sku: "MUG-B",
        price: { currency: "USD", sale_price: "4.9", tax_exclusive_price: "4.9" },
        inventory: [{ warehouse_id: "7200000000000000011", quantity: 7 }],
      },
      {
        id: "1729592969712207013",
        seller_sku: "MUG-A",
        price: { currency: "USD", tax_exclusive_price: "149" },
        inventory: [],
      },
    ],
  },
  searchProducts: {
    products: [
      {
        id: "1729592969712207013",
        status: "ACTIVATE",
        title: "Blue mug",
        update_time: 1795000100,
        audit: { status: "PRE_APPROVED", pre_approved_reasons: ["KYC_PENDING"] },
      },
      { id: "1729592969712207099", status: "SOMETHING_NEW", update_time: 1795000050 },
    ],
    next_page_token: "",
    total_count: 2,
  },
  partialEditProduct: { product_id: "1729592969712207013", audit: { status: "AUDITING" } },
  updatePrices: {},
  updateInventory: { errors: [] },
  activateProducts: {
    errors: [
      {
        code: 12052330,
        message: "cannot be put back",
        detail: {
          product_id: "1729592969712207099",
          extra_errors: [{ code: 12052332, message: "the shop is frozen" }],
        },
      },
    ],
  },
  deactivateProducts: {
    errors: [{ code: 12052901, message: "wrong status", detail: { product_id: "1729592969712207099" } }],
  },
  searchInventory: {
    inventory: [
      {
        product_id: "1729592969712207013",
        skus: [
          {
            id: "1729592969712272549",
            seller_sku: "MUG-B",
            total_available_quantity: 7,
            total_committed_quantity: 2,
            warehouse_inventory: [
              { warehouse_id: "7200000000000000011", available_quantity: 7, committed_quantity: 2 },
            ],
          },
          { id: "1729592969712207013", total_available_quantity: 3 },
        ],
      },
    ],
  },
  getOrders: {
    orders: [
      {
        id: "576461413038785752",
        status: "AWAITING_SHIPMENT",
        order_type: "NORMAL",
        fulfillment_type: "FULFILLMENT_BY_SELLER",
        shipping_type: "SELLER",
        create_time: 1795000000,
        paid_time: 1795000010,
        update_time: 1795003700,
        rts_sla_time: 1795100000,
        cancel_order_sla_time: 0,
        delivery_option_id: "7300000000000000011",
        delivery_option_name: "Own carrier",
        warehouse_id: "7200000000000000011",
        buyer_email: "relay-1@scs.tiktok.com",
        buyer_message: "",
        packages: [],
        recipient_address: {
          name: "Ada Byron",
          first_name: "Ada",
          last_name: "Byron",
          phone_number: "(+1)2025550143",
          address_line1: "12 Analytical Way",
          address_line2: "",
          address_line3: "Apt 4",
          postal_code: "78701",
          region_code: "US",
          district_info: [
            { address_level: "L0", address_level_name: "Country", address_name: "United States", iso_code: "US" },
            { address_level: "L1", address_level_name: "State", address_name: "Texas" },
            { address_level: "L2", address_level_name: "County", address_name: "Travis" },
            { address_level: "L3", address_level_name: "City", address_name: "Austin" },
          ],
        },
        payment: {
          currency: "USD",
          original_total_product_price: "24.5",
          seller_discount: "2",
          platform_discount: "1.5",
          sub_total: "21",
          original_shipping_fee: "5.99",
          shipping_fee_seller_discount: "0",
          shipping_fee_platform_discount: "3",
          shipping_fee_cofunded_discount: "0.99",
          shipping_fee: "2",
          tax: "1.73",
          shipping_fee_tax: "0.16",
          retail_delivery_fee: "0.28",
          handling_fee: "",
          total_amount: "25.01",
        },
        line_items: [
          {
            id: "576461413038851288",
            sku_id: "1729592969712272549",
            product_id: "1729592969712207013",
            seller_sku: "MUG-B",
            product_name: "Blue mug",
            sku_name: "Blue",
            display_status: "AWAITING_SHIPMENT",
            currency: "USD",
            original_price: "24.5",
            sale_price: "21",
            seller_discount: "2",
            platform_discount: "1.5",
            item_tax: [{ tax_type: "SALES_TAX", tax_rate: "0.0825", tax_amount: "1.57" }],
          },
        ],
      },
    ],
  },
  searchOrders: {
    orders: [{ id: "576461413038785752", status: "AWAITING_SHIPMENT", update_time: 1795003700 }],
    next_page_token: "",
    total_count: 1,
  },
  addExternalOrderReferences: { errors: [] },
  searchCancellations: {
    cancellations: [
      {
        cancel_id: "4035318504086604100",
        order_id: "576461413038785752",
        cancel_status: "CANCELLATION_REQUEST_COMPLETE",
        cancel_type: "CANCEL",
        role: "BUYER",
        cancel_reason: "ecom_order_no_longer_needed",
        cancel_reason_text: "No longer needed",
        should_replenish_stock: true,
        create_time: 1795003600,
        update_time: 1795003700,
        cancel_line_items: [
          {
            cancel_line_item_id: "4035318504086604101",
            order_line_item_id: "576461413038851288",
            sku_id: "1729592969712272549",
          },
        ],
        refund_amount: { currency: "USD", refund_total: "25.01" },
      },
    ],
    next_page_token: "",
    total_count: 1,
  },
  markPackageAsShipped: { order_id: "576461413038785752", package_id: "1152921504606846977" },
  shipPackage: {},
  updatePackageShippingInfo: {},
  getShippingDocument: { doc_url: "https://labels.example/1152921504606846977.pdf", tracking_number: "TT1" },
  getSplitAttributes: {
    split_attributes: [{ order_id: "576461413038785752", can_split: true, must_split: false, reason: "" }],
  },
  splitOrder: {
    packages: [
      { id: "1152921504606846999", splittable_group_id: "1" },
      { id: "1152921504606847000", splittable_group_id: "2" },
    ],
  },
  getPriceDetail: {
    currency: "USD",
    shipping_fee_deduction_platform: "1",
    shipping_fee_deduction_seller: "",
    line_items: [
      {
        id: "576461413038851288",
        sku_list_price: "24.5",
        subtotal: "21",
        subtotal_deduction_platform: "1",
        subtotal_deduction_seller: "2.5",
        voucher_deduction_platform: "0",
        tax_amount: "1.57",
        tax_rate: "0.0825",
      },
    ],
  },
  getPackage: {
    package_id: "1152921504606846977",
    package_status: "PROCESSING",
    tracking_number: "9400111899223197428490",
    shipping_provider_id: "7100000000000000011",
    order_line_item_ids: ["576461413038851288"],
  },
  getAftersaleEligibility: {
    sku_eligibility: [
      {
        sku_id: "1729592969712272549",
        line_item_eligibility: [
          {
            request_type: "CANCEL",
            eligible: true,
            order_line_items_ids: ["576461413038851288"],
            available_reason_names: ["seller_cancel_reason_out_of_stock"],
          },
        ],
      },
    ],
  },
  cancelOrder: { cancel_id: "4035318504086604100", cancel_status: "CANCELLATION_REQUEST_PENDING" },
  approveCancellation: {},
  rejectCancellation: {},
  getDecisionEligibility: {
    decisions: [
      {
        decision: "REJECT_RETURN",
        eligible: true,
        available_reject_reasons: [{ name: "reverse_reject_request_reason_1", text: "The goods were used" }],
      },
    ],
  },
  createReturn: { return_id: "4035318504086604999", return_status: "AWAITING_BUYER_SHIP" },
  approveReturn: {},
  rejectReturn: {},
  searchReturns: {
    return_orders: [
      {
        return_id: "4035318504086604999",
        order_id: "576461413038785752",
        return_type: "RETURN_AND_REFUND",
        return_status: "RETURN_OR_REFUND_REQUEST_PENDING",
        role: "BUYER",
        return_reason_text: "Does not fit",
        create_time: 1779900000,
        update_time: 1779900100,
        refund_amount: { currency: "USD", refund_total: "25.01" },
        return_line_items: [{ order_line_item_id: "576461413038851288" }],
        seller_next_action_response: [{ action: "SELLER_RESPOND_RETURN", deadline: 1780070000 }],
      },
    ],
    next_page_token: "",
    total_count: 1,
  },
};
