import { CallError, type ErrorFamily } from "../../platform/errors.ts";
import type { ChannelReason } from "../port.ts";
import { meaningOf } from "./meanings.ts";

/** What one refused answer says. */
export interface Refusal {
  operation: string;
  effect: "read" | "repeatable" | "write";
  status: number;
  code: string;
  requestId?: string;
  retryAfterMs?: number;
  /** The platform's own words, for calls whose words never hold buyer data. */
  reasons?: ChannelReason[];
}

/** Families after which the effect of a change may exist all the same. */
const OPEN: readonly ErrorFamily[] = ["timeout", "unavailable", "unknown"];

/** A refused answer as the error of our closed families. */
export function refusalError({
  operation,
  effect,
  status,
  code,
  requestId,
  retryAfterMs,
  reasons,
}: Refusal): CallError {
  const family = familyOf(code, status);
  const name = meaningOf(code)?.name ?? "unknown";
  return new CallError(`TikTok Shop refused ${operation}: ${code} (${name}), HTTP ${status}`, {
    family,
    code,
    operation,
    requestId,
    retryAfterMs,
    mayHaveHappened: effect !== "read" && OPEN.includes(family),
    details: reasons?.length ? { reasons } : undefined,
  });
}

/** An answer that is not what we were told it would be. `where` names the field. It ends no row: the effect may exist. */
export function unreadableError(
  operation: string,
  effect: Refusal["effect"],
  where: string,
  requestId?: string,
): CallError {
  return new CallError(`TikTok Shop answered ${operation} in an unexpected shape: ${where}`, {
    family: "unknown",
    operation,
    requestId,
    mayHaveHappened: effect !== "read",
  });
}

/**
 * The code decides, then the HTTP status. 36009004 is a catch-all that also covers a bad token: only its status tells which.
 */
function familyOf(code: string, status: number): ErrorFamily {
  if (code === "36009004" && status === 401) return "auth";
  return meaningOf(code)?.family ?? familyOfStatus(status);
}

function familyOfStatus(status: number): ErrorFamily {
  if (status === 401) return "auth";
  if (status === 403) return "permission";
  if (status === 404) return "notFound";
  if (status === 429) return "rateLimit";
  if (status === 408 || status === 504) return "timeout";
  return status >= 500 ? "unavailable" : "unknown";
}
