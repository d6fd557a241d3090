import type { Orders } from "../../domains/orders/index.server.ts";
import type { PickSheet, SheetShown, SlipShown } from "../../domains/orders/ui/print-data.ts";
import { t } from "../../locales/translate.ts";
import { formatDay, formatMoment } from "../../ui/format-time.ts";
import type { Visit } from "./visit.server.ts";

type Order = NonNullable<Awaited<ReturnType<Orders["getOrder"]>>>;

/** So many parcels at once: more than two pages of the list. */
const MOST = 100;

/** What is to be printed for the orders named: `kind` pick or slips. Those of other shops are not there; what is not to be packed is left out. */
export async function loadPrint({ services, shop }: Visit, query: URLSearchParams): Promise<SheetShown> {
  const ids = [...new Set((query.get("ids") ?? "").split(","))].filter(Boolean).slice(0, MOST);
  const found = await Promise.all(ids.map((id) => services.orders.getOrder({ shopId: shop.id, id })));
  const all = found.flatMap((one) => one ?? []);
  const orders = all.filter((one) => one.status !== "cancelled" && one.status !== "unpaid");
  const leftOut = all.length - orders.length;
  const names = await services.catalog.nameSkus({
    shopId: shop.id,
    listingSkuIds: orders.flatMap((one) => one.lines.flatMap((line) => line.listingSkuId ?? [])),
  });
  const sheet = {
    count: orders.length,
    leftOut: leftOut > 0 ? t("morning.print.leftOut", { count: leftOut }) : null,
  };
  if (query.get("kind") === "pick") {
    const rows = pickRows(orders, names);
    const units = t("orders.units", { count: rows.reduce((sum, row) => sum + row.quantity, 0) });
    const at = formatMoment(services.clock.now(), shop.timezone);
    return { kind: "pick", ...sheet, rows, lead: t("morning.print.pick.lead", { units, count: orders.length, at }) };
  }
  const slips = orders.map(
    (order): SlipShown => ({
      ...{ id: order.id, shop: shop.name || shop.domain },
      title: t("morning.print.slips.order", { name: nameOf(order) }),
      numbers: [
        t("morning.print.slips.channelOrder", { name: order.channelOrderId }),
        t("morning.print.slips.bought", { at: formatDay(order.createdAt, shop.timezone) }),
      ],
      ...addressOf(order),
      rows: pickRows([order], names),
      message: order.buyer?.message || null,
    }),
  );
  return { kind: "slips", ...sheet, slips };
}

/** Countries that write the town before the postal code. */
const CITY_FIRST = new Set(["US", "CA", "AU"]);

type Names = Awaited<ReturnType<Visit["services"]["catalog"]["nameSkus"]>>;
const nameOf = (order: Order): string => order.shopifyOrderName ?? order.channelOrderId;

/** What to take for these orders, each SKU once. What was cancelled stays on the shelf. */
function pickRows(orders: Order[], names: Names): PickSheet["rows"] {
  const units = orders.flatMap((order) =>
    order.lines.filter((line) => line.status !== "cancelled").map((line) => ({ line, order: nameOf(order) })),
  );
  return [...Map.groupBy(units, ({ line }) => line.channelSkuId)]
    .flatMap(([key, some]) => {
      const [first] = some;
      if (!first) return [];
      const name = names.get(first.line.listingSkuId ?? "");
      const counts = [...Map.groupBy(some, (one) => one.order)];
      return {
        ...{ key, quantity: some.length, sku: first.line.sellerSku ?? "" },
        title: name ? [name.title, name.variant].filter(Boolean).join(" · ") : first.line.title,
        orders: counts.map(([order, own]) => (own.length > 1 ? `${order} (${own.length})` : order)).join(", "),
      };
    })
    .sort((a, b) => a.title.localeCompare(b.title));
}

function addressOf(order: Order): Pick<SlipShown, "address" | "noAddress"> {
  if (order.isAddressErased) return { address: [], noAddress: t("morning.print.slips.forgotten") };
  const buyer = order.buyer?.buyer;
  if (!buyer || buyer.isMasked) return { address: [], noAddress: t("morning.print.slips.noAddress") };
  const { name, address1, address2, postalCode, city, province, provinceCode, countryCode, phone } = buyer.address;
  const place = CITY_FIRST.has(countryCode)
    ? [city, [provinceCode || province, postalCode].filter(Boolean).join(" ")].filter(Boolean).join(", ")
    : [[postalCode, city].filter(Boolean).join(" "), province].filter(Boolean).join(", ");
  return { address: [name, address1, address2, place, countryCode, phone].filter(Boolean), noAddress: null };
}
