/**
 * Every operation we use, its version beside it. TikTok Shop fact: the version belongs to the operation, not to the client, and a
 * retired one answers 36009014; raising one is a change of this table alone.
 */
export interface Operation {
  method: "GET" | "POST" | "PUT" | "DELETE";
  area: string;
  version: string;
  /** Behind /{area}/{version}; {names} are filled in by the caller. */
  path: string;
  /** "shop": takes shop_cipher and is refused without it. "seller": refused with it. */
  reach: "shop" | "seller";
  /**
   * What a second sending would do. read: nothing. repeatable: nothing either, the channel keeps one (a key of ours, an upsert, a
   * new picture handle). write: it may land after a newer write, so its caller must know of every attempt.
   */
  effect: "read" | "repeatable" | "write";
  /** Starting rate; what is really granted is learned. */
  pace: Pace;
}

export type Pace = "heavy" | "write" | "read" | "light";

/**
 * Calls per second to start with. TikTok Shop fact: no figure is published since May 2026, the limit is dynamic per app and shop;
 * these are the low ends of what is used in practice.
 */
export const PACES: Record<Pace, { perSecond: number; burst: number }> = {
  heavy: { perSecond: 2, burst: 4 },
  write: { perSecond: 3, burst: 6 },
  read: { perSecond: 5, burst: 10 },
  light: { perSecond: 10, burst: 20 },
};

const PRODUCT = { area: "product", version: "202309", reach: "shop" } as const;

const TABLE = {
  getAuthorizedShops: op(
    "GET",
    "/shops",
    { area: "authorization", version: "202309", reach: "seller" },
    "read",
    "read",
  ),
  getShopWebhooks: op("GET", "/webhooks", { area: "event", version: "202309", reach: "shop" }, "read", "read"),
  updateWebhook: op("PUT", "/webhooks", { area: "event", version: "202309", reach: "shop" }, "repeatable", "write"),
  deleteWebhook: op("DELETE", "/webhooks", { area: "event", version: "202309", reach: "shop" }, "repeatable", "write"),

  checkListingPrerequisites: op("GET", "/prerequisites", { ...PRODUCT, version: "202312" }, "read", "read"),
  getCategories: op("GET", "/categories", PRODUCT, "read", "read"),
  getCategoryRules: op("GET", "/categories/{category_id}/rules", PRODUCT, "read", "read"),
  getCategoryAttributes: op("GET", "/categories/{category_id}/attributes", PRODUCT, "read", "read"),
  recommendCategory: op("POST", "/categories/recommend", PRODUCT, "read", "read"),
  uploadProductImage: op("POST", "/images/upload", { ...PRODUCT, reach: "seller" }, "repeatable", "heavy"),

  createProduct: op("POST", "/products", PRODUCT, "repeatable", "heavy"),
  getProduct: op("GET", "/products/{product_id}", PRODUCT, "read", "light"),
  searchProducts: op("POST", "/products/search", { ...PRODUCT, version: "202502" }, "read", "read"),
  partialEditProduct: op(
    "POST",
    "/products/{product_id}/partial_edit",
    { ...PRODUCT, version: "202509" },
    "write",
    "heavy",
  ),
  updatePrices: op("POST", "/products/{product_id}/prices/update", PRODUCT, "write", "write"),
  updateInventory: op("POST", "/products/{product_id}/inventory/update", PRODUCT, "write", "write"),
  activateProducts: op("POST", "/products/activate", PRODUCT, "write", "write"),
  deactivateProducts: op("POST", "/products/deactivate", PRODUCT, "write", "write"),
  searchInventory: op("POST", "/inventory/search", PRODUCT, "read", "light"),

  getWarehouses: op("GET", "/warehouses", logistics(), "read", "read"),
  getWarehouseDeliveryOptions: op("GET", "/warehouses/{warehouse_id}/delivery_options", logistics(), "read", "read"),
  getShippingProviders: op(
    "GET",
    "/delivery_options/{delivery_option_id}/shipping_providers",
    logistics(),
    "read",
    "read",
  ),

  getOrders: op("GET", "/orders", { area: "order", version: "202507", reach: "shop" }, "read", "light"),
  searchOrders: op("POST", "/orders/search", { area: "order", version: "202309", reach: "shop" }, "read", "read"),
  addExternalOrderReferences: op(
    "POST",
    "/orders/external_orders",
    { area: "order", version: "202406", reach: "shop" },
    "repeatable",
    "write",
  ),
  getPriceDetail: op(
    "GET",
    "/orders/{order_id}/price_detail",
    { area: "order", version: "202407", reach: "shop" },
    "read",
    "light",
  ),
  searchCancellations: op(
    "POST",
    "/cancellations/search",
    { area: "return_refund", version: "202602", reach: "shop" },
    "read",
    "read",
  ),
  cancelOrder: op("POST", "/cancellations", afterSales("202602"), "write", "write"),
  approveCancellation: op("POST", "/cancellations/{cancel_id}/approve", afterSales("202309"), "write", "write"),
  rejectCancellation: op("POST", "/cancellations/{cancel_id}/reject", afterSales("202309"), "write", "write"),
  getAftersaleEligibility: op("GET", "/orders/{order_id}/aftersale_eligibility", afterSales("202602"), "read", "read"),
  getDecisionEligibility: op("GET", "/decision_eligibility", afterSales("202601"), "read", "read"),
  createReturn: op("POST", "/returns", afterSales("202602"), "write", "write"),
  searchReturns: op("POST", "/returns/search", afterSales("202602"), "read", "read"),
  approveReturn: op("POST", "/returns/{return_id}/approve", afterSales("202309"), "write", "write"),
  rejectReturn: op("POST", "/returns/{return_id}/reject", afterSales("202309"), "write", "write"),
  markPackageAsShipped: op("POST", "/orders/{order_id}/packages", fulfillment(), "write", "write"),
  shipPackage: op("POST", "/packages/{package_id}/ship", fulfillment(), "write", "write"),
  getPackage: op("GET", "/packages/{package_id}", fulfillment(), "read", "read"),
  updatePackageShippingInfo: op("POST", "/packages/{package_id}/shipping_info/update", fulfillment(), "write", "write"),
  getShippingDocument: op("GET", "/packages/{package_id}/shipping_documents", fulfillment(), "read", "read"),
  getSplitAttributes: op("GET", "/orders/split_attributes", fulfillment(), "read", "read"),
  splitOrder: op("POST", "/orders/{order_id}/split", fulfillment(), "write", "write"),
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof TABLE;
export const OPERATIONS: Record<OperationId, Operation> = TABLE;

/** Fills the path of an operation. Ids are percent-encoded; a missing one is a bug and throws. */
export function pathOf(id: OperationId, values: Record<string, string> = {}): string {
  const { area, version, path } = OPERATIONS[id];
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = values[name];
    if (!value) throw new RangeError(`${id} needs ${name}`);
    return encodeURIComponent(value);
  });
  return `/${area}/${version}${filled}`;
}

function op(
  method: Operation["method"],
  path: string,
  place: Pick<Operation, "area" | "version" | "reach">,
  effect: Operation["effect"],
  pace: Pace,
): Operation {
  return { method, path, ...place, effect, pace };
}
function logistics() {
  return { area: "logistics", version: "202309", reach: "shop" } as const;
}
function afterSales(version: string) {
  return { area: "return_refund", version, reach: "shop" } as const;
}
function fulfillment() {
  return { area: "fulfillment", version: "202309", reach: "shop" } as const;
}
