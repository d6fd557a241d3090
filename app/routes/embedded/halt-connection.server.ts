import { t } from "../../locales/translate.ts";
import { field, refused, told } from "./answers.ts";
import type { Visit } from "./visit.server.ts";

/**
 * `pause-all`, `resume-all`, `stop-selling`, `resume-selling`, `disconnect` (listings: `leave` or `take-off`), `keep-connected`. Pressing a
 * second time says that it was so already. Unknown intents are 400.
 */
export async function haltConnection(
  { services: { shops }, shop, actor }: Visit,
  connectionId: string,
  form: FormData,
) {
  const input = { shopId: shop.id, connectionId, actor };
  switch (field(form, "intent")) {
    case "pause-all":
      return answer(await shops.pauseAll(input), t("settings.told.paused"));
    case "resume-all":
      return answer(await shops.resumeAll(input), t("settings.told.resumed"));
    case "stop-selling":
      return answer(await shops.stopSelling(input), t("settings.told.stopped"));
    case "resume-selling":
      return answer(await shops.resumeSelling(input), t("settings.told.selling"));
    case "disconnect": {
      const listings = field(form, "listings");
      // what is to become of listings is never guessed
      if (listings !== "leave" && listings !== "take-off")
        throw new Response("listings: leave or take-off", { status: 400 });
      return answer(await shops.disconnect({ ...input, listings }), t("settings.told.disconnected"));
    }
    case "keep-connected":
      return answer(await shops.keepConnected(input), t("settings.told.kept"));
    default:
      throw new Response("unknown intent", { status: 400 });
  }
}

function answer(outcome: "changed" | "already" | "not-connected" | "consent-needed" | "ending", done: string) {
  switch (outcome) {
    case "changed":
      return told(done);
    case "already":
      return told(t("settings.told.already"));
    case "ending":
      return told(t("settings.told.ending"));
    case "consent-needed":
      return refused(t("settings.told.consentNeeded"));
    case "not-connected":
      return refused(t("home.notConnected"));
    default:
      return outcome satisfies never;
  }
}
