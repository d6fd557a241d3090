import type { ActionFunctionArgs } from "@remix-run/node";
import { t } from "../../locales/translate.ts";
import { field, refused, told } from "./answers.ts";
import { actOnConnection } from "./connection-action.server.ts";
import { outcomeTexts } from "./consent-texts.ts";
import { type Visit, visitOf } from "./visit.server.ts";

/**
 * `/app`: intents `claim`, `try-again`, `dismiss-guide`, `try-first` (connectionId), and those of `/app/settings` that its guide and
 * problems need. Unknown intents are 400.
 */
export async function homeAction(args: ActionFunctionArgs) {
  const visit = await visitOf(args);
  const form = await args.request.formData();
  const { services, shop, actor } = visit;
  switch (field(form, "intent")) {
    case "claim":
      return claim(visit, field(form, "claim") ?? "");
    case "try-again":
      await services.tryParkedAgain(shop.id);
      return told(t("home.tryAgain"));
    case "dismiss-guide":
      await services.shops.showGuide({ shopId: shop.id, isShown: false, actor });
      return told(t("home.guide.dismissed"));
    case "try-first":
      return tryFirst(visit, field(form, "connectionId") ?? "");
    default:
      return actOnConnection(visit, form);
  }
}

/** Turns listings on and sends the first few products. */
async function tryFirst(visit: Visit, connectionId: string) {
  const { services, shop, actor } = visit;
  const connection = await services.shops.getConnection(shop.id, connectionId);
  if (!connection) return refused(t("home.notConnected"));
  const armed = await services.shops.arm({ shopId: shop.id, connectionId, flows: ["listings"], actor });
  if (armed.outcome !== "armed") return refused(t("home.guide.try.notReady"));
  const { sent } = await services.catalog.tryFirst({ shopId: shop.id, connectionId, actor });
  return sent > 0 ? told(t("home.guide.try.done", { count: sent })) : refused(t("home.guide.try.nothing"));
}

async function claim({ services, shop, actor }: Visit, secret: string) {
  const outcome = await services.shops.claimConsent({ shopId: shop.id, staffId: actor.id, claim: secret });
  if (outcome.outcome === "connected") return told(t("home.claim.done"));
  if (outcome.outcome === "bad-state") return refused(t("home.claim.gone"));
  return refused(outcomeTexts(outcome).text);
}
