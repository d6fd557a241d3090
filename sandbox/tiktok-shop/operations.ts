import {
  approveCancellation,
  cancelOrder,
  getAftersaleEligibility,
  rejectCancellation,
  searchCancellations,
} from "./cancellations.ts";
import {
  checkListingPrerequisites,
  getCategories,
  getCategoryAttributes,
  getCategoryRules,
  recommendCategory,
} from "./categories.ts";
import {
  getPackage,
  getSplitAttributes,
  markPackageAsShipped,
  shipPackage,
  splitOrder,
  updateOrderShippingInfo,
  updatePackageShippingInfo,
} from "./fulfilment.ts";
import { getShippingDocument } from "./labels.ts";
import { getShippingProviders, getWarehouseDeliveryOptions, getWarehouses } from "./logistics.ts";
import type { Handler } from "./model.ts";
import {
  addExternalOrderReferences,
  getExternalOrderReferences,
  getOrders,
  getPriceDetail,
  searchByExternalOrder,
  searchOrders,
} from "./orders.ts";
import { uploadProductImage } from "./pictures.ts";
import { activateProducts, deactivateProducts, deleteProducts, recoverProducts } from "./product-status.ts";
import { getProduct, searchProducts } from "./product-views.ts";
import { createProduct, partialEditProduct } from "./products.ts";
import { approveReturn, createReturn, getDecisionEligibility, rejectReturn, searchReturns } from "./return-calls.ts";
import { deauthorizeShop, deleteWebhook, getAuthorizedShops, getShopWebhooks, updateWebhook } from "./shops.ts";
import { searchInventory, updateInventory, updatePrices } from "./stock.ts";

/** Operations that only read. */
export const readers: Record<string, Handler> = {
  getAuthorizedShops,
  getShopWebhooks,
  checkListingPrerequisites,
  getCategories,
  getCategoryRules,
  getCategoryAttributes,
  recommendCategory,
  getProduct,
  searchProducts,
  searchInventory,
  getWarehouses,
  getWarehouseDeliveryOptions,
  getShippingProviders,
  searchOrders,
  getOrders,
  getPriceDetail,
  getExternalOrderReferences,
  searchByExternalOrder,
  getPackage,
  getShippingDocument,
  getSplitAttributes,
  searchCancellations,
  getAftersaleEligibility,
  getDecisionEligibility,
  searchReturns,
};

/** Operations that change something. */
export const writers: Record<string, Handler> = {
  deauthorizeShop,
  updateWebhook,
  deleteWebhook,
  uploadProductImage,
  createProduct,
  partialEditProduct,
  updatePrices,
  updateInventory,
  activateProducts,
  deactivateProducts,
  deleteProducts,
  recoverProducts,
  addExternalOrderReferences,
  markPackageAsShipped,
  shipPackage,
  splitOrder,
  updateOrderShippingInfo,
  updatePackageShippingInfo,
  cancelOrder,
  approveCancellation,
  rejectCancellation,
  createReturn,
  approveReturn,
  rejectReturn,
};
