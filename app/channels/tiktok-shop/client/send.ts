import { CallError } from "../../../platform/errors.ts";

/** One request as it goes to the wire. Layers add to it from the outside in: token and shop first, signature last. */
export interface WireRequest {
  /** The platform's name of the operation: used in logs, budgets, errors. */
  operation: string;
  origin: string;
  method: string;
  path: string;
  query: Record<string, string>;
  headers: Record<string, string>;
  /** Text is signed and sent as it is; a form is sent as multipart and never signed. */
  body?: string | FormData;
  /** Whether doing it twice is harmless; a lost answer of a "write" may be an effect. */
  effect: "read" | "repeatable" | "write";
}

export interface WireAnswer {
  status: number;
  /** Lower-case header names. */
  header(name: string): string | null;
  text: string;
}

export type Send = (request: WireRequest) => Promise<WireAnswer>;

const NEVER_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
]);

/**
 * The innermost send: one HTTP exchange within `timeoutMs`, the body's arrival included. Throws CallError `timeout` or
 * `unavailable`; `mayHaveHappened` unless the connection was never made or the call only reads. Addresses never reach an error:
 * token calls carry secrets in them.
 */
export function createSend(options: { fetch: typeof fetch; timeoutMs: number }): Send {
  return async (request) => {
    const url = `${request.origin}${request.path}?${new URLSearchParams(request.query)}`;
    const { method, headers, body, operation } = request;
    try {
      const signal = AbortSignal.timeout(options.timeoutMs);
      const answer = await options.fetch(url, { method, headers, body, signal, redirect: "manual" });
      const text = await answer.text();
      return { status: answer.status, header: (name) => answer.headers.get(name), text };
    } catch (error) {
      throw asCallError(error, operation, request.effect !== "read");
    }
  };
}

function asCallError(error: unknown, operation: string, changes: boolean): CallError {
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError")) {
    return new CallError("no answer in time", { family: "timeout", operation, mayHaveHappened: changes });
  }
  const code = connectionCode(error);
  if (code === undefined && !(error instanceof TypeError)) throw error;
  return new CallError(`connection failed (${code ?? "unknown reason"})`, {
    family: "unavailable",
    operation,
    mayHaveHappened: changes && !(code !== undefined && NEVER_SENT.has(code)),
  });
}

/** Node's fetch wraps the socket's error as `cause`, sometimes in a list of tries. */
function connectionCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
  if (typeof code === "string") return code;
  return connectionCode(cause ?? errors?.[0]);
}
