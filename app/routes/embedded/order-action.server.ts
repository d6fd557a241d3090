import type { ActionFunctionArgs } from "@remix-run/node";
import { isDecisionKind } from "../../domains/orders/model.ts";
import { t } from "../../locales/translate.ts";
import { BudgetClosed, CallError } from "../../platform/errors.ts";
import { parseDecimal } from "../../platform/money.ts";
import { field, list, refused, told } from "./answers.ts";
import { fulfil } from "./orders-action.server.ts";
import { type Visit, visitOf } from "./visit.server.ts";

/**
 * `/app/orders/:id`: intents `look-again`, `bring`, `labels`, `choose-carrier`, `review`, `unreview`, `note`, `fulfil`, `decide`, `restock`.
 * Unknown intents are 400.
 */
export async function orderAction(args: ActionFunctionArgs) {
  const visit = await visitOf(args);
  const { services, shop, actor } = visit;
  const id = args.params.orderId ?? "";
  const about = { shopId: shop.id, actor };
  const form = await args.request.formData();
  switch (field(form, "intent")) {
    case "look-again": {
      const { outcome } = await services.orders.lookAgain({ ...about, id });
      return outcome === "looking" ? told(t("orders.page.again.done")) : refused(t("orders.page.again.gone"));
    }
    case "review": {
      const { changed } = await services.orders.review({ ...about, ids: [id], isReviewed: true });
      return told(t("morning.reviewed", { count: changed.length }));
    }
    case "unreview": {
      const { changed } = await services.orders.review({ ...about, ids: [id], isReviewed: false });
      return told(t("morning.unreviewed", { count: changed.length }));
    }
    case "note": {
      const { outcome } = await services.orders.note({ ...about, id, text: field(form, "text") ?? "" });
      if (outcome === "noted") return told(t("morning.note.saved"));
      return refused(t(outcome === "too-long" ? "morning.note.tooLong" : "orders.page.again.gone"));
    }
    case "fulfil":
      return fulfil(visit, form, [id]);
    case "decide":
      return decide(visit, id, form);
    case "restock":
      return restock(visit, id, form);
    case "bring": {
      const asked = await services.orders.askImport({ ...about, id });
      const message = t(`incoming.bring.${asked.outcome}`);
      return asked.outcome === "asked" ? told(message) : refused(message);
    }
    case "labels": {
      const found = await labelsOf(services, { ...about, id });
      return found.outcome === "found"
        ? told("", { labels: found.labels })
        : refused(t(`orders.page.label.${found.outcome}`));
    }
    case "choose-carrier": {
      const company = field(form, "company") ?? "";
      const { outcome } = await services.orders.chooseCarrier({
        ...about,
        id,
        company,
        carrierId: field(form, "carrierId") ?? "",
      });
      return outcome === "chosen"
        ? told(t("orders.page.carrier.chosen"))
        : refused(t(`orders.page.carrier.${outcome}`));
    }
    default:
      throw new Response("unknown intent", { status: 400 });
  }
}

/** The channel is asked while somebody waits: its silence is an answer too. */
async function labelsOf(
  { orders }: Visit["services"],
  about: Parameters<Visit["services"]["orders"]["findLabels"]>[0],
) {
  try {
    return await orders.findLabels(about);
  } catch (error) {
    if (!(error instanceof CallError || error instanceof BudgetClosed)) throw error;
    return { outcome: "silent" as const };
  }
}

/** What somebody decided about a cancellation or a return; the channel is told next, and says itself whether it may be. */
async function decide({ services, shop, actor }: Visit, id: string, form: FormData) {
  const order = await services.orders.getOrder({ shopId: shop.id, id });
  if (!order) return refused(t("orders.page.again.gone"));
  const kind = field(form, "kind");
  if (!isDecisionKind(kind)) throw new Response("unknown decision", { status: 400 });
  const offerMinor = readAmount(field(form, "amount"), order.currency);
  if (offerMinor === "wrong") return refused(t("orders.afterSales.told.amount"));
  const picture = form.get("picture");
  const { outcome } = await services.orders.decide({
    ...{ shopId: shop.id, orderId: id, actor, kind, offerMinor },
    ...{ requestId: field(form, "requestId") ?? "", reason: field(form, "reason"), comment: field(form, "comment") },
    channelLineIds: list(form, "unitId"),
    ...(picture instanceof File && picture.size > 0
      ? { picture: { bytes: new Uint8Array(await picture.arrayBuffer()), fileName: picture.name } }
      : {}),
  });
  switch (outcome) {
    case "told":
      return told(t("orders.afterSales.told.done"));
    case "already":
      return refused(t("orders.afterSales.told.already"));
    case "picture-refused":
      return refused(t("orders.afterSales.told.picture"));
    case "not-found":
      return refused(t("orders.afterSales.told.gone"));
  }
}

async function restock({ services, shop, actor }: Visit, orderId: string, form: FormData) {
  const { outcome } = await services.orders.decideRestock({
    ...{ shopId: shop.id, orderId, actor, requestId: field(form, "requestId") ?? "" },
    restockLineIds: list(form, "unitId"),
  });
  if (outcome === "told") return told(t("orders.afterSales.told.restock"));
  return refused(t(outcome === "already" ? "orders.afterSales.told.already" : "orders.afterSales.told.gone"));
}

function readAmount(text: string | null, currency: string): bigint | null | "wrong" {
  if (text === null) return null;
  try {
    const minor = parseDecimal(text, currency);
    return minor > 0n ? minor : "wrong";
  } catch {
    return "wrong";
  }
}
