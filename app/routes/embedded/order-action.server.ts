import type { ActionFunctionArgs } from "@remix-run/node";
import { t } from "../../locales/translate.ts";
import { field, refused, told } from "./answers.ts";
import { visitOf } from "./visit.server.ts";

/** `/app/orders/:id`: intents `look-again` and `choose-carrier`. Unknown intents are 400. */
export async function orderAction(args: ActionFunctionArgs) {
  const { services, shop, actor } = await visitOf(args);
  const form = await args.request.formData();
  const about = { shopId: shop.id, id: args.params.orderId ?? "", actor };
  switch (field(form, "intent")) {
    case "look-again": {
      const { outcome } = await services.orders.lookAgain(about);
      return outcome === "looking" ? told(t("orders.page.again.done")) : refused(t("orders.page.again.gone"));
    }
    case "choose-carrier": {
      const company = field(form, "company") ?? "";
      const { outcome } = await services.orders.chooseCarrier({
        ...about,
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
