import { listingSorts, listingViews } from "../../domains/catalog/model.ts";
import { t } from "../../locales/translate.ts";
import { field, refused, told } from "./answers.ts";
import type { Visit } from "./visit.server.ts";

/**
 * Views of the product list that merchants name and keep. Intents `save-view` (filter, search, sort, and a name for a new one or the id of
 * an old one), `rename-view` (id, name), `delete-view` (id).
 */
export async function productViewAction({ services, shop }: Visit, form: FormData) {
  const { catalog } = services;
  const [id, name] = [field(form, "id"), field(form, "name") ?? ""];
  const shopId = shop.id;
  const intent = field(form, "intent");
  if (intent === "delete-view") {
    await catalog.deleteView({ shopId, id: id ?? "" });
    return told(t("products.saved.deleted"), { deletedView: id });
  }
  const result =
    intent === "rename-view"
      ? await catalog.renameView({ shopId, id: id ?? "", name })
      : await catalog.saveView({
          ...{ shopId, id, name, search: field(form, "search") ?? "" },
          filter: listingViews.find((one) => one === field(form, "filter")) ?? "all",
          sort: listingSorts.find((one) => one === field(form, "sort")) ?? "oldest",
        });
  if (result.outcome !== "saved") return refused(t(`products.saved.${result.outcome}`));
  const said = intent === "rename-view" ? "renamed" : id ? "updated" : "made";
  return told(t(`products.saved.${said}`), { savedView: result.id });
}
