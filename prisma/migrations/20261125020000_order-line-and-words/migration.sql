-- AlterTable
ALTER TABLE "ChannelOrder" ADD COLUMN     "turnAt" TIMESTAMPTZ(3);

-- AlterTable: the words of a title, each with its shop before it, so that looking for a word reads this shop's titles with that word and no
-- others. Kept by the database; app/domains/orders/morning/find-orders.server.ts asks for words of this form.
DROP INDEX "ChannelOrderLine_words";
ALTER TABLE "ChannelOrderLine" ADD COLUMN     "words" tsvector GENERATED ALWAYS AS
  (TO_TSVECTOR('simple', REGEXP_REPLACE(REGEXP_REPLACE("title", '[^[:alnum:]]+', ' ', 'g'), '([[:alnum:]]+)', 's' || REPLACE("shopId", '-', '') || '\1', 'g'))) STORED;

-- From here on what Prisma's schema language cannot say; it leaves these alone.
-- Orders that wait for their turn to be made in Shopify.
CREATE INDEX "ChannelOrder_line" ON "ChannelOrder"("shopId", "turnAt", "id") WHERE "turnAt" IS NOT NULL;
CREATE INDEX "ChannelOrderLine_words" ON "ChannelOrderLine" USING GIN ("words");
