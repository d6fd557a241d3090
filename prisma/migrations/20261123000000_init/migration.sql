-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "DueRow" (
    "lane" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "object" TEXT,
    "urgency" INTEGER NOT NULL DEFAULT 0,
    "wantedVersion" BIGINT NOT NULL DEFAULT 1,
    "doneVersion" BIGINT NOT NULL DEFAULT 0,
    "wantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dueAt" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "notBefore" TIMESTAMPTZ(3),
    "againAt" TIMESTAMPTZ(3)[],
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "isAlone" BOOLEAN NOT NULL DEFAULT false,
    "leaseToken" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "newestSeenAt" TIMESTAMPTZ(3),
    "waitsFor" TEXT,
    "parkedAt" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "DueRow_pkey" PRIMARY KEY ("lane","scope","subject")
);

-- CreateTable
CREATE TABLE "LaneRow" (
    "lane" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "leaseToken" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "wakes" BIGINT NOT NULL DEFAULT 0,
    "turns" BIGINT NOT NULL DEFAULT 0,
    "queuedUntil" TIMESTAMPTZ(3),
    "restUntil" TIMESTAMPTZ(3),
    "restFor" TEXT,
    "minute" BIGINT NOT NULL DEFAULT 0,
    "doneThis" INTEGER NOT NULL DEFAULT 0,
    "doneBefore" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "LaneRow_pkey" PRIMARY KEY ("lane","scope")
);

-- CreateTable
CREATE TABLE "ObjectLease" (
    "scope" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ObjectLease_pkey" PRIMARY KEY ("scope","object")
);

-- CreateTable
CREATE TABLE "RaisedName" (
    "scope" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RaisedName_pkey" PRIMARY KEY ("scope","name")
);

-- CreateTable
CREATE TABLE "Budget" (
    "key" TEXT NOT NULL,
    "state" JSONB NOT NULL,
    "version" BIGINT NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Budget_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "source" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "scope" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("source","id")
);

-- CreateTable
CREATE TABLE "Activity" (
    "id" BIGSERIAL NOT NULL,
    "shopId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "Activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Problem" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "subject" TEXT,
    "connectionId" TEXT,
    "affected" INTEGER NOT NULL DEFAULT 1,
    "data" JSONB NOT NULL DEFAULT '{}',
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Problem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ShopifySession" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMPTZ(3),
    "sealed" TEXT NOT NULL,
    "refreshTokenExpires" TIMESTAMPTZ(3),
    "refusedAt" TIMESTAMPTZ(3),
    "announcedAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ShopifySession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shop" (
    "id" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "currency" TEXT NOT NULL DEFAULT '',
    "timezone" TEXT NOT NULL DEFAULT 'UTC',
    "taxesIncluded" BOOLEAN NOT NULL DEFAULT false,
    "isDevelopment" BOOLEAN NOT NULL DEFAULT false,
    "grantedScopes" TEXT[],
    "installedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "uninstalledAt" TIMESTAMPTZ(3),
    "needsOpeningAt" TIMESTAMPTZ(3),
    "orderIdDefinedAt" TIMESTAMPTZ(3),
    "contextReadAt" TIMESTAMPTZ(3),

    CONSTRAINT "Shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsentTicket" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "market" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ConsentTicket_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "UnclaimedConsent" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "market" TEXT NOT NULL,
    "sealedCode" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "claimedAt" TIMESTAMPTZ(3),

    CONSTRAINT "UnclaimedConsent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grant" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "market" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "sellerName" TEXT NOT NULL DEFAULT '',
    "scopes" TEXT[],
    "sealedTokens" TEXT NOT NULL,
    "accessExpiresAt" TIMESTAMPTZ(3) NOT NULL,
    "refreshExpiresAt" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "warnedDays" INTEGER,
    "renewedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Connection" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "grantId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "channelShopId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "sellerType" TEXT NOT NULL DEFAULT 'LOCAL',
    "sealedAccess" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "parkedReason" TEXT,
    "armedFlows" TEXT[],
    "armedAt" TIMESTAMPTZ(3),
    "ordersCutoffAt" TIMESTAMPTZ(3),
    "settings" JSONB NOT NULL DEFAULT '{}',
    "readiness" JSONB NOT NULL DEFAULT '{}',
    "webhooksSetAt" TIMESTAMPTZ(3),
    "lastWebhookAt" TIMESTAMPTZ(3),
    "watermarks" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Product" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "shopifyId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "descriptionHtml" TEXT NOT NULL DEFAULT '',
    "vendor" TEXT NOT NULL DEFAULT '',
    "productType" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[],
    "status" TEXT NOT NULL,
    "isGiftCard" BOOLEAN NOT NULL DEFAULT false,
    "needsSellingPlan" BOOLEAN NOT NULL DEFAULT false,
    "categoryName" TEXT,
    "options" JSONB NOT NULL DEFAULT '[]',
    "pictures" JSONB NOT NULL DEFAULT '[]',
    "hash" TEXT NOT NULL DEFAULT '',
    "shopifyUpdatedAt" TIMESTAMPTZ(3) NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Variant" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "shopifyId" TEXT NOT NULL,
    "inventoryItemId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "sku" TEXT,
    "barcode" TEXT,
    "priceMinor" BIGINT NOT NULL,
    "compareAtMinor" BIGINT,
    "weightGrams" DOUBLE PRECISION,
    "requiresShipping" BOOLEAN NOT NULL DEFAULT true,
    "tracked" BOOLEAN NOT NULL DEFAULT true,
    "continueSelling" BOOLEAN NOT NULL DEFAULT false,
    "taxable" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL,
    "options" JSONB NOT NULL DEFAULT '[]',
    "pictureUrl" TEXT,

    CONSTRAINT "Variant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Listing" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'selected',
    "channelProductId" TEXT,
    "idempotencyKey" TEXT NOT NULL,
    "categoryId" TEXT,
    "overrides" JSONB NOT NULL DEFAULT '{}',
    "findings" JSONB NOT NULL DEFAULT '[]',
    "firstBlock" TEXT,
    "submitted" JSONB,
    "live" JSONB,
    "submittedHash" TEXT,
    "liveHash" TEXT,
    "refusedHash" TEXT,
    "refusal" JSONB,
    "defaultsApplied" BOOLEAN NOT NULL DEFAULT false,
    "planned" TEXT[],
    "wantedHash" TEXT,
    "checkedAt" TIMESTAMPTZ(3),
    "createSentAt" TIMESTAMPTZ(3),
    "submittedAt" TIMESTAMPTZ(3),
    "pricesUncertainUntil" TIMESTAMPTZ(3),
    "sendAt" TIMESTAMPTZ(3),
    "sendBy" TEXT,
    "selectedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "selectedBy" TEXT NOT NULL DEFAULT '',
    "unselectedAt" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Listing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ListingSku" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "listingId" TEXT NOT NULL,
    "variantId" TEXT,
    "channelSkuId" TEXT,
    "sellerSku" TEXT NOT NULL,
    "priceMinor" BIGINT,

    CONSTRAINT "ListingSku_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AppliedPlan" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "listingId" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "changes" JSONB NOT NULL,
    "actor" TEXT NOT NULL,
    "appliedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AppliedPlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChannelReference" (
    "connectionId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ChannelReference_pkey" PRIMARY KEY ("connectionId","kind","key")
);

-- CreateTable
CREATE TABLE "UploadedPicture" (
    "connectionId" TEXT NOT NULL,
    "sourceUrl" TEXT NOT NULL,
    "useCase" TEXT NOT NULL,
    "uri" TEXT NOT NULL,
    "refusedCode" TEXT,
    "uploadedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "UploadedPicture_pkey" PRIMARY KEY ("connectionId","sourceUrl","useCase")
);

-- CreateTable
CREATE TABLE "CatalogWatermark" (
    "ownerId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "walkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CatalogWatermark_pkey" PRIMARY KEY ("ownerId","name")
);

-- CreateTable
CREATE TABLE "Location" (
    "shopId" TEXT NOT NULL,
    "shopifyId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "isActive" BOOLEAN NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Location_pkey" PRIMARY KEY ("shopId","shopifyId")
);

-- CreateTable
CREATE TABLE "StockLevel" (
    "shopId" TEXT NOT NULL,
    "inventoryItemId" TEXT NOT NULL,
    "locationId" TEXT NOT NULL,
    "available" INTEGER NOT NULL,
    "beganAt" TIMESTAMPTZ(3) NOT NULL,
    "shopifyUpdatedAt" TIMESTAMPTZ(3),
    "eventAvailable" INTEGER,
    "eventReceivedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StockLevel_pkey" PRIMARY KEY ("shopId","inventoryItemId","locationId")
);

-- CreateTable
CREATE TABLE "WaitingUnit" (
    "shopId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "channelOrderId" TEXT NOT NULL,
    "channelLineId" TEXT NOT NULL,
    "inventoryItemId" TEXT NOT NULL,
    "listingSkuId" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "importedAt" TIMESTAMPTZ(3),
    "leftAt" TIMESTAMPTZ(3),
    "leftWhy" TEXT,

    CONSTRAINT "WaitingUnit_pkey" PRIMARY KEY ("connectionId","channelLineId")
);

-- CreateTable
CREATE TABLE "Offer" (
    "listingSkuId" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "warehouseId" TEXT NOT NULL,
    "pushed" INTEGER,
    "pushedAt" TIMESTAMPTZ(3),
    "uncertainUntil" TIMESTAMPTZ(3),
    "wanted" INTEGER NOT NULL DEFAULT 0,
    "wantedAt" TIMESTAMPTZ(3),
    "soldSincePush" INTEGER NOT NULL DEFAULT 0,
    "unexplained" INTEGER NOT NULL DEFAULT 0,
    "unexplainedSince" TIMESTAMPTZ(3),
    "verifyAt" TIMESTAMPTZ(3),
    "refusedCode" TEXT,

    CONSTRAINT "Offer_pkey" PRIMARY KEY ("listingSkuId")
);

-- CreateTable
CREATE TABLE "StockMemory" (
    "connectionId" TEXT NOT NULL,
    "acceptsZero" BOOLEAN,

    CONSTRAINT "StockMemory_pkey" PRIMARY KEY ("connectionId")
);

-- CreateTable
CREATE TABLE "LedgerLine" (
    "id" BIGSERIAL NOT NULL,
    "shopId" TEXT NOT NULL,
    "connectionId" TEXT,
    "listingSkuId" TEXT,
    "inventoryItemId" TEXT NOT NULL,
    "locationId" TEXT,
    "number" TEXT NOT NULL,
    "before" INTEGER NOT NULL,
    "after" INTEGER NOT NULL,
    "why" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LedgerLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChannelOrder" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "channelShopId" TEXT NOT NULL,
    "channelOrderId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'normal',
    "fulfilledBy" TEXT NOT NULL DEFAULT 'seller',
    "currency" TEXT NOT NULL,
    "totalMinor" BIGINT NOT NULL,
    "buyerPaidMinor" BIGINT NOT NULL,
    "platformPaidMinor" BIGINT NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "paidAt" TIMESTAMPTZ(3),
    "shipByAt" TIMESTAMPTZ(3),
    "updateTime" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,
    "sealedBuyer" TEXT,
    "buyerVersion" INTEGER NOT NULL DEFAULT 0,
    "buyerWrittenVersion" INTEGER NOT NULL DEFAULT 0,
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "importState" TEXT NOT NULL DEFAULT 'planned',
    "importSentAt" TIMESTAMPTZ(3),
    "importLeaseUntil" TIMESTAMPTZ(3),
    "importAttempts" INTEGER NOT NULL DEFAULT 0,
    "importLooks" INTEGER NOT NULL DEFAULT 0,
    "importedAt" TIMESTAMPTZ(3),
    "parkedReason" TEXT,
    "shopifyOrderId" TEXT,
    "shopifyOrderName" TEXT,
    "holdState" TEXT NOT NULL DEFAULT 'none',
    "holdUncertainUntil" TIMESTAMPTZ(3),
    "shopifyState" JSONB NOT NULL DEFAULT '{}',
    "externalRefAt" TIMESTAMPTZ(3),

    CONSTRAINT "ChannelOrder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ChannelOrderLine" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "channelLineId" TEXT NOT NULL,
    "channelSkuId" TEXT NOT NULL,
    "sellerSku" TEXT,
    "title" TEXT NOT NULL,
    "listingSkuId" TEXT,
    "variantId" TEXT,
    "inventoryItemId" TEXT,
    "status" TEXT NOT NULL,
    "priceMinor" BIGINT NOT NULL,
    "sellerDiscountMinor" BIGINT NOT NULL DEFAULT 0,
    "platformDiscountMinor" BIGINT NOT NULL DEFAULT 0,
    "taxMinor" BIGINT NOT NULL DEFAULT 0,
    "isGift" BOOLEAN NOT NULL DEFAULT false,
    "packageId" TEXT,
    "shopifyLineId" TEXT,

    CONSTRAINT "ChannelOrderLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Shipment" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "shopifyFulfillmentId" TEXT NOT NULL,
    "company" TEXT,
    "trackingNumber" TEXT,
    "channelLineIds" TEXT[],
    "state" TEXT NOT NULL DEFAULT 'wanted',
    "sentAt" TIMESTAMPTZ(3),
    "channelPackageId" TEXT,
    "reason" TEXT,

    CONSTRAINT "Shipment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderCancellation" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "channelCancelId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "cancelledBy" TEXT NOT NULL,
    "reason" TEXT,
    "restock" BOOLEAN NOT NULL DEFAULT false,
    "channelLineIds" TEXT[],
    "answerBy" TIMESTAMPTZ(3),
    "shopifyState" TEXT NOT NULL DEFAULT 'wanted',
    "sentAt" TIMESTAMPTZ(3),
    "updateTime" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OrderCancellation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderWatermark" (
    "connectionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "walkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OrderWatermark_pkey" PRIMARY KEY ("connectionId","name")
);

-- CreateIndex
CREATE INDEX "RaisedName_at_idx" ON "RaisedName"("at");

-- CreateIndex
CREATE INDEX "Delivery_receivedAt_idx" ON "Delivery"("receivedAt");

-- CreateIndex
CREATE INDEX "Activity_shopId_id_idx" ON "Activity"("shopId", "id");

-- CreateIndex
CREATE INDEX "Activity_shopId_subject_id_idx" ON "Activity"("shopId", "subject", "id");

-- CreateIndex
CREATE INDEX "Problem_shopId_closedAt_idx" ON "Problem"("shopId", "closedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Problem_shopId_key_key" ON "Problem"("shopId", "key");

-- CreateIndex
CREATE INDEX "ShopifySession_shop_idx" ON "ShopifySession"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "Shop_domain_key" ON "Shop"("domain");

-- CreateIndex
CREATE UNIQUE INDEX "Grant_channel_externalId_key" ON "Grant"("channel", "externalId");

-- CreateIndex
CREATE INDEX "Connection_channel_channelShopId_idx" ON "Connection"("channel", "channelShopId");

-- CreateIndex
CREATE UNIQUE INDEX "Connection_shopId_channel_channelShopId_key" ON "Connection"("shopId", "channel", "channelShopId");

-- CreateIndex
CREATE UNIQUE INDEX "Product_shopId_shopifyId_key" ON "Product"("shopId", "shopifyId");

-- CreateIndex
CREATE INDEX "Variant_shopId_inventoryItemId_idx" ON "Variant"("shopId", "inventoryItemId");

-- CreateIndex
CREATE UNIQUE INDEX "Variant_shopId_shopifyId_key" ON "Variant"("shopId", "shopifyId");

-- CreateIndex
CREATE INDEX "Listing_shopId_connectionId_status_idx" ON "Listing"("shopId", "connectionId", "status");

-- CreateIndex
CREATE INDEX "Listing_connectionId_channelProductId_idx" ON "Listing"("connectionId", "channelProductId");

-- CreateIndex
CREATE UNIQUE INDEX "Listing_connectionId_productId_key" ON "Listing"("connectionId", "productId");

-- CreateIndex
CREATE INDEX "ListingSku_connectionId_channelSkuId_idx" ON "ListingSku"("connectionId", "channelSkuId");

-- CreateIndex
CREATE INDEX "ListingSku_shopId_variantId_idx" ON "ListingSku"("shopId", "variantId");

-- CreateIndex
CREATE UNIQUE INDEX "ListingSku_listingId_variantId_key" ON "ListingSku"("listingId", "variantId");

-- CreateIndex
CREATE UNIQUE INDEX "ListingSku_connectionId_sellerSku_key" ON "ListingSku"("connectionId", "sellerSku");

-- CreateIndex
CREATE INDEX "AppliedPlan_listingId_appliedAt_idx" ON "AppliedPlan"("listingId", "appliedAt");

-- CreateIndex
CREATE INDEX "WaitingUnit_shopId_inventoryItemId_leftAt_idx" ON "WaitingUnit"("shopId", "inventoryItemId", "leftAt");

-- CreateIndex
CREATE INDEX "WaitingUnit_shopId_channelOrderId_idx" ON "WaitingUnit"("shopId", "channelOrderId");

-- CreateIndex
CREATE INDEX "Offer_shopId_connectionId_idx" ON "Offer"("shopId", "connectionId");

-- CreateIndex
CREATE INDEX "LedgerLine_shopId_inventoryItemId_id_idx" ON "LedgerLine"("shopId", "inventoryItemId", "id");

-- CreateIndex
CREATE INDEX "LedgerLine_listingSkuId_id_idx" ON "LedgerLine"("listingSkuId", "id");

-- CreateIndex
CREATE INDEX "ChannelOrder_shopId_status_idx" ON "ChannelOrder"("shopId", "status");

-- CreateIndex
CREATE INDEX "ChannelOrder_shopId_createdAt_idx" ON "ChannelOrder"("shopId", "createdAt");

-- CreateIndex
CREATE INDEX "ChannelOrder_shopId_shopifyOrderId_idx" ON "ChannelOrder"("shopId", "shopifyOrderId");

-- CreateIndex
CREATE UNIQUE INDEX "ChannelOrder_shopId_channel_channelShopId_channelOrderId_key" ON "ChannelOrder"("shopId", "channel", "channelShopId", "channelOrderId");

-- CreateIndex
CREATE UNIQUE INDEX "ChannelOrderLine_orderId_channelLineId_key" ON "ChannelOrderLine"("orderId", "channelLineId");

-- CreateIndex
CREATE UNIQUE INDEX "Shipment_shopId_shopifyFulfillmentId_key" ON "Shipment"("shopId", "shopifyFulfillmentId");

-- CreateIndex
CREATE UNIQUE INDEX "OrderCancellation_orderId_channelCancelId_key" ON "OrderCancellation"("orderId", "channelCancelId");

-- AddForeignKey
ALTER TABLE "Connection" ADD CONSTRAINT "Connection_shopId_fkey" FOREIGN KEY ("shopId") REFERENCES "Shop"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Connection" ADD CONSTRAINT "Connection_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "Grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Variant" ADD CONSTRAINT "Variant_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Listing" ADD CONSTRAINT "Listing_productId_fkey" FOREIGN KEY ("productId") REFERENCES "Product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ListingSku" ADD CONSTRAINT "ListingSku_listingId_fkey" FOREIGN KEY ("listingId") REFERENCES "Listing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ListingSku" ADD CONSTRAINT "ListingSku_variantId_fkey" FOREIGN KEY ("variantId") REFERENCES "Variant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AppliedPlan" ADD CONSTRAINT "AppliedPlan_listingId_fkey" FOREIGN KEY ("listingId") REFERENCES "Listing"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ChannelOrderLine" ADD CONSTRAINT "ChannelOrderLine_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "ChannelOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Shipment" ADD CONSTRAINT "Shipment_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "ChannelOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderCancellation" ADD CONSTRAINT "OrderCancellation_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "ChannelOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;
