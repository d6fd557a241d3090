import type { Clock } from "../../../platform/clock.ts";
import { CallError } from "../../../platform/errors.ts";
import type { Logger } from "../../../platform/log.server.ts";
import type { Metrics } from "../../../platform/metrics.server.ts";
import { meaningOf } from "../meanings.ts";

export type CallMetrics = Pick<Metrics, "refusals" | "tokenFailures">;

/** Layer: one log line and one count per attempt. Names, codes and times only; no address, no body, no token. */
export function createObserver({ log, metrics, clock }: { log: Logger; metrics?: CallMetrics; clock: Clock }) {
  return async function observed<T extends { requestId?: string }>(
    facts: { operation: string; attempt: number; isToken?: boolean },
    send: () => Promise<T>,
  ): Promise<T> {
    const begun = clock.now().getTime();
    const { operation, attempt } = facts;
    const ms = () => clock.now().getTime() - begun;
    try {
      const answer = await send();
      log.debug({ operation, attempt, requestId: answer.requestId, ms: ms() }, "channel.called");
      return answer;
    } catch (error) {
      if (error instanceof CallError) {
        const { family, code, requestId, mayHaveHappened } = error;
        log.warn({ operation, attempt, family, code, requestId, mayHaveHappened, ms: ms() }, "channel.call-failed");
        metrics?.refusals.inc({ platform: "tiktok-shop", operation, family, code: countedCode(code) });
        if (facts.isToken) metrics?.tokenFailures.inc({ platform: "tiktok-shop", family });
      }
      throw error;
    }
  };
}

/** Codes we know are counted one by one, all others together: labels have to stay few. */
const countedCode = (code: string | undefined) =>
  code === undefined ? "none" : meaningOf(code) || code.startsWith("HTTP_") ? code : "unknown";
