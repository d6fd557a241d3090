import type { ConsentOutcome } from "../../domains/shops/model.ts";
import { t } from "../../locales/translate.ts";

/** What a seller reads when connecting did not work out, and how to start again. */
export function outcomeTexts(outcome: Exclude<ConsentOutcome, { outcome: "connected" }>): {
  title: string;
  text: string;
  link: string;
} {
  switch (outcome.outcome) {
    case "bad-state":
      return { title: t("connect.badState.title"), text: t("connect.badState.text"), link: t("connect.badState.link") };
    case "refused-by-seller":
      return { title: t("connect.refused.title"), text: t("connect.refused.text"), link: t("connect.refused.link") };
    case "not-a-seller":
      return {
        title: t("connect.notASeller.title"),
        text: t("connect.notASeller.text"),
        link: t("connect.notASeller.link"),
      };
    case "missing-scopes":
      return {
        title: t("connect.missingScopes.title"),
        text: t("connect.missingScopes.text", { scopes: outcome.scopes.join(", ") }),
        link: t("connect.missingScopes.link"),
      };
    case "no-shops":
      return { title: t("connect.noShops.title"), text: t("connect.noShops.text"), link: t("connect.noShops.link") };
    case "shop-taken":
      return {
        title: t("connect.shopTaken.title"),
        text: t("connect.shopTaken.text", { names: outcome.names.join(", ") }),
        link: t("connect.shopTaken.link"),
      };
    case "code-refused":
      return {
        title: t("connect.codeRefused.title"),
        text: t("connect.codeRefused.text"),
        link: t("connect.codeRefused.link"),
      };
    default:
      return outcome satisfies never;
  }
}
