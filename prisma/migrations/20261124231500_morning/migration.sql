-- AlterTable
ALTER TABLE "ChannelOrder" ADD COLUMN     "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "note" TEXT,
ADD COLUMN     "noteAt" TIMESTAMPTZ(3),
ADD COLUMN     "noteBy" TEXT,
ADD COLUMN     "reviewedAt" TIMESTAMPTZ(3),
ADD COLUMN     "reviewedBy" TEXT,
ADD COLUMN     "shippedAt" TIMESTAMPTZ(3);

-- What was there before is no news.
UPDATE "ChannelOrder" o SET "firstSeenAt" = "createdAt",
  "shippedAt" = (SELECT MIN(s."sentAt") FROM "Shipment" s WHERE s."orderId" = o."id" AND s."state" = 'sent');

-- CreateTable
CREATE TABLE "FulfilmentRequest" (
    "orderId" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "company" TEXT,
    "trackingNumber" TEXT,
    "state" TEXT NOT NULL DEFAULT 'wanted',
    "sentAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "askedBy" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FulfilmentRequest_pkey" PRIMARY KEY ("orderId")
);

-- CreateTable
CREATE TABLE "OrderLook" (
    "shopId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "sinceAt" TIMESTAMPTZ(3),
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OrderLook_pkey" PRIMARY KEY ("shopId","staffId")
);

-- DropIndex
DROP INDEX "ChannelOrder_shopId_createdAt_idx";

-- CreateIndex
CREATE INDEX "FulfilmentRequest_shopId_idx" ON "FulfilmentRequest"("shopId");

-- CreateIndex
CREATE INDEX "ChannelOrder_shopId_createdAt_id_idx" ON "ChannelOrder"("shopId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "ChannelOrder_shopId_firstSeenAt_reviewedAt_idx" ON "ChannelOrder"("shopId", "firstSeenAt", "reviewedAt");

-- CreateIndex
CREATE INDEX "Shipment_orderId_idx" ON "Shipment"("orderId");

-- AddForeignKey
ALTER TABLE "FulfilmentRequest" ADD CONSTRAINT "FulfilmentRequest_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "ChannelOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here on what Prisma's schema language cannot say; it leaves these alone. Each view of the order list walks an index of its own, so
-- that the thousandth page costs what the first does. The conditions are those of app/domains/orders/morning/views.server.ts, word for word.
CREATE INDEX "ChannelOrder_to_ship" ON "ChannelOrder"("shopId", "createdAt", "id")
  WHERE "status" IN ('to-ship', 'partly-shipped') AND "importState" <> 'shown';
CREATE INDEX "ChannelOrder_on_hold" ON "ChannelOrder"("shopId", "createdAt", "id") WHERE "status" = 'on-hold';
CREATE INDEX "ChannelOrder_parked" ON "ChannelOrder"("shopId", "createdAt", "id") WHERE "importState" = 'parked';
CREATE INDEX "ChannelOrder_cancelled" ON "ChannelOrder"("shopId", "createdAt", "id") WHERE "status" = 'cancelled';
-- In the order of their deadlines; what has none comes last.
CREATE INDEX "ChannelOrder_deadline" ON "ChannelOrder"("shopId",
  (CASE WHEN "status" IN ('on-hold', 'to-ship', 'partly-shipped') THEN COALESCE("shipByAt", '9999-12-31 00:00:00+00'::timestamptz)
        ELSE '9999-12-31 00:00:00+00'::timestamptz END), "id");
CREATE INDEX "ChannelOrder_to_ship_deadline" ON "ChannelOrder"("shopId",
  (CASE WHEN "status" IN ('on-hold', 'to-ship', 'partly-shipped') THEN COALESCE("shipByAt", '9999-12-31 00:00:00+00'::timestamptz)
        ELSE '9999-12-31 00:00:00+00'::timestamptz END), "id")
  WHERE "status" IN ('to-ship', 'partly-shipped') AND "importState" <> 'shown';
-- The proof line: what belongs in Shopify, and what of it is missing there.
CREATE INDEX "ChannelOrder_proof" ON "ChannelOrder"("shopId", "createdAt") WHERE "importState" <> 'shown' AND "status" <> 'unpaid';
CREATE INDEX "ChannelOrder_missing" ON "ChannelOrder"("shopId", "createdAt")
  WHERE "importState" <> 'shown' AND "status" <> 'unpaid' AND "shopifyOrderId" IS NULL;
-- The channel's standards: by when the seller had to ship.
CREATE INDEX "ChannelOrder_ship_by" ON "ChannelOrder"("shopId", "shipByAt") INCLUDE ("connectionId", "status")
  WHERE "fulfilledBy" = 'seller' AND "kind" <> 'sample' AND "shipByAt" IS NOT NULL;
CREATE INDEX "ChannelOrder_paid" ON "ChannelOrder"("shopId", "createdAt") INCLUDE ("connectionId")
  WHERE "fulfilledBy" = 'seller' AND "kind" <> 'sample' AND "paidAt" IS NOT NULL;
CREATE INDEX "OrderCancellation_counted" ON "OrderCancellation"("shopId", "updateTime", "orderId")
  WHERE "cancelledBy" IN ('seller', 'system') AND "status" IN ('approved', 'completed');
CREATE INDEX "ChannelOrder_went_late" ON "ChannelOrder"("shopId", "shipByAt") WHERE "shippedAt" > "shipByAt";
-- Searching: by the beginning of a number or SKU, by words of a title. The shop is one of the words, so that no other shop's titles are read.
CREATE INDEX "ChannelOrder_number" ON "ChannelOrder"("shopId", LOWER("channelOrderId") text_pattern_ops);
CREATE INDEX "ChannelOrder_name" ON "ChannelOrder"("shopId", LOWER("shopifyOrderName"));
CREATE INDEX "ChannelOrder_linked_name" ON "ChannelOrder"("shopId", LOWER("linkedOrderName"));
CREATE INDEX "ChannelOrderLine_sku" ON "ChannelOrderLine"("shopId", LOWER("sellerSku") text_pattern_ops);
CREATE INDEX "ChannelOrderLine_words" ON "ChannelOrderLine" USING GIN
  (TO_TSVECTOR('simple', 's' || REPLACE("shopId", '-', '') || ' ' || REGEXP_REPLACE("title", '[^[:alnum:][:space:]]+', ' ', 'g')));
-- What needs somebody.
CREATE INDEX "Problem_open" ON "Problem"("shopId", "subject") WHERE "closedAt" IS NULL AND "severity" <> 'info';
