import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { flows } from "../../app/domains/shops/model.ts";
import { type Running, startNode } from "../../scripts/stand/processes.ts";
import { aWorld, until } from "../web/support.ts";

export const ACTOR = { kind: "staff", id: "77" } as const;

interface Seen {
  tiktok: { products: { id: string; status: string; title: string }[]; orders: { id: string }[] };
  shopify: { orders: { id: string; sourceIdentifier: string | null }[] };
  truth: { doubled: number; missing: number; ordersChannel: number; ordersShopify: number };
}

export type SellingWorld = Awaited<ReturnType<typeof aSellingWorld>>;

/** A shop that sells: connected, armed, `count` products live, with a worker process of its own that can be killed. */
export async function aSellingWorld(options: { count?: number } = {}) {
  const world = await aWorld({ catalog: "builtin" });
  const { services, db } = world;
  const logs = fs.mkdtempSync(path.join(os.tmpdir(), "reelshelf-worker-"));
  const workers: Running[] = [];
  const startWorker = (): Running => {
    const env = { ...world.env, PATH: process.env.PATH ?? "", SANDBOX_SHOPIFY_URL: world.sandbox.url };
    const log = path.join(logs, `${workers.length}.log`);
    const worker = startNode("worker", ["--import", "./sandbox/preload.ts", "worker.ts"], env, log);
    workers.push(worker);
    return worker;
  };
  const state = async (): Promise<Seen> =>
    (await fetch(`${world.sandbox.url}/__sandbox/state`)).json() as Promise<Seen>;

  startWorker();
  const shop = await world.install();
  await until("the catalog", async () => (await db.product.count()) >= 60, 60_000);
  await world.connect(shop.id);
  const { id: connectionId } = await db.connection.findFirstOrThrow();
  const where = { shopId: shop.id, connectionId };
  await until("readiness", async () => (await services.shops.readiness(where))?.ok, 30_000);
  await services.shops.arm({ ...where, flows: [...flows], actor: ACTOR });
  const products = await db.product.findMany({ orderBy: { title: "asc" }, take: options.count ?? 100 });
  await services.catalog.select({ ...where, productIds: products.map((one) => one.id), actor: ACTOR });
  await until(
    "the checks",
    async () => (await db.listing.count({ where: { status: "selected" } })) === 0 && (await db.listing.count()) > 0,
    60_000,
  );
  await services.catalog.applyDefaults({ ...where, listingIds: "all", actor: ACTOR });
  await services.catalog.send({ ...where, listingIds: "all", actor: ACTOR });
  const settled = { status: { in: ["live", "refused"] } };
  await until(
    "the listings",
    async () => (await db.listing.count({ where: settled })) === (await db.listing.count()),
    90_000,
  );
  return {
    ...world,
    ...{ shop, connectionId, where, state, startWorker, workers },
    live: async () => (await state()).tiktok.products.filter((one) => one.status === "ACTIVATE").length,
    events: async () => (await db.activity.findMany({ orderBy: { id: "asc" } })).map((one) => one.event),
    /** The leases of a process that was killed run out. */
    async expireLeases() {
      const past = new Date(Date.now() - 1_000);
      await db.dueRow.updateMany({ where: { leaseToken: { not: null } }, data: { leaseUntil: past } });
      await db.laneRow.updateMany({ where: { leaseToken: { not: null } }, data: { leaseUntil: past } });
      await db.objectLease.updateMany({ data: { until: past } });
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await world.close();
      fs.rmSync(logs, { recursive: true, force: true });
    },
  };
}
