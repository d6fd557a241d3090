import type { ConnectionView } from "../../domains/shops/model.ts";
import type { ConnectionShown } from "../../domains/shops/ui/home-data.ts";
import type { ConnectionSettingsShown } from "../../domains/shops/ui/settings-data.ts";
import { formatDay, formatMoment } from "../../ui/format-time.ts";
import { planInNumbers } from "./load-guide.server.ts";
import { judgeAll, showNotice } from "./show-notices.server.ts";
import type { Visit } from "./visit.server.ts";

/** A connection in final words: its readiness, what can be set and what turning on would do. */
export async function showConnection({ services, shop }: Visit, one: ConnectionView): Promise<ConnectionShown> {
  const where = { shopId: shop.id, connectionId: one.id };
  const [readiness, plan] = await Promise.all([services.shops.readiness(where), planInNumbers(services, one)]);
  const moment = (at: Date | null) => at && formatMoment(at, shop.timezone);
  return {
    id: one.id,
    name: one.name,
    region: one.region,
    currency: one.currency,
    status: one.status,
    armedFlows: one.chosenFlows,
    ordersFrom: moment(one.ordersCutoffAt),
    readiness: {
      ok: readiness?.ok ?? false,
      checkedAt: moment(readiness?.checkedAt ?? null),
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
    plan,
  };
}

/** The same with what can be halted and ended, and what that would touch. */
export async function showConnectionSettings(visit: Visit, one: ConnectionView): Promise<ConnectionSettingsShown> {
  const { services, shop } = visit;
  const where = { shopId: shop.id, connectionId: one.id };
  const [shown, [judged], selling, open] = await Promise.all([
    showConnection(visit, one),
    judgeAll(visit, [one]),
    services.catalog.selling(where),
    services.orders.openOrders(where),
  ]);
  const moment = (at: Date | null) => at && formatMoment(at, shop.timezone);
  return {
    ...shown,
    pausedAt: moment(one.pausedAt),
    stoppedAt: moment(one.sellingStoppedAt),
    isEnding: one.endingAt !== null,
    importing: one.settings.importing,
    buyerMoney: {
      customerPolicy: one.settings.customerPolicy,
      shopCurrency: shop.currency,
      exchangeRate: one.settings.exchangeRates[one.currency] ?? "",
    },
    restockReturns: one.settings.restockReturns,
    // its own card says which flows are on
    notice: judged && judged.state.kind !== "listings-off" ? await showNotice(visit, judged) : null,
    consentUntil: one.consentEndsAt && formatDay(one.consentEndsAt, shop.timezone),
    selling,
    openOrders: { ...open, shipBy: moment(open.shipBy) },
  };
}
