import type { Moment } from "../../domains/orders/timeline.ts";
import { t, tCode } from "../../locales/translate.ts";

/** Why a tracking number was not taken, in a few words. */
export const shipmentWhy = (code: string | null): string =>
  tCode(`orders.shipmentWhy.${code}`, {}, "orders.shipmentWhy.unknown");
/** Who cancelled. */
export const byWhom = (by: string): string => tCode(`orders.by.${by}`, {}, "orders.by.unknown");

/** A moment as a sentence: what it quotes is told in words too. */
export function sayMoment(code: string, values: Moment["values"]): string {
  const words: Moment["values"] = {
    ...{ status: "", to: "", event: code },
    ...values,
    by: byWhom(String(values.by ?? "")),
    decision: tCode(`orders.afterSales.said.${values.decision}`, {}, "orders.afterSales.said.unknown"),
    reason: tCode(`orders.parked.${values.reason ?? "unknown"}.why`, values, "orders.parked.unknown.why"),
    why:
      code === "order-shown-only"
        ? tCode(`orders.shownWhy.${String(values.why).split(":")[0]}`, {}, "orders.shownWhy.unknown")
        : shipmentWhy(String(values.why ?? "")),
  };
  if (code === "order-imported" && values.how === "found") return t("orders.timeline.order-found", words);
  const fallback = code.startsWith("status-") ? "orders.timeline.status-unknown" : "activity.unknown";
  return tCode(`orders.timeline.${code}`, words, fallback);
}
