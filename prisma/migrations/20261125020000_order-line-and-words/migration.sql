-- AlterTable
ALTER TABLE "ChannelOrder" ADD COLUMN     "turnAt" TIMESTAMPTZ(3);

-- From here on what Prisma's schema language cannot say; it leaves these alone.
-- Orders that wait for their turn to be made in Shopify.
CREATE INDEX "ChannelOrder_line" ON "ChannelOrder"("shopId", "turnAt", "id") WHERE "turnAt" IS NOT NULL;
-- The shop is a part of every word of a title, so that looking for a word reads this shop's titles with that word and no others. In the words
-- of app/domains/orders/morning/find-orders.server.ts.
DROP INDEX "ChannelOrderLine_words";
CREATE INDEX "ChannelOrderLine_words" ON "ChannelOrderLine" USING GIN
  (TO_TSVECTOR('simple', REGEXP_REPLACE(REGEXP_REPLACE("title", '[^[:alnum:]]+', ' ', 'g'), '([[:alnum:]]+)', 's' || REPLACE("shopId", '-', '') || '\1', 'g')));
