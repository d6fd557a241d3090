import type { Clock } from "../clock.ts";
import type { Db } from "../db.server.ts";
import type { Logger } from "../log.server.ts";
import { countWakes } from "./lane.server.ts";
import type { Scope, Waker } from "./model.ts";

interface Target {
  lane: string;
  scope: Scope;
}

/**
 * Sends wakes out after the commit without making anybody wait: those that come while a batch is on its way leave together with the
 * next one. What cannot be sent is dropped, since a sweep finds the due rows.
 */
export function createWakeBox(deps: { db: Db; clock: Clock; log: Logger; waker: Waker }) {
  const waiting = new Map<string, Target>();
  let sending: Promise<void> | null = null;

  async function send(): Promise<void> {
    await Promise.resolve();
    while (waiting.size > 0) {
      const batch = [...waiting.values()];
      waiting.clear();
      try {
        const wakeUps = await countWakes(deps.db, batch, deps.clock.now());
        if (wakeUps.length > 0) await deps.waker(wakeUps);
      } catch (err) {
        deps.log.warn({ err, scopes: batch.length }, "wake.lost");
      }
    }
  }

  function start(): Promise<void> {
    sending ??= send().finally(() => {
      sending = null;
    });
    return sending;
  }

  return {
    add(targets: Target[]): void {
      for (const target of targets) waiting.set(`${target.lane} ${target.scope}`, target);
      if (waiting.size > 0) void start();
    },
    flush: (): Promise<void> => (waiting.size > 0 || sending ? start() : Promise.resolve()),
  };
}
