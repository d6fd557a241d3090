import type { Carrier } from "../../../channels/port.ts";
import { after } from "../../../platform/clock.ts";
import type { OrdersConnection, OrdersDeps } from "../deps.ts";

const KEPT_MS = 60 * 60_000;

/** The channel's carriers by delivery option, asked for at most once an hour in each process. */
function createCarriers(deps: OrdersDeps) {
  const kept = new Map<string, { carriers: Carrier[]; until: Date }>();
  return async (
    connection: OrdersConnection,
    deliveryOptionId: string,
    buyerRegion: string | null,
  ): Promise<Carrier[]> => {
    const key = `${connection.id} ${deliveryOptionId} ${buyerRegion ?? ""}`;
    const known = kept.get(key);
    if (known && known.until > deps.clock.now()) return known.carriers;
    const regions = { warehouse: connection.region, ...(buyerRegion ? { buyer: buyerRegion } : {}) };
    const carriers = await deps
      .channels(connection.channel)
      .setup.carriers(deps.forShop(connection.id), deliveryOptionId, regions);
    kept.set(key, { carriers, until: after(deps.clock.now(), KEPT_MS) });
    return carriers;
  };
}

export type FindCarriers = ReturnType<typeof createCarriers>;

const byRoom = new WeakMap<OrdersDeps, FindCarriers>();

/** One memory of carriers for a room. */
export function carriersFor(deps: OrdersDeps): FindCarriers {
  const known = byRoom.get(deps) ?? createCarriers(deps);
  byRoom.set(deps, known);
  return known;
}
