import { CallError, type CallErrorFacts, type ErrorFamily } from "../platform/errors.ts";

/** What the client knows of one call when it judges the answer. */
export interface CallContext {
  operation: string;
  /** A mutation: what is not known to have failed may have happened. */
  changes: boolean;
  requestId: string | undefined;
  retryAfterMs: number | undefined;
}

export interface ThrottleStatus {
  maximumAvailable: number;
  currentlyAvailable: number;
  restoreRate: number;
}

export interface Cost {
  requestedQueryCost: number;
  actualQueryCost: number | null;
  throttleStatus: ThrottleStatus;
}

export interface GraphqlError {
  message: string;
  extensions?: { code?: unknown; requestId?: unknown };
}

/** The body of a GraphQL answer, as far as everybody reads it. */
export interface GraphqlBody {
  data?: Record<string, unknown> | null;
  errors?: GraphqlError[];
  extensions?: { cost?: Cost };
}

/** Says that this answer stands for a used-up budget: nothing was done, come back after `waitMs`. */
export interface Throttled {
  waitMs: number;
  /** True when the bucket would have allowed the call: another limit (orders a minute of a development shop) refused it. */
  isOtherLimit: boolean;
}

/**
 * The error a status other than 200 stands for. Shopify facts: 401 bad token, 402 shop frozen, 403 not allowed, 423 locked,
 * 430 blocked, 5xx. 429 is not judged here: it closes the budget.
 */
export function statusError(status: number, call: CallContext): CallError {
  const [family, code] = judgeStatus(status);
  return fail(call, { family, code, mayHaveHappened: call.changes && status >= 500 });
}

function judgeStatus(status: number): [ErrorFamily, string] {
  if (status === 401) return ["auth", "token-refused"];
  if (status === 402 || status === 423) return ["unavailable", "shop-paused"];
  if (status === 403) return ["permission", "http-403"];
  if (status === 404) return ["notFound", "http-404"];
  if (status === 430) return ["rateLimit", "blocked"];
  if (status >= 500) return ["unavailable", `http-${status}`];
  if (status >= 400) return ["invalid", `http-${status}`];
  return ["unknown", `http-${status}`];
}

/** The families of the codes Shopify puts on top-level errors. Codes of a refused document (`undefinedField`, …) are none of these. */
const FAMILIES: Record<string, ErrorFamily> = {
  ACCESS_DENIED: "permission",
  SHOP_INACTIVE: "unavailable",
  INTERNAL_SERVER_ERROR: "unavailable",
  MAX_COST_EXCEEDED: "invalid",
  NOT_FOUND: "notFound",
};

/** The error of a 200 answer with top-level errors. THROTTLED is not judged here. */
export function graphqlError(body: GraphqlBody, call: CallContext): CallError {
  const codes = codesOf(body);
  const known = codes.find((code) => code in FAMILIES);
  // an answer without `data` was refused before it ran
  const wasRun = "data" in body || known === "INTERNAL_SERVER_ERROR";
  return fail(call, {
    family: known ? (FAMILIES[known] ?? "unknown") : wasRun ? "unknown" : "invalid",
    code: known === "SHOP_INACTIVE" ? "shop-paused" : (known ?? codes[0] ?? "graphql-error"),
    mayHaveHappened: call.changes && wasRun && known !== "ACCESS_DENIED" && known !== "SHOP_INACTIVE",
    // the texts of top-level errors name fields and types, never values of a shop's buyers
    details: (body.errors ?? []).slice(0, 5).map((error) => error.message),
  });
}

export function unreadableError(call: CallContext): CallError {
  return fail(call, { family: "unknown", code: "unreadable", mayHaveHappened: call.changes });
}

/**
 * Shopify fact: THROTTLED comes with status 200; the wait is (requested − available) ÷ restore rate, at least a second. When the
 * bucket holds more than was asked for, another limit spoke (development and trial shops: five orders a minute).
 */
export function readThrottled(body: GraphqlBody): Throttled | null {
  if (!codesOf(body).includes("THROTTLED")) return null;
  const cost = body.extensions?.cost;
  if (!cost) return { waitMs: 1_000, isOtherLimit: false };
  const missing = cost.requestedQueryCost - cost.throttleStatus.currentlyAvailable;
  if (missing <= 0) return { waitMs: 12_000, isOtherLimit: true };
  return {
    waitMs: Math.max(1_000, Math.ceil((missing / cost.throttleStatus.restoreRate) * 1_000)),
    isOtherLimit: false,
  };
}

function codesOf(body: GraphqlBody): string[] {
  return (body.errors ?? []).map((error) => error.extensions?.code).filter((code) => typeof code === "string");
}

function fail(call: CallContext, facts: Omit<CallErrorFacts, "operation" | "requestId" | "retryAfterMs">): CallError {
  return new CallError(`${call.operation}: ${facts.family} (${facts.code})`, {
    ...facts,
    operation: call.operation,
    ...(call.requestId ? { requestId: call.requestId } : {}),
    ...(call.retryAfterMs === undefined ? {} : { retryAfterMs: call.retryAfterMs }),
  });
}

export interface UserError {
  code?: string | null;
  field?: string[] | null;
  message: string;
}

export interface Reason {
  code: string | null;
  /** Dotted path into our input; empty when the whole was refused. */
  field: string;
  message: string;
}

/** Refusals of a mutation. Shopify fact: they come with status 200, and some mutations give no code. */
export function readReasons(errors: readonly UserError[]): Reason[] {
  return errors.map((error) => ({
    code: error.code ?? null,
    field: (error.field ?? []).join("."),
    message: error.message,
  }));
}

/** For mutations whose refusal nobody can act on but a developer: throws family notFound, conflict or invalid. */
export function refuse(operation: string, errors: readonly UserError[]): void {
  if (errors.length === 0) return;
  const reasons = readReasons(errors);
  const code = reasons.find((reason) => reason.code)?.code ?? "user-errors";
  const family = familyOfRefusal(code);
  // values of the input may stand in Shopify's texts: fields and codes are enough for the message, texts go to whoever handles it
  const where = reasons.map((reason) => `${reason.field || "(whole)"} ${reason.code ?? ""}`.trim()).join(", ");
  throw new CallError(`${operation}: refused: ${where}`, {
    family,
    code,
    operation,
    details: reasons,
    mayHaveHappened: false,
  });
}

function familyOfRefusal(code: string): ErrorFamily {
  if (code.endsWith("NOT_FOUND")) return "notFound";
  return /TAKEN|LIMIT|DUPLICATE|NOT_SPLITTABLE/.test(code) ? "conflict" : "invalid";
}
