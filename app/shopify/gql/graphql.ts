/* eslint-disable */
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  DateTime: { input: string; output: string; }
  Decimal: { input: string; output: string; }
  HTML: { input: string; output: string; }
  JSON: { input: unknown; output: unknown; }
  Money: { input: string; output: string; }
  URL: { input: string; output: string; }
};

export type AttributeInput = {
  key: Scalars['String']['input'];
  value: Scalars['String']['input'];
};

export type CountryCode =
  | 'AC'
  | 'AD'
  | 'AE'
  | 'AF'
  | 'AG'
  | 'AI'
  | 'AL'
  | 'AM'
  | 'AN'
  | 'AO'
  | 'AR'
  | 'AT'
  | 'AU'
  | 'AW'
  | 'AX'
  | 'AZ'
  | 'BA'
  | 'BB'
  | 'BD'
  | 'BE'
  | 'BF'
  | 'BG'
  | 'BH'
  | 'BI'
  | 'BJ'
  | 'BL'
  | 'BM'
  | 'BN'
  | 'BO'
  | 'BQ'
  | 'BR'
  | 'BS'
  | 'BT'
  | 'BV'
  | 'BW'
  | 'BY'
  | 'BZ'
  | 'CA'
  | 'CC'
  | 'CD'
  | 'CF'
  | 'CG'
  | 'CH'
  | 'CI'
  | 'CK'
  | 'CL'
  | 'CM'
  | 'CN'
  | 'CO'
  | 'CR'
  | 'CU'
  | 'CV'
  | 'CW'
  | 'CX'
  | 'CY'
  | 'CZ'
  | 'DE'
  | 'DJ'
  | 'DK'
  | 'DM'
  | 'DO'
  | 'DZ'
  | 'EC'
  | 'EE'
  | 'EG'
  | 'EH'
  | 'ER'
  | 'ES'
  | 'ET'
  | 'FI'
  | 'FJ'
  | 'FK'
  | 'FO'
  | 'FR'
  | 'GA'
  | 'GB'
  | 'GD'
  | 'GE'
  | 'GF'
  | 'GG'
  | 'GH'
  | 'GI'
  | 'GL'
  | 'GM'
  | 'GN'
  | 'GP'
  | 'GQ'
  | 'GR'
  | 'GS'
  | 'GT'
  | 'GW'
  | 'GY'
  | 'HK'
  | 'HM'
  | 'HN'
  | 'HR'
  | 'HT'
  | 'HU'
  | 'ID'
  | 'IE'
  | 'IL'
  | 'IM'
  | 'IN'
  | 'IO'
  | 'IQ'
  | 'IR'
  | 'IS'
  | 'IT'
  | 'JE'
  | 'JM'
  | 'JO'
  | 'JP'
  | 'KE'
  | 'KG'
  | 'KH'
  | 'KI'
  | 'KM'
  | 'KN'
  | 'KP'
  | 'KR'
  | 'KW'
  | 'KY'
  | 'KZ'
  | 'LA'
  | 'LB'
  | 'LC'
  | 'LI'
  | 'LK'
  | 'LR'
  | 'LS'
  | 'LT'
  | 'LU'
  | 'LV'
  | 'LY'
  | 'MA'
  | 'MC'
  | 'MD'
  | 'ME'
  | 'MF'
  | 'MG'
  | 'MK'
  | 'ML'
  | 'MM'
  | 'MN'
  | 'MO'
  | 'MQ'
  | 'MR'
  | 'MS'
  | 'MT'
  | 'MU'
  | 'MV'
  | 'MW'
  | 'MX'
  | 'MY'
  | 'MZ'
  | 'NA'
  | 'NC'
  | 'NE'
  | 'NF'
  | 'NG'
  | 'NI'
  | 'NL'
  | 'NO'
  | 'NP'
  | 'NR'
  | 'NU'
  | 'NZ'
  | 'OM'
  | 'PA'
  | 'PE'
  | 'PF'
  | 'PG'
  | 'PH'
  | 'PK'
  | 'PL'
  | 'PM'
  | 'PN'
  | 'PS'
  | 'PT'
  | 'PY'
  | 'QA'
  | 'RE'
  | 'RO'
  | 'RS'
  | 'RU'
  | 'RW'
  | 'SA'
  | 'SB'
  | 'SC'
  | 'SD'
  | 'SE'
  | 'SG'
  | 'SH'
  | 'SI'
  | 'SJ'
  | 'SK'
  | 'SL'
  | 'SM'
  | 'SN'
  | 'SO'
  | 'SR'
  | 'SS'
  | 'ST'
  | 'SV'
  | 'SX'
  | 'SY'
  | 'SZ'
  | 'TA'
  | 'TC'
  | 'TD'
  | 'TF'
  | 'TG'
  | 'TH'
  | 'TJ'
  | 'TK'
  | 'TL'
  | 'TM'
  | 'TN'
  | 'TO'
  | 'TR'
  | 'TT'
  | 'TV'
  | 'TW'
  | 'TZ'
  | 'UA'
  | 'UG'
  | 'UM'
  | 'US'
  | 'UY'
  | 'UZ'
  | 'VA'
  | 'VC'
  | 'VE'
  | 'VG'
  | 'VN'
  | 'VU'
  | 'WF'
  | 'WS'
  | 'XK'
  | 'YE'
  | 'YT'
  | 'ZA'
  | 'ZM'
  | 'ZW'
  | 'ZZ';

export type CurrencyCode =
  | 'AED'
  | 'AFN'
  | 'ALL'
  | 'AMD'
  | 'ANG'
  | 'AOA'
  | 'ARS'
  | 'AUD'
  | 'AWG'
  | 'AZN'
  | 'BAM'
  | 'BBD'
  | 'BDT'
  | 'BGN'
  | 'BHD'
  | 'BIF'
  | 'BMD'
  | 'BND'
  | 'BOB'
  | 'BRL'
  | 'BSD'
  | 'BTN'
  | 'BWP'
  | 'BYN'
  | 'BYR'
  | 'BZD'
  | 'CAD'
  | 'CDF'
  | 'CHF'
  | 'CLP'
  | 'CNY'
  | 'COP'
  | 'CRC'
  | 'CVE'
  | 'CZK'
  | 'DJF'
  | 'DKK'
  | 'DOP'
  | 'DZD'
  | 'EGP'
  | 'ERN'
  | 'ETB'
  | 'EUR'
  | 'FJD'
  | 'FKP'
  | 'GBP'
  | 'GEL'
  | 'GHS'
  | 'GIP'
  | 'GMD'
  | 'GNF'
  | 'GTQ'
  | 'GYD'
  | 'HKD'
  | 'HNL'
  | 'HRK'
  | 'HTG'
  | 'HUF'
  | 'IDR'
  | 'ILS'
  | 'INR'
  | 'IQD'
  | 'IRR'
  | 'ISK'
  | 'JEP'
  | 'JMD'
  | 'JOD'
  | 'JPY'
  | 'KES'
  | 'KGS'
  | 'KHR'
  | 'KID'
  | 'KMF'
  | 'KRW'
  | 'KWD'
  | 'KYD'
  | 'KZT'
  | 'LAK'
  | 'LBP'
  | 'LKR'
  | 'LRD'
  | 'LSL'
  | 'LTL'
  | 'LVL'
  | 'LYD'
  | 'MAD'
  | 'MDL'
  | 'MGA'
  | 'MKD'
  | 'MMK'
  | 'MNT'
  | 'MOP'
  | 'MRU'
  | 'MUR'
  | 'MVR'
  | 'MWK'
  | 'MXN'
  | 'MYR'
  | 'MZN'
  | 'NAD'
  | 'NGN'
  | 'NIO'
  | 'NOK'
  | 'NPR'
  | 'NZD'
  | 'OMR'
  | 'PAB'
  | 'PEN'
  | 'PGK'
  | 'PHP'
  | 'PKR'
  | 'PLN'
  | 'PYG'
  | 'QAR'
  | 'RON'
  | 'RSD'
  | 'RUB'
  | 'RWF'
  | 'SAR'
  | 'SBD'
  | 'SCR'
  | 'SDG'
  | 'SEK'
  | 'SGD'
  | 'SHP'
  | 'SLL'
  | 'SOS'
  | 'SRD'
  | 'SSP'
  | 'STD'
  | 'STN'
  | 'SYP'
  | 'SZL'
  | 'THB'
  | 'TJS'
  | 'TMT'
  | 'TND'
  | 'TOP'
  | 'TRY'
  | 'TTD'
  | 'TWD'
  | 'TZS'
  | 'UAH'
  | 'UGX'
  | 'USD'
  | 'USDC'
  | 'UYU'
  | 'UZS'
  | 'VED'
  | 'VEF'
  | 'VES'
  | 'VND'
  | 'VUV'
  | 'WST'
  | 'XAF'
  | 'XCD'
  | 'XOF'
  | 'XPF'
  | 'XXX'
  | 'YER'
  | 'ZAR'
  | 'ZMW';

export type ExchangeLineItemAppliedDiscountInput = {
  description?: InputMaybe<Scalars['String']['input']>;
  value: ExchangeLineItemAppliedDiscountValueInput;
};

export type ExchangeLineItemAppliedDiscountValueInput =
  { amount: MoneyInput; percentage?: never; }
  |  { amount?: never; percentage: Scalars['Float']['input']; };

export type ExchangeLineItemInput = {
  appliedDiscount?: InputMaybe<ExchangeLineItemAppliedDiscountInput>;
  giftCardCodes?: InputMaybe<Array<Scalars['String']['input']>>;
  quantity: Scalars['Int']['input'];
  variantId?: InputMaybe<Scalars['ID']['input']>;
};

export type FulfillmentEventStatus =
  | 'ATTEMPTED_DELIVERY'
  | 'CARRIER_PICKED_UP'
  | 'CONFIRMED'
  | 'DELAYED'
  | 'DELIVERED'
  | 'FAILURE'
  | 'IN_TRANSIT'
  | 'LABEL_PRINTED'
  | 'LABEL_PURCHASED'
  | 'OUT_FOR_DELIVERY'
  | 'READY_FOR_PICKUP';

export type FulfillmentHoldReason =
  | 'AWAITING_PAYMENT'
  | 'AWAITING_RETURN_ITEMS'
  | 'HIGH_RISK_OF_FRAUD'
  | 'INCORRECT_ADDRESS'
  | 'INVENTORY_OUT_OF_STOCK'
  | 'ONLINE_STORE_POST_PURCHASE_CROSS_SELL'
  | 'OTHER'
  | 'UNKNOWN_DELIVERY_DATE';

export type FulfillmentInput = {
  lineItemsByFulfillmentOrder: Array<FulfillmentOrderLineItemsInput>;
  notifyCustomer?: InputMaybe<Scalars['Boolean']['input']>;
  originAddress?: InputMaybe<FulfillmentOriginAddressInput>;
  trackingInfo?: InputMaybe<FulfillmentTrackingInput>;
};

export type FulfillmentOrderAction =
  | 'CANCEL_FULFILLMENT_ORDER'
  | 'CREATE_FULFILLMENT'
  | 'EXTERNAL'
  | 'HOLD'
  | 'MARK_AS_OPEN'
  | 'MERGE'
  | 'MOVE'
  | 'RELEASE_HOLD'
  | 'REPORT_PROGRESS'
  | 'REQUEST_CANCELLATION'
  | 'REQUEST_FULFILLMENT'
  | 'SPLIT';

export type FulfillmentOrderHoldInput = {
  externalId?: InputMaybe<Scalars['String']['input']>;
  fulfillmentOrderLineItems?: InputMaybe<Array<FulfillmentOrderLineItemInput>>;
  handle?: InputMaybe<Scalars['String']['input']>;
  notifyMerchant?: InputMaybe<Scalars['Boolean']['input']>;
  reason: FulfillmentHoldReason;
  reasonNotes?: InputMaybe<Scalars['String']['input']>;
};

export type FulfillmentOrderHoldUserErrorCode =
  | 'DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS'
  | 'DUPLICATE_FULFILLMENT_HOLD_HANDLE'
  | 'FULFILLMENT_ORDER_HOLD_LIMIT_REACHED'
  | 'FULFILLMENT_ORDER_NOT_FOUND'
  | 'FULFILLMENT_ORDER_NOT_SPLITTABLE'
  | 'GREATER_THAN_ZERO'
  | 'INVALID_LINE_ITEM_QUANTITY'
  | 'TAKEN';

export type FulfillmentOrderLineItemInput = {
  id: Scalars['ID']['input'];
  quantity: Scalars['Int']['input'];
};

export type FulfillmentOrderLineItemsInput = {
  fulfillmentOrderId: Scalars['ID']['input'];
  fulfillmentOrderLineItems?: InputMaybe<Array<FulfillmentOrderLineItemInput>>;
};

export type FulfillmentOrderReleaseHoldUserErrorCode =
  | 'FULFILLMENT_ORDER_NOT_FOUND'
  | 'INVALID_ACCESS';

export type FulfillmentOrderStatus =
  | 'CANCELLED'
  | 'CLOSED'
  | 'INCOMPLETE'
  | 'IN_PROGRESS'
  | 'ON_HOLD'
  | 'OPEN'
  | 'SCHEDULED';

export type FulfillmentOriginAddressInput = {
  address1?: InputMaybe<Scalars['String']['input']>;
  address2?: InputMaybe<Scalars['String']['input']>;
  city?: InputMaybe<Scalars['String']['input']>;
  countryCode: Scalars['String']['input'];
  provinceCode?: InputMaybe<Scalars['String']['input']>;
  zip?: InputMaybe<Scalars['String']['input']>;
};

export type FulfillmentStatus =
  | 'CANCELLED'
  | 'ERROR'
  | 'FAILURE'
  | 'OPEN'
  | 'PENDING'
  | 'SUCCESS';

export type FulfillmentTrackingInput = {
  company?: InputMaybe<Scalars['String']['input']>;
  number?: InputMaybe<Scalars['String']['input']>;
  numbers?: InputMaybe<Array<Scalars['String']['input']>>;
  url?: InputMaybe<Scalars['URL']['input']>;
  urls?: InputMaybe<Array<Scalars['URL']['input']>>;
};

export type LocalizationExtensionInput = {
  key: LocalizationExtensionKey;
  value: Scalars['String']['input'];
};

export type LocalizationExtensionKey =
  | 'SHIPPING_CREDENTIAL_BR'
  | 'SHIPPING_CREDENTIAL_CL'
  | 'SHIPPING_CREDENTIAL_CN'
  | 'SHIPPING_CREDENTIAL_CO'
  | 'SHIPPING_CREDENTIAL_CR'
  | 'SHIPPING_CREDENTIAL_EC'
  | 'SHIPPING_CREDENTIAL_ES'
  | 'SHIPPING_CREDENTIAL_GT'
  | 'SHIPPING_CREDENTIAL_ID'
  | 'SHIPPING_CREDENTIAL_KR'
  | 'SHIPPING_CREDENTIAL_MX'
  | 'SHIPPING_CREDENTIAL_MY'
  | 'SHIPPING_CREDENTIAL_PE'
  | 'SHIPPING_CREDENTIAL_PT'
  | 'SHIPPING_CREDENTIAL_PY'
  | 'SHIPPING_CREDENTIAL_TR'
  | 'SHIPPING_CREDENTIAL_TW'
  | 'SHIPPING_CREDENTIAL_TYPE_CO'
  | 'TAX_CREDENTIAL_BR'
  | 'TAX_CREDENTIAL_CL'
  | 'TAX_CREDENTIAL_CO'
  | 'TAX_CREDENTIAL_CR'
  | 'TAX_CREDENTIAL_EC'
  | 'TAX_CREDENTIAL_ES'
  | 'TAX_CREDENTIAL_GT'
  | 'TAX_CREDENTIAL_ID'
  | 'TAX_CREDENTIAL_IT'
  | 'TAX_CREDENTIAL_MX'
  | 'TAX_CREDENTIAL_MY'
  | 'TAX_CREDENTIAL_PE'
  | 'TAX_CREDENTIAL_PT'
  | 'TAX_CREDENTIAL_PY'
  | 'TAX_CREDENTIAL_TR'
  | 'TAX_CREDENTIAL_TYPE_CO'
  | 'TAX_CREDENTIAL_TYPE_MX'
  | 'TAX_CREDENTIAL_USE_MX'
  | 'TAX_EMAIL_IT';

export type LocalizedFieldInput = {
  key: LocalizedFieldKey;
  value: Scalars['String']['input'];
};

export type LocalizedFieldKey =
  | 'SHIPPING_CREDENTIAL_BR'
  | 'SHIPPING_CREDENTIAL_CL'
  | 'SHIPPING_CREDENTIAL_CN'
  | 'SHIPPING_CREDENTIAL_CO'
  | 'SHIPPING_CREDENTIAL_CR'
  | 'SHIPPING_CREDENTIAL_EC'
  | 'SHIPPING_CREDENTIAL_ES'
  | 'SHIPPING_CREDENTIAL_GT'
  | 'SHIPPING_CREDENTIAL_ID'
  | 'SHIPPING_CREDENTIAL_KR'
  | 'SHIPPING_CREDENTIAL_MX'
  | 'SHIPPING_CREDENTIAL_MY'
  | 'SHIPPING_CREDENTIAL_PE'
  | 'SHIPPING_CREDENTIAL_PT'
  | 'SHIPPING_CREDENTIAL_PY'
  | 'SHIPPING_CREDENTIAL_TR'
  | 'SHIPPING_CREDENTIAL_TW'
  | 'SHIPPING_CREDENTIAL_TYPE_CO'
  | 'TAX_CREDENTIAL_BR'
  | 'TAX_CREDENTIAL_CL'
  | 'TAX_CREDENTIAL_CO'
  | 'TAX_CREDENTIAL_CR'
  | 'TAX_CREDENTIAL_EC'
  | 'TAX_CREDENTIAL_ES'
  | 'TAX_CREDENTIAL_GT'
  | 'TAX_CREDENTIAL_ID'
  | 'TAX_CREDENTIAL_IT'
  | 'TAX_CREDENTIAL_MX'
  | 'TAX_CREDENTIAL_MY'
  | 'TAX_CREDENTIAL_PE'
  | 'TAX_CREDENTIAL_PT'
  | 'TAX_CREDENTIAL_PY'
  | 'TAX_CREDENTIAL_TR'
  | 'TAX_CREDENTIAL_TYPE_CO'
  | 'TAX_CREDENTIAL_TYPE_MX'
  | 'TAX_CREDENTIAL_USE_MX'
  | 'TAX_EMAIL_IT';

export type MailingAddressInput = {
  address1?: InputMaybe<Scalars['String']['input']>;
  address2?: InputMaybe<Scalars['String']['input']>;
  city?: InputMaybe<Scalars['String']['input']>;
  company?: InputMaybe<Scalars['String']['input']>;
  /** @deprecated Use `countryCode` instead. */
  country?: InputMaybe<Scalars['String']['input']>;
  countryCode?: InputMaybe<CountryCode>;
  firstName?: InputMaybe<Scalars['String']['input']>;
  /** @deprecated Not needed for 90% of mutations, and provided separately where it is needed. */
  id?: InputMaybe<Scalars['ID']['input']>;
  lastName?: InputMaybe<Scalars['String']['input']>;
  phone?: InputMaybe<Scalars['String']['input']>;
  /** @deprecated Use `provinceCode` instead. */
  province?: InputMaybe<Scalars['String']['input']>;
  provinceCode?: InputMaybe<Scalars['String']['input']>;
  zip?: InputMaybe<Scalars['String']['input']>;
};

export type MediaStatus =
  | 'FAILED'
  | 'PROCESSING'
  | 'READY'
  | 'UPLOADED';

export type MetafieldAccessInput = {
  admin?: InputMaybe<MetafieldAdminAccessInput>;
  customerAccount?: InputMaybe<MetafieldCustomerAccountAccessInput>;
  storefront?: InputMaybe<MetafieldStorefrontAccessInput>;
};

export type MetafieldAdminAccessInput =
  | 'MERCHANT_READ'
  | 'MERCHANT_READ_WRITE';

export type MetafieldCapabilityAdminFilterableInput = {
  enabled: Scalars['Boolean']['input'];
};

export type MetafieldCapabilityAnalyticsQueryableInput = {
  enabled: Scalars['Boolean']['input'];
};

export type MetafieldCapabilityCartToOrderCopyableInput = {
  enabled: Scalars['Boolean']['input'];
};

export type MetafieldCapabilityCreateInput = {
  adminFilterable?: InputMaybe<MetafieldCapabilityAdminFilterableInput>;
  analyticsQueryable?: InputMaybe<MetafieldCapabilityAnalyticsQueryableInput>;
  cartToOrderCopyable?: InputMaybe<MetafieldCapabilityCartToOrderCopyableInput>;
  smartCollectionCondition?: InputMaybe<MetafieldCapabilitySmartCollectionConditionInput>;
  uniqueValues?: InputMaybe<MetafieldCapabilityUniqueValuesInput>;
};

export type MetafieldCapabilitySmartCollectionConditionInput = {
  enabled: Scalars['Boolean']['input'];
};

export type MetafieldCapabilityUniqueValuesInput = {
  enabled: Scalars['Boolean']['input'];
};

export type MetafieldCustomerAccountAccessInput =
  | 'NONE'
  | 'READ'
  | 'READ_WRITE';

export type MetafieldDefinitionConstraintsInput = {
  key: Scalars['String']['input'];
  values: Array<Scalars['String']['input']>;
};

export type MetafieldDefinitionCreateUserErrorCode =
  | 'ADMIN_ACCESS_INPUT_NOT_ALLOWED'
  | 'BLANK'
  | 'CAPABILITY_REQUIRED_BUT_DISABLED'
  | 'DUPLICATE_OPTION'
  | 'INCLUSION'
  | 'INVALID'
  | 'INVALID_CAPABILITY'
  | 'INVALID_CHARACTER'
  | 'INVALID_CONSTRAINTS'
  | 'INVALID_INPUT_COMBINATION'
  | 'INVALID_OPTION'
  | 'LIMIT_EXCEEDED'
  | 'OWNER_TYPE_LIMIT_EXCEEDED_FOR_AUTOMATED_COLLECTIONS'
  | 'OWNER_TYPE_LIMIT_EXCEEDED_FOR_USE_AS_ADMIN_FILTERS'
  | 'PINNED_LIMIT_REACHED'
  | 'PRESENT'
  | 'RESERVED_NAMESPACE_KEY'
  | 'RESOURCE_TYPE_LIMIT_EXCEEDED'
  | 'RESOURCE_TYPE_LIMIT_EXCEEDED_BY_APP'
  | 'TAKEN'
  | 'TOO_LONG'
  | 'TOO_SHORT'
  | 'TYPE_NOT_ALLOWED_FOR_CONDITIONS'
  | 'UNSTRUCTURED_ALREADY_EXISTS'
  | 'UNSUPPORTED_PINNING';

export type MetafieldDefinitionInput = {
  access?: InputMaybe<MetafieldAccessInput>;
  capabilities?: InputMaybe<MetafieldCapabilityCreateInput>;
  constraints?: InputMaybe<MetafieldDefinitionConstraintsInput>;
  description?: InputMaybe<Scalars['String']['input']>;
  key: Scalars['String']['input'];
  name: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  ownerType: MetafieldOwnerType;
  pin?: InputMaybe<Scalars['Boolean']['input']>;
  type: Scalars['String']['input'];
  /** @deprecated Use `smartCollectionCondition` instead. */
  useAsCollectionCondition?: InputMaybe<Scalars['Boolean']['input']>;
  validations?: InputMaybe<Array<MetafieldDefinitionValidationInput>>;
};

export type MetafieldDefinitionValidationInput = {
  name: Scalars['String']['input'];
  value: Scalars['String']['input'];
};

export type MetafieldInput = {
  id?: InputMaybe<Scalars['ID']['input']>;
  key?: InputMaybe<Scalars['String']['input']>;
  namespace?: InputMaybe<Scalars['String']['input']>;
  type?: InputMaybe<Scalars['String']['input']>;
  value?: InputMaybe<Scalars['String']['input']>;
};

export type MetafieldOwnerType =
  | 'API_PERMISSION'
  | 'ARTICLE'
  | 'BLOG'
  | 'CARTTRANSFORM'
  | 'COLLECTION'
  | 'COMPANY'
  | 'COMPANY_LOCATION'
  | 'CUSTOMER'
  | 'DELIVERY_CUSTOMIZATION'
  | 'DISCOUNT'
  | 'DRAFTORDER'
  | 'FULFILLMENT_CONSTRAINT_RULE'
  | 'GIFT_CARD_TRANSACTION'
  | 'LOCATION'
  | 'MARKET'
  | 'MEDIA_IMAGE'
  | 'ORDER'
  | 'ORDER_ROUTING_LOCATION_RULE'
  | 'PAGE'
  | 'PAYMENT_CUSTOMIZATION'
  | 'PRODUCT'
  | 'PRODUCTVARIANT'
  | 'SELLING_PLAN'
  | 'SHOP'
  | 'TRANSFER'
  | 'VALIDATION';

export type MetafieldStorefrontAccessInput =
  | 'NONE'
  | 'PUBLIC_READ';

export type MoneyBagInput = {
  presentmentMoney?: InputMaybe<MoneyInput>;
  shopMoney: MoneyInput;
};

export type MoneyInput = {
  amount: Scalars['Decimal']['input'];
  currencyCode: CurrencyCode;
};

export type OrderAdjustmentInputDiscrepancyReason =
  | 'CUSTOMER'
  | 'DAMAGE'
  | 'OTHER'
  | 'RESTOCK';

export type OrderCancelReason =
  | 'CUSTOMER'
  | 'DECLINED'
  | 'FRAUD'
  | 'INVENTORY'
  | 'OTHER'
  | 'STAFF';

export type OrderCancelRefundMethodInput =
  { originalPaymentMethodsRefund: Scalars['Boolean']['input']; storeCreditRefund?: never; }
  |  { originalPaymentMethodsRefund?: never; storeCreditRefund: OrderCancelStoreCreditRefundInput; };

export type OrderCancelStoreCreditRefundInput = {
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
};

export type OrderCancelUserErrorCode =
  | 'INTERNAL_ERROR'
  | 'INVALID'
  | 'NOT_FOUND'
  | 'NO_REFUND_PERMISSION'
  | 'NO_REFUND_TO_STORE_CREDIT_PERMISSION'
  | 'STORE_CREDIT_REFUND_B2B_NOT_SUPPORTED'
  | 'STORE_CREDIT_REFUND_EXPIRATION_IN_PAST'
  | 'STORE_CREDIT_REFUND_MISSING_CUSTOMER';

export type OrderCreateAssociateCustomerAttributesInput = {
  email?: InputMaybe<Scalars['String']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
};

export type OrderCreateCustomAttributeInput = {
  key: Scalars['String']['input'];
  value: Scalars['String']['input'];
};

export type OrderCreateCustomerAddressInput = {
  address1?: InputMaybe<Scalars['String']['input']>;
  address2?: InputMaybe<Scalars['String']['input']>;
  city?: InputMaybe<Scalars['String']['input']>;
  company?: InputMaybe<Scalars['String']['input']>;
  country?: InputMaybe<Scalars['String']['input']>;
  firstName?: InputMaybe<Scalars['String']['input']>;
  lastName?: InputMaybe<Scalars['String']['input']>;
  phone?: InputMaybe<Scalars['String']['input']>;
  province?: InputMaybe<Scalars['String']['input']>;
  zip?: InputMaybe<Scalars['String']['input']>;
};

export type OrderCreateCustomerInput =
  { toAssociate: OrderCreateAssociateCustomerAttributesInput; toUpsert?: never; }
  |  { toAssociate?: never; toUpsert: OrderCreateUpsertCustomerAttributesInput; };

export type OrderCreateDiscountCodeInput = {
  freeShippingDiscountCode?: InputMaybe<OrderCreateFreeShippingDiscountCodeAttributesInput>;
  itemFixedDiscountCode?: InputMaybe<OrderCreateFixedDiscountCodeAttributesInput>;
  itemPercentageDiscountCode?: InputMaybe<OrderCreatePercentageDiscountCodeAttributesInput>;
};

export type OrderCreateFinancialStatus =
  | 'AUTHORIZED'
  | 'EXPIRED'
  | 'PAID'
  | 'PARTIALLY_PAID'
  | 'PARTIALLY_REFUNDED'
  | 'PENDING'
  | 'REFUNDED'
  | 'VOIDED';

export type OrderCreateFixedDiscountCodeAttributesInput = {
  amountSet?: InputMaybe<MoneyBagInput>;
  code: Scalars['String']['input'];
};

export type OrderCreateFreeShippingDiscountCodeAttributesInput = {
  code: Scalars['String']['input'];
};

export type OrderCreateFulfillmentInput = {
  locationId: Scalars['ID']['input'];
  notifyCustomer?: InputMaybe<Scalars['Boolean']['input']>;
  originAddress?: InputMaybe<FulfillmentOriginAddressInput>;
  shipmentStatus?: InputMaybe<FulfillmentEventStatus>;
  trackingCompany?: InputMaybe<Scalars['String']['input']>;
  trackingNumber?: InputMaybe<Scalars['String']['input']>;
};

export type OrderCreateFulfillmentStatus =
  | 'FULFILLED'
  | 'PARTIAL'
  | 'RESTOCKED';

export type OrderCreateInputsInventoryBehavior =
  | 'BYPASS'
  | 'DECREMENT_IGNORING_POLICY'
  | 'DECREMENT_OBEYING_POLICY';

export type OrderCreateLineItemInput = {
  fulfillmentService?: InputMaybe<Scalars['String']['input']>;
  giftCard?: InputMaybe<Scalars['Boolean']['input']>;
  priceSet?: InputMaybe<MoneyBagInput>;
  productId?: InputMaybe<Scalars['ID']['input']>;
  properties?: InputMaybe<Array<OrderCreateLineItemPropertyInput>>;
  quantity: Scalars['Int']['input'];
  requiresShipping?: InputMaybe<Scalars['Boolean']['input']>;
  sku?: InputMaybe<Scalars['String']['input']>;
  taxLines?: InputMaybe<Array<OrderCreateTaxLineInput>>;
  taxable?: InputMaybe<Scalars['Boolean']['input']>;
  title?: InputMaybe<Scalars['String']['input']>;
  variantId?: InputMaybe<Scalars['ID']['input']>;
  variantTitle?: InputMaybe<Scalars['String']['input']>;
  vendor?: InputMaybe<Scalars['String']['input']>;
  weight?: InputMaybe<WeightInput>;
};

export type OrderCreateLineItemPropertyInput = {
  name: Scalars['String']['input'];
  value: Scalars['String']['input'];
};

export type OrderCreateOptionsInput = {
  inventoryBehaviour?: InputMaybe<OrderCreateInputsInventoryBehavior>;
  sendFulfillmentReceipt?: InputMaybe<Scalars['Boolean']['input']>;
  sendReceipt?: InputMaybe<Scalars['Boolean']['input']>;
};

export type OrderCreateOrderInput = {
  billingAddress?: InputMaybe<MailingAddressInput>;
  buyerAcceptsMarketing?: InputMaybe<Scalars['Boolean']['input']>;
  closedAt?: InputMaybe<Scalars['DateTime']['input']>;
  companyLocationId?: InputMaybe<Scalars['ID']['input']>;
  currency?: InputMaybe<CurrencyCode>;
  customAttributes?: InputMaybe<Array<OrderCreateCustomAttributeInput>>;
  customer?: InputMaybe<OrderCreateCustomerInput>;
  /** @deprecated This is replaced by the `customer` field in a future version. */
  customerId?: InputMaybe<Scalars['ID']['input']>;
  discountCode?: InputMaybe<OrderCreateDiscountCodeInput>;
  email?: InputMaybe<Scalars['String']['input']>;
  financialStatus?: InputMaybe<OrderCreateFinancialStatus>;
  fulfillment?: InputMaybe<OrderCreateFulfillmentInput>;
  fulfillmentStatus?: InputMaybe<OrderCreateFulfillmentStatus>;
  lineItems?: InputMaybe<Array<OrderCreateLineItemInput>>;
  metafields?: InputMaybe<Array<MetafieldInput>>;
  name?: InputMaybe<Scalars['String']['input']>;
  note?: InputMaybe<Scalars['String']['input']>;
  phone?: InputMaybe<Scalars['String']['input']>;
  poNumber?: InputMaybe<Scalars['String']['input']>;
  presentmentCurrency?: InputMaybe<CurrencyCode>;
  processedAt?: InputMaybe<Scalars['DateTime']['input']>;
  referringSite?: InputMaybe<Scalars['URL']['input']>;
  shippingAddress?: InputMaybe<MailingAddressInput>;
  shippingLines?: InputMaybe<Array<OrderCreateShippingLineInput>>;
  sourceIdentifier?: InputMaybe<Scalars['String']['input']>;
  sourceName?: InputMaybe<Scalars['String']['input']>;
  sourceUrl?: InputMaybe<Scalars['URL']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  taxLines?: InputMaybe<Array<OrderCreateTaxLineInput>>;
  taxesIncluded?: InputMaybe<Scalars['Boolean']['input']>;
  test?: InputMaybe<Scalars['Boolean']['input']>;
  transactions?: InputMaybe<Array<OrderCreateOrderTransactionInput>>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type OrderCreateOrderTransactionInput = {
  amountSet: MoneyBagInput;
  authorizationCode?: InputMaybe<Scalars['String']['input']>;
  deviceId?: InputMaybe<Scalars['ID']['input']>;
  gateway?: InputMaybe<Scalars['String']['input']>;
  giftCardId?: InputMaybe<Scalars['ID']['input']>;
  kind?: InputMaybe<OrderTransactionKind>;
  locationId?: InputMaybe<Scalars['ID']['input']>;
  processedAt?: InputMaybe<Scalars['DateTime']['input']>;
  receiptJson?: InputMaybe<Scalars['JSON']['input']>;
  status?: InputMaybe<OrderTransactionStatus>;
  test?: InputMaybe<Scalars['Boolean']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};

export type OrderCreatePercentageDiscountCodeAttributesInput = {
  code: Scalars['String']['input'];
  percentage?: InputMaybe<Scalars['Float']['input']>;
};

export type OrderCreateShippingLineInput = {
  code?: InputMaybe<Scalars['String']['input']>;
  priceSet: MoneyBagInput;
  source?: InputMaybe<Scalars['String']['input']>;
  taxLines?: InputMaybe<Array<OrderCreateTaxLineInput>>;
  title: Scalars['String']['input'];
};

export type OrderCreateTaxLineInput = {
  channelLiable?: InputMaybe<Scalars['Boolean']['input']>;
  priceSet?: InputMaybe<MoneyBagInput>;
  rate: Scalars['Decimal']['input'];
  title: Scalars['String']['input'];
};

export type OrderCreateUpsertCustomerAttributesInput = {
  addresses?: InputMaybe<Array<OrderCreateCustomerAddressInput>>;
  email?: InputMaybe<Scalars['String']['input']>;
  firstName?: InputMaybe<Scalars['String']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
  lastName?: InputMaybe<Scalars['String']['input']>;
  multipassIdentifier?: InputMaybe<Scalars['String']['input']>;
  note?: InputMaybe<Scalars['String']['input']>;
  phone?: InputMaybe<Scalars['String']['input']>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  taxExempt?: InputMaybe<Scalars['Boolean']['input']>;
};

export type OrderCreateUserErrorCode =
  | 'FULFILLMENT_SERVICE_INVALID'
  | 'INVALID'
  | 'INVENTORY_CLAIM_FAILED'
  | 'PROCESSED_AT_INVALID'
  | 'REDUNDANT_CUSTOMER_FIELDS'
  | 'SHOP_DORMANT'
  | 'TAX_LINE_RATE_MISSING';

export type OrderDisplayFinancialStatus =
  | 'AUTHORIZED'
  | 'EXPIRED'
  | 'PAID'
  | 'PARTIALLY_PAID'
  | 'PARTIALLY_REFUNDED'
  | 'PENDING'
  | 'REFUNDED'
  | 'VOIDED';

export type OrderDisplayFulfillmentStatus =
  | 'FULFILLED'
  | 'IN_PROGRESS'
  | 'ON_HOLD'
  | 'OPEN'
  | 'PARTIALLY_FULFILLED'
  | 'PENDING_FULFILLMENT'
  | 'REQUEST_DECLINED'
  | 'RESTOCKED'
  | 'SCHEDULED'
  | 'UNFULFILLED';

export type OrderIdentifierInput =
  { customId: UniqueMetafieldValueInput; id?: never; }
  |  { customId?: never; id: Scalars['ID']['input']; };

export type OrderInput = {
  customAttributes?: InputMaybe<Array<AttributeInput>>;
  email?: InputMaybe<Scalars['String']['input']>;
  id: Scalars['ID']['input'];
  /** @deprecated This field will be removed in a future version. Use `localizedFields` instead. */
  localizationExtensions?: InputMaybe<Array<LocalizationExtensionInput>>;
  localizedFields?: InputMaybe<Array<LocalizedFieldInput>>;
  metafields?: InputMaybe<Array<MetafieldInput>>;
  note?: InputMaybe<Scalars['String']['input']>;
  phone?: InputMaybe<Scalars['String']['input']>;
  poNumber?: InputMaybe<Scalars['String']['input']>;
  shippingAddress?: InputMaybe<MailingAddressInput>;
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

export type OrderMarkAsPaidInput = {
  id: Scalars['ID']['input'];
};

export type OrderReturnStatus =
  | 'INSPECTION_COMPLETE'
  | 'IN_PROGRESS'
  | 'NO_RETURN'
  | 'RETURNED'
  | 'RETURN_FAILED'
  | 'RETURN_REQUESTED';

export type OrderSortKeys =
  | 'CREATED_AT'
  | 'CURRENT_TOTAL_PRICE'
  | 'CUSTOMER_NAME'
  | 'DESTINATION'
  | 'FINANCIAL_STATUS'
  | 'FULFILLMENT_STATUS'
  | 'ID'
  | 'ORDER_NUMBER'
  | 'PO_NUMBER'
  | 'PROCESSED_AT'
  | 'RELEVANCE'
  | 'TOTAL_ITEMS_QUANTITY'
  | 'TOTAL_PRICE'
  | 'UPDATED_AT';

export type OrderTransactionInput = {
  amount: Scalars['Money']['input'];
  gateway: Scalars['String']['input'];
  kind: OrderTransactionKind;
  orderId: Scalars['ID']['input'];
  parentId?: InputMaybe<Scalars['ID']['input']>;
};

export type OrderTransactionKind =
  | 'AUTHORIZATION'
  | 'CAPTURE'
  | 'CHANGE'
  | 'EMV_AUTHORIZATION'
  | 'REFUND'
  | 'SALE'
  | 'SUGGESTED_REFUND'
  | 'VOID';

export type OrderTransactionStatus =
  | 'AWAITING_RESPONSE'
  | 'ERROR'
  | 'FAILURE'
  | 'PENDING'
  | 'SUCCESS'
  | 'UNKNOWN';

export type ProductMediaSortKeys =
  | 'ID'
  | 'POSITION';

export type ProductSortKeys =
  | 'CREATED_AT'
  | 'ID'
  | 'INVENTORY_TOTAL'
  | 'PRODUCT_TYPE'
  | 'PUBLISHED_AT'
  | 'RELEVANCE'
  | 'TITLE'
  | 'UPDATED_AT'
  | 'VENDOR';

export type ProductStatus =
  | 'ACTIVE'
  | 'ARCHIVED'
  | 'DRAFT'
  | 'UNLISTED';

export type ProductVariantInventoryPolicy =
  | 'CONTINUE'
  | 'DENY';

export type ProductVariantSortKeys =
  | 'FULL_TITLE'
  | 'ID'
  | 'INVENTORY_LEVELS_AVAILABLE'
  | 'INVENTORY_MANAGEMENT'
  | 'INVENTORY_POLICY'
  | 'INVENTORY_QUANTITY'
  | 'NAME'
  | 'POPULAR'
  | 'POSITION'
  | 'RELEVANCE'
  | 'SKU'
  | 'TITLE';

export type RefundDutyInput = {
  dutyId: Scalars['ID']['input'];
  refundType?: InputMaybe<RefundDutyRefundType>;
};

export type RefundDutyRefundType =
  | 'FULL'
  | 'PROPORTIONAL';

export type RefundInput = {
  allowOverRefunding?: InputMaybe<Scalars['Boolean']['input']>;
  currency?: InputMaybe<CurrencyCode>;
  discrepancyReason?: InputMaybe<OrderAdjustmentInputDiscrepancyReason>;
  note?: InputMaybe<Scalars['String']['input']>;
  notify?: InputMaybe<Scalars['Boolean']['input']>;
  orderId: Scalars['ID']['input'];
  processedAt?: InputMaybe<Scalars['DateTime']['input']>;
  refundDuties?: InputMaybe<Array<RefundDutyInput>>;
  refundLineItems?: InputMaybe<Array<RefundLineItemInput>>;
  refundMethods?: InputMaybe<Array<RefundMethodInput>>;
  shipping?: InputMaybe<ShippingRefundInput>;
  transactions?: InputMaybe<Array<OrderTransactionInput>>;
};

export type RefundLineItemInput = {
  lineItemId: Scalars['ID']['input'];
  locationId?: InputMaybe<Scalars['ID']['input']>;
  quantity: Scalars['Int']['input'];
  restockType?: InputMaybe<RefundLineItemRestockType>;
};

export type RefundLineItemRestockType =
  | 'CANCEL'
  | 'LEGACY_RESTOCK'
  | 'NO_RESTOCK'
  | 'RETURN';

export type RefundMethodInput =
  { storeCreditRefund: StoreCreditRefundInput; };

export type RefundShippingInput = {
  fullRefund?: InputMaybe<Scalars['Boolean']['input']>;
  shippingRefundAmount?: InputMaybe<MoneyInput>;
};

export type RestockingFeeInput = {
  percentage: Scalars['Float']['input'];
};

export type ReturnErrorCode =
  | 'ALREADY_EXISTS'
  | 'BLANK'
  | 'CREATION_FAILED'
  | 'EQUAL_TO'
  | 'FEATURE_NOT_ENABLED'
  | 'GREATER_THAN'
  | 'GREATER_THAN_OR_EQUAL_TO'
  | 'INCLUSION'
  | 'INCOMPATIBLE_WITH_STANDARD_POLICY'
  | 'INTERNAL_ERROR'
  | 'INVALID'
  | 'INVALID_STATE'
  | 'LESS_THAN'
  | 'LESS_THAN_OR_EQUAL_TO'
  | 'MISSING_PERMISSION'
  | 'NOTIFICATION_FAILED'
  | 'NOT_A_NUMBER'
  | 'NOT_EDITABLE'
  | 'NOT_FOUND'
  | 'PRESENT'
  | 'TAKEN'
  | 'TOO_BIG'
  | 'TOO_LONG'
  | 'TOO_MANY_ARGUMENTS'
  | 'TOO_SHORT'
  | 'WRONG_LENGTH';

export type ReturnInput = {
  exchangeLineItems?: InputMaybe<Array<ExchangeLineItemInput>>;
  /** @deprecated This field is no longer supported and any value provided to it is currently ignored. */
  notifyCustomer?: InputMaybe<Scalars['Boolean']['input']>;
  orderId: Scalars['ID']['input'];
  requestedAt?: InputMaybe<Scalars['DateTime']['input']>;
  returnLineItems: Array<ReturnLineItemInput>;
  returnShippingFee?: InputMaybe<ReturnShippingFeeInput>;
  /** @deprecated This field is temporary to support the transition to Returns Processing APIs. */
  unprocessed?: InputMaybe<Scalars['Boolean']['input']>;
};

export type ReturnLineItemInput = {
  fulfillmentLineItemId: Scalars['ID']['input'];
  quantity: Scalars['Int']['input'];
  restockingFee?: InputMaybe<RestockingFeeInput>;
  /** @deprecated Use `returnReasonDefinitionId` instead. This field will be removed in the future. */
  returnReason?: InputMaybe<ReturnReason>;
  returnReasonDefinitionId?: InputMaybe<Scalars['ID']['input']>;
  returnReasonNote?: InputMaybe<Scalars['String']['input']>;
};

export type ReturnProcessExchangeLineItemInput = {
  id: Scalars['ID']['input'];
  quantity: Scalars['Int']['input'];
};

export type ReturnProcessFinancialTransferInput =
  { issueRefund: ReturnProcessRefundInput; };

export type ReturnProcessInput = {
  exchangeLineItems?: InputMaybe<Array<ReturnProcessExchangeLineItemInput>>;
  financialTransfer?: InputMaybe<ReturnProcessFinancialTransferInput>;
  note?: InputMaybe<Scalars['String']['input']>;
  notifyCustomer?: InputMaybe<Scalars['Boolean']['input']>;
  refundDuties?: InputMaybe<Array<RefundDutyInput>>;
  refundShipping?: InputMaybe<RefundShippingInput>;
  returnId: Scalars['ID']['input'];
  returnLineItems?: InputMaybe<Array<ReturnProcessReturnLineItemInput>>;
  tipLineId?: InputMaybe<Scalars['ID']['input']>;
};

export type ReturnProcessRefundInput = {
  allowOverRefunding?: InputMaybe<Scalars['Boolean']['input']>;
  orderTransactions: Array<ReturnRefundOrderTransactionInput>;
  refundMethods?: InputMaybe<Array<RefundMethodInput>>;
};

export type ReturnProcessReturnLineItemInput = {
  dispositions?: InputMaybe<Array<ReverseFulfillmentOrderDisposeInput>>;
  id: Scalars['ID']['input'];
  quantity: Scalars['Int']['input'];
};

export type ReturnReason =
  | 'COLOR'
  | 'DEFECTIVE'
  | 'NOT_AS_DESCRIBED'
  | 'OTHER'
  | 'SIZE_TOO_LARGE'
  | 'SIZE_TOO_SMALL'
  | 'STYLE'
  | 'UNKNOWN'
  | 'UNWANTED'
  | 'WRONG_ITEM';

export type ReturnRefundOrderTransactionInput = {
  parentId: Scalars['ID']['input'];
  transactionAmount: MoneyInput;
};

export type ReturnShippingFeeInput = {
  amount: MoneyInput;
};

export type ReturnStatus =
  | 'CANCELED'
  | 'CLOSED'
  | 'DECLINED'
  | 'OPEN'
  | 'REQUESTED';

export type ReverseFulfillmentOrderDisposeInput = {
  dispositionType: ReverseFulfillmentOrderDispositionType;
  locationId?: InputMaybe<Scalars['ID']['input']>;
  quantity: Scalars['Int']['input'];
  reverseFulfillmentOrderLineItemId: Scalars['ID']['input'];
};

export type ReverseFulfillmentOrderDispositionType =
  | 'MISSING'
  | 'NOT_RESTOCKED'
  | 'PROCESSING_REQUIRED'
  | 'RESTOCKED';

export type ShippingRefundInput = {
  amount?: InputMaybe<Scalars['Money']['input']>;
  fullRefund?: InputMaybe<Scalars['Boolean']['input']>;
};

export type StoreCreditRefundInput = {
  amount: MoneyInput;
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
};

export type UniqueMetafieldValueInput = {
  key: Scalars['String']['input'];
  namespace?: InputMaybe<Scalars['String']['input']>;
  value: Scalars['String']['input'];
};

export type WeightInput = {
  unit: WeightUnit;
  value: Scalars['Float']['input'];
};

export type WeightUnit =
  | 'GRAMS'
  | 'KILOGRAMS'
  | 'OUNCES'
  | 'POUNDS';

export type ReturnPartsFragment = { __typename?: 'Return', id: string, name: string, status: ReturnStatus, returnLineItems: { __typename?: 'ReturnLineItemTypeConnection', nodes: Array<{ __typename?: 'ReturnLineItem', id: string, quantity: number, processedQuantity: number, returnReasonNote: string, fulfillmentLineItem: { __typename?: 'FulfillmentLineItem', id: string, lineItem: { __typename?: 'LineItem', id: string } } }> }, reverseFulfillmentOrders: { __typename?: 'ReverseFulfillmentOrderConnection', nodes: Array<{ __typename?: 'ReverseFulfillmentOrder', lineItems: { __typename?: 'ReverseFulfillmentOrderLineItemConnection', nodes: Array<{ __typename?: 'ReverseFulfillmentOrderLineItem', id: string, fulfillmentLineItem?: { __typename?: 'FulfillmentLineItem', id: string } | null }> } }> } };

export type OrderPaymentsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type OrderPaymentsQuery = { __typename?: 'QueryRoot', order?: { __typename?: 'Order', id: string, presentmentCurrencyCode: CurrencyCode, cancelledAt?: string | null, transactions: Array<{ __typename?: 'OrderTransaction', id: string, kind: OrderTransactionKind, status: OrderTransactionStatus, gateway?: string | null, amountSet: { __typename?: 'MoneyBag', presentmentMoney: { __typename?: 'MoneyV2', amount: string } }, parentTransaction?: { __typename?: 'OrderTransaction', id: string } | null }>, refunds: Array<{ __typename?: 'Refund', id: string, note?: string | null, totalRefundedSet: { __typename?: 'MoneyBag', presentmentMoney: { __typename?: 'MoneyV2', amount: string } } }> } | null };

export type RefundCreateMutationVariables = Exact<{
  input: RefundInput;
  idempotencyKey: Scalars['String']['input'];
}>;


export type RefundCreateMutation = { __typename?: 'Mutation', refundCreate?: { __typename?: 'RefundCreatePayload', refund?: { __typename?: 'Refund', id: string, totalRefundedSet: { __typename?: 'MoneyBag', presentmentMoney: { __typename?: 'MoneyV2', amount: string } } } | null, userErrors: Array<{ __typename?: 'UserError', field?: Array<string> | null, message: string }> } | null };

export type OrderReturnsQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type OrderReturnsQuery = { __typename?: 'QueryRoot', order?: { __typename?: 'Order', id: string, returns: { __typename?: 'ReturnConnection', nodes: Array<{ __typename?: 'Return', id: string, name: string, status: ReturnStatus, returnLineItems: { __typename?: 'ReturnLineItemTypeConnection', nodes: Array<{ __typename?: 'ReturnLineItem', id: string, quantity: number, processedQuantity: number, returnReasonNote: string, fulfillmentLineItem: { __typename?: 'FulfillmentLineItem', id: string, lineItem: { __typename?: 'LineItem', id: string } } }> }, reverseFulfillmentOrders: { __typename?: 'ReverseFulfillmentOrderConnection', nodes: Array<{ __typename?: 'ReverseFulfillmentOrder', lineItems: { __typename?: 'ReverseFulfillmentOrderLineItemConnection', nodes: Array<{ __typename?: 'ReverseFulfillmentOrderLineItem', id: string, fulfillmentLineItem?: { __typename?: 'FulfillmentLineItem', id: string } | null }> } }> } }> }, fulfillments: Array<{ __typename?: 'Fulfillment', location?: { __typename?: 'Location', id: string } | null, fulfillmentLineItems: { __typename?: 'FulfillmentLineItemConnection', nodes: Array<{ __typename?: 'FulfillmentLineItem', id: string }> } }> } | null };

export type ReturnableItemsQueryVariables = Exact<{
  orderId: Scalars['ID']['input'];
}>;


export type ReturnableItemsQuery = { __typename?: 'QueryRoot', returnableFulfillments: { __typename?: 'ReturnableFulfillmentConnection', nodes: Array<{ __typename?: 'ReturnableFulfillment', returnableFulfillmentLineItems: { __typename?: 'ReturnableFulfillmentLineItemConnection', nodes: Array<{ __typename?: 'ReturnableFulfillmentLineItem', quantity: number, fulfillmentLineItem: { __typename?: 'FulfillmentLineItem', id: string, lineItem: { __typename?: 'LineItem', id: string } } }> } }> } };

export type ReturnCreateMutationVariables = Exact<{
  returnInput: ReturnInput;
}>;


export type ReturnCreateMutation = { __typename?: 'Mutation', returnCreate?: { __typename?: 'ReturnCreatePayload', return?: { __typename?: 'Return', id: string, name: string, status: ReturnStatus, returnLineItems: { __typename?: 'ReturnLineItemTypeConnection', nodes: Array<{ __typename?: 'ReturnLineItem', id: string, quantity: number, processedQuantity: number, returnReasonNote: string, fulfillmentLineItem: { __typename?: 'FulfillmentLineItem', id: string, lineItem: { __typename?: 'LineItem', id: string } } }> }, reverseFulfillmentOrders: { __typename?: 'ReverseFulfillmentOrderConnection', nodes: Array<{ __typename?: 'ReverseFulfillmentOrder', lineItems: { __typename?: 'ReverseFulfillmentOrderLineItemConnection', nodes: Array<{ __typename?: 'ReverseFulfillmentOrderLineItem', id: string, fulfillmentLineItem?: { __typename?: 'FulfillmentLineItem', id: string } | null }> } }> } } | null, userErrors: Array<{ __typename?: 'ReturnUserError', code?: ReturnErrorCode | null, field?: Array<string> | null, message: string }> } | null };

export type ReturnProcessMutationVariables = Exact<{
  input: ReturnProcessInput;
}>;


export type ReturnProcessMutation = { __typename?: 'Mutation', returnProcess?: { __typename?: 'ReturnProcessPayload', return?: { __typename?: 'Return', id: string, name: string, status: ReturnStatus, returnLineItems: { __typename?: 'ReturnLineItemTypeConnection', nodes: Array<{ __typename?: 'ReturnLineItem', id: string, quantity: number, processedQuantity: number, returnReasonNote: string, fulfillmentLineItem: { __typename?: 'FulfillmentLineItem', id: string, lineItem: { __typename?: 'LineItem', id: string } } }> }, reverseFulfillmentOrders: { __typename?: 'ReverseFulfillmentOrderConnection', nodes: Array<{ __typename?: 'ReverseFulfillmentOrder', lineItems: { __typename?: 'ReverseFulfillmentOrderLineItemConnection', nodes: Array<{ __typename?: 'ReverseFulfillmentOrderLineItem', id: string, fulfillmentLineItem?: { __typename?: 'FulfillmentLineItem', id: string } | null }> } }> } } | null, userErrors: Array<{ __typename?: 'ReturnUserError', code?: ReturnErrorCode | null, field?: Array<string> | null, message: string }> } | null };

export type ReturnCancelMutationVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type ReturnCancelMutation = { __typename?: 'Mutation', returnCancel?: { __typename?: 'ReturnCancelPayload', return?: { __typename?: 'Return', id: string, status: ReturnStatus } | null, userErrors: Array<{ __typename?: 'ReturnUserError', code?: ReturnErrorCode | null, field?: Array<string> | null, message: string }> } | null };

export type OrderIdDefinitionQueryVariables = Exact<{
  namespace: Scalars['String']['input'];
  key: Scalars['String']['input'];
}>;


export type OrderIdDefinitionQuery = { __typename?: 'QueryRoot', metafieldDefinitions: { __typename?: 'MetafieldDefinitionConnection', nodes: Array<{ __typename?: 'MetafieldDefinition', id: string, type: { __typename?: 'MetafieldDefinitionType', name: string } }> } };

export type OrderIdDefineMutationVariables = Exact<{
  definition: MetafieldDefinitionInput;
}>;


export type OrderIdDefineMutation = { __typename?: 'Mutation', metafieldDefinitionCreate?: { __typename?: 'MetafieldDefinitionCreatePayload', createdDefinition?: { __typename?: 'MetafieldDefinition', id: string } | null, userErrors: Array<{ __typename?: 'MetafieldDefinitionCreateUserError', code?: MetafieldDefinitionCreateUserErrorCode | null, field?: Array<string> | null, message: string }> } | null };

export type HoldTargetPartsFragment = { __typename?: 'FulfillmentOrder', id: string, status: FulfillmentOrderStatus, supportedActions: Array<{ __typename?: 'FulfillmentOrderSupportedAction', action: FulfillmentOrderAction }>, fulfillmentHolds: Array<{ __typename?: 'FulfillmentHold', id: string, handle?: string | null }> };

export type HoldTargetsQueryVariables = Exact<{
  orderId: Scalars['ID']['input'];
}>;


export type HoldTargetsQuery = { __typename?: 'QueryRoot', order?: { __typename?: 'Order', id: string, fulfillmentOrders: { __typename?: 'FulfillmentOrderConnection', nodes: Array<{ __typename?: 'FulfillmentOrder', id: string, status: FulfillmentOrderStatus, supportedActions: Array<{ __typename?: 'FulfillmentOrderSupportedAction', action: FulfillmentOrderAction }>, fulfillmentHolds: Array<{ __typename?: 'FulfillmentHold', id: string, handle?: string | null }> }> } } | null };

export type FulfillmentOrdersQueryVariables = Exact<{
  orderId: Scalars['ID']['input'];
}>;


export type FulfillmentOrdersQuery = { __typename?: 'QueryRoot', order?: { __typename?: 'Order', id: string, fulfillmentOrders: { __typename?: 'FulfillmentOrderConnection', nodes: Array<{ __typename?: 'FulfillmentOrder', id: string, status: FulfillmentOrderStatus, supportedActions: Array<{ __typename?: 'FulfillmentOrderSupportedAction', action: FulfillmentOrderAction }>, fulfillmentHolds: Array<{ __typename?: 'FulfillmentHold', id: string, handle?: string | null }>, lineItems: { __typename?: 'FulfillmentOrderLineItemConnection', nodes: Array<{ __typename?: 'FulfillmentOrderLineItem', id: string, totalQuantity: number, remainingQuantity: number, lineItem: { __typename?: 'LineItem', id: string } }> } }> } } | null };

export type HoldsOfFulfillmentOrderQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type HoldsOfFulfillmentOrderQuery = { __typename?: 'QueryRoot', fulfillmentOrder?: { __typename?: 'FulfillmentOrder', status: FulfillmentOrderStatus, fulfillmentHolds: Array<{ __typename?: 'FulfillmentHold', id: string, handle?: string | null }> } | null };

export type FulfillmentHoldMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  hold: FulfillmentOrderHoldInput;
}>;


export type FulfillmentHoldMutation = { __typename?: 'Mutation', fulfillmentOrderHold?: { __typename?: 'FulfillmentOrderHoldPayload', fulfillmentHold?: { __typename?: 'FulfillmentHold', id: string, handle?: string | null } | null, userErrors: Array<{ __typename?: 'FulfillmentOrderHoldUserError', code?: FulfillmentOrderHoldUserErrorCode | null, field?: Array<string> | null, message: string }> } | null };

export type FulfillmentHoldReleaseMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  holdIds: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
}>;


export type FulfillmentHoldReleaseMutation = { __typename?: 'Mutation', fulfillmentOrderReleaseHold?: { __typename?: 'FulfillmentOrderReleaseHoldPayload', fulfillmentOrder?: { __typename?: 'FulfillmentOrder', id: string } | null, userErrors: Array<{ __typename?: 'FulfillmentOrderReleaseHoldUserError', code?: FulfillmentOrderReleaseHoldUserErrorCode | null, field?: Array<string> | null, message: string }> } | null };

export type FulfillmentRecordMutationVariables = Exact<{
  fulfillment: FulfillmentInput;
}>;


export type FulfillmentRecordMutation = { __typename?: 'Mutation', fulfillmentCreate?: { __typename?: 'FulfillmentCreatePayload', fulfillment?: { __typename?: 'Fulfillment', id: string } | null, userErrors: Array<{ __typename?: 'UserError', field?: Array<string> | null, message: string }> } | null };

export type FulfillmentTrackingMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  tracking: FulfillmentTrackingInput;
}>;


export type FulfillmentTrackingMutation = { __typename?: 'Mutation', fulfillmentTrackingInfoUpdate?: { __typename?: 'FulfillmentTrackingInfoUpdatePayload', fulfillment?: { __typename?: 'Fulfillment', id: string } | null, userErrors: Array<{ __typename?: 'UserError', field?: Array<string> | null, message: string }> } | null };

export type OrderLinePartsFragment = { __typename?: 'LineItem', id: string, quantity: number, sku?: string | null, variant?: { __typename?: 'ProductVariant', id: string } | null };

export type FulfillmentLinePartsFragment = { __typename?: 'FulfillmentLineItem', quantity?: number | null, lineItem: { __typename?: 'LineItem', id: string } };

export type OrderCreateMutationVariables = Exact<{
  order: OrderCreateOrderInput;
  options: OrderCreateOptionsInput;
}>;


export type OrderCreateMutation = { __typename?: 'Mutation', orderCreate?: { __typename?: 'OrderCreatePayload', order?: { __typename?: 'Order', id: string, name: string, lineItems: { __typename?: 'LineItemConnection', nodes: Array<{ __typename?: 'LineItem', id: string, quantity: number, sku?: string | null, variant?: { __typename?: 'ProductVariant', id: string } | null }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } }, fulfillmentOrders: { __typename?: 'FulfillmentOrderConnection', nodes: Array<{ __typename?: 'FulfillmentOrder', id: string, status: FulfillmentOrderStatus, supportedActions: Array<{ __typename?: 'FulfillmentOrderSupportedAction', action: FulfillmentOrderAction }>, fulfillmentHolds: Array<{ __typename?: 'FulfillmentHold', id: string, handle?: string | null }> }> } } | null, userErrors: Array<{ __typename?: 'OrderCreateUserError', code?: OrderCreateUserErrorCode | null, field?: Array<string> | null, message: string }> } | null };

export type OrderByCustomIdQueryVariables = Exact<{
  namespace: Scalars['String']['input'];
  key: Scalars['String']['input'];
  value: Scalars['String']['input'];
}>;


export type OrderByCustomIdQuery = { __typename?: 'QueryRoot', orderByIdentifier?: { __typename?: 'Order', id: string, name: string } | null };

export type OrdersBySourceIdentifierQueryVariables = Exact<{
  query: Scalars['String']['input'];
}>;


export type OrdersBySourceIdentifierQuery = { __typename?: 'QueryRoot', orders: { __typename?: 'OrderConnection', nodes: Array<{ __typename?: 'Order', id: string, name: string, sourceIdentifier?: string | null, createdAt: string, cancelledAt?: string | null }> } };

export type OrdersChangedPageQueryVariables = Exact<{
  query?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type OrdersChangedPageQuery = { __typename?: 'QueryRoot', orders: { __typename?: 'OrderConnection', nodes: Array<{ __typename?: 'Order', id: string, updatedAt: string, cancelledAt?: string | null, displayFulfillmentStatus: OrderDisplayFulfillmentStatus, returnStatus: OrderReturnStatus, subtotalLineItemsQuantity: number, currentSubtotalLineItemsQuantity: number }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } };

export type OrderStateQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type OrderStateQuery = { __typename?: 'QueryRoot', order?: { __typename?: 'Order', id: string, name: string, updatedAt: string, cancelledAt?: string | null, cancelReason?: OrderCancelReason | null, displayFinancialStatus?: OrderDisplayFinancialStatus | null, displayFulfillmentStatus: OrderDisplayFulfillmentStatus, returnStatus: OrderReturnStatus, sourceIdentifier?: string | null, lineItems: { __typename?: 'LineItemConnection', nodes: Array<{ __typename?: 'LineItem', currentQuantity: number, unfulfilledQuantity: number, id: string, quantity: number, sku?: string | null, variant?: { __typename?: 'ProductVariant', id: string } | null }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } }, fulfillments: Array<{ __typename?: 'Fulfillment', id: string, status: FulfillmentStatus, updatedAt: string, trackingInfo: Array<{ __typename?: 'FulfillmentTrackingInfo', company?: string | null, number?: string | null, url?: string | null }>, fulfillmentLineItems: { __typename?: 'FulfillmentLineItemConnection', nodes: Array<{ __typename?: 'FulfillmentLineItem', quantity?: number | null, lineItem: { __typename?: 'LineItem', id: string } }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } }> } | null };

export type OrderNoteQueryVariables = Exact<{
  id: Scalars['ID']['input'];
}>;


export type OrderNoteQuery = { __typename?: 'QueryRoot', order?: { __typename?: 'Order', note?: string | null } | null };

export type FulfillmentLinesPageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type FulfillmentLinesPageQuery = { __typename?: 'QueryRoot', fulfillment?: { __typename?: 'Fulfillment', fulfillmentLineItems: { __typename?: 'FulfillmentLineItemConnection', nodes: Array<{ __typename?: 'FulfillmentLineItem', quantity?: number | null, lineItem: { __typename?: 'LineItem', id: string } }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } } | null };

export type OrderLinesPageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type OrderLinesPageQuery = { __typename?: 'QueryRoot', order?: { __typename?: 'Order', id: string, name: string, lineItems: { __typename?: 'LineItemConnection', nodes: Array<{ __typename?: 'LineItem', currentQuantity: number, unfulfilledQuantity: number, id: string, quantity: number, sku?: string | null, variant?: { __typename?: 'ProductVariant', id: string } | null }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } } | null };

export type OrderUpdateMutationVariables = Exact<{
  input: OrderInput;
}>;


export type OrderUpdateMutation = { __typename?: 'Mutation', orderUpdate?: { __typename?: 'OrderUpdatePayload', order?: { __typename?: 'Order', id: string } | null, userErrors: Array<{ __typename?: 'UserError', field?: Array<string> | null, message: string }> } | null };

export type OrderMarkPaidMutationVariables = Exact<{
  input: OrderMarkAsPaidInput;
}>;


export type OrderMarkPaidMutation = { __typename?: 'Mutation', orderMarkAsPaid?: { __typename?: 'OrderMarkAsPaidPayload', order?: { __typename?: 'Order', id: string } | null, userErrors: Array<{ __typename?: 'UserError', field?: Array<string> | null, message: string }> } | null };

export type OrderTagsAddMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  tags: Array<Scalars['String']['input']> | Scalars['String']['input'];
}>;


export type OrderTagsAddMutation = { __typename?: 'Mutation', tagsAdd?: { __typename?: 'TagsAddPayload', node?:
      | { __typename?: 'AppInstallation', id: string }
      | { __typename?: 'Fulfillment', id: string }
      | { __typename?: 'FulfillmentHold', id: string }
      | { __typename?: 'FulfillmentLineItem', id: string }
      | { __typename?: 'FulfillmentOrder', id: string }
      | { __typename?: 'FulfillmentOrderLineItem', id: string }
      | { __typename?: 'InventoryItem', id: string }
      | { __typename?: 'InventoryItemMeasurement', id: string }
      | { __typename?: 'InventoryLevel', id: string }
      | { __typename?: 'InventoryQuantity', id: string }
      | { __typename?: 'LineItem', id: string }
      | { __typename?: 'Location', id: string }
      | { __typename?: 'MediaImage', id: string }
      | { __typename?: 'MetafieldDefinition', id: string }
      | { __typename?: 'Order', id: string }
      | { __typename?: 'OrderTransaction', id: string }
      | { __typename?: 'Product', id: string }
      | { __typename?: 'ProductOption', id: string }
      | { __typename?: 'ProductOptionValue', id: string }
      | { __typename?: 'ProductVariant', id: string }
      | { __typename?: 'Refund', id: string }
      | { __typename?: 'Return', id: string }
      | { __typename?: 'ReturnLineItem', id: string }
      | { __typename?: 'ReturnableFulfillment', id: string }
      | { __typename?: 'ReverseFulfillmentOrder', id: string }
      | { __typename?: 'ReverseFulfillmentOrderLineItem', id: string }
      | { __typename?: 'Shop', id: string }
      | { __typename?: 'ShopAddress', id: string }
      | { __typename?: 'TaxonomyCategory', id: string }
     | null, userErrors: Array<{ __typename?: 'UserError', field?: Array<string> | null, message: string }> } | null };

export type OrderCancelMutationVariables = Exact<{
  id: Scalars['ID']['input'];
  reason: OrderCancelReason;
  restock: Scalars['Boolean']['input'];
  refundMethod: OrderCancelRefundMethodInput;
  staffNote?: InputMaybe<Scalars['String']['input']>;
}>;


export type OrderCancelMutation = { __typename?: 'Mutation', orderCancel?: { __typename?: 'OrderCancelPayload', job?: { __typename?: 'Job', id: string } | null, orderCancelUserErrors: Array<{ __typename?: 'OrderCancelUserError', code?: OrderCancelUserErrorCode | null, field?: Array<string> | null, message: string }> } | null };

export type VariantPartsFragment = { __typename?: 'ProductVariant', id: string, title: string, sku?: string | null, barcode?: string | null, price: string, compareAtPrice?: string | null, position: number, taxable: boolean, inventoryPolicy: ProductVariantInventoryPolicy, selectedOptions: Array<{ __typename?: 'SelectedOption', name: string, value: string }>, inventoryItem: { __typename?: 'InventoryItem', id: string, tracked: boolean, requiresShipping: boolean, measurement: { __typename?: 'InventoryItemMeasurement', weight?: { __typename?: 'Weight', value: number, unit: WeightUnit } | null } }, media: { __typename?: 'MediaConnection', nodes: Array<{ __typename?: 'MediaImage', image?: { __typename?: 'Image', url: string } | null }> } };

export type ProductForListingQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  variantsFirst: Scalars['Int']['input'];
}>;


export type ProductForListingQuery = { __typename?: 'QueryRoot', shop: { __typename?: 'Shop', currencyCode: CurrencyCode }, product?: { __typename?: 'Product', id: string, title: string, descriptionHtml: string, vendor: string, productType: string, tags: Array<string>, status: ProductStatus, isGiftCard: boolean, requiresSellingPlan: boolean, updatedAt: string, category?: { __typename?: 'TaxonomyCategory', fullName: string } | null, options: Array<{ __typename?: 'ProductOption', name: string, optionValues: Array<{ __typename?: 'ProductOptionValue', name: string }> }>, media: { __typename?: 'MediaConnection', nodes: Array<{ __typename?: 'MediaImage', alt?: string | null, status: MediaStatus, image?: { __typename?: 'Image', url: string, width?: number | null, height?: number | null } | null }> }, variants: { __typename?: 'ProductVariantConnection', nodes: Array<{ __typename?: 'ProductVariant', id: string, title: string, sku?: string | null, barcode?: string | null, price: string, compareAtPrice?: string | null, position: number, taxable: boolean, inventoryPolicy: ProductVariantInventoryPolicy, selectedOptions: Array<{ __typename?: 'SelectedOption', name: string, value: string }>, inventoryItem: { __typename?: 'InventoryItem', id: string, tracked: boolean, requiresShipping: boolean, measurement: { __typename?: 'InventoryItemMeasurement', weight?: { __typename?: 'Weight', value: number, unit: WeightUnit } | null } }, media: { __typename?: 'MediaConnection', nodes: Array<{ __typename?: 'MediaImage', image?: { __typename?: 'Image', url: string } | null }> } }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } } | null };

export type ProductVariantsPageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ProductVariantsPageQuery = { __typename?: 'QueryRoot', product?: { __typename?: 'Product', variants: { __typename?: 'ProductVariantConnection', nodes: Array<{ __typename?: 'ProductVariant', id: string, title: string, sku?: string | null, barcode?: string | null, price: string, compareAtPrice?: string | null, position: number, taxable: boolean, inventoryPolicy: ProductVariantInventoryPolicy, selectedOptions: Array<{ __typename?: 'SelectedOption', name: string, value: string }>, inventoryItem: { __typename?: 'InventoryItem', id: string, tracked: boolean, requiresShipping: boolean, measurement: { __typename?: 'InventoryItemMeasurement', weight?: { __typename?: 'Weight', value: number, unit: WeightUnit } | null } }, media: { __typename?: 'MediaConnection', nodes: Array<{ __typename?: 'MediaImage', image?: { __typename?: 'Image', url: string } | null }> } }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } } | null };

export type ProductsChangedPageQueryVariables = Exact<{
  query?: InputMaybe<Scalars['String']['input']>;
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type ProductsChangedPageQuery = { __typename?: 'QueryRoot', products: { __typename?: 'ProductConnection', nodes: Array<{ __typename?: 'Product', id: string, updatedAt: string }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } };

export type ShopFactsQueryVariables = Exact<{ [key: string]: never; }>;


export type ShopFactsQuery = { __typename?: 'QueryRoot', shop: { __typename?: 'Shop', name: string, myshopifyDomain: string, currencyCode: CurrencyCode, ianaTimezone: string, taxesIncluded: boolean, shopAddress: { __typename?: 'ShopAddress', countryCodeV2?: CountryCode | null }, plan: { __typename?: 'ShopPlan', publicDisplayName: string, partnerDevelopment: boolean } }, currentAppInstallation: { __typename?: 'AppInstallation', accessScopes: Array<{ __typename?: 'AccessScope', handle: string }> } };

export type LocationsPageQueryVariables = Exact<{
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type LocationsPageQuery = { __typename?: 'QueryRoot', locations: { __typename?: 'LocationConnection', nodes: Array<{ __typename?: 'Location', id: string, name: string, isActive: boolean, fulfillsOnlineOrders: boolean }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } };

export type LevelPartsFragment = { __typename?: 'InventoryLevel', isActive: boolean, location: { __typename?: 'Location', id: string }, quantities: Array<{ __typename?: 'InventoryQuantity', quantity: number, updatedAt?: string | null }> };

export type StockOfItemsQueryVariables = Exact<{
  ids: Array<Scalars['ID']['input']> | Scalars['ID']['input'];
  levels: Scalars['Int']['input'];
}>;


export type StockOfItemsQuery = { __typename?: 'QueryRoot', nodes: Array<
    | { __typename?: 'AppInstallation' }
    | { __typename?: 'Fulfillment' }
    | { __typename?: 'FulfillmentHold' }
    | { __typename?: 'FulfillmentLineItem' }
    | { __typename?: 'FulfillmentOrder' }
    | { __typename?: 'FulfillmentOrderLineItem' }
    | { __typename?: 'InventoryItem', id: string, inventoryLevels: { __typename?: 'InventoryLevelConnection', nodes: Array<{ __typename?: 'InventoryLevel', isActive: boolean, location: { __typename?: 'Location', id: string }, quantities: Array<{ __typename?: 'InventoryQuantity', quantity: number, updatedAt?: string | null }> }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } }
    | { __typename?: 'InventoryItemMeasurement' }
    | { __typename?: 'InventoryLevel' }
    | { __typename?: 'InventoryQuantity' }
    | { __typename?: 'LineItem' }
    | { __typename?: 'Location' }
    | { __typename?: 'MediaImage' }
    | { __typename?: 'MetafieldDefinition' }
    | { __typename?: 'Order' }
    | { __typename?: 'OrderTransaction' }
    | { __typename?: 'Product' }
    | { __typename?: 'ProductOption' }
    | { __typename?: 'ProductOptionValue' }
    | { __typename?: 'ProductVariant' }
    | { __typename?: 'Refund' }
    | { __typename?: 'Return' }
    | { __typename?: 'ReturnLineItem' }
    | { __typename?: 'ReturnableFulfillment' }
    | { __typename?: 'ReverseFulfillmentOrder' }
    | { __typename?: 'ReverseFulfillmentOrderLineItem' }
    | { __typename?: 'Shop' }
    | { __typename?: 'ShopAddress' }
    | { __typename?: 'TaxonomyCategory' }
   | null> };

export type StockOfItemPageQueryVariables = Exact<{
  id: Scalars['ID']['input'];
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
}>;


export type StockOfItemPageQuery = { __typename?: 'QueryRoot', inventoryItem?: { __typename?: 'InventoryItem', inventoryLevels: { __typename?: 'InventoryLevelConnection', nodes: Array<{ __typename?: 'InventoryLevel', isActive: boolean, location: { __typename?: 'Location', id: string }, quantities: Array<{ __typename?: 'InventoryQuantity', quantity: number, updatedAt?: string | null }> }>, pageInfo: { __typename?: 'PageInfo', hasNextPage: boolean, endCursor?: string | null } } } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ReturnPartsFragmentDoc = new TypedDocumentString(`
    fragment ReturnParts on Return {
  id
  name
  status
  returnLineItems(first: 50) {
    nodes {
      id
      quantity
      processedQuantity
      returnReasonNote
      ... on ReturnLineItem {
        fulfillmentLineItem {
          id
          lineItem {
            id
          }
        }
      }
    }
  }
  reverseFulfillmentOrders(first: 5) {
    nodes {
      lineItems(first: 50) {
        nodes {
          id
          fulfillmentLineItem {
            id
          }
        }
      }
    }
  }
}
    `, {"fragmentName":"ReturnParts"}) as unknown as TypedDocumentString<ReturnPartsFragment, unknown>;
export const HoldTargetPartsFragmentDoc = new TypedDocumentString(`
    fragment HoldTargetParts on FulfillmentOrder {
  id
  status
  supportedActions {
    action
  }
  fulfillmentHolds {
    id
    handle
  }
}
    `, {"fragmentName":"HoldTargetParts"}) as unknown as TypedDocumentString<HoldTargetPartsFragment, unknown>;
export const OrderLinePartsFragmentDoc = new TypedDocumentString(`
    fragment OrderLineParts on LineItem {
  id
  quantity
  sku
  variant {
    id
  }
}
    `, {"fragmentName":"OrderLineParts"}) as unknown as TypedDocumentString<OrderLinePartsFragment, unknown>;
export const FulfillmentLinePartsFragmentDoc = new TypedDocumentString(`
    fragment FulfillmentLineParts on FulfillmentLineItem {
  quantity
  lineItem {
    id
  }
}
    `, {"fragmentName":"FulfillmentLineParts"}) as unknown as TypedDocumentString<FulfillmentLinePartsFragment, unknown>;
export const VariantPartsFragmentDoc = new TypedDocumentString(`
    fragment VariantParts on ProductVariant {
  id
  title
  sku
  barcode
  price
  compareAtPrice
  position
  taxable
  inventoryPolicy
  selectedOptions {
    name
    value
  }
  inventoryItem {
    id
    tracked
    requiresShipping
    measurement {
      weight {
        value
        unit
      }
    }
  }
  media(first: 1) {
    nodes {
      ... on MediaImage {
        image {
          url
        }
      }
    }
  }
}
    `, {"fragmentName":"VariantParts"}) as unknown as TypedDocumentString<VariantPartsFragment, unknown>;
export const LevelPartsFragmentDoc = new TypedDocumentString(`
    fragment LevelParts on InventoryLevel {
  isActive
  location {
    id
  }
  quantities(names: ["available"]) {
    quantity
    updatedAt
  }
}
    `, {"fragmentName":"LevelParts"}) as unknown as TypedDocumentString<LevelPartsFragment, unknown>;
export const OrderPaymentsDocument = new TypedDocumentString(`
    query OrderPayments($id: ID!) {
  order(id: $id) {
    id
    presentmentCurrencyCode
    cancelledAt
    transactions(first: 50) {
      id
      kind
      status
      gateway
      amountSet {
        presentmentMoney {
          amount
        }
      }
      parentTransaction {
        id
      }
    }
    refunds(first: 50) {
      id
      note
      totalRefundedSet {
        presentmentMoney {
          amount
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OrderPaymentsQuery, OrderPaymentsQueryVariables>;
export const RefundCreateDocument = new TypedDocumentString(`
    mutation RefundCreate($input: RefundInput!, $idempotencyKey: String!) {
  refundCreate(input: $input) @idempotent(key: $idempotencyKey) {
    refund {
      id
      totalRefundedSet {
        presentmentMoney {
          amount
        }
      }
    }
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RefundCreateMutation, RefundCreateMutationVariables>;
export const OrderReturnsDocument = new TypedDocumentString(`
    query OrderReturns($id: ID!) {
  order(id: $id) {
    id
    returns(first: 10) {
      nodes {
        ...ReturnParts
      }
    }
    fulfillments(first: 20) {
      location {
        id
      }
      fulfillmentLineItems(first: 50) {
        nodes {
          id
        }
      }
    }
  }
}
    fragment ReturnParts on Return {
  id
  name
  status
  returnLineItems(first: 50) {
    nodes {
      id
      quantity
      processedQuantity
      returnReasonNote
      ... on ReturnLineItem {
        fulfillmentLineItem {
          id
          lineItem {
            id
          }
        }
      }
    }
  }
  reverseFulfillmentOrders(first: 5) {
    nodes {
      lineItems(first: 50) {
        nodes {
          id
          fulfillmentLineItem {
            id
          }
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<OrderReturnsQuery, OrderReturnsQueryVariables>;
export const ReturnableItemsDocument = new TypedDocumentString(`
    query ReturnableItems($orderId: ID!) {
  returnableFulfillments(orderId: $orderId, first: 10) {
    nodes {
      returnableFulfillmentLineItems(first: 50) {
        nodes {
          quantity
          fulfillmentLineItem {
            id
            lineItem {
              id
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReturnableItemsQuery, ReturnableItemsQueryVariables>;
export const ReturnCreateDocument = new TypedDocumentString(`
    mutation ReturnCreate($returnInput: ReturnInput!) {
  returnCreate(returnInput: $returnInput) {
    return {
      ...ReturnParts
    }
    userErrors {
      code
      field
      message
    }
  }
}
    fragment ReturnParts on Return {
  id
  name
  status
  returnLineItems(first: 50) {
    nodes {
      id
      quantity
      processedQuantity
      returnReasonNote
      ... on ReturnLineItem {
        fulfillmentLineItem {
          id
          lineItem {
            id
          }
        }
      }
    }
  }
  reverseFulfillmentOrders(first: 5) {
    nodes {
      lineItems(first: 50) {
        nodes {
          id
          fulfillmentLineItem {
            id
          }
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<ReturnCreateMutation, ReturnCreateMutationVariables>;
export const ReturnProcessDocument = new TypedDocumentString(`
    mutation ReturnProcess($input: ReturnProcessInput!) {
  returnProcess(input: $input) {
    return {
      ...ReturnParts
    }
    userErrors {
      code
      field
      message
    }
  }
}
    fragment ReturnParts on Return {
  id
  name
  status
  returnLineItems(first: 50) {
    nodes {
      id
      quantity
      processedQuantity
      returnReasonNote
      ... on ReturnLineItem {
        fulfillmentLineItem {
          id
          lineItem {
            id
          }
        }
      }
    }
  }
  reverseFulfillmentOrders(first: 5) {
    nodes {
      lineItems(first: 50) {
        nodes {
          id
          fulfillmentLineItem {
            id
          }
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<ReturnProcessMutation, ReturnProcessMutationVariables>;
export const ReturnCancelDocument = new TypedDocumentString(`
    mutation ReturnCancel($id: ID!) {
  returnCancel(id: $id) {
    return {
      id
      status
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReturnCancelMutation, ReturnCancelMutationVariables>;
export const OrderIdDefinitionDocument = new TypedDocumentString(`
    query OrderIdDefinition($namespace: String!, $key: String!) {
  metafieldDefinitions(
    first: 1
    ownerType: ORDER
    namespace: $namespace
    key: $key
  ) {
    nodes {
      id
      type {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<OrderIdDefinitionQuery, OrderIdDefinitionQueryVariables>;
export const OrderIdDefineDocument = new TypedDocumentString(`
    mutation OrderIdDefine($definition: MetafieldDefinitionInput!) {
  metafieldDefinitionCreate(definition: $definition) {
    createdDefinition {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OrderIdDefineMutation, OrderIdDefineMutationVariables>;
export const HoldTargetsDocument = new TypedDocumentString(`
    query HoldTargets($orderId: ID!) {
  order(id: $orderId) {
    id
    fulfillmentOrders(first: 10) {
      nodes {
        ...HoldTargetParts
      }
    }
  }
}
    fragment HoldTargetParts on FulfillmentOrder {
  id
  status
  supportedActions {
    action
  }
  fulfillmentHolds {
    id
    handle
  }
}`) as unknown as TypedDocumentString<HoldTargetsQuery, HoldTargetsQueryVariables>;
export const FulfillmentOrdersDocument = new TypedDocumentString(`
    query FulfillmentOrders($orderId: ID!) {
  order(id: $orderId) {
    id
    fulfillmentOrders(first: 10) {
      nodes {
        id
        status
        supportedActions {
          action
        }
        fulfillmentHolds {
          id
          handle
        }
        lineItems(first: 50) {
          nodes {
            id
            totalQuantity
            remainingQuantity
            lineItem {
              id
            }
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<FulfillmentOrdersQuery, FulfillmentOrdersQueryVariables>;
export const HoldsOfFulfillmentOrderDocument = new TypedDocumentString(`
    query HoldsOfFulfillmentOrder($id: ID!) {
  fulfillmentOrder(id: $id) {
    status
    fulfillmentHolds {
      id
      handle
    }
  }
}
    `) as unknown as TypedDocumentString<HoldsOfFulfillmentOrderQuery, HoldsOfFulfillmentOrderQueryVariables>;
export const FulfillmentHoldDocument = new TypedDocumentString(`
    mutation FulfillmentHold($id: ID!, $hold: FulfillmentOrderHoldInput!) {
  fulfillmentOrderHold(id: $id, fulfillmentHold: $hold) {
    fulfillmentHold {
      id
      handle
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<FulfillmentHoldMutation, FulfillmentHoldMutationVariables>;
export const FulfillmentHoldReleaseDocument = new TypedDocumentString(`
    mutation FulfillmentHoldRelease($id: ID!, $holdIds: [ID!]!) {
  fulfillmentOrderReleaseHold(id: $id, holdIds: $holdIds) {
    fulfillmentOrder {
      id
    }
    userErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<FulfillmentHoldReleaseMutation, FulfillmentHoldReleaseMutationVariables>;
export const FulfillmentRecordDocument = new TypedDocumentString(`
    mutation FulfillmentRecord($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) {
    fulfillment {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<FulfillmentRecordMutation, FulfillmentRecordMutationVariables>;
export const FulfillmentTrackingDocument = new TypedDocumentString(`
    mutation FulfillmentTracking($id: ID!, $tracking: FulfillmentTrackingInput!) {
  fulfillmentTrackingInfoUpdate(
    fulfillmentId: $id
    trackingInfoInput: $tracking
    notifyCustomer: false
  ) {
    fulfillment {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<FulfillmentTrackingMutation, FulfillmentTrackingMutationVariables>;
export const OrderCreateDocument = new TypedDocumentString(`
    mutation OrderCreate($order: OrderCreateOrderInput!, $options: OrderCreateOptionsInput!) {
  orderCreate(order: $order, options: $options) {
    order {
      id
      name
      lineItems(first: 100) {
        nodes {
          ...OrderLineParts
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      fulfillmentOrders(first: 10) {
        nodes {
          ...HoldTargetParts
        }
      }
    }
    userErrors {
      code
      field
      message
    }
  }
}
    fragment HoldTargetParts on FulfillmentOrder {
  id
  status
  supportedActions {
    action
  }
  fulfillmentHolds {
    id
    handle
  }
}
fragment OrderLineParts on LineItem {
  id
  quantity
  sku
  variant {
    id
  }
}`) as unknown as TypedDocumentString<OrderCreateMutation, OrderCreateMutationVariables>;
export const OrderByCustomIdDocument = new TypedDocumentString(`
    query OrderByCustomId($namespace: String!, $key: String!, $value: String!) {
  orderByIdentifier(
    identifier: {customId: {namespace: $namespace, key: $key, value: $value}}
  ) {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<OrderByCustomIdQuery, OrderByCustomIdQueryVariables>;
export const OrdersBySourceIdentifierDocument = new TypedDocumentString(`
    query OrdersBySourceIdentifier($query: String!) {
  orders(first: 10, query: $query, sortKey: CREATED_AT) {
    nodes {
      id
      name
      sourceIdentifier
      createdAt
      cancelledAt
    }
  }
}
    `) as unknown as TypedDocumentString<OrdersBySourceIdentifierQuery, OrdersBySourceIdentifierQueryVariables>;
export const OrdersChangedPageDocument = new TypedDocumentString(`
    query OrdersChangedPage($query: String, $first: Int!, $after: String) {
  orders(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes {
      id
      updatedAt
      cancelledAt
      displayFulfillmentStatus
      returnStatus
      subtotalLineItemsQuantity
      currentSubtotalLineItemsQuantity
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<OrdersChangedPageQuery, OrdersChangedPageQueryVariables>;
export const OrderStateDocument = new TypedDocumentString(`
    query OrderState($id: ID!) {
  order(id: $id) {
    id
    name
    updatedAt
    cancelledAt
    cancelReason
    displayFinancialStatus
    displayFulfillmentStatus
    returnStatus
    sourceIdentifier
    lineItems(first: 100) {
      nodes {
        ...OrderLineParts
        currentQuantity
        unfulfilledQuantity
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    fulfillments(first: 20) {
      id
      status
      updatedAt
      trackingInfo(first: 10) {
        company
        number
        url
      }
      fulfillmentLineItems(first: 50) {
        nodes {
          ...FulfillmentLineParts
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    fragment OrderLineParts on LineItem {
  id
  quantity
  sku
  variant {
    id
  }
}
fragment FulfillmentLineParts on FulfillmentLineItem {
  quantity
  lineItem {
    id
  }
}`) as unknown as TypedDocumentString<OrderStateQuery, OrderStateQueryVariables>;
export const OrderNoteDocument = new TypedDocumentString(`
    query OrderNote($id: ID!) {
  order(id: $id) {
    note
  }
}
    `) as unknown as TypedDocumentString<OrderNoteQuery, OrderNoteQueryVariables>;
export const FulfillmentLinesPageDocument = new TypedDocumentString(`
    query FulfillmentLinesPage($id: ID!, $first: Int!, $after: String) {
  fulfillment(id: $id) {
    fulfillmentLineItems(first: $first, after: $after) {
      nodes {
        ...FulfillmentLineParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment FulfillmentLineParts on FulfillmentLineItem {
  quantity
  lineItem {
    id
  }
}`) as unknown as TypedDocumentString<FulfillmentLinesPageQuery, FulfillmentLinesPageQueryVariables>;
export const OrderLinesPageDocument = new TypedDocumentString(`
    query OrderLinesPage($id: ID!, $first: Int!, $after: String) {
  order(id: $id) {
    id
    name
    lineItems(first: $first, after: $after) {
      nodes {
        ...OrderLineParts
        currentQuantity
        unfulfilledQuantity
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment OrderLineParts on LineItem {
  id
  quantity
  sku
  variant {
    id
  }
}`) as unknown as TypedDocumentString<OrderLinesPageQuery, OrderLinesPageQueryVariables>;
export const OrderUpdateDocument = new TypedDocumentString(`
    mutation OrderUpdate($input: OrderInput!) {
  orderUpdate(input: $input) {
    order {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OrderUpdateMutation, OrderUpdateMutationVariables>;
export const OrderMarkPaidDocument = new TypedDocumentString(`
    mutation OrderMarkPaid($input: OrderMarkAsPaidInput!) {
  orderMarkAsPaid(input: $input) {
    order {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OrderMarkPaidMutation, OrderMarkPaidMutationVariables>;
export const OrderTagsAddDocument = new TypedDocumentString(`
    mutation OrderTagsAdd($id: ID!, $tags: [String!]!) {
  tagsAdd(id: $id, tags: $tags) {
    node {
      id
    }
    userErrors {
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OrderTagsAddMutation, OrderTagsAddMutationVariables>;
export const OrderCancelDocument = new TypedDocumentString(`
    mutation OrderCancel($id: ID!, $reason: OrderCancelReason!, $restock: Boolean!, $refundMethod: OrderCancelRefundMethodInput!, $staffNote: String) {
  orderCancel(
    orderId: $id
    reason: $reason
    restock: $restock
    refundMethod: $refundMethod
    notifyCustomer: false
    staffNote: $staffNote
  ) {
    job {
      id
    }
    orderCancelUserErrors {
      code
      field
      message
    }
  }
}
    `) as unknown as TypedDocumentString<OrderCancelMutation, OrderCancelMutationVariables>;
export const ProductForListingDocument = new TypedDocumentString(`
    query ProductForListing($id: ID!, $variantsFirst: Int!) {
  shop {
    currencyCode
  }
  product(id: $id) {
    id
    title
    descriptionHtml
    vendor
    productType
    tags
    status
    isGiftCard
    requiresSellingPlan
    updatedAt
    category {
      fullName
    }
    options {
      name
      optionValues {
        name
      }
    }
    media(first: 20, sortKey: POSITION) {
      nodes {
        alt
        status
        ... on MediaImage {
          image {
            url
            width
            height
          }
        }
      }
    }
    variants(first: $variantsFirst, sortKey: POSITION) {
      nodes {
        ...VariantParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment VariantParts on ProductVariant {
  id
  title
  sku
  barcode
  price
  compareAtPrice
  position
  taxable
  inventoryPolicy
  selectedOptions {
    name
    value
  }
  inventoryItem {
    id
    tracked
    requiresShipping
    measurement {
      weight {
        value
        unit
      }
    }
  }
  media(first: 1) {
    nodes {
      ... on MediaImage {
        image {
          url
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<ProductForListingQuery, ProductForListingQueryVariables>;
export const ProductVariantsPageDocument = new TypedDocumentString(`
    query ProductVariantsPage($id: ID!, $first: Int!, $after: String) {
  product(id: $id) {
    variants(first: $first, after: $after, sortKey: POSITION) {
      nodes {
        ...VariantParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment VariantParts on ProductVariant {
  id
  title
  sku
  barcode
  price
  compareAtPrice
  position
  taxable
  inventoryPolicy
  selectedOptions {
    name
    value
  }
  inventoryItem {
    id
    tracked
    requiresShipping
    measurement {
      weight {
        value
        unit
      }
    }
  }
  media(first: 1) {
    nodes {
      ... on MediaImage {
        image {
          url
        }
      }
    }
  }
}`) as unknown as TypedDocumentString<ProductVariantsPageQuery, ProductVariantsPageQueryVariables>;
export const ProductsChangedPageDocument = new TypedDocumentString(`
    query ProductsChangedPage($query: String, $first: Int!, $after: String) {
  products(first: $first, after: $after, query: $query, sortKey: UPDATED_AT) {
    nodes {
      id
      updatedAt
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<ProductsChangedPageQuery, ProductsChangedPageQueryVariables>;
export const ShopFactsDocument = new TypedDocumentString(`
    query ShopFacts {
  shop {
    name
    myshopifyDomain
    currencyCode
    ianaTimezone
    taxesIncluded
    shopAddress {
      countryCodeV2
    }
    plan {
      publicDisplayName
      partnerDevelopment
    }
  }
  currentAppInstallation {
    accessScopes {
      handle
    }
  }
}
    `) as unknown as TypedDocumentString<ShopFactsQuery, ShopFactsQueryVariables>;
export const LocationsPageDocument = new TypedDocumentString(`
    query LocationsPage($first: Int!, $after: String) {
  locations(
    first: $first
    after: $after
    includeInactive: true
    includeLegacy: true
  ) {
    nodes {
      id
      name
      isActive
      fulfillsOnlineOrders
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    `) as unknown as TypedDocumentString<LocationsPageQuery, LocationsPageQueryVariables>;
export const StockOfItemsDocument = new TypedDocumentString(`
    query StockOfItems($ids: [ID!]!, $levels: Int!) {
  nodes(ids: $ids) {
    ... on InventoryItem {
      id
      inventoryLevels(first: $levels) {
        nodes {
          ...LevelParts
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
}
    fragment LevelParts on InventoryLevel {
  isActive
  location {
    id
  }
  quantities(names: ["available"]) {
    quantity
    updatedAt
  }
}`) as unknown as TypedDocumentString<StockOfItemsQuery, StockOfItemsQueryVariables>;
export const StockOfItemPageDocument = new TypedDocumentString(`
    query StockOfItemPage($id: ID!, $first: Int!, $after: String) {
  inventoryItem(id: $id) {
    inventoryLevels(first: $first, after: $after) {
      nodes {
        ...LevelParts
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    fragment LevelParts on InventoryLevel {
  isActive
  location {
    id
  }
  quantities(names: ["available"]) {
    quantity
    updatedAt
  }
}`) as unknown as TypedDocumentString<StockOfItemPageQuery, StockOfItemPageQueryVariables>;