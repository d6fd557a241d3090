import { refuseParameters } from "./errors.ts";
import type { Call, World } from "./model.ts";
import { shopOf, takePage } from "./world.ts";

/** What cancellations and returns have in common. */
interface AfterSale {
  id: string;
  shopId: string;
  orderId: string;
  status: string;
  type: string;
  createTime: number;
  updateTime: number;
}

/** A search over cancellations or returns, newest first unless asked otherwise. `named`: what the body calls its filters. */
export function searchAfterSales<T extends AfterSale>(
  world: World,
  call: Call,
  all: ReadonlyMap<string, T>,
  search: { named: { ids: string; statuses: string; types: string }; least: number; most: number },
): { page: T[]; counted: { total_count: number; next_page_token?: string } } {
  const body = call.body as Record<string, unknown>;
  const { named, least, most } = search;
  const size = Number(call.query.get("page_size") ?? 10);
  if (!(size >= least && size <= most)) refuseParameters(`page_size is between ${least} and ${most}`);
  const has = (filter: string, value: string) => {
    const list = body[filter] as string[] | undefined;
    return !list?.length || list.includes(value);
  };
  const time = (filter: string, otherwise: number) => (body[filter] as number | undefined) ?? otherwise;
  const found = [...all.values()].filter(
    (one) =>
      one.shopId === shopOf(call).id &&
      has("order_ids", one.orderId) &&
      has(named.ids, one.id) &&
      has(named.statuses, one.status) &&
      has(named.types, one.type) &&
      has("buyer_user_ids", world.orders.get(one.orderId)?.buyerId ?? "") &&
      one.createTime >= time("create_time_ge", 0) &&
      one.createTime < time("create_time_lt", Number.POSITIVE_INFINITY) &&
      one.updateTime >= time("update_time_ge", 0) &&
      one.updateTime < time("update_time_lt", Number.POSITIVE_INFINITY),
  );
  const field = call.query.get("sort_field") === "update_time" ? "updateTime" : "createTime";
  const direction = call.query.get("sort_order") === "ASC" ? 1 : -1;
  found.sort((a, b) => direction * (a[field] - b[field]));
  const { page, nextToken } = takePage(found, size, call.query.get("page_token"));
  return { page, counted: { total_count: found.length, ...(nextToken ? { next_page_token: nextToken } : {}) } };
}

/** Decides on a request; the same idempotency_key again is answered alike. */
export function decideOnce(world: World, call: Call, id: string, run: () => void): Record<string, never> {
  const key = `${call.operation} ${id}`;
  const given = call.query.get("idempotency_key");
  if (given && world.decisions.get(key) === given) return {};
  run();
  if (given) world.decisions.set(key, given);
  return {};
}
