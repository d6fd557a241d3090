import { startEmbedded } from "../app/platform/postgres/embedded.server.ts";
import { migrate } from "../app/platform/postgres/migrate.server.ts";

/** `npm run setup`: brings the database to the state this code needs. Safe to repeat; run it before a new version starts. */
const url = process.env.DATABASE_URL ?? (await startEmbedded({ dataDir: ".data/pg" })).url;
const applied = await migrate(url);
console.error(
  applied.length > 0 ? `Applied ${applied.length} migration(s): ${applied.join(", ")}` : "The database is up to date.",
);
