-- AlterTable
ALTER TABLE "ChannelOrder" ADD COLUMN     "importAskedAt" TIMESTAMPTZ(3),
ADD COLUMN     "kinds" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "lookedBeforeAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "OrderBackfill" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "connectionId" TEXT NOT NULL,
    "fromAt" TIMESTAMPTZ(3) NOT NULL,
    "untilAt" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'reading',
    "readTo" TIMESTAMPTZ(3) NOT NULL,
    "readAt" TIMESTAMPTZ(3),
    "importAskedAt" TIMESTAMPTZ(3),
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "OrderBackfill_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "OrderBackfill_shopId_startedAt_idx" ON "OrderBackfill"("shopId", "startedAt");
