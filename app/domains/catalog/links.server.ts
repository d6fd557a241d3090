import { type Db, Prisma, type Tx } from "../../platform/db.server.ts";

/** What a channel SKU is. Ids of variant and inventory item are Shopify's. */
export interface LinkedSku {
  channelSkuId: string;
  listingSkuId: string;
  listingId: string;
  variantId: string;
  inventoryItemId: string;
  sku: string | null;
  title: string;
}

/** The units of this connection behind channel SKUs; unknown ones, and those whose variant is gone, are left out. */
export async function listingSkuByChannelSku(
  db: Db | Tx,
  connectionId: string,
  channelSkuIds: string[],
): Promise<LinkedSku[]> {
  const rows = await db.listingSku.findMany({
    where: { connectionId, channelSkuId: { in: channelSkuIds } },
    select: {
      id: true,
      listingId: true,
      channelSkuId: true,
      variant: { select: { shopifyId: true, inventoryItemId: true, sku: true, title: true } },
    },
  });
  return rows.flatMap(({ id: listingSkuId, listingId, channelSkuId, variant }) =>
    variant && channelSkuId
      ? [
          {
            channelSkuId,
            listingSkuId,
            listingId,
            variantId: variant.shopifyId,
            inventoryItemId: variant.inventoryItemId,
            sku: variant.sku,
            title: variant.title,
          },
        ]
      : [],
  );
}

/** Variants of a shop's live products that carry one of these SKUs; a SKU that several carry names none of them. */
export async function variantsBySku(
  db: Db | Tx,
  shopId: string,
  skus: string[],
): Promise<{ sku: string; variantId: string; inventoryItemId: string }[]> {
  const rows = await db.variant.findMany({
    where: { shopId, sku: { in: skus }, product: { deletedAt: null } },
    select: { sku: true, shopifyId: true, inventoryItemId: true },
  });
  const bySku = Map.groupBy(rows, (row) => row.sku);
  return [...bySku].flatMap(([sku, [first, second]]) =>
    sku && first && !second ? [{ sku, variantId: first.shopifyId, inventoryItemId: first.inventoryItemId }] : [],
  );
}

/** A sellable unit as stock sees it. */
export interface StockSku {
  listingSkuId: string;
  listingId: string;
  connectionId: string;
  channelSkuId: string | null;
  channelProductId: string | null;
  /** Status of its listing. */
  status: string;
  /** Null: the variant is gone from Shopify or no longer shipped; nothing of it may be sold. */
  inventoryItemId: string | null;
  /** False: Shopify does not count this variant's stock. */
  isTracked: boolean;
}

/** In plain SQL: the stock lane and the webhook doors ask these again and again. */
const unitsAsStockSeesThem = Prisma.sql`
  select s.id as "listingSkuId", s."listingId", s."connectionId", s."channelSkuId", l."channelProductId", l.status,
    case when v."requiresShipping" then v."inventoryItemId" end as "inventoryItemId", coalesce(v.tracked, true) as "isTracked"
  from "ListingSku" s join "Listing" l on l.id = s."listingId" left join "Variant" v on v.id = s."variantId"`;

/** Units of one connection by our ids; unknown ones are left out. */
export async function stockSkus(db: Db | Tx, connectionId: string, listingSkuIds: string[]): Promise<StockSku[]> {
  return db.$queryRaw<StockSku[]>`
    ${unitsAsStockSeesThem} where s."connectionId" = ${connectionId} and s.id = any(${listingSkuIds})`;
}

/** All units of a shop, in any connection, that sell one of these inventory items. */
export async function stockSkusOfItems(db: Db | Tx, shopId: string, inventoryItemIds: string[]): Promise<StockSku[]> {
  return db.$queryRaw<StockSku[]>`
    ${unitsAsStockSeesThem}
    where v."shopId" = ${shopId} and s."shopId" = v."shopId" and v."inventoryItemId" = any(${inventoryItemIds})`;
}

/** Ids of a connection's units in pages, those on the channel only. */
export async function* stockSkuPages(db: Db, connectionId: string, pageSize = 1_000): AsyncIterable<StockSku[]> {
  for (let last = ""; ; ) {
    const page = await db.$queryRaw<StockSku[]>`
      ${unitsAsStockSeesThem}
      where s."connectionId" = ${connectionId} and s."channelSkuId" is not null and s.id > ${last}
      order by s.id limit ${pageSize}`;
    const end = page.at(-1);
    if (!end) return;
    yield page;
    last = end.listingSkuId;
  }
}
