import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CallError } from "../platform/errors.ts";
import type {
  Cancellation,
  Channel,
  ChannelListing,
  ChannelReturn,
  Decision,
  ForShop,
  ListingContent,
  ListingDraft,
  OrderFacts,
  ShopAccess,
  TokenPair,
} from "./port.ts";

/** The other side of the battery: acts as the seller, the buyer and the platform itself. */
export interface ChannelHarness {
  channel: Channel;
  market: string;
  /** Access to the shop by whatever token is held now; renewal goes through the channel. */
  access: ForShop & { use(pair: TokenPair): void; current(): ShopAccess };
  /** The seller consents at this address; gives what comes back with the redirect. */
  consent(url: string): Promise<{ code: string; state: string }>;
  /** A picture the channel takes. */
  picture: { bytes: Uint8Array; fileName: string };
  /** Words by which the channel finds a category for the listing below. */
  product: { title: string; productType: string };
  /** A carrier of the channel by name, with a number that fits it. */
  parcel: { carrierName: string; trackingNumber: string };
  /** Where webhooks are to be sent, and those that came. */
  webhooks: { address: string; received(): { raw: Uint8Array; headers: Headers }[] };
  endReview(channelProductId: string, verdict: "approve" | "reject"): Promise<void>;
  buy(channelSkuId: string, quantity: number): Promise<string>;
  endHold(channelOrderId: string): Promise<void>;
  cancelByBuyer(channelOrderId: string): Promise<void>;
  /** The buyer asks the seller to cancel. */
  askToCancel(channelOrderId: string): Promise<void>;
  deliver(channelOrderId: string): Promise<void>;
  /** The buyer of a delivered order wants something for all of it; gives the channel's id of the request. */
  askReturn(channelOrderId: string, kind: "refund" | "return" | "replacement"): Promise<string>;
  sendBack(channelReturnId: string): Promise<void>;
  expireAccessToken(): Promise<void>;
  endGrant(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The battery every channel must pass, told in the order a shop lives through it: consent, set-up, a listing, stock, an order,
 * its parcel, cancellations, returns, the end of the grant. `open` gives a fresh shop; the tests of one battery share it.
 */
export function describeChannel(name: string, open: () => Promise<ChannelHarness>): void {
  describe(`channel contract: ${name}`, () => {
    let shop: ChannelHarness;
    let channel: Channel;
    let listing: { id: string; skuIds: [string, string]; draft: ListingDraft };
    let order: OrderFacts;

    beforeAll(async () => {
      shop = await open();
      channel = shop.channel;
    });
    afterAll(() => shop?.close());

    test("consent: the address carries our state, a code works once, a renewal makes a new pair", async () => {
      const { code, state } = await shop.consent(channel.consent.consentUrl(shop.market, "state-1"));
      expect(state).toBe("state-1");
      const consent = await channel.consent.exchange(shop.market, code);
      expect(consent).toMatchObject({
        kind: "seller",
        externalId: expect.stringMatching(/./),
        scopes: expect.arrayContaining([...channel.consent.neededScopes]),
      });
      expect(consent.accessExpiresAt.getTime()).toBeGreaterThan(Date.now());
      expect(consent.refreshExpiresAt.getTime()).toBeGreaterThan(consent.accessExpiresAt.getTime());
      expect((await failureOf(channel.consent.exchange(shop.market, code))).family).toBe("auth");

      const pair = await channel.consent.renew(shop.market, consent.refreshToken);
      expect(pair.accessToken).not.toBe(consent.accessToken);
      shop.access.use(pair);
      expect((await failureOf(channel.consent.renew(shop.market, "no-such-token"))).family).toBe("auth");
    });

    test("consent: unknown markets are refused before anybody is sent away", () => {
      expect(channel.consent.markets().map(({ id }) => id)).toContain(shop.market);
      expect(() => channel.consent.consentUrl("nowhere", "s")).toThrow();
    });

    test("the shops of a grant", async () => {
      const shops = await channel.consent.shops(shop.access);
      expect(shops.map(({ channelShopId }) => channelShopId)).toContain(shop.access.current().channelShopId);
      expect(shops[0]).toMatchObject({
        shopKey: expect.stringMatching(/./),
        currency: expect.stringMatching(/^[A-Z]{3}$/),
      });
    });

    test("set-up: prerequisites, warehouses, carriers", async () => {
      expect((await channel.setup.prerequisites(shop.access)).filter(({ failed }) => failed)).toEqual([]);
      const warehouse = await salesWarehouse();
      const options = await channel.setup.deliveryOptions(shop.access, warehouse.id);
      const own = options.find(({ sellerShips }) => sellerShips);
      expect(own).toBeDefined();
      expect(
        await channel.setup.carriers(shop.access, own?.id ?? "", {
          warehouse: warehouse.region,
          buyer: warehouse.region,
        }),
      ).not.toEqual([]);
    });

    test("webhooks: registering twice is harmless", async () => {
      const topics = await channel.setup.registerWebhooks(shop.access, shop.webhooks.address);
      expect(topics.length).toBeGreaterThan(0);
      expect(await channel.setup.registerWebhooks(shop.access, shop.webhooks.address)).toEqual(topics);
    });

    test("reference: a recommended category is an open leaf with rules", async () => {
      const categories = await channel.reference.categories(shop.access);
      const categoryId = await channel.reference.recommendCategory(shop.access, shop.product);
      expect(categories.find(({ id }) => id === categoryId)).toMatchObject({ isLeaf: true, isOpen: true });
      expect(await channel.reference.rules(shop.access, categoryId ?? "")).toMatchObject({ categoryId });
    });

    test("a listing: created once whatever is repeated, its SKUs joined by our ids", async () => {
      const draft = await aDraft();
      const created = await channel.listings.create(shop.access, draft);
      const again = await channel.listings.create(shop.access, draft);
      expect(again.channelProductId).toBe(created.channelProductId);
      const skuIds = draft.skus.map(
        ({ externalSkuId }) => created.skus.find((sku) => sku.externalSkuId === externalSkuId)?.channelSkuId ?? "",
      );
      expect(new Set(skuIds).size).toBe(2);
      listing = { id: created.channelProductId, skuIds: [skuIds[0] ?? "", skuIds[1] ?? ""], draft };

      const found = await channel.listings.findBySellerSkus(
        shop.access,
        draft.skus.map(({ sellerSku }) => sellerSku),
      );
      expect(found.map(({ channelProductId }) => channelProductId)).toEqual([listing.id]);
      expect(found[0]).toMatchObject({ status: "in-review", externalProductId: draft.externalProductId });
      expect(await channel.listings.findBySellerSkus(shop.access, ["nobody-has-this"])).toEqual([]);
    });

    test("a listing: the review's verdict, and what it minds", async () => {
      await shop.endReview(listing.id, "reject");
      const rejected = await current();
      expect(rejected).toMatchObject({ status: "rejected", auditStatus: "rejected" });
      expect(rejected.reasons.length).toBeGreaterThan(0);
      expect(channel.explain(rejected.reasons[0]?.code ?? "").name).not.toBe("unknown");

      const second = await channel.listings.create(shop.access, await aDraft("again"));
      await shop.endReview(second.channelProductId, "approve");
      const ids = second.skus.map(({ channelSkuId }) => channelSkuId);
      listing = { id: second.channelProductId, skuIds: [ids[0] ?? "", ids[1] ?? ""], draft: listing.draft };
      expect((await current()).status).toBe("live");
    });

    test("a listing: changes are walked in order, oldest first", async () => {
      const seen: { channelProductId: string; updatedAt: Date }[] = [];
      for await (const change of channel.listings.changedSince(shop.access, new Date(Date.now() - 3_600_000)))
        seen.push(change);
      expect(seen.map(({ channelProductId }) => channelProductId)).toContain(listing.id);
      const times = seen.map(({ updatedAt }) => updatedAt.getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
    });

    test("prices are absolute and exact", async () => {
      const { currency } = shop.access.current();
      const prices = listing.skuIds.map((channelSkuId, n) => ({
        channelSkuId,
        price: { amountMinor: 1_305n + BigInt(n), currency },
      }));
      await channel.listings.setPrices(shop.access, listing.id, prices);
      const { skus } = await current();
      expect(skus.map(({ price }) => price?.amountMinor).sort()).toEqual([1_305n, 1_306n]);
    });

    test("content is replaced without losing a SKU, a price or stock", async () => {
      const before = await current();
      const skus = before.skus.map((sku) => {
        const drafted = listing.draft.skus.find(({ options }) => sku.sellerSku?.endsWith(options[0]?.value ?? "?"));
        return {
          channelSkuId: sku.channelSkuId,
          sellerSku: sku.sellerSku ?? "",
          externalSkuId: sku.externalSkuId ?? "",
          options: drafted?.options ?? [],
        };
      });
      await channel.listings.reviseContent(
        shop.access,
        listing.id,
        { ...listing.draft.content, title: "Stoneware mug, second edition" },
        skus,
      );
      await shop.endReview(listing.id, "approve");
      const after = await current();
      expect(after.title).toBe("Stoneware mug, second edition");
      expect(sorted(after.skus)).toEqual(sorted(before.skus));
    });

    test("stock is absolute; a SKU that is not ours fails alone", async () => {
      const { id: warehouseId } = await salesWarehouse();
      const set = (channelSkuId: string, quantity: number) => ({ channelSkuId, warehouseId, quantity });
      expect(
        await channel.stock.set(
          shop.access,
          listing.id,
          listing.skuIds.map((id) => set(id, 8)),
        ),
      ).toEqual({ failures: [] });
      const mixed = await channel.stock.set(shop.access, listing.id, [
        set(listing.skuIds[0], 6),
        set("1729999999999999999", 1),
      ]);
      expect(mixed.failures.map(({ key }) => key)).toEqual(["1729999999999999999"]);
      const levels = await channel.stock.read(shop.access, [...listing.skuIds, "1729999999999999999"]);
      expect(levels.map(({ channelSkuId, available }) => [channelSkuId, available]).sort()).toEqual(
        [
          [listing.skuIds[0], 6],
          [listing.skuIds[1], 8],
        ].sort(),
      );
    });

    test("an order: one line a unit, no address while it is on hold", async () => {
      const id = await shop.buy(listing.skuIds[0], 2);
      const [held] = await channel.orders.get(shop.access, [id]);
      expect(held).toMatchObject({
        channelOrderId: id,
        status: "on-hold",
        buyer: null,
        fulfilledBy: "seller",
        shippingBy: "seller",
      });
      expect(held?.lines.map(({ channelSkuId }) => channelSkuId)).toEqual([listing.skuIds[0], listing.skuIds[0]]);
      expect(new Set(held?.lines.map(({ channelLineId }) => channelLineId)).size).toBe(2);
      const [level] = await channel.stock.read(shop.access, [listing.skuIds[0]]);
      expect(level?.available).toBe(4);

      await shop.endHold(id);
      const [released] = await channel.orders.get(shop.access, [id]);
      if (!released) throw new Error("the order is gone");
      order = released;
      expect(order.status).toBe("to-ship");
      expect(order.buyer?.address).toMatchObject({
        address1: expect.stringMatching(/./),
        city: expect.stringMatching(/./),
        countryCode: expect.stringMatching(/^[A-Z]{2}$/),
      });
    });

    test("an order: what the buyer paid is the sum of its parts", () => {
      const { money, lines } = order;
      const fees = money.fees.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
      expect(money.totalMinor).toBeGreaterThan(0n);
      expect(money.subTotalMinor + money.shippingMinor + money.taxMinor + fees).toBe(money.totalMinor);
      expect(lines.reduce((sum, { originalMinor }) => sum + originalMinor, 0n)).toBe(money.originalProductMinor);
    });

    test("orders are found by time; an id nobody has is left out and spoils nothing", async () => {
      const ids: string[] = [];
      for await (const { channelOrderId } of channel.orders.changedSince(shop.access, new Date(Date.now() - 3_600_000)))
        ids.push(channelOrderId);
      expect(ids).toContain(order.channelOrderId);
      const found = await channel.orders.get(shop.access, ["576999999999999999", order.channelOrderId]);
      expect(found.map(({ channelOrderId }) => channelOrderId)).toEqual([order.channelOrderId]);
      expect(await channel.orders.get(shop.access, ["576999999999999999"])).toEqual([]);
    });

    test("a parcel: shipped once, the second time is a conflict, and what is known can be read", async () => {
      const carriers = await channel.setup.carriers(shop.access, order.deliveryOptionId ?? "", {
        warehouse: "US",
        buyer: "US",
      });
      const carrierId = carriers.find(({ name }) => name === shop.parcel.carrierName)?.id ?? "";
      const { trackingNumber } = shop.parcel;
      const channelLineIds = order.lines.map(({ channelLineId }) => channelLineId);
      const parcel = { order, channelLineIds, carrierId, trackingNumber };
      expect(await failureOf(channel.orders.ship(shop.access, { ...parcel, carrierId: "1" }))).toMatchObject({
        family: "invalid",
        mayHaveHappened: false,
      });
      const { packageId } = await channel.orders.ship(shop.access, parcel);
      expect(await channel.orders.getPackage(shop.access, packageId)).toMatchObject({
        packageId,
        trackingNumber,
        carrierId,
      });
      expect(await failureOf(channel.orders.ship(shop.access, parcel))).toMatchObject({
        family: "conflict",
        mayHaveHappened: false,
      });
      expect(await channel.orders.getPackage(shop.access, "1159999999999999999")).toBeNull();
    });

    test("a cancellation by the buyer: the order, the stock and the record agree", async () => {
      const id = await shop.buy(listing.skuIds[1], 1);
      await shop.cancelByBuyer(id);
      const [cancelled] = await channel.orders.get(shop.access, [id]);
      expect(cancelled?.status).toBe("cancelled");
      const records = [];
      for await (const record of channel.orders.cancellations(shop.access, { channelOrderIds: [id] }))
        records.push(record);
      expect(records).toMatchObject([
        { channelOrderId: id, by: "buyer", channelLineIds: cancelled?.lines.map(({ channelLineId }) => channelLineId) },
      ]);
      expect(["approved", "completed"]).toContain(records[0]?.status);
      const byTime = [];
      for await (const record of channel.orders.cancellations(shop.access, { since: new Date(Date.now() - 3_600_000) }))
        byTime.push(record.channelOrderId);
      expect(byTime).toContain(id);
    });

    test("a cancellation by the seller: what may be cancelled is told, done once, and the second time is a refusal", async () => {
      const id = await toShip();
      const [bought] = await channel.orders.get(shop.access, [id]);
      const offered = await channel.afterSales.cancellable(shop.access, id);
      expect(offered.channelLineIds).toEqual(bought?.lines.map(({ channelLineId }) => channelLineId));
      expect(offered.refusedCode).toBeNull();
      const reason = offered.reasons.find(({ meaning }) => meaning === "out-of-stock")?.code ?? "";
      const begun = { channelOrderId: id, channelLineIds: null, reason };
      expect(
        await failureOf(channel.afterSales.cancel(shop.access, { ...begun, reason: "no-such-reason" })),
      ).toMatchObject({ mayHaveHappened: false });
      const { channelCancelId } = await channel.afterSales.cancel(shop.access, begun);
      expect(await cancellationsOf(id)).toMatchObject([{ channelCancelId, by: "seller", channelOrderId: id }]);
      expect((await channel.orders.get(shop.access, [id]))[0]?.status).toBe("cancelled");
      expect(await failureOf(channel.afterSales.cancel(shop.access, begun))).toMatchObject({ mayHaveHappened: false });
      const after = await channel.afterSales.cancellable(shop.access, id);
      expect(after.channelLineIds).toEqual([]);
      expect(channel.explain(after.refusedCode ?? "").name).not.toBe("unknown");
    });

    test("a buyer's request to cancel: it names a time, is answered once, and a repeat under the same key changes nothing", async () => {
      for (const kind of ["refuse-cancellation", "approve-cancellation"] as const) {
        const id = await toShip();
        await shop.askToCancel(id);
        const [asked] = await cancellationsOf(id);
        expect(asked).toMatchObject({ status: "requested", by: "buyer" });
        expect(asked?.answerBy?.getTime()).toBeGreaterThan(Date.now());
        const requestId = asked?.channelCancelId ?? "";
        const open = await channel.afterSales.openDecisions(shop.access, requestId);
        expect(open.map((one) => one.kind).sort()).toEqual(["approve-cancellation", "refuse-cancellation"]);
        const chosen = open.find((one) => one.kind === kind);
        const decision = aDecision(kind, requestId, chosen?.reasons[0]?.code);
        await channel.afterSales.decide(shop.access, decision);
        await channel.afterSales.decide(shop.access, decision);
        expect(await failureOf(channel.afterSales.decide(shop.access, { ...decision, key: "another" }))).toMatchObject({
          mayHaveHappened: false,
        });
        expect(await channel.afterSales.openDecisions(shop.access, requestId)).toEqual([]);
        const [order] = await channel.orders.get(shop.access, [id]);
        expect(order?.status).toBe(kind === "approve-cancellation" ? "cancelled" : "to-ship");
        expect(order?.buyerAskedToCancel).toBe(false);
      }
    });

    test("a return: asked for, sent back, received; each step offers what fits it, and the money is what was paid", async () => {
      const id = await delivered();
      const [sold] = await channel.orders.get(shop.access, [id]);
      const requestId = await shop.askReturn(id, "return");
      expect(await returnOf(requestId)).toMatchObject({
        ...{
          channelOrderId: id,
          kind: "return",
          status: "requested",
          by: "buyer",
          isKept: false,
          trackingNumber: null,
        },
        channelLineIds: sold?.lines.map(({ channelLineId }) => channelLineId),
      });
      expect((await returnOf(requestId)).answerBy?.getTime()).toBeGreaterThan(Date.now());
      const open = (await channel.afterSales.openDecisions(shop.access, requestId)).map((one) => one.kind);
      expect(open).toEqual(expect.arrayContaining(["approve-return", "refuse-return", "refund-now", "offer-part"]));
      expect(open).not.toContain("approve-received");
      expect(open).not.toContain("approve-replacement");
      await channel.afterSales.decide(shop.access, aDecision("approve-return", requestId));
      expect((await returnOf(requestId)).status).toBe("awaiting-item");
      await shop.sendBack(requestId);
      expect(await returnOf(requestId)).toMatchObject({
        status: "item-sent",
        trackingNumber: expect.stringMatching(/./),
      });
      const received = (await channel.afterSales.openDecisions(shop.access, requestId)).map((one) => one.kind).sort();
      expect(received).toEqual(["approve-received", "refuse-received"]);
      await channel.afterSales.decide(shop.access, aDecision("approve-received", requestId));
      const done = await returnOf(requestId);
      expect(["approved", "completed"]).toContain(done.status);
      expect(done.refundMinor).toBe(sold?.money.totalMinor);
    });

    test("refunds and replacements: a refusal needs a reason of the channel's, an offer is told with its amount", async () => {
      const refund = await shop.askReturn(await delivered(), "refund");
      const refusal = (await channel.afterSales.openDecisions(shop.access, refund)).find(
        (one) => one.kind === "refuse-refund",
      );
      expect(refusal?.reasons.length).toBeGreaterThan(0);
      const refused = aDecision("refuse-refund", refund, refusal?.reasons[0]?.code);
      expect(
        await failureOf(channel.afterSales.decide(shop.access, { ...refused, reason: "none-of-theirs", key: "k" })),
      ).toMatchObject({ mayHaveHappened: false });
      await channel.afterSales.decide(shop.access, refused);
      expect(await returnOf(refund)).toMatchObject({ kind: "refund", status: "rejected" });

      const offered = await shop.askReturn(await delivered(), "return");
      const { currency } = shop.access.current();
      await channel.afterSales.decide(shop.access, {
        ...aDecision("offer-part", offered),
        offer: { amountMinor: 500n, currency },
      });
      expect(await returnOf(offered)).toMatchObject({ status: "offered" });

      const again = await shop.askReturn(await delivered(), "replacement");
      const kinds = (await channel.afterSales.openDecisions(shop.access, again)).map((one) => one.kind);
      expect(kinds).toEqual(expect.arrayContaining(["approve-replacement", "refuse-replacement", "refund-instead"]));
      await channel.afterSales.decide(shop.access, aDecision("approve-replacement", again));
      expect(await returnOf(again)).toMatchObject({ kind: "replacement", status: "completed" });

      const byTime: string[] = [];
      for await (const one of channel.afterSales.returns(shop.access, { since: new Date(Date.now() - 3_600_000) }))
        byTime.push(one.channelReturnId);
      expect(byTime).toEqual(expect.arrayContaining([refund, offered, again]));
    });

    test("deliveries: real ones verify and name the order, changed ones do not", async () => {
      const about = () =>
        shop.webhooks
          .received()
          .filter(({ raw, headers }) =>
            channel.deliveries
              .verify(raw, headers)
              ?.events.some((event) => event.kind === "order-changed" && event.channelOrderId === order.channelOrderId),
          );
      await until(() => about().length > 0);
      const [delivery] = about();
      if (!delivery) throw new Error("no delivery");
      const verified = channel.deliveries.verify(delivery.raw, delivery.headers);
      expect(verified).toMatchObject({ channelShopId: shop.access.current().channelShopId });
      const changed = new Uint8Array([...delivery.raw.slice(0, -1), 0x20, 0x7d]);
      expect(channel.deliveries.verify(changed, delivery.headers)).toBeNull();
      expect(channel.deliveries.verify(delivery.raw, new Headers())).toBeNull();
    });

    test("deactivating stops a listing; a listing that is not there fails alone", async () => {
      const result = await channel.listings.deactivate(shop.access, [listing.id, "1729999999999999999"]);
      expect(result.failures.map(({ key }) => key)).toEqual(["1729999999999999999"]);
      expect((await current()).status).toBe("stopped");
      expect(await channel.listings.get(shop.access, "1729999999999999999")).toBeNull();
    });

    test("activating puts a stopped listing back, through an audit; one that is not there fails alone", async () => {
      if (!channel.listings.activate) return;
      const result = await channel.listings.activate(shop.access, [listing.id, "1729999999999999999"]);
      expect(result.failures.map(({ key }) => key)).toEqual(["1729999999999999999"]);
      expect(["in-review", "live"]).toContain((await current()).status);
    });

    test("an expired token is renewed on the way", async () => {
      await shop.expireAccessToken();
      const before = shop.access.current().accessToken;
      expect(await channel.setup.warehouses(shop.access)).not.toEqual([]);
      expect(shop.access.current().accessToken).not.toBe(before);
    });

    test("an ended grant is an auth failure, of calls and of renewals", async () => {
      await shop.endGrant();
      expect((await failureOf(channel.setup.warehouses(shop.access))).family).toBe("auth");
    });

    async function toShip(): Promise<string> {
      const id = await shop.buy(listing.skuIds[1], 1);
      await shop.endHold(id);
      return id;
    }

    async function delivered(): Promise<string> {
      const id = await toShip();
      await shop.deliver(id);
      return id;
    }

    async function cancellationsOf(id: string): Promise<Cancellation[]> {
      const found: Cancellation[] = [];
      for await (const one of channel.orders.cancellations(shop.access, { channelOrderIds: [id] })) found.push(one);
      return found;
    }

    async function returnOf(requestId: string): Promise<ChannelReturn> {
      for await (const one of channel.afterSales.returns(shop.access, { since: new Date(Date.now() - 3_600_000) }))
        if (one.channelReturnId === requestId) return one;
      throw new Error("the channel does not know the return");
    }

    async function current(): Promise<ChannelListing> {
      const found = await channel.listings.get(shop.access, listing.id);
      if (!found) throw new Error("the listing is gone");
      return found;
    }

    async function salesWarehouse() {
      const found = (await channel.setup.warehouses(shop.access)).find(
        ({ kind, isEnabled }) => kind === "sales" && isEnabled,
      );
      if (!found) throw new Error("no sales warehouse");
      return found;
    }

    async function aDraft(suffix = "first"): Promise<ListingDraft> {
      const { currency } = shop.access.current();
      const { id: warehouseId } = await salesWarehouse();
      const sku = (value: string) => ({
        externalSkuId: `sku-${suffix}-${value}`,
        sellerSku: `MUG-${suffix}-${value}`,
        price: { amountMinor: 1_250n, currency },
        options: [{ name: "Color", value }],
        stock: [{ warehouseId, quantity: 5 }],
      });
      return {
        idempotencyKey: `key-${suffix}`,
        externalProductId: `listing-${suffix}`,
        content: await aContent(),
        skus: [sku("Blue"), sku("Red")],
      };
    }

    async function aContent(): Promise<ListingContent> {
      const categoryId = (await channel.reference.recommendCategory(shop.access, shop.product)) ?? "";
      const picture = await channel.reference.uploadPicture(shop.access, { ...shop.picture, use: "main" });
      const specs = (await channel.reference.attributes(shop.access, categoryId)).filter(
        ({ purpose, required }) => purpose === "describes" && required,
      );
      return {
        title: shop.product.title,
        descriptionHtml: "<p>Made by hand.</p>",
        categoryId,
        pictureUris: [picture.uri],
        attributes: specs.map(({ id, values, numeric }) => ({
          id,
          values: [values[0] ? { id: values[0].id } : { name: numeric ? "350" : "Plain" }],
        })),
        certificates: [],
        weightGrams: 380,
        packageSizeCm: { length: 12, width: 10, height: 10 },
      };
    }
  });
}

const aDecision = (kind: Decision["kind"], requestId: string, reason: string | null = null): Decision => ({
  ...{
    kind,
    requestId,
    reason,
    key: `${kind} ${requestId}`,
    comment: null,
    evidence: [],
    offer: null,
    keepsItem: false,
  },
});

const sorted = (skus: ChannelListing["skus"]) => [...skus].sort((a, b) => (a.channelSkuId < b.channelSkuId ? -1 : 1));

async function failureOf(outcome: Promise<unknown>): Promise<CallError> {
  const error = await outcome.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof CallError) return error;
  throw error ?? new Error("it should have failed and did not");
}

/** Waits for something that comes by itself; says so when it does not within 10 s. */
async function until(isThere: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!isThere()) {
    if (Date.now() > deadline) throw new Error("it never came");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
