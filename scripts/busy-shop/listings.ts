import { STORES } from "../../sandbox/stores.ts";
import type { Journey } from "../journey.ts";
import { until } from "../stand/processes.ts";
import type { Progress } from "./progress.ts";

/** So many products are picked and sent at once: the rest of the machine belongs to whoever tries the other shop. */
const AT_ONCE = 20;
const LOOK_MS = 400;

/** Picks and sends the whole catalog, a few products at a time; the audit rejects the last one. */
export async function listEverything(journey: Journey, connectionId: string, progress: Progress): Promise<void> {
  const { products } = await journey.sandbox.post<{ products: { id: string }[] }>("shopify/products", {
    shop: STORES.busy.domain,
  });
  const ids = products.map((one) => one.id);
  const last = ids.pop();
  if (!last) throw new Error("the busy shop has no products");
  for (let done = 0; done < ids.length; done += AT_ONCE) {
    await progress.at("listings", done / products.length, `${done} of ${products.length} listings`);
    const chunk = ids.slice(done, done + AT_ONCE);
    await list(journey, connectionId, chunk, done + chunk.length);
    progress.check();
  }
  await progress.at("listings", ids.length / products.length, `${ids.length} of ${products.length} listings`);
  await send(journey, connectionId, [last], products.length);
  await until("the last listing to wait for its audit, and to be rejected", 60_000, async () => {
    const input = { store: "busy", verdict: "reject", reason: "picture-with-text" };
    return (await journey.sandbox.post<{ rejected: number }>("tiktok/end-audits", input)).rejected > 0;
  });
}

async function list(journey: Journey, connectionId: string, ids: string[], total: number): Promise<void> {
  await send(journey, connectionId, ids, total);
  await until(
    `${total} products to be live`,
    120_000,
    async () => (await journey.merchant.summary()).listings.byStatus.live === total,
    LOOK_MS,
  );
}

async function send({ merchant }: Journey, connectionId: string, ids: string[], total: number): Promise<void> {
  await merchant.submit("/app/products", { intent: "select", connectionId, productIds: ids });
  const checked = async () => {
    const { listings } = await merchant.summary();
    return listings.total === total && !listings.byStatus.selected;
  };
  await until("products to be checked against the channel's rules", 60_000, checked, LOOK_MS);
  await merchant.submit("/app/products", { intent: "apply-defaults", connectionId, listingIds: "all" });
  await until("the defaults to be applied", 60_000, checked, LOOK_MS);
  await merchant.submit("/app/products", { intent: "send", connectionId });
}
