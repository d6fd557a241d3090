import { z } from "zod";
import type { Clock } from "../../../platform/clock.ts";
import { parseJson } from "../../../platform/ids.ts";
import type { ChannelReason } from "../../port.ts";
import { refusalError, unreadableError } from "../errors.ts";
import { id, list, text } from "../wire/fields.ts";
import { parseRetryAfter } from "./retry-after.ts";
import type { Send, WireRequest } from "./send.ts";

/** A successful answer: the payload, whatever failed inside it, and the id support asks for. */
export interface Answer {
  data: unknown;
  /** Parts of a batch that failed although the whole "succeeded". */
  failures: PartFailure[];
  requestId: string | undefined;
}

export interface PartFailure {
  /** The product, SKU, package or order it speaks of; undefined when the platform does not say. */
  key: string | undefined;
  reason: ChannelReason;
  /** Finer reasons below it. */
  extra: ChannelReason[];
}

const error = z.object({ code: id.optional(), message: text });
const partFailure = error.extend({
  detail: z
    .object({
      product_id: id.optional(),
      sku_id: id.optional(),
      package_id: id.optional(),
      order_id: id.optional(),
      extra_errors: list(error),
    })
    .nullish(),
});
const envelope = z.object({
  code: z.union([z.number(), z.string()]).transform(String),
  message: text,
  request_id: text,
  data: z.unknown(),
});
const withErrors = z.object({ errors: list(partFailure) });

/**
 * Layer: reads the envelope and makes both checks. TikTok Shop fact: success is `code` 0, and a batch answers `code` 0 with
 * `data.errors[]` for the parts that failed. Throws the error of the code's family for everything else.
 */
export function withEnvelope(clock: Clock, send: Send): (request: WireRequest) => Promise<Answer> {
  return async (request) => {
    const { operation, effect } = request;
    const { status, header, text: body } = await send(request);
    const retryAfterMs = parseRetryAfter(header("retry-after"), clock.now());
    const parsed = envelope.safeParse(readJson(body));
    if (!parsed.success) {
      if (status >= 400) throw refusalError({ operation, effect, status, code: `HTTP_${status}`, retryAfterMs });
      throw unreadableError(operation, effect, "no envelope");
    }
    const { code, message, request_id: requestId, data } = parsed.data;
    const failures = readFailures(data);
    if (code !== "0" || status >= 400) {
      const reasons = hasBuyerData(request)
        ? undefined
        : [
            { code, message: message?.slice(0, 300) ?? "" },
            ...failures.flatMap(({ reason, extra }) => [reason, ...extra]),
          ];
      throw refusalError({
        operation,
        effect,
        status,
        code: code === "0" ? `HTTP_${status}` : code,
        requestId,
        retryAfterMs,
        reasons,
      });
    }
    return { data: data ?? {}, failures, requestId };
  };
}

function readJson(body: string): unknown {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}

function readFailures(data: unknown): PartFailure[] {
  const parsed = withErrors.safeParse(data ?? {});
  if (!parsed.success) return [];
  return parsed.data.errors.map(({ detail, ...error }) => ({
    key: detail?.sku_id ?? detail?.product_id ?? detail?.package_id ?? detail?.order_id,
    reason: asReason(error),
    extra: (detail?.extra_errors ?? []).map(asReason),
  }));
}

const asReason = ({ code = "unknown", message = "" }: z.infer<typeof error>): ChannelReason => ({
  code,
  message: message.slice(0, 300),
});

/** Words about orders could name the buyer: those stay out of errors. */
const hasBuyerData = ({ path }: WireRequest) => /^\/(order|fulfillment|return_refund|api)\//.test(path);
