-- AlterTable
ALTER TABLE "Listing" ADD COLUMN     "preview" JSONB;

-- CreateTable
CREATE TABLE "ProductView" (
    "id" TEXT NOT NULL,
    "shopId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "filter" TEXT NOT NULL,
    "search" TEXT NOT NULL DEFAULT '',
    "sort" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProductView_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ProductView_shopId_name_key" ON "ProductView"("shopId", "name");

-- CreateIndex
CREATE INDEX "Product_shopId_title_id_idx" ON "Product"("shopId", "title", "id");
