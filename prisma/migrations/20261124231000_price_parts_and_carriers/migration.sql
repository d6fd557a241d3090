-- AlterTable
ALTER TABLE "ChannelOrder" ADD COLUMN     "priceParts" JSONB;

-- AlterTable
ALTER TABLE "Shipment" ADD COLUMN     "corrections" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "toldAt" TIMESTAMPTZ(3),
ADD COLUMN     "toldNumbers" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- What the channel was told before this column was there.
UPDATE "Shipment" SET "toldNumbers" = ARRAY["trackingNumber"], "toldAt" = "sentAt"
WHERE "state" IN ('sending', 'sent') AND "trackingNumber" IS NOT NULL;

-- CreateTable
CREATE TABLE "CarrierChoice" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "deliveryOptionId" TEXT NOT NULL,
    "company" TEXT NOT NULL,
    "carrierId" TEXT NOT NULL,
    "carrierName" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "chosenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CarrierChoice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CarrierChoice_shopId_idx" ON "CarrierChoice"("shopId");

-- CreateIndex
CREATE UNIQUE INDEX "CarrierChoice_connectionId_deliveryOptionId_company_key" ON "CarrierChoice"("connectionId", "deliveryOptionId", "company");
