import { startSandbox } from "./index.ts";
import { settingsFromEnv } from "./kernel/settings.ts";

/** `node sandbox/start.ts`: both platforms on one listener. Prints {"port":N} on stdout once it listens. */
const sandbox = await startSandbox(settingsFromEnv(process.env)).catch((error: NodeJS.ErrnoException) => {
  console.error(
    error.code === "EADDRINUSE" ? `sandbox: port ${process.env.SANDBOX_PORT} is taken` : `sandbox: ${error.message}`,
  );
  process.exit(1);
});
console.log(JSON.stringify({ port: sandbox.port }));

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    sandbox.close().then(() => process.exit(0));
  });
}
