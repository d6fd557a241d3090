import type { Stand } from "../../../scripts/stand/start-stand.ts";
import type { Seen } from "./seen.ts";
import type { ChaosStore } from "./stores.ts";

/** Problems about orders that are open in the app, by channel order, with the app's own name of the order. */
export type Problems = Map<string, { kinds: string[]; orderId: string }>;

const MOST_PRESSES = 3;

/** What a person does about the app's problems, once the weather is calm: what the problem asks for, then "Look again". */
export function createMerchant(stand: Stand, store: ChaosStore) {
  const { merchant } = store.journey;
  const pressed = new Map<string, number>();
  const done: string[] = [];

  return {
    async problems(): Promise<Problems> {
      const { problems } = await merchant.summary();
      const byOrder: Problems = new Map();
      for (const { key, kind, subject } of problems) {
        if (!subject?.startsWith("order:")) continue;
        const about = key.split(":").at(-1) ?? "";
        const known = byOrder.get(about)?.kinds ?? [];
        byOrder.set(about, { kinds: [...known, kind], orderId: subject.slice("order:".length) });
      }
      return byOrder;
    },
    /** Each order a few times at most. */
    async help(channelOrderId: string, problems: Problems, seen: Seen): Promise<void> {
      const { kinds = [], orderId } = problems.get(channelOrderId) ?? {};
      if (!orderId) return;
      const times = pressed.get(channelOrderId) ?? 0;
      if (times >= MOST_PRESSES) return;
      pressed.set(channelOrderId, times + 1);
      if (kinds.includes("cancellation-not-done")) {
        const there = seen.shopify.orders.find((one) => one.sourceIdentifier === channelOrderId && !one.cancelledAt);
        if (there) await stand.sandbox.post("shopify/cancel", { orderId: there.id, refund: false });
      }
      done.push(`${channelOrderId}: ${kinds.join(", ")}`);
      await merchant.submit("/app/orders", { intent: "look-again", ids: orderId });
    },
    /** Consents again where the app says that it has to be: a token pair whose renewal was not answered may be lost for good. */
    async reconnect(): Promise<void> {
      const { connections } = await merchant.summary();
      if (connections.some((one) => one.id === store.connectionId && one.status === "active")) return;
      await store.journey.consent();
      done.push("connected again");
    },
    /** Presses "Try again" where the app says that work stands still: it was interrupted again and again. */
    async tryAgain(): Promise<void> {
      const { problems } = await merchant.summary();
      if (!problems.some(({ kind }) => kind === "work-parked")) return;
      await merchant.submit("/app", { intent: "try-again" });
      done.push("tried again");
    },
    /** Looks at the app's first page. */
    open: () => merchant.summary(),
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
