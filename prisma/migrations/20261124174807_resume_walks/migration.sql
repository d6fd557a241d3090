-- AlterTable
ALTER TABLE "OrderWatermark" ADD COLUMN     "resumeAt" TIMESTAMPTZ(3),
ALTER COLUMN "walkedAt" DROP NOT NULL;
