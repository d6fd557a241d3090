import type { ActionFunctionArgs } from "@remix-run/node";
import { t } from "../../locales/translate.ts";
import { field, refused, told } from "./answers.ts";
import { visitOf } from "./visit.server.ts";

/** `/app/orders/:id`: intents `look-again` and `bring`. Unknown intents are 400. */
export async function orderAction(args: ActionFunctionArgs) {
  const { services, shop, actor } = await visitOf(args);
  const form = await args.request.formData();
  if (field(form, "intent") === "bring") {
    const asked = await services.orders.askImport({ shopId: shop.id, id: args.params.orderId ?? "", actor });
    const message = t(`incoming.bring.${asked.outcome}`);
    return asked.outcome === "asked" ? told(message) : refused(message);
  }
  if (field(form, "intent") !== "look-again") throw new Response("unknown intent", { status: 400 });
  const { outcome } = await services.orders.lookAgain({ shopId: shop.id, id: args.params.orderId ?? "", actor });
  return outcome === "looking" ? told(t("orders.page.again.done")) : refused(t("orders.page.again.gone"));
}
