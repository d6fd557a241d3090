import type { ActionFunctionArgs } from "@remix-run/node";
import { t } from "../../locales/translate.ts";
import { field, refused, told } from "./answers.ts";
import { fulfil } from "./orders-action.server.ts";
import { visitOf } from "./visit.server.ts";

/** `/app/orders/:id`: intents `look-again`, `review`, `unreview`, `note`, `fulfil`. Unknown intents are 400. */
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
    default:
      throw new Response("unknown intent", { status: 400 });
  }
}
