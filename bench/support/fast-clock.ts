import { createRequire, syncBuiltinESMExports } from "node:module";
import { promisify } from "node:util";

/**
 * Preloaded into a process (`--import`): from `from` on its clock runs `rate` times as fast as the wall's. Dates, timers and
 * measured times all follow it, so that processes with the same two values agree with each other as they would at the wall's pace: nothing is
 * skipped, every wait is merely shorter. The processor is not faster, so everything seems as slow as on a machine of 1/rate.
 */
function startFastClock(rate: number, from: number): void {
  const wall = Date.now;
  const now = () => Math.round(from + (wall() - from) * rate);
  const RealDate = Date;
  const FastDate = new Proxy(RealDate, {
    construct: (target, args, as) => Reflect.construct(target, args.length === 0 ? [now()] : args, as),
    apply: () => new RealDate(now()).toString(),
    get: (target, name, self) => (name === "now" ? now : Reflect.get(target, name, self)),
  });
  RealDate.prototype.constructor = FastDate;
  globalThis.Date = FastDate;

  const shorter = (ms: unknown) => (Number(ms) > 0 ? Number(ms) / rate : ms);
  const require = createRequire(import.meta.url);
  const timers = require("node:timers");
  const promised = require("node:timers/promises");
  for (const name of ["setTimeout", "setInterval"]) {
    const promise = promised[name];
    promised[name] = (ms: unknown, ...args: unknown[]) => promise(shorter(ms), ...args);
    const real = timers[name];
    timers[name] = (run: unknown, ms: unknown, ...args: unknown[]) => real(run, shorter(ms), ...args);
    timers[name][promisify.custom] = promised[name];
    Object.defineProperty(globalThis, name, { value: timers[name], writable: true, configurable: true });
  }
  syncBuiltinESMExports();
  const abortAfter = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => abortAfter(Math.max(1, Math.round(ms / rate)));
  const measured = performance.now.bind(performance);
  performance.now = () => measured() * rate;
}

const { FAST_CLOCK_RATE, FAST_CLOCK_FROM } = process.env;
if (FAST_CLOCK_RATE && FAST_CLOCK_FROM) startFastClock(Number(FAST_CLOCK_RATE), Number(FAST_CLOCK_FROM));
