-- AlterTable
ALTER TABLE "ChannelOrder" ADD COLUMN     "buyerFeesMinor" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "taxMinor" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "OrderWords" (
    "orderId" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "boughtAt" TIMESTAMPTZ(3) NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "OrderWords_pkey" PRIMARY KEY ("orderId")
);

-- What an order is found by lay in its units and in two indexes of its row, which every change of the row wrote again.
DROP INDEX "ChannelOrderLine_words", "ChannelOrderLine_sku", "ChannelOrder_number";
ALTER TABLE "ChannelOrderLine" DROP COLUMN "words";

-- Of orders that are there already, as app/domains/orders/morning/order-words.ts makes them.
INSERT INTO "OrderWords" ("orderId", "shopId", "boughtAt", "words")
SELECT o."id", o."shopId", o."createdAt", ARRAY_TO_TSVECTOR(ARRAY(
  SELECT DISTINCT 's' || REPLACE(o."shopId", '-', '') || LEFT(LOWER("word"), 200) FROM (
    SELECT o."channelOrderId" AS "word"
    UNION ALL SELECT line."sellerSku" FROM "ChannelOrderLine" line WHERE line."orderId" = o."id" AND line."sellerSku" <> ''
    UNION ALL SELECT REGEXP_SPLIT_TO_TABLE(line."title", '[^[:alnum:]]+') FROM "ChannelOrderLine" line WHERE line."orderId" = o."id") found
  WHERE "word" <> ''))
FROM "ChannelOrder" o;

-- AddForeignKey
ALTER TABLE "OrderWords" ADD CONSTRAINT "OrderWords_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "ChannelOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateIndex: every word goes to its place at once; a search would have to read through whatever waits to be put there.
CREATE INDEX "OrderWords_words" ON "OrderWords" USING GIN ("words") WITH (fastupdate = off);

-- The sums of orders that are there already.
UPDATE "ChannelOrder" SET "taxMinor" = COALESCE(("facts" #>> '{money,taxMinor}')::bigint, 0),
  "buyerFeesMinor" = COALESCE((SELECT SUM((fee ->> 'amountMinor')::bigint) FROM JSONB_ARRAY_ELEMENTS("facts" #> '{money,fees}') fee), 0);

-- From here on what Prisma's schema language cannot say; it leaves these alone.
-- Orders that are late, or went out late: the condition of app/domains/orders/morning/views.server.ts, word for word.
DROP INDEX "ChannelOrder_went_late";
CREATE INDEX "ChannelOrder_late" ON "ChannelOrder"("shopId", "shipByAt")
  WHERE "fulfilledBy" = 'seller' AND "kind" <> 'sample'
    AND ("shippedAt" > "shipByAt" OR ("status" IN ('to-ship', 'partly-shipped') AND "importState" <> 'shown'));
-- What orders of a time brought, summed without a look at them, and those of which something went back.
CREATE INDEX "ChannelOrder_earned" ON "ChannelOrder"("shopId", "createdAt")
  INCLUDE ("connectionId", "currency", "buyerPaidMinor", "platformPaidMinor", "taxMinor", "buyerFeesMinor")
  WHERE "status" NOT IN ('cancelled', 'unpaid') AND "kind" NOT IN ('sample', 'replacement', 'exchange');
DROP INDEX "OrderCancellation_counted";
CREATE INDEX "OrderCancellation_counted" ON "OrderCancellation"("shopId", "updateTime", "orderId") INCLUDE ("cancelledBy")
  WHERE "status" IN ('approved', 'completed');
