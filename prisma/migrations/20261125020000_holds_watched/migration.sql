-- AlterTable
ALTER TABLE "ChannelOrder" ADD COLUMN     "heldAt" TIMESTAMPTZ(3),
ADD COLUMN     "heldParts" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "holdsAgain" INTEGER NOT NULL DEFAULT 0;

-- From here on what Prisma's schema language cannot say. How long holds took, over the last days.
CREATE INDEX "ChannelOrder_held" ON "ChannelOrder"("shopId", "heldAt") INCLUDE ("connectionId", "createdAt", "paidAt", "importedAt")
  WHERE "heldAt" IS NOT NULL;
-- Shopify names a fulfilment order whose hold is gone: of which order is it?
CREATE INDEX "ChannelOrder_held_now" ON "ChannelOrder"("shopId") INCLUDE ("heldParts") WHERE "holdState" = 'held';
