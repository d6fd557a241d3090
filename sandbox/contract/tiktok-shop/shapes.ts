/** Shapes that more than one area of the TikTok Shop contract speaks of. */

/** Currencies a price may be written in. */
export const currency = "=BRL|EUR|GBP|IDR|JPY|MXN|MYR|PHP|SGD|THB|USD|VND" as const;

/** Events whose address may be set per shop. */
export const eventType =
  "=ORDER_STATUS_CHANGE|RECIPIENT_ADDRESS_UPDATE|PACKAGE_UPDATE|PRODUCT_STATUS_CHANGE|SELLER_DEAUTHORIZATION|UPCOMING_AUTHORIZATION_EXPIRATION|CANCELLATION_STATUS_CHANGE|RETURN_STATUS_CHANGE|NEW_CONVERSATION|NEW_MESSAGE|PRODUCT_INFORMATION_CHANGE|PRODUCT_CREATION|PRODUCT_CATEGORY_CHANGE|NEW_MESSAGE_LISTENER|INVOICE_STATUS_CHANGE|PRODUCT_AUDIT_STATUS_CHANGE|REVERSE_STATUS_UPDATE" as const;

/** A compare-at price from elsewhere. */
export const externalListPrice = {
  "amount*": "text",
  "currency*": "=USD",
  "source*": "=SHOPIFY_COMPARE_AT_PRICE",
} as const;

/** Languages of texts. */
export const locale =
  "=de-DE|en-GB|en-IE|en-US|es-ES|es-MX|fr-FR|id-ID|it-IT|ja-JP|ms-MY|pt-BR|th-TH|vi-VN|zh-CN" as const;

/** Decimal text and currency. */
export const money = { amount: "text", currency: "text" } as const;

/** A picture uploaded before. */
export const pictureRef = { "uri*": "text" } as const;

/** Markets. */
export const region = "=BR|DE|ES|FR|GB|ID|IE|IT|JP|MX|MY|PH|SG|TH|US|VN" as const;
