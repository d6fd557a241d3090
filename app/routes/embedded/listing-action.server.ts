import type { ActionFunctionArgs } from "@remix-run/node";
import { t } from "../../locales/translate.ts";
import { sayDone } from "../blocks/product-block-action.server.ts";
import { field, refused, told } from "./answers.ts";
import { visitOf } from "./visit.server.ts";

/**
 * `/app/products/:id`: intents `list` and `stop`, `apply-defaults`, `choose` (name, value: one proposal). Each concerns this listing alone.
 * Unknown intents are 400; a listing of another shop is as one that is not there.
 */
export async function listingAction(args: ActionFunctionArgs) {
  const visit = await visitOf(args);
  const { services, shop, actor } = visit;
  const { catalog } = services;
  const form = await args.request.formData();
  const intent = field(form, "intent");
  const listingId = args.params.listingId ?? "";
  const listing = await catalog.getListing({ shopId: shop.id, listingId });
  if (!listing) return refused(t("listing.gone"));
  const where = { shopId: shop.id, connectionId: listing.connectionId, actor };
  switch (intent) {
    case "list":
    case "stop": {
      const input = { ...where, productGid: listing.shopifyProductId };
      const { outcome } = await (intent === "list" ? catalog.startSelling(input) : catalog.stopSelling(input));
      if (outcome === "not-found") return refused(t("listing.gone"));
      // a pick that never went out is forgotten, and its page with it
      if (!(await catalog.getListing({ shopId: shop.id, listingId }))) return visit.redirect("/app/products");
      return told(t(sayDone(outcome, await services.shops.getConnection(shop.id, listing.connectionId))));
    }
    case "apply-defaults": {
      const { applied } = await catalog.applyDefaults({ ...where, listingIds: [listingId], choices: "ask" });
      return told(t("products.applied", { count: applied }));
    }
    case "choose": {
      const [name, value] = [field(form, "name") ?? "", field(form, "value") ?? ""];
      const { chosen } = await catalog.choose({ ...where, name, value, of: { listingId } });
      return told(t("products.chosen", { count: chosen }));
    }
    default:
      throw new Response("unknown intent", { status: 400 });
  }
}
