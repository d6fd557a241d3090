import type { ActionFunctionArgs } from "@remix-run/node";
import { flows, isFlow } from "../../domains/shops/model.ts";
import { t } from "../../locales/translate.ts";
import { CallError } from "../../platform/errors.ts";
import { field, leave, list, refused, told } from "./answers.ts";
import { haltConnection } from "./halt-connection.server.ts";
import { saveImporting } from "./save-importing.server.ts";
import { type Visit, visitOf } from "./visit.server.ts";

/** `/app/settings`: see `actOnConnection`, and `show-guide`. */
export async function connectionAction(args: ActionFunctionArgs) {
  const visit = await visitOf(args);
  const form = await args.request.formData();
  if (field(form, "intent") !== "show-guide") return actOnConnection(visit, form);
  await visit.services.shops.showGuide({ shopId: visit.shop.id, isShown: true, actor: visit.actor });
  return told(t("settings.told.guide"));
}

/**
 * What can be done about one connection: `connect`, `arm`, `pause`, `settings`, `importing`, `recheck`, and halting it (`haltConnection`). Another
 * shop's connection is answered like one that is not there. Unknown intents are 400.
 */
export async function actOnConnection(visit: Visit, form: FormData) {
  const connectionId = field(form, "connectionId") ?? "";
  switch (field(form, "intent")) {
    case "connect":
      return connect(visit, field(form, "market"), connectionId);
    case "arm":
      return arm(visit, connectionId, chosenFlows(form));
    case "pause":
      return pause(visit, connectionId, chosenFlows(form));
    case "settings":
      return saveSettings(visit, connectionId, form);
    case "importing":
      return saveImporting(visit, connectionId, form);
    case "recheck":
      return recheck(visit, field(form, "connectionId"));
    default:
      return haltConnection(visit, connectionId, form);
  }
}

/** None named: all of them. */
function chosenFlows(form: FormData) {
  const named = list(form, "flows").filter(isFlow);
  return named.length > 0 ? named : [...flows];
}

/** To the channel's consent page; with a connection named, for that one. Another shop's connection is as good as none. */
async function connect({ services, shop, actor }: Visit, market: string | null, connectionId: string) {
  const meant = connectionId ? await services.shops.getConnection(shop.id, connectionId) : null;
  if (connectionId && !meant) return refused(t("home.notConnected"));
  const channel = meant?.channel ?? services.channelIds[0] ?? "";
  const wanted = market ?? meant?.market;
  const known = services
    .channel(channel)
    .consent.markets()
    .some((one) => one.id === wanted);
  const { url } = await services.shops.makeConsentTicket({
    shopId: shop.id,
    staffId: actor.id,
    channel,
    ...(wanted && known ? { market: wanted } : {}),
    ...(meant ? { connectionId: meant.id } : {}),
  });
  // not the library's redirect: it answers the page's call with 401, which every browser reports as an error
  return leave(`${services.config.shopify.appUrl}${url}`);
}

async function arm({ services, shop, actor }: Visit, connectionId: string, chosen: ReturnType<typeof chosenFlows>) {
  const outcome = await services.shops.arm({ shopId: shop.id, connectionId, flows: chosen, actor });
  switch (outcome.outcome) {
    case "armed":
      return told(t("home.arm.done"), { armedFlows: outcome.flows });
    case "not-ready":
      return refused(t("home.arm.notReady", { codes: outcome.failing.map((item) => item.code).join(", ") }), {
        failing: outcome.failing,
      });
    case "not-connected":
      return refused(t("home.notConnected"));
    default:
      return outcome satisfies never;
  }
}

async function pause({ services, shop, actor }: Visit, connectionId: string, chosen: ReturnType<typeof chosenFlows>) {
  const isDone = await services.shops.disarm({ shopId: shop.id, connectionId, flows: chosen, actor });
  return isDone ? told(t("home.arm.paused")) : refused(t("home.notConnected"));
}

async function saveSettings({ services, shop, actor }: Visit, connectionId: string, form: FormData) {
  const change: Record<string, unknown> = {};
  if (form.has("warehouseId")) change.warehouseId = field(form, "warehouseId");
  if (form.has("locationIds")) change.locationIds = list(form, "locationIds");
  for (const name of ["buffer", "share", "defaultWeightGrams"])
    if (form.has(name)) change[name] = Number(form.get(name));
  if (form.has("customerPolicy")) change.customerPolicy = field(form, "customerPolicy") ?? "guest";
  if (form.has("exchangeRate")) {
    const currency = (await services.shops.getConnection(shop.id, connectionId))?.currency;
    const rate = field(form, "exchangeRate");
    change.exchangeRates = currency && rate ? { [currency]: rate } : {};
  }
  if (form.has("restockReturns")) change.restockReturns = field(form, "restockReturns");
  if (form.has("carrierFallbackId")) change.carrierFallbackId = field(form, "carrierFallbackId");
  const outcome = await services.shops.saveSettings({ shopId: shop.id, connectionId, change, actor });
  switch (outcome.outcome) {
    case "saved":
      return told(t("home.stock.saved"), { settings: outcome.settings });
    case "invalid":
      return refused(t("home.stock.invalid", { fields: Object.keys(outcome.fields).join(", ") }));
    case "not-connected":
      return refused(t("home.notConnected"));
    default:
      return outcome satisfies never;
  }
}

/** One connection, or all of this shop. */
async function recheck({ services, shop }: Visit, connectionId: string | null) {
  const all = connectionId
    ? [connectionId]
    : (await services.shops.listConnections(shop.id)).filter((one) => one.status === "active").map((one) => one.id);
  try {
    for (const id of all) await services.shops.recheck({ shopId: shop.id, connectionId: id });
    return told(t("home.ready.rechecked"));
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    return refused(t("app.platformSilent"));
  }
}
