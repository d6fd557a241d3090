/** Webhook topics we register per shop, by the numbers their deliveries carry. */
export const TOPIC_NUMBERS = {
  1: "ORDER_STATUS_CHANGE",
  3: "RECIPIENT_ADDRESS_UPDATE",
  4: "PACKAGE_UPDATE",
  5: "PRODUCT_STATUS_CHANGE",
  6: "SELLER_DEAUTHORIZATION",
  7: "UPCOMING_AUTHORIZATION_EXPIRATION",
  11: "CANCELLATION_STATUS_CHANGE",
  12: "RETURN_STATUS_CHANGE",
  15: "PRODUCT_INFORMATION_CHANGE",
  37: "PRODUCT_AUDIT_STATUS_CHANGE",
} as const;

export type Topic = (typeof TOPIC_NUMBERS)[keyof typeof TOPIC_NUMBERS];
export const TOPICS: readonly Topic[] = Object.values(TOPIC_NUMBERS);
