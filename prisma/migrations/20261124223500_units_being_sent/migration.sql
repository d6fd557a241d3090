-- AlterTable
ALTER TABLE "WaitingUnit" ADD COLUMN     "sentAt" TIMESTAMPTZ(3);
