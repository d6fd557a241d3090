-- AlterTable
ALTER TABLE "Connection" ADD COLUMN     "endedAt" TIMESTAMPTZ(3),
ADD COLUMN     "endingAt" TIMESTAMPTZ(3),
ADD COLUMN     "endingBy" TEXT,
ADD COLUMN     "pausedAt" TIMESTAMPTZ(3),
ADD COLUMN     "sellingStoppedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ConsentTicket" ADD COLUMN     "connectionId" TEXT;

-- AlterTable
ALTER TABLE "Shop" ADD COLUMN     "guideDismissedAt" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Activity_shopId_actorKind_id_idx" ON "Activity"("shopId", "actorKind", "id");

-- CreateIndex
CREATE INDEX "LedgerLine_shopId_number_id_idx" ON "LedgerLine"("shopId", "number", "id");
