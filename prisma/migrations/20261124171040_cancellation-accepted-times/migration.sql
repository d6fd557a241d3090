-- AlterTable
ALTER TABLE "OrderCancellation" ADD COLUMN     "acceptedTimes" INTEGER NOT NULL DEFAULT 0;
