import { t } from "../../locales/translate.ts";

/** "40 seconds", "12 minutes", "3 hours", "4 days". */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 90) return t("home.health.seconds", { count: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return t("home.health.minutes", { count: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? t("home.health.hours", { count: hours })
    : t("home.health.days", { count: Math.round(hours / 24) });
}
