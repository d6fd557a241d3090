import { t } from "../../locales/translate.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "2 days", "5 hours", "12 minutes": rounded down, so that nobody believes to have more than there is. */
export function sayTimeLeft(ms: number): string {
  if (ms >= 2 * DAY_MS) return t("orders.afterSales.left.days", { count: Math.floor(ms / DAY_MS) });
  if (ms >= 2 * HOUR_MS) return t("orders.afterSales.left.hours", { count: Math.floor(ms / HOUR_MS) });
  return t("orders.afterSales.left.minutes", { count: Math.max(1, Math.floor(ms / MINUTE_MS)) });
}
