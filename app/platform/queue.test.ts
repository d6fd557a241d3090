import { AsyncLocalStorage } from "node:async_hooks";
import { type AddressInfo, connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { aDatabase, type TestDatabase } from "../../tests/support/database.ts";
import { startRedis } from "../../tests/support/redis.ts";
import { systemClock } from "./clock.ts";
import { createJobHost } from "./engine/host.server.ts";
import type { Scope, WakeUp, Work } from "./engine/model.ts";
import { aLane, anEngine, aWork, silentLog } from "./engine/testing.ts";
import { createMetrics } from "./metrics.server.ts";
import { openQueues, type Queues } from "./queue.server.ts";

const redis = await startRedis();
const stores = [{ store: "postgres", redisUrl: undefined as string | undefined }];
if (redis) stores.push({ store: "redis", redisUrl: redis.url });
afterAll(() => redis?.stop());

describe.each(stores)("the queue on $store", ({ redisUrl }) => {
  let database: TestDatabase;
  let queues: Queues;
  // REDIS_URL may be shared: lanes of this run have names of their own
  const run = Math.random().toString(36).slice(2, 10);
  const [lane, second, once, closing, near] = ["first", "second", "once", "closing", "near"].map(
    (name) => `${name}-${run}`,
  ) as [string, string, string, string, string];

  beforeAll(async () => {
    database = await aDatabase();
    queues = openQueues({
      databaseUrl: database.url,
      redisUrl,
      lanes: [lane, second, once, closing, near],
      log: silentLog,
    });
  });
  afterAll(async () => {
    await queues.close();
    await database.drop();
  });

  /** Hosts a lane until the test is over, however it ends. */
  function hostUntilEnd(...given: Parameters<Queues["host"]>) {
    const host = queues.host(...given);
    onTestFinished(() => host.close(true));
    return host;
  }
  const wakeUp = (id: string, of = lane): WakeUp => ({ lane: of, scope: "shop:1", id });

  test("a wake-up is handled once however often it is put; the same id may come again afterwards", async () => {
    const handled: string[] = [];
    for (let n = 0; n < 3; n += 1) await queues.put([wakeUp("same-1", once), wakeUp("other-1", once)]);
    hostUntilEnd(once, 2, async ({ id }) => void handled.push(id));
    await vi.waitFor(() => expect(handled.sort()).toEqual(["other-1", "same-1"]), 10_000);
    await vi.waitFor(async () => {
      await queues.put([wakeUp("same-1", once)]);
      expect(handled.length).toBeGreaterThan(2);
    }, 10_000);
  });

  test("lanes are apart, concurrency is kept, a handler that throws harms nobody", async () => {
    let [running, most, handled] = [0, 0, 0];
    hostUntilEnd(lane, 2, async ({ id }) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(20);
      running -= 1;
      handled += 1;
      if (id === "bad-1") throw new Error("a bad one");
    });
    const others: string[] = [];
    hostUntilEnd(second, 1, async ({ id }) => void others.push(id));
    await queues.put([
      wakeUp("bad-1"),
      ...Array.from({ length: 8 }, (_, n) => wakeUp(`n${n}-1`)),
      wakeUp("x-1", second),
    ]);
    await vi.waitFor(() => expect([handled, others]).toEqual([9, ["x-1"]]), 10_000);
    // two out of the store, and one that begins past it
    expect(most).toBeGreaterThanOrEqual(2);
    expect(most).toBeLessThanOrEqual(3);
  });

  test("what is hosted here begins at once while there is room, outside of what it was put in; what had its turn goes to the store", async () => {
    const around = new AsyncLocalStorage<string>();
    const begun: string[] = [];
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const host = hostUntilEnd(near, 2, async ({ id }) => {
      begun.push(`${id} in ${around.getStore() ?? "nothing"}`);
      if (id === "near-1") await mayEnd;
    });
    const [first] = around.run("somebody's work", () => [queues.put([wakeUp("near-1", near)])]);
    expect(begun).toEqual(["near-1 in nothing"]);
    await first;
    // no room past the store now, then no way past it
    await queues.put([wakeUp("far-1", near)]);
    await queues.putLast([wakeUp("last-1", near)]);
    await vi.waitFor(() => expect(begun).toHaveLength(3), 10_000);
    let isClosed = false;
    const closed = host.close().then(() => {
      isClosed = true;
    });
    await sleep(100);
    expect(isClosed).toBe(false);
    end();
    await closed;
  });

  test("closing waits for what is being handled and takes nothing new", async () => {
    const ended: string[] = [];
    let begun = 0;
    const host = hostUntilEnd(closing, 1, async ({ id }) => {
      begun += 1;
      await sleep(200);
      ended.push(id);
    });
    await queues.put([wakeUp("a-1", closing), wakeUp("b-1", closing)]);
    await vi.waitFor(() => expect(begun).toBe(1), 10_000);
    await host.close();
    expect(ended).toHaveLength(1);
    expect(begun).toBe(1);
    hostUntilEnd(closing, 1, async ({ id }) => void ended.push(id));
    await vi.waitFor(() => expect(ended.sort()).toEqual(["a-1", "b-1"]), 10_000);
  });

  test("the store answers for readiness", () => queues.check());

  describe("with the engine", () => {
    const lanes = [aLane({ name: lane, sweepEveryMs: 500 }), aLane({ name: second, order: 2, sweepEveryMs: 500 })];

    function aHost(works: Work[]) {
      const t = anEngine(database.url, { lanes, clock: systemClock as never, waker: queues.put, hasHeartbeat: true });
      const metrics = createMetrics();
      const host = createJobHost({ engine: t.engine, queues, works, log: silentLog, metrics, stopWithinMs: 5_000 });
      onTestFinished(async () => {
        await host.stop();
        await t.close();
      });
      return { ...t, host, metrics };
    }
    const want = (t: ReturnType<typeof aHost>, scope: Scope, subjects: string[], of = lane) =>
      t.engine.change((tx) =>
        t.engine.want(
          tx,
          subjects.map((subject) => ({ lane: of, scope, subject })),
        ),
      );
    const idle = aWork(undefined, { lane: second });

    test("what is wanted is worked soon; a full batch goes round until nothing is due", async () => {
      const seen: string[] = [];
      const t = aHost([aWork(async (claim) => void seen.push(claim.subject), { lane, batchSize: 7 }), idle]);
      await t.host.start();
      const subjects = Array.from({ length: 60 }, (_, n) => `s${n}`);
      await want(t, "shop:10", subjects);
      await vi.waitFor(() => expect(seen).toHaveLength(60), 10_000);
      expect(new Set(seen)).toEqual(new Set(subjects));
      await vi.waitFor(async () => {
        const metrics = await t.metrics.registry.metrics();
        expect(metrics).toContain(`reelshelf_rows_ended_total{lane="${lane}",end="done"} 60`);
      }, 5_000);
    });

    test("what is wanted while a turn is under way puts no wake-up of its own, and is worked right after it", async () => {
      const seen: string[] = [];
      let letGo = () => {};
      const held = new Promise<void>((resolve) => {
        letGo = resolve;
      });
      const put: WakeUp[] = [];
      const t = aHost([
        aWork(
          async (claim) => {
            seen.push(claim.subject);
            if (claim.subject === "first") await held;
          },
          { lane },
        ),
        idle,
      ]);
      const counted = anEngine(database.url, {
        lanes,
        clock: systemClock as never,
        waker: async (more) => void put.push(...more),
      });
      onTestFinished(() => counted.close());
      await t.host.start();
      await want(t, "shop:15", ["first"]);
      await vi.waitFor(() => expect(seen).toEqual(["first"]), 10_000);
      await counted.engine.change((tx) => counted.engine.want(tx, { lane, scope: "shop:15", subject: "second" }));
      await counted.engine.flush();
      expect(put).toEqual([]);
      letGo();
      await vi.waitFor(() => expect(seen).toEqual(["first", "second"]), 10_000);
    });

    test("deliveries that a dead process left are taken up while a host runs, one round at a time", async () => {
      let [running, most, rounds] = [0, 0, 0];
      const t = anEngine(database.url, { lanes, clock: systemClock as never, waker: queues.put });
      const inbox = {
        async catchUp(olderThanMs: number) {
          expect(olderThanMs).toBeGreaterThan(0);
          rounds += 1;
          running += 1;
          most = Math.max(most, running);
          await sleep(3_000);
          running -= 1;
          return 0;
        },
      };
      const works = [aWork(undefined, { lane }), idle];
      const host = createJobHost({ engine: t.engine, queues, works, log: silentLog, inbox, stopWithinMs: 5_000 });
      onTestFinished(() => t.close());
      await host.start();
      await vi.waitFor(() => expect(rounds).toBe(2), 15_000);
      await host.stop();
      expect([most, running]).toEqual([1, 0]);
    });

    test("a store that answers late is waited for; one that does not answer ends the worker", async () => {
      const real = new URL(redisUrl ?? database.url);
      let isOpen = false;
      const held: (() => void)[] = [];
      const gate = createServer((socket) => {
        const letThrough = () => {
          const through = connect(Number(real.port), real.hostname);
          socket.pipe(through).pipe(socket);
          for (const end of [socket, through]) end.on("error", () => {});
        };
        if (isOpen) letThrough();
        else held.push(letThrough);
      });
      await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
      const { port } = gate.address() as AddressInfo;
      // through the network, not by the server's socket
      const url = Object.assign(new URL(real), { port: String(port), search: "" }).href;
      const slow = openQueues({
        ...{ databaseUrl: redisUrl ? database.url : url, lanes: [lane, second], log: silentLog },
        redisUrl: redisUrl ? url : undefined,
      });
      const t = anEngine(database.url, { lanes, clock: systemClock as never });
      const hostWithin = (startWithinMs: number) =>
        createJobHost({
          ...{ engine: t.engine, queues: slow, log: silentLog, stopWithinMs: 5_000, startWithinMs },
          works: [aWork(undefined, { lane }), idle],
        });
      const patient = hostWithin(20_000);
      onTestFinished(async () => {
        await patient.stop();
        await slow.close();
        await t.close();
        gate.close();
      });
      const started = patient.start();
      await expect(hostWithin(0).start()).rejects.toThrow();
      isOpen = true;
      for (const letThrough of held) letThrough();
      await expect(started).resolves.toBeUndefined();
    });

    test("a lost wake-up is made up for by the sweep, a failed row by its time", async () => {
      const seen: number[] = [];
      let fail = true;
      const t = aHost([
        aWork(
          async () => {
            seen.push(Date.now());
            if (!fail) return;
            fail = false;
            throw new Error("once");
          },
          { lane },
        ),
        idle,
      ]);
      const silent = anEngine(database.url, { lanes, clock: systemClock as never }); // wakes nobody
      await t.host.start();
      await silent.engine.change((tx) => silent.engine.want(tx, { lane, scope: "shop:11", subject: "a" }));
      await vi.waitFor(() => expect(seen).toHaveLength(2), 10_000);
      expect((seen[1] ?? 0) - (seen[0] ?? 0)).toBeGreaterThanOrEqual(950);
      await silent.close();
    });

    test("two processes share the work and never hold one row, object or scope at once", async () => {
      const [holders, scopes] = [new Map<string, string>(), new Map<string, string>()];
      let [clashes, done] = [0, 0];
      const aBusyHost = (name: string) =>
        aHost([
          {
            lane,
            batchSize: 5,
            async drain(claims, context) {
              const scope = claims[0]?.scope ?? "";
              if (scopes.has(scope)) clashes += 1;
              scopes.set(scope, name);
              for (const claim of claims) {
                const key = `${claim.scope} ${claim.object}`;
                if (holders.has(key) && holders.get(key) !== claim.token) clashes += 1;
                holders.set(key, claim.token);
              }
              await sleep(2);
              for (const claim of claims) holders.delete(`${claim.scope} ${claim.object}`);
              scopes.delete(scope);
              const ended = await Promise.all(claims.map((claim) => context.end(claim, { kind: "done" })));
              done += ended.filter(Boolean).length;
            },
          },
          idle,
        ]);
      const [one, two] = [aBusyHost("one"), aBusyHost("two")];
      await Promise.all([one.host.start(), two.host.start()]);
      for (let round = 0; round < 20; round += 1) {
        for (const scope of ["shop:20", "shop:21", "shop:22"] as const) {
          await one.engine.change((tx) =>
            one.engine.want(
              tx,
              Array.from({ length: 10 }, (_, n) => ({ lane, scope, subject: `r${round}-${n}`, object: `o${n % 4}` })),
            ),
          );
        }
      }
      await vi.waitFor(() => expect(done).toBe(600), 20_000);
      expect(clashes).toBe(0);
      expect(await one.db.objectLease.count()).toBe(0);
    });

    test("stopping lets the call in flight end and gives back the rest", async () => {
      let [begun, ended] = [0, 0];
      const work: Work = {
        lane,
        batchSize: 10,
        async drain(claims, context) {
          for (const claim of claims) {
            if (context.signal.aborted) return;
            begun += 1;
            await sleep(100);
            await context.end(claim, { kind: "done" });
            ended += 1;
          }
        },
      };
      const t = aHost([work, idle]);
      await t.host.start();
      await want(
        t,
        "shop:30",
        Array.from({ length: 10 }, (_, n) => `s${n}`),
      );
      await vi.waitFor(() => expect(begun).toBeGreaterThan(0), 10_000);
      await t.host.stop();
      expect(ended).toBe(begun);
      expect(ended).toBeLessThan(10);
      const rows = await t.db.dueRow.findMany({ where: { scope: "shop:30", NOT: { dueAt: null } } });
      expect(rows.length).toBe(10 - ended);
      expect(rows.every((row) => row.leaseToken === null && row.attempts === 0)).toBe(true);
      expect(await t.db.laneRow.findFirst({ where: { scope: "shop:30" } })).toMatchObject({ leaseToken: null });
    });

    test("works and lanes must match", () => {
      expect(() => aHost([idle])).toThrow(`no work for the lanes ${lane}`);
      expect(() => aHost([idle, idle])).toThrow("two works");
      expect(() => aHost([aWork(undefined, { lane: "nowhere" })])).toThrow("does not exist");
    });
  });
});

test("a store that is down fails a put soon", async () => {
  const url = "redis://127.0.0.1:1";
  const queues = openQueues({ databaseUrl: "postgresql://unused", redisUrl: url, lanes: ["work"], log: silentLog });
  const began = Date.now();
  await expect(queues.put([{ lane: "work", scope: "shop:1", id: "a-1" }])).rejects.toThrow();
  expect(Date.now() - began).toBeLessThan(8_000);
  await queues.close();
});
