import type { Channel, ForShop, ListingDraft, ListingSkuDraft } from "../../../app/channels/port.ts";
import type { aShop } from "../../../app/channels/tiktok-shop/testing.ts";

const productId = "1729592969712207013";
const usd = (amountMinor: bigint) => ({ amountMinor, currency: "USD" });

const sku = (over: Partial<ListingSkuDraft> = {}): ListingSkuDraft => ({
  externalSkuId: "sku-a",
  sellerSku: "MUG-A",
  price: usd(1250n),
  options: [
    { name: "Color", value: "Blue", pictureUri: "uri-blue" },
    { name: "Size", value: "M", pictureUri: "uri-m" },
  ],
  stock: [{ warehouseId: "7200000000000000011", quantity: 0 }],
  barcode: { kind: "EAN", code: "4006381333931" },
  ...over,
});

const draft: ListingDraft = {
  idempotencyKey: "0f9a2c9e-6d3a-4c5b-9d39-1f3f0a2b3c4d",
  externalProductId: "listing-1",
  content: {
    title: "Blue mug",
    descriptionHtml: "<p>A mug.</p>",
    categoryId: "600002",
    pictureUris: ["uri-1", "uri-2"],
    attributes: [
      { id: "100347", values: [{ id: "1000059" }] },
      { id: "100400", values: [{ name: "350" }] },
    ],
    certificates: [{ id: "7182427498456", pictureUris: ["uri-3"] }],
    weightGrams: 380,
    packageSizeCm: { length: 12.2, width: 10, height: 9.5 },
  },
  skus: [sku(), sku({ externalSkuId: "sku-b", sellerSku: "MUG-B" })],
};

const plain: ListingDraft = {
  ...draft,
  content: { ...draft.content, certificates: [], attributes: [], packageSizeCm: undefined },
  skus: [
    {
      externalSkuId: "sku-a",
      sellerSku: "MUG-A",
      price: usd(100n),
      options: [],
      stock: [{ warehouseId: "7200000000000000011", quantity: 5 }],
    },
  ],
};

const all = async (walk: AsyncIterable<unknown>) => {
  for await (const _item of walk);
};

/** Makes every call the client can make, each in the forms that differ on the wire. */
export async function makeEveryCall(
  channel: Channel,
  accessFor: (over: Parameters<typeof aShop>[0]) => ForShop,
): Promise<void> {
  const us = accessFor({});
  const vietnam = accessFor({ region: "VN", currency: "VND" });
  const abroad = accessFor({ sellerType: "CROSS_BORDER" });
  const since = new Date("2026-11-19T00:00:00Z");

  await channel.consent.exchange("US", "one-time-code");
  await channel.consent.renew("US", "TTP_refresh-1");
  await channel.consent.shops(us);

  await channel.setup.prerequisites(us);
  await channel.setup.warehouses(us);
  await channel.setup.deliveryOptions(us, "7200000000000000011");
  await channel.setup.carriers(us, "7300000000000000011", {});
  await channel.setup.carriers(us, "7300000000000000011", { warehouse: "DE", buyer: "FR" });
  await channel.setup.registerWebhooks(us, "https://reelshelf.example/webhooks/tiktok-shop");
  await channel.setup.unregisterWebhooks(us);

  for (const access of [us, vietnam]) {
    await channel.reference.categories(access);
    await channel.reference.rules(access, "600002");
    await channel.reference.attributes(access, "600002");
    await channel.reference.recommendCategory(access, { title: "Blue mug" });
  }
  await channel.reference.recommendCategory(us, {
    title: "Blue mug",
    description: "<p>Big</p>",
    productType: "Mugs",
    vendor: "Acme",
    tags: ["a"],
  });
  for (const use of ["main", "variant", "description", "certificate"] as const) {
    await channel.reference.uploadPicture(us, { bytes: new Uint8Array([1]), fileName: "a.jpg", use });
  }

  for (const access of [us, vietnam, abroad]) {
    await channel.listings.create(access, draft);
    await channel.listings.setPrices(access, productId, [{ channelSkuId: "1729592969712272549", price: usd(999n) }]);
  }
  await channel.listings.create(us, plain);
  await channel.listings.get(us, productId);
  await channel.listings.findBySellerSkus(us, ["MUG-A", "MUG-B"]);
  await all(channel.listings.changedSince(us, since));
  await channel.listings.reviseContent(us, productId, draft.content, [
    { ...sku(), channelSkuId: "1729592969712272549" },
  ]);
  await channel.listings.reviseContent(us, productId, plain.content, [
    { channelSkuId: "1729592969712272549", sellerSku: "MUG-A", externalSkuId: "sku-a", options: [] },
  ]);
  const many = Array.from({ length: 21 }, (_none, n) => `17295929697122070${n + 10}`);
  await channel.listings.deactivate(us, many);
  await channel.listings.activate?.(us, many);

  await channel.stock.set(us, productId, [
    { channelSkuId: "1729592969712272549", warehouseId: "7200000000000000011", quantity: 0 },
    { channelSkuId: "1729592969712272549", warehouseId: "7200000000000000012", quantity: 99_999 },
  ]);
  await channel.stock.read(us, ["1729592969712272549"]);

  const [order] = await channel.orders.get(us, ["576461413038785752"]);
  if (!order) throw new Error("the example order was not read");
  await channel.orders.get(
    us,
    Array.from({ length: 51 }, (_none, n) => `5764614130387857${n + 10}`),
  );
  await all(channel.orders.changedSince(us, since));
  await all(channel.orders.changedSince(us, since, new Date("2026-11-20T00:00:00Z")));
  await all(channel.orders.createdBetween(us, since, new Date("2026-11-20T00:00:00Z")));
  const units = [{ channelLineId: "576461413038851288", externalLineId: "12" }];
  await channel.orders.writeReferences?.(us, [{ channelOrderId: "576461413038785752", externalId: "1", lines: units }]);
  await all(channel.orders.cancellations(us, { since }));
  await all(channel.orders.cancellations(us, { channelOrderIds: ["576461413038785752"] }));
  const parcel = { carrierId: "7100000000000000011", trackingNumber: "9400111899223197428490" };
  const lines = order.lines.map(({ channelLineId }) => channelLineId);
  await channel.orders.ship(us, { order, channelLineIds: lines, ...parcel });
  await channel.orders.ship(us, {
    order: { ...order, lines: [...order.lines, ...order.lines] },
    channelLineIds: lines,
    ...parcel,
  });
  await channel.orders.ship(vietnam, {
    order: { ...order, packages: ["1152921504606846977"] },
    channelLineIds: lines,
    ...parcel,
  });
  await channel.orders.ship(vietnam, {
    order: {
      ...order,
      packages: ["1152921504606846977"],
      lines: [...order.lines, ...order.lines.map((line) => ({ ...line, channelLineId: `${line.channelLineId}9` }))],
    },
    channelLineIds: lines,
    ...parcel,
  });
  await channel.orders.getPackage(us, "1152921504606846977");
  await channel.orders.priceParts?.(us, order.channelOrderId);
  await channel.orders.label?.(us, "1152921504606846977");
  await channel.orders.splitRules?.(us, order.channelOrderId);
  await channel.orders.correctTracking?.(us, {
    channelOrderId: order.channelOrderId,
    packageId: "1152921504606846977",
    ...parcel,
  });

  const { afterSales } = channel;
  await afterSales.cancellable(us, order.channelOrderId);
  const cancel = { channelOrderId: order.channelOrderId, reason: "seller_cancel_reason_out_of_stock" };
  await afterSales.cancel(us, { ...cancel, channelLineIds: null });
  await afterSales.cancel(us, { ...cancel, channelLineIds: lines });
  await afterSales.returnable(us, order.channelOrderId);
  const goodsBack = {
    channelOrderId: order.channelOrderId,
    channelLineIds: lines,
    reason: "seller_return_reason_other",
  };
  await afterSales.beginReturn(us, { ...goodsBack, key: "a-key" });
  await afterSales.openDecisions(us, "4035318504086604999");
  const decision = { requestId: "4035318504086604999", key: "0190b1e2-0000-7000-8000-000000000001" };
  const quiet = { reason: null, comment: null, evidence: [], offer: null, keepsItem: false };
  const refusal = {
    ...quiet,
    ...{ reason: "reverse_reject_request_reason_1", comment: "It was used." },
    evidence: [{ uri: "tos-maliva-i-1/abc", width: 800, height: 600 }],
  };
  await afterSales.decide(us, { ...decision, ...quiet, kind: "approve-cancellation" });
  await afterSales.decide(us, { ...decision, ...refusal, kind: "refuse-cancellation" });
  await afterSales.decide(us, { ...decision, ...quiet, kind: "approve-return", keepsItem: true });
  const offer = { amountMinor: 500n, currency: "USD" };
  await afterSales.decide(us, { ...decision, ...quiet, kind: "offer-part", offer });
  await afterSales.decide(us, { ...decision, ...refusal, kind: "refuse-return" });
  await all(afterSales.returns(us, { since }));
  await all(afterSales.returns(us, { channelOrderIds: [order.channelOrderId] }));
}
