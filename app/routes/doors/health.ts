import { timingSafeEqual } from "node:crypto";
import type { RequestHandler } from "express";
import type { Services } from "../../composition.server.ts";

/** `GET /healthz`: this process answers. Asks nobody else, so that a slow database does not get the process restarted. */
export const healthDoor: RequestHandler = (_request, response) => {
  response.json({ ok: true });
};

/** `GET /readyz`: 200 when database, queue and migrations are in order, else 503; the body says which is not. */
export function readyDoor(services: Services): RequestHandler {
  return async (_request, response) => {
    const checks = await services.health();
    const ok = Object.values(checks).every((state) => state === "ok");
    response.status(ok ? 200 : 503).json({ ok, checks });
  };
}

/** `GET /metrics` in the Prometheus format. With METRICS_TOKEN set it asks for `Authorization: Bearer <token>`. */
export function metricsDoor(services: Services): RequestHandler {
  const tokens = services.config.metricsTokens;
  return async (request, response) => {
    if (tokens.length > 0 && !tokens.some((token) => isSame(request.headers.authorization ?? "", `Bearer ${token}`))) {
      response.status(401).set("www-authenticate", "Bearer").end();
      return;
    }
    const { registry } = services.metrics;
    response.set("content-type", registry.contentType).end(await registry.metrics());
  };
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
