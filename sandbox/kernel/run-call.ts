import type { ServerResponse } from "node:http";
import type { CallEntry, CallLog, Faults, Route, SandboxAnswer, SandboxRequest } from "./model.ts";
import type { Timers } from "./timers.ts";
import type { Violations } from "./violations.ts";

const HELD_MS = 60_000;
const LATE_MS = 20_000;

export interface CallDeps {
  calls: CallLog;
  faults: Faults;
  timers: Timers;
  violations: Violations;
}

/**
 * One call of a platform, from request to answer: log line, fault, contract of the request, the handler, contract of the answer.
 * The faults "timeout-after", "late" and "lost-answer" run the handler for its effect and never answer.
 */
export async function runCall(
  deps: CallDeps,
  route: Route,
  operation: string,
  req: SandboxRequest,
  res: ServerResponse,
): Promise<void> {
  const started = performance.now();
  const counted = route.counted?.(operation) ?? true;
  const fault = deps.faults.pick(route.platform, operation, counted);
  const entry = deps.calls.open({
    at: new Date().toISOString(),
    platform: route.platform,
    operation,
    method: req.method,
    path: req.path,
    status: 0,
    ms: 0,
    fault: fault?.kind,
    effect: false,
    counted,
    requestSummary: "",
  });
  const answer = (given: SandboxAnswer) => {
    entry.status = given.status;
    entry.ms = Math.round(performance.now() - started);
    sendAnswer(res, given);
  };
  if (!fault) return answer(await perform(deps, route, operation, req, entry));
  switch (fault.kind) {
    case "latency":
      await new Promise<void>((resolve) => deps.timers.wall(fault.ms ?? 100, resolve));
      return answer(await perform(deps, route, operation, req, entry));
    case "timeout-before":
      return hold(deps.timers, res);
    case "timeout-after":
      hold(deps.timers, res);
      await perform(deps, route, operation, req, entry);
      return;
    case "late":
      hold(deps.timers, res);
      deps.timers.wall(fault.ms ?? LATE_MS, async () => {
        await perform(deps, route, operation, req, entry);
      });
      return;
    case "lost-answer":
      await perform(deps, route, operation, req, entry);
      res.destroy();
      return;
    default: {
      const status = Number(fault.kind);
      const plain = {
        status,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ errors: `status ${status} by request` }),
      };
      return answer(route.faultAnswer?.(operation, status) ?? plain);
    }
  }
}

async function perform(
  deps: CallDeps,
  route: Route,
  operation: string,
  req: SandboxRequest,
  entry: CallEntry,
): Promise<SandboxAnswer> {
  const breaches = route.checkRequest?.(operation, req) ?? [];
  if (breaches.length > 0) {
    deps.violations.add("request", `${operation}: ${breaches.slice(0, 3).join("; ")}`);
    return route.refuse?.(operation, req, breaches) ?? json(400, { errors: breaches });
  }
  try {
    const answer = await route.handle(req);
    entry.effect = answer.effect ?? false;
    entry.requestSummary = answer.summary ?? "";
    const faulty = route.checkAnswer?.(operation, req, answer) ?? [];
    if (faulty.length === 0) return answer;
    deps.violations.add("answer", `${operation}: ${faulty.slice(0, 3).join("; ")}`);
    return json(500, { errors: "the sandbox broke its own contract", problems: faulty });
  } catch (error) {
    console.error(`sandbox: ${operation} failed`, error);
    deps.violations.add("answer", `${operation}: ${error instanceof Error ? error.message : "failed"}`);
    return json(500, { errors: "the sandbox failed" });
  }
}

const json = (status: number, body: unknown): SandboxAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

/** Writes an answer unless the caller has gone. */
export function sendAnswer(res: ServerResponse, answer: SandboxAnswer): void {
  if (res.destroyed || res.writableEnded) return;
  res.writeHead(answer.status, answer.headers);
  res.end(answer.body);
}

/** Leaves the caller waiting; after 60 s of wall time the connection is cut. */
function hold(timers: Timers, res: ServerResponse): void {
  const cancel = timers.wall(HELD_MS, () => {
    res.destroy();
  });
  res.on("close", cancel);
}
