import { startEmbedded } from "../app/platform/postgres/embedded.server.ts";
import { migrate } from "../app/platform/postgres/migrate.server.ts";

/**
 * `npm start` and `npm run worker`: starts one process of the app. Without DATABASE_URL both share an embedded PostgreSQL in
 * `.data/pg`, which is set up on the way and keeps running until `npm run db:stop`.
 */
const entry = { web: "../server.ts", worker: "../worker.ts" }[process.argv[2] ?? ""];
if (!entry) {
  console.error("Usage: serve.ts web|worker");
  process.exit(2);
}
if (!process.env.DATABASE_URL) {
  const { url } = await startEmbedded({ dataDir: ".data/pg" });
  await migrate(url);
  process.env.DATABASE_URL = url;
}
await import(entry);
