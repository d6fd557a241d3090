import type { ConnectionView } from "../../domains/shops/model.ts";
import type { RunningShown } from "../../domains/shops/ui/running-card.tsx";
import { t } from "../../locales/translate.ts";
import { duration } from "./duration.ts";
import type { Visit } from "./visit.server.ts";

/** What merchants wait for; fewer than this are done before anybody has read about them. */
const SHOWN_FROM = 3;
/** A forecast out of the first few is a fright, not a help. */
const FORECAST_AFTER = 20;

/** Bulk work under way over all connections: how much is left, how fast it goes, how long it will take. Closed gates are not work. */
export async function loadRunning(
  { services }: Visit,
  connections: readonly ConnectionView[],
): Promise<RunningShown[]> {
  const working = connections.filter((one) => one.status === "active");
  const lines = await Promise.all(
    working.map(async (one) => ({ one, backlog: await services.activity.backlog([one.id]) })),
  );
  return lines.flatMap(({ one, backlog }) =>
    backlog.flatMap(({ lane, due, ratePerSecond, timeLeftMs, doneLastMinute }): RunningShown[] => {
      const title = titleOf(lane, one);
      if (!title || due < SHOWN_FROM) return [];
      const words = [
        t("home.running.left", { count: due }),
        t("home.running.rate", { rate: Math.round(ratePerSecond * 60) }),
        timeLeftMs === null || doneLastMinute < FORECAST_AFTER
          ? null
          : t("home.running.time", { left: duration(timeLeftMs) }),
      ];
      return [{ id: `${one.id}-${lane}`, title, words: words.filter(Boolean).join(" · ") }];
    }),
  );
}

function titleOf(lane: string, one: ConnectionView): string | null {
  if (lane === "listings" && one.sellingStoppedAt) return t("home.running.stop");
  switch (lane) {
    case "intake":
      return t("home.running.intake");
    case "orders":
      return t("home.running.orders");
    case "listings":
    case "price":
    case "stock":
      return one.armedFlows.includes(lane) ? t(`home.running.${lane}`) : null;
    default:
      return null;
  }
}
