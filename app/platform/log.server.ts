import { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";

export type Logger = pino.Logger;

/** Keys whose values never reach a log, however deep they sit: credentials, and whatever tells who a buyer is. */
const HIDDEN =
  /(token|secret|password|passwd|authorization|cookie|hmac|sealed|cipher|apikey|api_key|encryptionkey|smtpurl)$|^(sign|signature|auth_?code|oauth_?state)$|(^|_|[a-z])(email|phone|phone_?number|address|address1|address2|street|zip|postal|postcode|postalcode|recipient|buyer)$|^(name|first_?name|last_?name|full_?name|customer|recipient.*|buyer.*)$/i;

/** Credentials inside running text: bearer headers, tokens by their known beginnings, passwords in addresses, email addresses. */
const IN_TEXT: [RegExp, string][] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, "$1 [hidden]"],
  [/\b(shp(at|ca|pa|ss|ua|tka)_|ROW_|TTP_|eyJ)[\w.-]{6,}/g, "[hidden]"],
  [
    /([?&](?:access_token|refresh_token|auth_code|code|sign|hmac|app_secret|id_token|session|state)=)[^&\s"]+/gi,
    "$1[hidden]",
  ],
  [/\/\/([^:/\s]+):[^@/\s]+@/g, "//$1:[hidden]@"],
  [/[\w.+-]+@[\w-]+\.[\w.]+/g, "[hidden]"],
];

const context = new AsyncLocalStorage<Record<string, unknown>>();

/** Runs `run` so that every line logged inside it carries these fields (shop, connection, job, delivery). */
export function withLogContext<T>(fields: Record<string, unknown>, run: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, run);
}

/**
 * One JSON line per event: `log.info({ listingId, action, ms }, "listing.pushed")`. Values under hidden keys and credentials in
 * texts and errors are taken out here, whatever the caller passed.
 */
export function createLogger(options: {
  level: string;
  base?: Record<string, unknown>;
  destination?: pino.DestinationStream;
}): Logger {
  return pino(
    {
      level: options.level,
      base: options.base ?? {},
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: () => context.getStore() ?? {},
      serializers: { err: (error) => error }, // redact has made a plain object of it already
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => redact(fields) as Record<string, unknown>,
        bindings: (fields) => redact(fields) as Record<string, unknown>,
      },
      hooks: {
        logMethod(args, method) {
          method.apply(
            this,
            args.map((arg) => (typeof arg === "string" ? scrub(arg) : arg)) as Parameters<typeof method>,
          );
        },
      },
    },
    options.destination ?? pino.destination({ fd: 2, sync: false }),
  );
}

/** The same value with hidden keys emptied and texts scrubbed; errors become type, message, code, family and stack. */
function redact(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return scrub(value);
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Date) return value;
  if (depth > 6) return "[deep]";
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, depth + 1));
  if (ArrayBuffer.isView(value)) return "[bytes]";
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      HIDDEN.test(key) && item !== null && item !== undefined ? "[hidden]" : redact(item, depth + 1),
    ]),
  );
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const { code, family, requestId, operation } = error as Error & Record<string, unknown>;
  const facts = Object.fromEntries(
    Object.entries({ code, family, requestId, operation }).filter(([, fact]) => typeof fact === "string"),
  );
  return {
    type: error.name,
    message: scrub(error.message).slice(0, 2_000),
    ...facts,
    stack: scrub(error.stack ?? "").slice(0, 4_000),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}

function scrub(text: string): string {
  return IN_TEXT.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}
