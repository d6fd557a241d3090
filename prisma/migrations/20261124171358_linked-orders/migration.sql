-- AlterTable
ALTER TABLE "ChannelOrder" ADD COLUMN     "linkedOrderId" TEXT,
ADD COLUMN     "linkedOrderName" TEXT;
