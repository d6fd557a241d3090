import type { Db } from "../../app/platform/db.server.ts";

const WORDS = ["Harbor", "Meadow", "Summit", "River", "Cedar", "Amber", "Coral", "Dune", "Frost", "Maple"];
const THINGS = [
  "Stoneware Mug",
  "Linen Apron",
  "Cotton Tee",
  "Canvas Tote",
  "Wool Beanie",
  "Glass Jar",
  "Oak Board",
  "Wax Candle",
];

/** In every title. */
const BRAND = "Bluebell";
/** All that was sold for a week long ago, and never since. */
const SEASONAL = "Pumpkin Lantern";

/**
 * A shop with many orders, written straight into the database: three months of them, as a shop's are: most delivered, the newest on hold or to
 * be shipped, some cancelled, parked, asking for somebody. Returns the ids of the shop and its connection.
 */
export async function addManyOrders(
  db: Db,
  { domain, orders }: { domain: string; orders: number },
): Promise<{ shopId: string; connectionId: string }> {
  const shop = await db.shop.create({ data: { domain, name: domain, currency: "USD" } });
  const grant = await db.grant.create({
    data: {
      ...{ channel: "tiktok-shop", market: "US", externalId: domain, sealedTokens: "none" },
      ...{ accessExpiresAt: new Date(), refreshExpiresAt: new Date() },
    },
  });
  const connection = await db.connection.create({
    data: {
      ...{ shopId: shop.id, grantId: grant.id, channel: "tiktok-shop", channelShopId: domain, name: domain },
      ...{ region: "US", currency: "USD", sealedAccess: "none", armedFlows: ["orders", "fulfilment"] },
    },
  });
  const [shopId, connectionId] = [shop.id, connection.id];
  await db.$executeRaw`
    insert into "ChannelOrder" (id, "shopId", "connectionId", channel, "channelShopId", "channelOrderId", status, currency,
      "totalMinor", "buyerPaidMinor", "platformPaidMinor", "taxMinor", "createdAt", "paidAt", "shipByAt", "updateTime", "firstSeenAt", facts,
      "shippedAt", "importState", "parkedReason", "shopifyOrderId", "shopifyOrderName", "sealedBuyer", "reviewedAt")
    select ${shopId} || '-' || lpad(n::text, 8, '0'), ${shopId}, ${connectionId}, 'tiktok-shop', ${domain}, '576' || (10000000000000000 + n * 7919)::text,
      case when n % 200 = 7 then 'unpaid' when n % 33 = 5 then 'cancelled' when age < 300 then 'on-hold' when age < 2300 then 'to-ship'
        when age < 3300 then 'awaiting-collection' when age < 9000 then 'in-transit' when age < 15000 then 'delivered' else 'completed' end,
      'USD', 2664, 2464, 200, 164, at, case when n % 200 = 7 then null else at end, at + interval '3 days', at, at,
      jsonb_build_object('channelOrderId', n::text, 'shippingBy', 'seller', 'cancelAutomaticallyAt', to_char(at + interval '6 days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'money', jsonb_build_object('totalMinor', '2464', 'taxMinor', '164', 'fees', '[]'::jsonb, 'originalProductMinor', '2000', 'sellerDiscountMinor', '0',
          'platformDiscountMinor', '200', 'shippingMinor', '500', 'originalShippingMinor', '500', 'subTotalMinor', '1800'),
        'lines', (select jsonb_agg(jsonb_build_object('channelLineId', n::text || k, 'title', md5((n * k)::text), 'taxes', md5((n + k)::text), 'variantTitle', md5(k::text),
          'originalMinor', '2000', 'saleMinor', '1800', 'sellerDiscountMinor', '0', 'platformDiscountMinor', '200', 'packageId', md5(n::text))) from generate_series(1, 4) k)),
      case when age >= 2300 then at + interval '1 day' * (1 + (n % 40) / 18.0) end,
      case when n % 200 = 7 then 'planned' when n % 50 = 3 then 'shown' when n % 250 = 9 then 'parked' else 'done' end,
      case when n % 250 = 9 then 'order-sku-unlinked' end,
      case when n % 200 = 7 or n % 50 = 3 or n % 250 = 9 then null else 'gid://shopify/Order/' || n end,
      case when n % 200 = 7 or n % 50 = 3 or n % 250 = 9 then null else '#' || (1000 + n) end,
      repeat(md5(n::text), 12), case when n % 3 = 0 then at end
    from (select n, ${orders} - n as age, now() - (${orders} - n) * interval '90 days' / ${orders} as at from generate_series(1, ${orders}) n) x`;
  await db.$executeRaw`
    insert into "ChannelOrderLine" (id, "shopId", "orderId", "channelLineId", "channelSkuId", "sellerSku", title, status, "priceMinor")
    select o.id || '-' || k, o."shopId", o.id, k::text, (k * 7)::text, 'BB-' || upper(substr(md5((o.n % 97)::text), 1, 3)) || '-' || (o.n % 400) || '-' || k,
      ${BRAND} || ' ' || case when o.n > ${orders} * 0.05 and o.n < ${orders} * 0.15 then ${SEASONAL}
        else (${WORDS}::text[])[1 + (o.n * 3 + k) % ${WORDS.length}] || ' ' || (${THINGS}::text[])[1 + (o.n + k) % ${THINGS.length}] end, o.status, 2000
    from (select *, right(id, 8)::int as n from "ChannelOrder" where "shopId" = ${shopId}) o, generate_series(1, 1 + o.n % 3) k`;
  // as intake writes them: number, SKUs and words of titles, each with its shop before it
  await db.$executeRaw`
    insert into "OrderWords" ("orderId", "shopId", "boughtAt", words)
    select o.id, o."shopId", o."createdAt", array_to_tsvector(array(
      select distinct 's' || replace(o."shopId", '-', '') || lower(word) from (
        select o."channelOrderId" as word
        union all select "sellerSku" from "ChannelOrderLine" line where line."orderId" = o.id
        union all select regexp_split_to_table(title, '[^[:alnum:]]+') from "ChannelOrderLine" line where line."orderId" = o.id) words))
    from "ChannelOrder" o where o."shopId" = ${shopId}`;
  await db.$executeRaw`
    insert into "Shipment" (id, "shopId", "connectionId", "orderId", "shopifyFulfillmentId", "trackingNumber", state, "sentAt")
    select id, "shopId", "connectionId", id, 'f' || id, 'T' || id, 'sent', "createdAt" + interval '1 day' * (1 + (right(id, 8)::int % 40) / 18.0)
    from "ChannelOrder" where "shopId" = ${shopId} and status in ('awaiting-collection', 'in-transit', 'delivered', 'completed')`;
  await db.$executeRaw`
    insert into "OrderCancellation" (id, "shopId", "orderId", "channelCancelId", status, "cancelledBy", "updateTime", "answerBy", "shopifyState")
    select id, "shopId", id, id, case when status = 'cancelled' then 'completed' else 'requested' end,
      case when right(id, 8)::int % 4 = 0 then 'seller' else 'buyer' end, "createdAt", "createdAt" + interval '2 days', 'done'
    from "ChannelOrder" where "shopId" = ${shopId} and (status = 'cancelled' or (status = 'to-ship' and right(id, 8)::int % 40 = 1))`;
  await db.$executeRaw`
    insert into "Problem" (id, "shopId", key, kind, severity, subject, "connectionId", data)
    select 'p' || id, "shopId", 'order-sku-unlinked:' || id, 'order-sku-unlinked', 'needs-you', 'order:' || id, "connectionId", '{}'
    from "ChannelOrder" where "shopId" = ${shopId} and ("importState" = 'parked' or right(id, 8)::int % 60 = 11)`;
  await db.orderWatermark.create({ data: { connectionId, name: "orders", at: new Date(), walkedAt: new Date() } });
  return { shopId, connectionId };
}
