import type { PartialResult } from "../port.ts";
import type { PartFailure } from "./client/envelope.ts";
import { refusalError } from "./errors.ts";

/**
 * What failed of a batch, by key. The finest reason is kept: the outer code often says only that something below it is wrong. A
 * failure that names nothing could be anybody's, so it fails the call and ends no row.
 */
export function partialResult(operation: string, failures: PartFailure[]): PartialResult {
  return {
    failures: failures.map(({ key, reason, extra }) => {
      if (key === undefined) {
        throw refusalError({ operation, effect: "write", status: 200, code: reason.code, reasons: [reason, ...extra] });
      }
      return { key, reason: extra[0] ?? reason };
    }),
  };
}
