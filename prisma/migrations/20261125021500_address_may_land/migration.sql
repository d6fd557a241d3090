-- AlterTable
ALTER TABLE "ChannelOrder" ADD COLUMN "buyerUncertainUntil" TIMESTAMPTZ(3);
