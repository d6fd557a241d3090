import type { LoaderFunctionArgs } from "@remix-run/node";
import { visitOf } from "./embedded/visit.server.ts";

/** `GET /app/summary`: the shop in numbers as JSON, for scripts that act as a merchant does (a session token as bearer). */
export const loader = async (args: LoaderFunctionArgs) => {
  const { services, shop } = await visitOf(args);
  const connections = await services.shops.listConnections(shop.id);
  const [catalog, orders, problems, readiness] = await Promise.all([
    services.catalog.summary({ shopId: shop.id }),
    services.orders.summary({ shopId: shop.id }),
    services.activity.listOpenProblems({ shopId: shop.id }),
    Promise.all(connections.map((one) => services.shops.readiness({ shopId: shop.id, connectionId: one.id }))),
  ]);
  return Response.json({
    shop: { domain: shop.domain, ready: shop.isInstalled && shop.contextReadAt !== null },
    connections: connections.map(({ id, name, status, armedFlows }, at) => ({
      ...{ id, name, status, armedFlows },
      readiness: { ok: readiness[at]?.ok ?? false, failing: readiness[at]?.failing.map((item) => item.code) ?? [] },
    })),
    ...catalog,
    orders,
    problems: problems.map(({ key, kind, severity, subject }) => ({ key, kind, severity, subject })),
  });
};
