import type { ActionFunctionArgs } from "@remix-run/node";
import { t } from "../../locales/translate.ts";
import { field, list, refused, told } from "./answers.ts";
import { type Visit, visitOf } from "./visit.server.ts";

/**
 * `/app/orders`: intents `review`, `unreview`, `fulfil`, `look-again` on the orders named by `ids`, and `set-fee` of a connection. Unknown
 * intents are 400.
 */
export async function ordersAction(args: ActionFunctionArgs) {
  const visit = await visitOf(args);
  const { services, shop, actor } = visit;
  const form = await args.request.formData();
  const ids = list(form, "ids");
  const about = { shopId: shop.id, actor };
  switch (field(form, "intent")) {
    case "review": {
      const { changed } = await services.orders.review({ ...about, ids, isReviewed: true });
      return told(t("morning.reviewed", { count: changed.length }), { reviewed: changed });
    }
    case "unreview": {
      const { changed } = await services.orders.review({ ...about, ids, isReviewed: false });
      return told(t("morning.unreviewed", { count: changed.length }), { reviewed: [] });
    }
    case "fulfil":
      return fulfil(visit, form, ids);
    case "look-again": {
      const [id = ""] = ids;
      const { outcome } = await services.orders.lookAgain({ ...about, id });
      return outcome === "looking" ? told(t("orders.page.again.done")) : refused(t("orders.page.again.gone"));
    }
    case "set-fee":
      return setFee(visit, form);
    default:
      throw new Response("unknown intent", { status: 400 });
  }
}

/** Carrier and numbers stand in the order of the ids. Of each order left out it is said why. */
export async function fulfil({ services, shop, actor }: Visit, form: FormData, ids: string[]) {
  const numbers = form.getAll("numbers").map(String);
  const company = field(form, "carrier");
  const parcels = ids.map((id, at) => ({ id, company, trackingNumber: numbers[at] || null }));
  const asked = await services.orders.askFulfilment({ shopId: shop.id, parcels, actor });
  const left = asked.flatMap((one) => one.refusal ?? []);
  const why = [...Map.groupBy(left, (one) => one)].map(([refusal, some]) =>
    t("morning.fulfil.leftOut", { count: some.length, why: t(`morning.fulfil.refusal.${refusal}`) }),
  );
  const count = asked.length - left.length;
  const message = [t("morning.fulfil.asked", { count }), ...why].join(" ");
  return count > 0 ? told(message, { fulfilled: count }) : refused(message, { fulfilled: 0 });
}

/** "6", "2.75" or nothing: what the channel publishes. */
async function setFee({ services, shop, actor }: Visit, form: FormData) {
  const percent = (field(form, "percent") ?? "").trim().replace(",", ".");
  if (!/^(\d{1,2}(\.\d{1,2})?)?$/.test(percent)) return refused(t("morning.fee.invalid"), { feeSaved: false });
  const saved = await services.shops.saveSettings({
    ...{ shopId: shop.id, connectionId: field(form, "connectionId") ?? "", actor },
    change: { feeBasisPoints: percent === "" ? null : Math.round(Number(percent) * 100) },
  });
  if (saved.outcome === "saved") return told(t("morning.fee.saved"), { feeSaved: true });
  return refused(t(saved.outcome === "invalid" ? "morning.fee.invalid" : "morning.fee.gone"), { feeSaved: false });
}
