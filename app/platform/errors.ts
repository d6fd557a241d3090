/** What a failed call means for us, whatever the platform's own code was. A closed list: unknown codes are `unknown` and reported, not guessed. */
export type ErrorFamily =
  | "auth"
  | "permission"
  | "rateLimit"
  | "invalid"
  | "conflict"
  | "notFound"
  | "unavailable"
  | "timeout"
  | "unknown";

export interface CallErrorFacts {
  family: ErrorFamily;
  /** The other side asked us to stay away for so long. */
  retryAfterMs?: number;
  /** The other side's own code, as text. */
  code?: string;
  requestId?: string;
  /** Name of the operation in our words or the platform's, never an address with ids or tokens in it. */
  operation?: string;
  /** The effect may exist or may still come: a timeout, a lost connection, an unreadable answer. Default: only for `timeout`. */
  mayHaveHappened?: boolean;
  /** Structured facts for whoever handles this family; no tokens, no buyer data. */
  details?: unknown;
  cause?: unknown;
}

/**
 * The pages are bundled with classes of their own, while what they are thrown comes from the services beside the bundle: it is known by its
 * name.
 */
const isCalled = (value: unknown, name: string): boolean => value instanceof Error && value.name === name;

/** A call to another platform failed. The client turns wire codes into a family; nobody else looks at codes or texts. */
export class CallError extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isCalled(value, "CallError");
  }

  readonly family: ErrorFamily;
  readonly retryAfterMs: number | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly operation: string | undefined;
  readonly mayHaveHappened: boolean;
  readonly details: unknown;

  constructor(message: string, facts: CallErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.name = "CallError";
    this.family = facts.family;
    this.retryAfterMs = facts.retryAfterMs;
    this.code = facts.code;
    this.requestId = facts.requestId;
    this.operation = facts.operation;
    this.mayHaveHappened = facts.mayHaveHappened ?? facts.family === "timeout";
    this.details = facts.details;
  }
}

/** No calls are left in a shared budget: do no more of this work before `retryAt`. Nothing was sent. */
export class BudgetClosed extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isCalled(value, "BudgetClosed");
  }

  readonly key: string;
  readonly retryAt: Date;

  constructor(key: string, retryAt: Date, reason = "used up") {
    super(`budget ${key} is closed until ${retryAt.toISOString()}: ${reason}`);
    this.name = "BudgetClosed";
    this.key = key;
    this.retryAt = retryAt;
  }
}

/** The row was taken over by somebody else: whatever was decided about it here must not be stored. */
export class LeaseLost extends Error {
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isCalled(value, "LeaseLost");
  }

  constructor(subject: string) {
    super(`the lease of ${subject} is no longer ours`);
    this.name = "LeaseLost";
  }
}
