import type { ActionFunctionArgs } from "@remix-run/node";
import { t } from "../../locales/translate.ts";
import { field, list, refused, told } from "./answers.ts";
import { chooseConnection, showPlan, whyNotSend } from "./load-products.server.ts";
import { productViewAction } from "./product-view-action.server.ts";
import { judgeAll } from "./show-notices.server.ts";
import { visitOf } from "./visit.server.ts";

/**
 * `/app/products`: intents `select` and `unselect` (productIds), `apply-defaults` and `send` (listingIds), `choose` (name, value,
 * productType: one proposal for all products of a type), `plan`, and those of `productViewAction`. A list is the field
 * repeated, one JSON list, or the word `all`; a list left out means all, except for `unselect`. `apply-defaults` takes the proposals of the
 * choices that are open now as well, unless it says `choices=ask`, as the pages do. Unknown intents are 400.
 */
export async function productsAction(args: ActionFunctionArgs) {
  const visit = await visitOf(args);
  const form = await args.request.formData();
  const named = field(form, "connectionId");
  const connection = await chooseConnection(visit, named);
  // a page left open may name a connection that is gone: never act on another one in its place
  if (!connection || (named && connection.id !== named)) return refused(t("home.notConnected"));
  const { catalog } = visit.services;
  const where = { shopId: visit.shop.id, connectionId: connection.id, actor: visit.actor };
  switch (field(form, "intent")) {
    case "select": {
      const { selected, unknown } = await catalog.select({ ...where, productIds: allOr(form, "productIds") });
      if (unknown > 0) return refused(t("products.selectedUnknown", { count: unknown, selected }), { selected });
      return told(t("products.selected", { count: selected }), { selected });
    }
    case "unselect": {
      const { unselected } = await catalog.unselect({ ...where, productIds: list(form, "productIds") });
      return told(t("products.unselected", { count: unselected }), { unselected });
    }
    case "apply-defaults": {
      const choices = field(form, "choices") === "ask" ? "ask" : "take";
      const { applied } = await catalog.applyDefaults({ ...where, listingIds: allOr(form, "listingIds"), choices });
      return told(t("products.applied", { count: applied }), { applied });
    }
    case "choose": {
      const [name, value] = [field(form, "name") ?? "", field(form, "value") ?? ""];
      const of = { productType: field(form, "productType") ?? "" };
      const { chosen } = await catalog.choose({ ...where, name, value, of });
      return told(t("products.chosen", { count: chosen }), { chosen });
    }
    case "plan":
      return told("", { plan: await showPlan(visit, connection) });
    case "send": {
      const [judged] = await judgeAll(visit, [connection]);
      const reason = judged && whyNotSend(judged.state);
      if (reason) return refused(reason);
      const { sent, blocked, waiting } = await catalog.send({ ...where, listingIds: allOr(form, "listingIds") });
      const said = [
        t("products.sent", { count: sent }),
        ...(blocked > 0 ? [t("products.sentBlocked", { count: blocked })] : []),
        ...(waiting > 0 ? [t("products.sentWaiting", { count: waiting })] : []),
      ];
      return told(said.join(" "), { sent });
    }
    case "save-view":
    case "rename-view":
    case "delete-view":
      return productViewAction(visit, form);
    default:
      throw new Response("unknown intent", { status: 400 });
  }
}

/** An empty list is none, not all: only a field left out, or the word itself, means everything. */
function allOr(form: FormData, name: string): "all" | string[] {
  if (!form.has(name)) return "all";
  const ids = list(form, name);
  return ids.includes("all") ? "all" : ids;
}
