import { createDecipheriv, createHash } from "node:crypto";
import pg from "pg";

/** Everything a database holds, the queue's tables too, as text, and next to it what its sealed records say. */
export async function dumpDatabase(url: string, keys: readonly Buffer[]): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  const { rows: tables } = await client.query<{ schema: string; name: string }>(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await client.query<{ text: string }>(`SELECT t::text AS text FROM "${schema}"."${name}" t`);
    texts.push(...rows.map((row) => `${schema}.${name} ${row.text}`));
  }
  await client.end();
  const sealed = [...texts.join("\n").matchAll(/v1\.[\w-]{8}\.[\w-]+/g)].map(([record]) => record);
  return [...texts, ...sealed.map((record) => `sealed: ${unseal(record, keys)}`)].join("\n");
}

/** What a sealed record says, whatever it was sealed for: its context guards against moving it, not against reading it. */
function unseal(record: string, keys: readonly Buffer[]): string {
  const [, id = "", data = ""] = record.split(".");
  const key = keys.find((one) => createHash("sha256").update("key id").update(one).digest("base64url").startsWith(id));
  if (!key) throw new Error("sealed with a key nobody has");
  const bytes = Buffer.from(data, "base64url");
  return createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).update(bytes.subarray(28)).toString("utf8");
}
