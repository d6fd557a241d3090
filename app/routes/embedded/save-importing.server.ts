import { readAttributes, readTags, templateProblems } from "../../domains/orders/model.ts";
import { t } from "../../locales/translate.ts";
import { field, list, refused, told } from "./answers.ts";
import type { Visit } from "./visit.server.ts";

/** Intent `importing`: which orders become Shopify orders, and how. All of it is sent together; nothing of it is saved when a part is wrong. */
export async function saveImporting({ services, shop, actor }: Visit, connectionId: string, form: FormData) {
  const text = (name: string) => field(form, name)?.replaceAll("\r\n", "\n") ?? "";
  const attributes = readAttributes(text("attributes"));
  const wrong = ["name", "tags", "note", "attributes"].flatMap((name) => templateProblems(text(name)));
  if (wrong.length > 0)
    return refused(t("incoming.card.invalid", { what: wrong.map((name) => `{${name}}`).join(", ") }));
  if (!attributes) return refused(t("incoming.card.invalid", { what: t("incoming.card.attributes") }));
  const importing = {
    leaveOut: list(form, "leaveOut"),
    isForTests: field(form, "isForTests") === "true",
    unlinked: field(form, "unlinked") ?? "park",
    ...{ name: text("name").trim(), tags: readTags(text("tags")), note: text("note"), attributes },
  };
  const outcome = await services.shops.saveSettings({ shopId: shop.id, connectionId, change: { importing }, actor });
  switch (outcome.outcome) {
    case "saved":
      return told(t("incoming.card.saved"));
    case "invalid":
      return refused(t("incoming.card.invalid", { what: t("incoming.card.tooMany") }));
    case "not-connected":
      return refused(t("home.notConnected"));
    default:
      return outcome satisfies never;
  }
}
