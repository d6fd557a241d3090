import type { ConnectionView } from "../../domains/shops/model.ts";
import type { ConnectionLine } from "../../domains/shops/ui/health-data.ts";
import { loadGuide } from "./load-guide.server.ts";
import { loadHealth } from "./load-health.server.ts";
import { loadRunning } from "./load-running.server.ts";
import { showProblems } from "./show-problems.server.ts";
import type { Visit } from "./visit.server.ts";

/** Everything the Home screen shows, in final words where words depend on the shop's time zone. */
export async function loadHome(visit: Visit, claim: string | null) {
  const { services, shop } = visit;
  const connections = await services.shops.listConnections(shop.id);
  const [problems, isClaimable, guide, tiles, running] = await Promise.all([
    showProblems(services, shop),
    claim !== null && services.shops.isClaimable(claim),
    shop.guideDismissedAt ? null : loadGuide(visit, connections),
    loadHealth(visit, connections),
    loadRunning(visit, connections),
  ]);
  const [channelId] = services.channelIds;
  const markets = channelId ? services.channel(channelId).consent.markets() : [];
  return {
    markets: markets.map((one) => one.id),
    claim: isClaimable ? claim : null,
    ...{ problems, guide, tiles, running },
    connections: connections.map((one): ConnectionLine => ({ id: one.id, name: one.name, state: stateOf(one) })),
  };
}

function stateOf(one: ConnectionView): ConnectionLine["state"] {
  if (one.status === "parked") return "parked";
  if (one.endingAt) return "ending";
  if (one.sellingStoppedAt) return "stopped";
  return one.pausedAt ? "paused" : "active";
}
