import { LINE_COLUMNS, ORDER_COLUMNS } from "../../domains/orders/model.ts";
import { t, tCode } from "../../locales/translate.ts";
import { momentText, nameDay, startOfNamedDay } from "../../ui/start-of-day.ts";
import { payoutTerms } from "./payout-terms.server.ts";
import type { Visit } from "./visit.server.ts";

const DAY_MS = 24 * 3_600_000;

/** The file is sent as it is made: a year of orders never lies in memory. */
export async function exportOrders(visit: Visit, query: URLSearchParams): Promise<Response> {
  const { services, shop } = visit;
  const zone = shop.timezone;
  const by = query.get("by") === "line" ? ("line" as const) : ("order" as const);
  const from = startOfNamedDay(query.get("from") ?? "", zone);
  const to = startOfNamedDay(query.get("to") ?? "", zone);
  const before = to && startOfNamedDay(nameDay(new Date(to.getTime() + 1.5 * DAY_MS), zone), zone);
  const ids = (query.get("ids") ?? "").split(",").filter(Boolean);
  const [connections, former] = await Promise.all([
    services.shops.listConnections(shop.id),
    services.shops.listFormerConnections(shop.id),
  ]);
  const lines = services.orders.exportOrders({
    ...{ shopId: shop.id, by },
    ...(from ? { from } : {}),
    ...(before ? { before } : {}),
    ...(ids.length > 0 ? { ids } : {}),
    headings: (by === "order" ? ORDER_COLUMNS : LINE_COLUMNS).map((column) => t(`morning.csv.${column}`)),
    at: (moment) => momentText(moment, zone),
    status: (status) => tCode(`orders.status.${status}`, { status }, "orders.status.unknown"),
    terms: payoutTerms(visit, [...connections, ...former]),
  });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  const name = ["orders", query.get("from"), query.get("to")].filter((part) => part && /^[\w-]+$/.test(part)).join("_");
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    },
  });
}
