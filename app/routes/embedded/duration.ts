import { t } from "../../locales/translate.ts";

/** "40 seconds", "12 minutes", "3 hours". */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 90) return t("home.health.seconds", { count: seconds });
  const minutes = Math.round(seconds / 60);
  return minutes < 90
    ? t("home.health.minutes", { count: minutes })
    : t("home.health.hours", { count: Math.round(minutes / 60) });
}
