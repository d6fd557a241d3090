import { expect, test } from "vitest";
import type { ChannelHarness } from "../../app/channels/contract.ts";
import { describeChannel } from "../../app/channels/contract.ts";
import type { OrderFacts } from "../../app/channels/port.ts";
import { openSandboxShop } from "./support/sandbox-shop.ts";

describeChannel("TikTok Shop", () => openSandboxShop());

test("a refusal spoils only the id it is about", async () => {
  const shop = await openSandboxShop();
  try {
    await shop.door("tiktok/settings", { foreignOrderId: "refuse" });
    expect(await shop.channel.orders.get(shop.access, ["576999999999999999", "576999999999999998"])).toEqual([]);
  } finally {
    await shop.close();
  }
});

test.each([1, 2, 3])("orders of every shape are read to the cent (seed %i)", async (seed) => {
  const shop = await openSandboxShop(seed);
  try {
    const skuId = await sellSomething(shop);
    const ids: string[] = [];
    for (let n = 0; n < 40; n += 1) ids.push(await shop.buy(skuId, 1 + (n % 3)));
    await shop.door("tiktok/end-holds");
    const orders = await shop.channel.orders.get(shop.access, ids);
    expect(orders.map(({ channelOrderId }) => channelOrderId).sort()).toEqual([...ids].sort());
    for (const order of orders) {
      expect(sumOf(order), order.channelOrderId).toBe(order.money.totalMinor);
      expect(order.buyer?.address.provinceCode, order.channelOrderId).toMatch(/^[A-Z]{2}$/);
    }
  } finally {
    await shop.close();
  }
});

const sumOf = ({ money }: OrderFacts) =>
  money.fees.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) +
  money.subTotalMinor +
  money.shippingMinor +
  money.taxMinor;

/** Lists one product with plenty of stock; gives its SKU. */
async function sellSomething({ channel, access, picture, product, endReview }: ChannelHarness): Promise<string> {
  const [warehouse] = (await channel.setup.warehouses(access)).filter(({ kind }) => kind === "sales");
  const categoryId = (await channel.reference.recommendCategory(access, product)) ?? "";
  const { uri } = await channel.reference.uploadPicture(access, { ...picture, use: "main" });
  const specs = (await channel.reference.attributes(access, categoryId)).filter(
    ({ purpose, required }) => purpose === "describes" && required,
  );
  const created = await channel.listings.create(access, {
    idempotencyKey: "key-1",
    externalProductId: "listing-1",
    content: {
      title: product.title,
      descriptionHtml: "<p>Made by hand.</p>",
      categoryId,
      pictureUris: [uri],
      attributes: specs.map(({ id, values }) => ({ id, values: [values[0] ? { id: values[0].id } : { name: "350" }] })),
      certificates: [],
      weightGrams: 380,
      packageSizeCm: { length: 12, width: 10, height: 10 },
    },
    skus: [
      {
        externalSkuId: "sku-1",
        sellerSku: "MUG-1",
        price: { amountMinor: 1_299n, currency: "USD" },
        options: [],
        stock: [{ warehouseId: warehouse?.id ?? "", quantity: 500 }],
      },
    ],
  });
  await endReview(created.channelProductId, "approve");
  return created.skus[0]?.channelSkuId ?? "";
}
