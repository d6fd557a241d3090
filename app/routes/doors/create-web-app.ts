import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type Express, type RequestHandler } from "express";
import sirv from "sirv";
import type { Services } from "../../composition.server.ts";
import { healthDoor, metricsDoor, readyDoor } from "./health.ts";
import { channelWebhookDoor, shopifyWebhookDoor } from "./webhooks.ts";

export interface WebAppOptions {
  services: Services;
  /** Null: only the doors for machines are served (tests of those need no build). */
  build: ServerBuild | null;
  /** Where the built browser files are. */
  clientDirectory?: string;
}

/**
 * All doors of the web process. The doors for machines come first and touch neither Remix nor compression nor any body parser: they
 * must answer within milliseconds while pages are rendered.
 */
export function createWebApp({ services, build, clientDirectory = "build/client" }: WebAppOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.post("/webhooks/shopify", shopifyWebhookDoor(services));
  app.post("/webhooks/:channel", channelWebhookDoor(services));
  app.get("/healthz", healthDoor);
  app.get("/readyz", readyDoor(services));
  app.get("/metrics", metricsDoor(services));
  app.use(securityHeaders(services.config.shopify.appUrl.startsWith("https:")));
  if (!build) return app;
  app.use("/assets", builtFiles(`${clientDirectory}/assets`));
  app.use(compression());
  app.use(publicAddress(services.config.shopify.appUrl));
  app.all("*", createRequestHandler({ build, mode: "production", getLoadContext: () => ({ services }) }));
  return app;
}

const YEAR_SECONDS = 365 * 86_400;

/** What the build made for browsers, named after its content and compressed beside itself; anything else there is none of it. */
function builtFiles(folder: string): RequestHandler {
  return sirv(folder, {
    ...{ immutable: true, maxAge: YEAR_SECONDS, brotli: true, gzip: true },
    onNoMatch: (_request, response) => {
      response.statusCode = 404;
      response.end();
    },
  });
}

/** Who may frame a page is said by the page itself (one shop each); the rest is the same for all. */
function securityHeaders(isHttps: boolean): RequestHandler {
  return (_request, response, next) => {
    response.set("x-content-type-options", "nosniff");
    response.set("referrer-policy", "strict-origin-when-cross-origin");
    response.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
    if (isHttps) response.set("strict-transport-security", "max-age=31536000");
    next();
  };
}

/** Behind a proxy the request arrives over plain HTTP under another name; pages and session tokens go by the public address. */
function publicAddress(appUrl: string): RequestHandler {
  const { protocol, host } = new URL(appUrl);
  return (request, _response, next) => {
    Object.defineProperty(request, "protocol", { value: protocol.slice(0, -1), configurable: true });
    request.headers.host = host;
    delete request.headers["x-forwarded-host"];
    next();
  };
}
