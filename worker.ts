import { createServices } from "./app/composition.server.ts";
import { ConfigError, loadConfig } from "./app/platform/config.server.ts";

/** The worker process: drains of every lane, nothing else. */
const config = readConfig();
const services = await createServices(config, { role: "worker" });
const host = services.createJobHost();
await host.start();
services.log.info({}, "worker.started");
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(signal));

function readConfig() {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Ends what is being worked or gives it back, then lets go of the database. */
async function stop(signal: string): Promise<void> {
  services.log.info({ signal }, "worker.stopping");
  await host.stop();
  await services.close();
  process.exit(0);
}
