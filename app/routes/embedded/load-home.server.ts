import type { ConnectionLine } from "../../domains/shops/ui/health-data.ts";
import { loadGuide } from "./load-guide.server.ts";
import { loadHealth } from "./load-health.server.ts";
import { loadRunning } from "./load-running.server.ts";
import { judgeShop, showNotices } from "./show-notices.server.ts";
import { showProblems } from "./show-problems.server.ts";
import type { Visit } from "./visit.server.ts";

/** Everything the Home screen shows, in final words where words depend on the shop's time zone. */
export async function loadHome(visit: Visit, claim: string | null) {
  const { services, shop } = visit;
  const judged = await judgeShop(visit);
  const connected = judged.filter((one) => one.connection.status !== "disconnected");
  const connections = connected.map((one) => one.connection);
  const isSettingUp = judged.length === 0 || judged.some((one) => one.connection.status === "active");
  const [problems, isClaimable, guide, tiles, running] = await Promise.all([
    showProblems(services, shop),
    claim !== null && services.shops.isClaimable(claim),
    // a shop that lost its connection needs the way back, not the way in
    shop.guideDismissedAt || !isSettingUp ? null : loadGuide(visit, connections),
    loadHealth(visit, connected),
    loadRunning(visit, connections),
  ]);
  // until the guide has come to sending, it says itself that nothing is sent
  const isAboutProducts = !guide || guide.done.includes("try");
  const [channelId] = services.channelIds;
  const markets = channelId ? services.channel(channelId).consent.markets() : [];
  return {
    markets: markets.map((one) => one.id),
    claim: isClaimable ? claim : null,
    isNew: judged.length === 0,
    notices: await showNotices(visit, judged, { isAboutProducts }),
    // the notice says it, with the same button
    problems: problems.filter((one) => one.kind !== "grant-ended"),
    ...{ guide, tiles, running },
    connections: connected.map(
      ({ connection, state }): ConnectionLine => ({ id: connection.id, name: connection.name, state: state.kind }),
    ),
  };
}
