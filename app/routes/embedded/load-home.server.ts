import type { ConnectionView, ShopView } from "../../domains/shops/model.ts";
import type { ConnectionShown } from "../../domains/shops/ui/home-data.ts";
import { formatMoment } from "../../ui/format-time.ts";
import { showProblems } from "./show-problems.server.ts";
import type { Visit } from "./visit.server.ts";

/** Everything the Home screen shows, in final words where words depend on the shop's time zone. */
export async function loadHome(visit: Visit, claim: string | null) {
  const { services, shop } = visit;
  const [connections, problems] = await Promise.all([
    services.shops.listConnections(shop.id),
    showProblems(services, shop),
  ]);
  const isClaimable = claim !== null && (await services.shops.isClaimable(claim));
  const [channelId] = services.channelIds;
  return {
    shop: { domain: shop.domain, name: shop.name },
    markets: channelId
      ? services
          .channel(channelId)
          .consent.markets()
          .map((one) => one.id)
      : [],
    claim: isClaimable ? claim : null,
    problems,
    connections: await Promise.all(connections.map((one) => showConnection(visit, one))),
  };
}

async function showConnection({ services, shop }: Visit, one: ConnectionView): Promise<ConnectionShown> {
  const [readiness, summary] = await Promise.all([
    services.shops.readiness({ shopId: shop.id, connectionId: one.id }),
    services.catalog.summary({ shopId: shop.id, connectionId: one.id }),
  ]);
  const refused = summary.listings.byStatus.refused ?? 0;
  return {
    id: one.id,
    name: one.name,
    region: one.region,
    currency: one.currency,
    status: one.status,
    armedFlows: one.armedFlows,
    ordersFrom: moment(one.ordersCutoffAt, shop),
    readiness: {
      ok: readiness?.ok ?? false,
      checkedAt: moment(readiness?.checkedAt ?? null, shop),
      failing: readiness?.failing ?? [],
    },
    warehouses: (one.readiness?.warehouses ?? []).filter(
      (warehouse) => warehouse.kind === "sales" && warehouse.isEnabled,
    ),
    locations: (one.readiness?.locations ?? []).filter((location) => location.isActive),
    settings: {
      warehouseId: one.settings.warehouseId,
      locationIds: one.settings.locationIds,
      buffer: one.settings.buffer,
    },
    plan: { wouldList: summary.listings.total - refused, refused },
  };
}

function moment(at: Date | null, shop: ShopView): string | null {
  return at && formatMoment(at, shop.timezone);
}
