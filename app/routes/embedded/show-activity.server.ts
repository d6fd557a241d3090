import type { Services } from "../../composition.server.ts";
import type { ShopView } from "../../domains/shops/model.ts";
import { isFlow } from "../../domains/shops/model.ts";
import type { ActivityShown } from "../../domains/shops/ui/activity-data.ts";
import { t, tCode, type Values } from "../../locales/translate.ts";
import { formatMoment } from "../../ui/format-time.ts";
import { pageOf } from "./page-of.ts";

type Entry = Awaited<ReturnType<Services["activity"]["listActivity"]>>["entries"][number];
type Sent = Awaited<ReturnType<Services["inventory"]["listSent"]>>[number];

/** An event as a sentence. One that a newer version wrote is readable too: its name stands in. `names`: of connections, by id. */
export function showActivity(entry: Entry, shop: ShopView, names: ReadonlyMap<string, string>): ActivityShown {
  const [kind = "", ...rest] = entry.event.split(".");
  const values = { ...valuesOf(entry, names), event: entry.event };
  return {
    id: `event-${entry.id}`,
    at: formatMoment(entry.at, shop.timezone),
    sentence: tCode(`activity.events.${kind}.${rest.join(".")}`, values, "activity.unknown"),
    actor: tCode(`activity.actor.${entry.actor.kind}`, { id: entry.actor.id }, "activity.actor.unknown"),
    link: linkOf(entry.subject, values),
  };
}

/** A stock number the channel took. */
export function showStock(
  sent: Sent,
  shop: ShopView,
  sku: { listingId: string; title: string; variant: string | null } | undefined,
): ActivityShown {
  const title = sku ? [sku.title, sku.variant].filter(Boolean).join(" · ") : t("activity.subject.listing");
  return {
    id: `stock-${sent.id}`,
    at: formatMoment(sent.at, shop.timezone),
    sentence: t("activity.stock", { title, before: sent.before, after: sent.after }),
    actor: t("activity.actor.job"),
    link: sku ? { url: `/app/products/${sku.listingId}`, label: sku.title } : null,
  };
}

function valuesOf(entry: Entry, names: ReadonlyMap<string, string>): Values {
  const [subject = "", id = ""] = entry.subject.split(":");
  const data = (entry.data ?? {}) as Record<string, unknown>;
  const values: Values = {
    title: t("activity.subject.listing"),
    name: (subject === "connection" ? names.get(id) : undefined) ?? t("activity.subject.connection"),
    channelOrderId: "",
    count: 0,
  };
  for (const [name, value] of Object.entries(data))
    if (typeof value === "string" || typeof value === "number") values[name] = value;
  if (typeof data.names === "string") values.name = data.names;
  if (Array.isArray(data.flows))
    values.flows = data.flows
      .map(String)
      .filter(isFlow)
      .map((flow) => t(`home.flows.${flow}`).toLowerCase())
      .join(", ");
  return values;
}

function linkOf(subject: string, values: Values): ActivityShown["link"] {
  const [kind] = subject.split(":");
  const url = pageOf(subject);
  if (kind === "buyer-data" && url) return { url, label: t("privacy.title") };
  if (url) return { url, label: String(kind === "order" ? values.channelOrderId : values.title) };
  if (kind === "connection" || kind === "grant") return { url: "/app/settings", label: String(values.name) };
  return null;
}
