import { once } from "node:events";
import type { Server } from "node:http";
import type { ServerBuild } from "@remix-run/node";
import { createServices } from "./app/composition.server.ts";
import { ConfigError, loadConfig } from "./app/platform/config.server.ts";
import { createWebApp } from "./app/routes/doors/create-web-app.ts";

/** The web process: doors, pages, nothing else. */
const GRACE_MS = 10_000;

const config = readConfig();
const services = await createServices(config, { role: "web" });
const build = (await import(new URL("./build/server/index.js", import.meta.url).href)) as ServerBuild;
const server = createWebApp({ services, build }).listen(config.port, config.host);
await once(server, "listening");
services.log.info({ port: config.port, host: config.host }, "web.started");
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(server, signal));

function readConfig() {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Takes no new requests, finishes those under way, then lets go of the database. */
async function stop(running: Server, signal: string): Promise<void> {
  services.log.info({ signal }, "web.stopping");
  const closed = once(running, "close");
  running.close();
  running.closeIdleConnections();
  const timer = setTimeout(() => running.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(timer);
  await services.close();
  process.exit(0);
}
