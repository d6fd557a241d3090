import type { Stand } from "../../../scripts/stand/start-stand.ts";
import type { Seen } from "./seen.ts";
import type { ChaosStore } from "./stores.ts";

/** Problems about orders that are open in the app, by channel order. */
export type Problems = Map<string, string[]>;

const MOST_PRESSES = 3;

/** What a person does about the app's problems, once the weather is calm: what the problem asks for, then "Look again". */
export function createMerchant(stand: Stand, store: ChaosStore) {
  const { merchant } = store.journey;
  const pressed = new Map<string, number>();
  const done: string[] = [];

  async function lookAgain(channelOrderId: string): Promise<void> {
    const query = new URLSearchParams({ search: channelOrderId, view: "all", _data: "routes/app.orders" });
    const { orders } = await merchant.read<{ orders: { id: string }[] }>(`/app/orders?${query}`);
    const id = orders[0]?.id;
    if (id) await merchant.submit("/app/orders", { intent: "look-again", ids: id });
  }

  return {
    async problems(): Promise<Problems> {
      const { problems } = await merchant.summary();
      const byOrder: Problems = new Map();
      for (const { key, kind } of problems) {
        const about = key.split(":").at(-1) ?? "";
        byOrder.set(about, [...(byOrder.get(about) ?? []), kind]);
      }
      return byOrder;
    },
    /** Each order a few times at most. */
    async help(channelOrderId: string, kinds: readonly string[], seen: Seen): Promise<void> {
      const times = pressed.get(channelOrderId) ?? 0;
      if (times >= MOST_PRESSES) return;
      pressed.set(channelOrderId, times + 1);
      if (kinds.includes("cancellation-not-done")) {
        const there = seen.shopify.orders.find((one) => one.sourceIdentifier === channelOrderId && !one.cancelledAt);
        if (there) await stand.sandbox.post("shopify/cancel", { orderId: there.id, refund: false });
      }
      done.push(`${channelOrderId}: ${kinds.join(", ")}`);
      await lookAgain(channelOrderId);
    },
    /** Consents again where the app says that it has to be: a token pair whose renewal was not answered may be lost for good. */
    async reconnect(): Promise<void> {
      const { connections } = await merchant.summary();
      if (connections.some((one) => one.id === store.connectionId && one.status === "active")) return;
      await store.journey.consent();
      done.push("connected again");
    },
    /** Edits the product that nobody buys, and asks whether both sides are ready. */
    async edit(nth: number): Promise<void> {
      const { products } = await stand.sandbox.post<{ products: { id: string; title: string }[] }>("shopify/products");
      const last = products.find((one) => /number 8/.test(one.title));
      if (last)
        await stand.sandbox.post("shopify/edit-product", {
          ...{
            productId: last.id,
            title: `Stoneware Mug of the kiln number 8 glaze ${nth}`,
            price: (20 + nth / 100).toFixed(2),
          },
        });
      await merchant.submit("/app", { intent: "recheck", connectionId: store.connectionId });
    },
    done,
  };
}
