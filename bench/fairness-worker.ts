/** One of the two worker processes of bench/fairness.ts. */
import http from "node:http";
import { systemClock } from "../app/platform/clock.ts";
import { openDb } from "../app/platform/db.server.ts";
import { createEngine } from "../app/platform/engine/engine.server.ts";
import { createJobHost } from "../app/platform/engine/host.server.ts";
import type { Claim, DrainContext, LaneDefinition, Work } from "../app/platform/engine/model.ts";
import { createLogger } from "../app/platform/log.server.ts";
import { openQueues } from "../app/platform/queue.server.ts";

const [databaseUrl = "", url = "", laneText = "{}"] = process.argv.slice(2);
const lane: LaneDefinition = { ...JSON.parse(laneText), gate: async () => true };
const log = createLogger({ level: "warn" });
const agent = new http.Agent({ keepAlive: true, maxSockets: 200 });

const call = () =>
  new Promise<void>((resolve, reject) => {
    http
      .get(url, { agent }, (response) => {
        response.resume();
        response.on("end", resolve);
      })
      .on("error", reject);
  });

let ended: { scope: string; subject: string; at: number }[] = [];
const report = () => {
  if (ended.length > 0) process.send?.(ended);
  ended = [];
};
setInterval(report, 100);

async function workOff(claim: Claim, context: DrainContext): Promise<void> {
  if (!(await context.holds(claim))) return;
  await context.end(claim, await call().then(() => ({ kind: "done" as const })));
  ended.push({ scope: claim.scope, subject: claim.subject, at: Date.now() });
}

/** Ten calls at a time, as a channel client with a rate of its own would make them. */
const work: Work = {
  lane: lane.name,
  batchSize: 50,
  atOnce: 10,
  async drain(claims, context) {
    const waiting = [...claims];
    const one = async () => {
      for (let claim = waiting.shift(); claim && !context.signal.aborted; claim = waiting.shift())
        await workOff(claim, context);
    };
    await Promise.all(Array.from({ length: 10 }, one));
  },
};

const { db, close } = openDb(databaseUrl);
const queues = openQueues({ databaseUrl, lanes: [lane.name], log });
const engine = createEngine({ db, clock: systemClock, log, waker: queues.put, lanes: [lane] });
const host = createJobHost({ engine, queues, works: [work], log });
process.on("message", async (message) => {
  if (message !== "stop") return;
  await host.stop();
  report();
  await queues.close();
  await close();
  process.exit(0);
});
await host.start();
process.send?.("ready");
