import type { ActionFunctionArgs } from "@remix-run/node";
import { t } from "../../locales/translate.ts";
import { startOfDay, startOfNamedDay } from "../../ui/start-of-day.ts";
import { field, refused, told } from "./answers.ts";
import { type Visit, visitOf } from "./visit.server.ts";

const DAY_MS = 86_400_000;

/** `/app/orders/older`: intents `read` (from, until, connectionId) and `bring` (id). Unknown intents are 400. */
export async function olderAction(args: ActionFunctionArgs) {
  const visit = await visitOf(args);
  const form = await args.request.formData();
  switch (field(form, "intent")) {
    case "read":
      return read(visit, form);
    case "bring":
      return bring(visit, field(form, "id") ?? "");
    default:
      throw new Response("unknown intent", { status: 400 });
  }
}

async function read({ services, shop, actor }: Visit, form: FormData) {
  const start = (day: string) => startOfNamedDay(day, shop.timezone);
  const from = start(field(form, "from") ?? "");
  const last = start(field(form, "until") ?? "");
  // the day after begins a day later, give or take the hour of a changed clock
  const until = last && startOfDay(new Date(last.getTime() + 1.5 * DAY_MS), shop.timezone);
  if (!from || !until) return refused(t("incoming.older.wrongRange"));
  const { outcome } = await services.orders.startBackfill({
    ...{ shopId: shop.id, connectionId: field(form, "connectionId") ?? "", from, until, actor },
  });
  switch (outcome) {
    case "started":
      return told(t("incoming.older.started"));
    case "running":
      return told(t("incoming.older.running"));
    case "wrong-range":
      return refused(t("incoming.older.wrongRange"));
    case "not-connected":
      return refused(t("incoming.older.notConnected"));
    default:
      return outcome satisfies never;
  }
}

async function bring({ services, shop, actor }: Visit, id: string) {
  const { outcome } = await services.orders.importBackfill({ shopId: shop.id, id, actor });
  switch (outcome) {
    case "asked":
      return told(t("incoming.older.asked"));
    case "not-armed":
      return refused(t("incoming.bring.not-armed"));
    case "not-read":
      return refused(t("incoming.older.notRead"));
    case "not-found":
      return refused(t("incoming.older.gone"));
    default:
      return outcome satisfies never;
  }
}
