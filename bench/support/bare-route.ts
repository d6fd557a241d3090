import express from "express";
import pg from "pg";

/** The baseline of the webhook bench: a route that stores its body with one insert and answers. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
await pool.query(
  "create table if not exists bare_deliveries (id bigserial primary key, body text not null, at timestamptz not null default now())",
);
const app = express();
app.get("/", (_req, res) => void res.sendStatus(200));
app.post("/webhooks/shopify", express.raw({ type: "*/*", limit: "1mb" }), async (req, res) => {
  await pool.query("insert into bare_deliveries (body) values ($1)", [String(req.body)]);
  res.sendStatus(200);
});
app.listen(Number(process.env.PORT), "127.0.0.1");
process.on("SIGTERM", () => process.exit(0));
