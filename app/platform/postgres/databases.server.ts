import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

const ALREADY_THERE = ["42P04", "23505"];

/** Creates a database, from a template if one is named; one that is there already is left as it is. */
export async function createDatabase(adminUrl: string, name: string, template?: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const from = template ? ` TEMPLATE ${client.escapeIdentifier(template)}` : "";
    try {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}${from}`);
    } catch (error) {
      if (!ALREADY_THERE.includes((error as { code?: string }).code ?? "")) throw error;
    }
  });
}

/** Drops a database even while somebody is connected to it. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
  });
}

/** Drops all whose name begins so. */
export async function dropDatabases(adminUrl: string, prefix: string): Promise<void> {
  const names = await withClient(adminUrl, async (client) => {
    const found = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
      [prefix],
    );
    return found.rows.map((row) => row.datname);
  });
  for (const name of names) await dropDatabase(adminUrl, name);
}

/** The same server, another database. */
export function urlOfDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

/** Whether a server answers at this address within the time. */
export async function answersWithin(url: string, withinMs: number): Promise<boolean> {
  const end = Date.now() + withinMs;
  while (true) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on("error", () => {}); // a server that is still starting drops connections; the loop asks again
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await client.end().catch(() => {});
    }
    if (Date.now() >= end) return false;
    await sleep(50);
  }
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
