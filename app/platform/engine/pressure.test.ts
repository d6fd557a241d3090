import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { createPressure } from "./pressure.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const one of undo.splice(0)) one();
});

/** Keeps the thread busy until it is told to stop. */
function keepBusy(): () => void {
  let isOn = true;
  const step = () => {
    for (const until = performance.now() + 10; performance.now() < until; );
    if (isOn) setImmediate(step);
  };
  step();
  const stop = () => {
    isOn = false;
  };
  undo.push(stop);
  return stop;
}

function aPressure(mostMs: number) {
  const pressure = createPressure({ mostMs });
  undo.push(pressure.end);
  return pressure;
}

/** Something more harmful when late is under way, until it is ended. */
function underWay(pressure: ReturnType<typeof createPressure>): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  void pressure.first(() => promise);
  undo.push(resolve);
  return resolve;
}

/** Asks again and again until what may wait is kept back; the promise is of the one that is. */
async function untilKeptBack(pressure: ReturnType<typeof createPressure>) {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    let hasRun = false;
    const done = pressure.later(async () => {
      hasRun = true;
    });
    await sleep(1);
    if (!hasRun) return { done, hasRun: () => hasRun };
  }
  throw new Error("nothing was kept back");
}

test("a process with time to spare keeps nothing back", async () => {
  const pressure = aPressure(60_000);
  underWay(pressure);
  let runs = 0;
  for (let n = 0; n < 5; n += 1) {
    await sleep(60);
    await pressure.later(async () => {
      runs += 1;
    });
  }
  expect(runs).toBe(5);
});

test("what may wait gives way while more harmful work is under way, and goes on when that is done", async () => {
  const pressure = aPressure(60_000);
  keepBusy();
  const end = underWay(pressure);
  const kept = await untilKeptBack(pressure);
  await sleep(150);
  expect(kept.hasRun()).toBe(false);
  end();
  await kept.done;
  expect(kept.hasRun()).toBe(true);
  // busy as it still is: there is nothing to give way to
  await pressure.later(async () => {});
});

test("it goes on when the process has time again", async () => {
  const pressure = aPressure(60_000);
  const stop = keepBusy();
  underWay(pressure);
  const kept = await untilKeptBack(pressure);
  stop();
  await kept.done;
  expect(kept.hasRun()).toBe(true);
});

test("nobody waits for longer than is said", async () => {
  const pressure = aPressure(200);
  keepBusy();
  underWay(pressure);
  const kept = await untilKeptBack(pressure);
  await kept.done;
  expect(kept.hasRun()).toBe(true);
});
