import pg from "pg";
import { expect, test } from "vitest";
import { aDatabase } from "./database.ts";

test("gives databases of their own, with the schema and the queue's tables", async () => {
  const [one, other] = await Promise.all([aDatabase(), aDatabase()]);
  const client = new pg.Client({ connectionString: one.url });
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query("SELECT to_regclass('\"DueRow\"') AS due, to_regclass('bullmq.job') AS job");
  expect(rows[0].due).not.toBeNull();
  expect(rows[0].job).not.toBeNull();
  expect(one.url).not.toBe(other.url);
  await client.end();
  await one.drop();
  await other.drop();
});
