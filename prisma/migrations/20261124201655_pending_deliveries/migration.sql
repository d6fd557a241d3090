-- CreateTable
CREATE TABLE "PendingDelivery" (
    "source" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "events" JSONB NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "PendingDelivery_pkey" PRIMARY KEY ("source","id")
);

-- CreateIndex
CREATE INDEX "PendingDelivery_dueAt_idx" ON "PendingDelivery"("dueAt");
