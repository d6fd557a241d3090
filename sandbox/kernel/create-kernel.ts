import { createCallLog } from "./call-log.ts";
import { createFaults } from "./faults.ts";
import type { Kernel, SandboxSettings } from "./model.ts";
import { createChance } from "./random.ts";
import { createTimers, type Timers } from "./timers.ts";
import { createViolations, type Violations } from "./violations.ts";
import { createDeliveries, type Deliveries } from "./webhooks.ts";

export interface KernelParts {
  kernel: Kernel;
  timers: Timers;
  deliveries: Deliveries;
  violations: Violations;
  /** Forgets calls, faults, planned steps and counts; chance starts again from the seed. */
  reset(): void;
  close(): void;
}

/** Builds the kernel. `settings.port` is filled in once the server listens. */
export function createKernel(settings: SandboxSettings): KernelParts {
  const chance = createChance(settings.seed);
  const timers = createTimers();
  const violations = createViolations();
  const deliveries = createDeliveries({ timers, random: chance.random, speed: () => settings.speed });
  const faults = createFaults(chance.random);
  const calls = createCallLog();
  const kernel: Kernel = {
    clock: { now: () => Date.now() },
    after: (ms, run) => timers.wall(ms / settings.speed, run),
    random: chance.random,
    nextId: chance.nextId,
    faults,
    calls,
    settings,
    deliver: deliveries.deliver,
    violation: (problem) => violations.add("answer", problem),
    get publicUrl() {
      return `http://127.0.0.1:${settings.port}`;
    },
  };
  return {
    kernel,
    timers,
    deliveries,
    violations,
    reset() {
      timers.cancelAll();
      faults.clear();
      calls.clear();
      deliveries.setFaults(undefined, {});
      deliveries.reset();
      violations.reset();
      chance.reset(settings.seed);
    },
    close() {
      timers.cancelAll();
      deliveries.close();
    },
  };
}
