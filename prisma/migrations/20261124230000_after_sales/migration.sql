-- AlterTable
ALTER TABLE "OrderCancellation" ADD COLUMN     "refundMinor" BIGINT;

-- CreateTable
CREATE TABLE "OrderReturn" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "channelReturnId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "openedBy" TEXT NOT NULL,
    "reason" TEXT,
    "channelLineIds" TEXT[],
    "isKept" BOOLEAN NOT NULL DEFAULT false,
    "refundMinor" BIGINT,
    "platformMinor" BIGINT,
    "dispute" TEXT,
    "trackingNumber" TEXT,
    "answerBy" TIMESTAMPTZ(3),
    "updateTime" TIMESTAMPTZ(3) NOT NULL,
    "restockLineIds" TEXT[],
    "restockDecided" BOOLEAN NOT NULL DEFAULT false,
    "shopifyState" TEXT NOT NULL DEFAULT 'wanted',
    "shopifyReturnId" TEXT,
    "shopifyReturnName" TEXT,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "OrderReturn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SellerDecision" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "requestId" TEXT NOT NULL DEFAULT '',
    "reason" TEXT,
    "comment" TEXT,
    "evidence" JSONB NOT NULL DEFAULT '[]',
    "channelLineIds" TEXT[],
    "offerMinor" BIGINT,
    "isKept" BOOLEAN NOT NULL DEFAULT false,
    "beganIn" TEXT NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'wanted',
    "sentAt" TIMESTAMPTZ(3),
    "refusedCode" TEXT,
    "refusedText" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SellerDecision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OrderRefund" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "orderId" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "amountMinor" BIGINT NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'wanted',
    "sentAt" TIMESTAMPTZ(3),
    "shopifyRefundId" TEXT,

    CONSTRAINT "OrderRefund_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "OrderReturn_shopId_status_idx" ON "OrderReturn"("shopId", "status");

-- CreateIndex
CREATE UNIQUE INDEX "OrderReturn_orderId_channelReturnId_key" ON "OrderReturn"("orderId", "channelReturnId");

-- CreateIndex
CREATE INDEX "SellerDecision_orderId_state_idx" ON "SellerDecision"("orderId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "OrderRefund_orderId_source_sourceId_part_key" ON "OrderRefund"("orderId", "source", "sourceId", "part");

-- AddForeignKey
ALTER TABLE "OrderReturn" ADD CONSTRAINT "OrderReturn_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "ChannelOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SellerDecision" ADD CONSTRAINT "SellerDecision_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "ChannelOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OrderRefund" ADD CONSTRAINT "OrderRefund_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "ChannelOrder"("id") ON DELETE CASCADE ON UPDATE CASCADE;
