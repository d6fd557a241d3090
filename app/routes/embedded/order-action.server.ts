import type { ActionFunctionArgs } from "@remix-run/node";
import { t } from "../../locales/translate.ts";
import { BudgetClosed, CallError } from "../../platform/errors.ts";
import { field, refused, told } from "./answers.ts";
import { type Visit, visitOf } from "./visit.server.ts";

/** `/app/orders/:id`: intents `look-again`, `bring`, `labels` and `choose-carrier`. Unknown intents are 400. */
export async function orderAction(args: ActionFunctionArgs) {
  const { services, shop, actor } = await visitOf(args);
  const form = await args.request.formData();
  const about = { shopId: shop.id, id: args.params.orderId ?? "", actor };
  switch (field(form, "intent")) {
    case "look-again": {
      const { outcome } = await services.orders.lookAgain(about);
      return outcome === "looking" ? told(t("orders.page.again.done")) : refused(t("orders.page.again.gone"));
    }
    case "bring": {
      const asked = await services.orders.askImport(about);
      const message = t(`incoming.bring.${asked.outcome}`);
      return asked.outcome === "asked" ? told(message) : refused(message);
    }
    case "labels": {
      const found = await labelsOf(services, about);
      return found.outcome === "found"
        ? told("", { labels: found.labels })
        : refused(t(`orders.page.label.${found.outcome}`));
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
