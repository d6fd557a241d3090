import { CallError } from "../platform/errors.ts";

export type Fetch = typeof globalThis.fetch;

export interface PostRequest {
  url: string;
  headers: Record<string, string>;
  body: unknown;
  deadlineMs: number;
  /** Named in errors; never an address. */
  operation: string;
  /** What is asked changes something: an answer that never came leaves open whether it happened. */
  changes: boolean;
}

export interface PostAnswer {
  status: number;
  headers: Headers;
  text: string;
}

/** Nothing was sent when the connection never stood. */
const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/**
 * One POST with JSON, no repetition. The deadline covers the body too. Throws `CallError` of the families timeout and unavailable
 * when no whole answer came; every answer, whatever its status, is returned.
 */
export async function postJson(send: Fetch, request: PostRequest): Promise<PostAnswer> {
  try {
    const response = await send(request.url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", ...request.headers },
      body: JSON.stringify(request.body),
      redirect: "manual",
      signal: AbortSignal.timeout(request.deadlineMs),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    throw toCallError(error, request);
  }
}

function toCallError(error: unknown, { operation, changes, deadlineMs }: PostRequest): CallError {
  const code = causeCode(error);
  if ((error as { name?: unknown } | null)?.name === "TimeoutError")
    return new CallError(`${operation}: no answer within ${deadlineMs} ms`, {
      family: "timeout",
      operation,
      mayHaveHappened: changes,
    });
  return new CallError(`${operation}: the connection failed (${code ?? "unknown cause"})`, {
    family: "unavailable",
    code: code ?? "connection-failed",
    operation,
    mayHaveHappened: changes && !(code && NEVER_SENT.has(code)),
    cause: error,
  });
}

/** The system's code is on the error, its cause, or the first of several attempts (IPv4 and IPv6). */
function causeCode(error: unknown): string | undefined {
  const cause = (error as { cause?: { code?: unknown; errors?: { code?: unknown }[] } } | null)?.cause;
  const code = cause?.code ?? cause?.errors?.[0]?.code;
  return typeof code === "string" ? code : undefined;
}

/** Shopify fact: `Retry-After` comes in seconds; a date is allowed by the standard. Undefined when absent or senseless. */
export function readRetryAfterMs(headers: Headers, now: Date): number | undefined {
  const text = headers.get("retry-after");
  if (!text) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : new Date(text).getTime() - now.getTime();
  return Number.isFinite(ms) && ms >= 0 ? Math.min(ms, 3_600_000) : undefined;
}
