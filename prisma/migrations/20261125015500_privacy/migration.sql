-- AlterTable
ALTER TABLE "Shop" ADD COLUMN     "eraseAskedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ChannelOrder" ADD COLUMN     "doorPayment" TEXT,
ADD COLUMN     "doorPaymentSentAt" TIMESTAMPTZ(3),
ADD COLUMN     "erased" SMALLINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "BuyerRequest" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "externalId" TEXT,
    "shopifyOrderIds" TEXT[],
    "sealedContact" TEXT,
    "orderIds" TEXT[],
    "comparedTo" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'looking',
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "answerBy" TIMESTAMPTZ(3) NOT NULL,
    "fetchedAt" TIMESTAMPTZ(3),
    "fetchedBy" TEXT,

    CONSTRAINT "BuyerRequest_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "BuyerRequest_shopId_kind_externalId_key" ON "BuyerRequest"("shopId", "kind", "externalId");

-- From here on what Prisma's schema language cannot say.

-- Erased on request before there was a word for it.
UPDATE "ChannelOrder" SET "erased" = 2 WHERE "sealedBuyer" IS NULL AND "buyerVersion" > 0;

-- What the timers still have to look at, the longest silent first; and the buyers a customer's contact is compared with.
CREATE INDEX "ChannelOrder_to_erase" ON "ChannelOrder"("shopId", "erased", "updateTime") WHERE "erased" < 3;
CREATE INDEX "ChannelOrder_with_buyer" ON "ChannelOrder"("shopId", "id") WHERE "sealedBuyer" IS NOT NULL;

-- Shops that are there already get their timers; new ones when they install the app.
INSERT INTO "DueRow" ("lane", "scope", "subject")
  SELECT 'housekeeping', 'shop:' || "id", 'buyer-data' FROM "Shop" WHERE "uninstalledAt" IS NULL
  ON CONFLICT DO NOTHING;
