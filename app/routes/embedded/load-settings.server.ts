import type { FormerConnectionShown } from "../../domains/shops/ui/settings-data.ts";
import { formatDay } from "../../ui/format-time.ts";
import { showConnectionSettings } from "./show-connection.server.ts";
import type { Visit } from "./visit.server.ts";

/** Everything the Settings screen shows. */
export async function loadSettings(visit: Visit) {
  const { services, shop } = visit;
  const [connections, former, requests] = await Promise.all([
    services.shops.listConnections(shop.id),
    services.shops.listFormerConnections(shop.id),
    services.orders.listBuyerRequests({ shopId: shop.id }),
  ]);
  return {
    connections: await Promise.all(connections.map((one) => showConnectionSettings(visit, one))),
    former: former.map(
      ({ id, name, endedAt }): FormerConnectionShown => ({
        id,
        name,
        endedAt: endedAt ? formatDay(endedAt, shop.timezone) : "",
      }),
    ),
    buyersWaiting: requests.filter((one) => one.fetchedAt === null).length,
    isGuideShown: shop.guideDismissedAt === null,
  };
}
