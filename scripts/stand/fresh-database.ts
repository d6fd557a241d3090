import fs from "node:fs";
import path from "node:path";
import { createDatabase, dropDatabase, urlOfDatabase } from "../../app/platform/postgres/databases.server.ts";
import { startEmbedded } from "../../app/platform/postgres/embedded.server.ts";
import { migrate } from "../../app/platform/postgres/migrate.server.ts";

export interface StandDatabase {
  url: string;
  /** More databases, without a shop in them; null where the server is not the stand's own. */
  more: { create(): Promise<string>; drop(url: string): Promise<void> } | null;
}

const TEMPLATE = "fresh";
const FAST = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/**
 * DATABASE_URL when set (it must be empty of shops), else a cluster of this stand's own. `withMore`: more databases can be had. `isFast`: it
 * need not survive a power cut.
 */
export async function prepareDatabase(
  folder: string,
  cleanUp: (() => Promise<void> | void)[],
  { withMore, isFast }: { withMore: boolean; isFast: boolean },
): Promise<StandDatabase> {
  if (process.env.DATABASE_URL) {
    await migrate(process.env.DATABASE_URL);
    return { url: process.env.DATABASE_URL, more: null };
  }
  const cluster = await startEmbedded({ dataDir: path.join(folder, "pg"), settings: isFast ? FAST : {} });
  cleanUp.push(() => {
    cluster.stop();
    if (!cluster.dataDir.startsWith(folder)) fs.rmSync(cluster.dataDir, { recursive: true, force: true });
  });
  await migrate(cluster.url);
  if (!withMore) return { url: cluster.url, more: null };
  const admin = urlOfDatabase(cluster.url, "postgres");
  const nameOf = (url: string) => new URL(url).pathname.slice(1);
  await createDatabase(admin, TEMPLATE, nameOf(cluster.url));
  let made = 0;
  return {
    url: cluster.url,
    more: {
      async create() {
        made += 1;
        const name = `${nameOf(cluster.url)}_${made}`;
        await createDatabase(admin, name, TEMPLATE);
        return urlOfDatabase(cluster.url, name);
      },
      drop: (url) => dropDatabase(admin, nameOf(url)),
    },
  };
}
