import type { z } from "zod";
import type { Clock } from "../../../platform/clock.ts";
import type { Logger } from "../../../platform/log.server.ts";
import type { AccessSource, CallBudgets, GrantAccess, ShopAccess } from "../../port.ts";
import type { TikTokShopApp } from "../apps.ts";
import { findApp, signingSecret } from "../apps.ts";
import { refusalError, unreadableError } from "../errors.ts";
import type { OperationId } from "../operations.ts";
import { OPERATIONS, pathOf } from "../operations.ts";
import { type Answer, type PartFailure, withEnvelope } from "./envelope.ts";
import { type CallMetrics, createObserver } from "./observe.ts";
import { withRetry } from "./retry.ts";
import { createSend, type WireRequest } from "./send.ts";
import { signRequest } from "./sign.ts";
import { createThrottle } from "./throttle.ts";
import { withAccess } from "./token.ts";

export interface ClientDeps {
  apps: readonly TikTokShopApp[];
  /** Origin of the business API, without a trailing slash. */
  apiUrl: string;
  /** Origin of the token host. */
  authUrl: string;
  budgets: CallBudgets;
  clock: Clock;
  log: Logger;
  metrics?: CallMetrics;
  fetch?: typeof fetch;
  /** Deadline of one sending; 10 s when left out. */
  timeoutMs?: number;
  /** How a pause before another sending is waited for. */
  wait?: (ms: number) => Promise<void>;
}

export interface Call<A extends GrantAccess, W, T> {
  access: AccessSource<A>;
  /** Values for the {names} of the path. */
  path?: Record<string, string>;
  /** Undefined values are left out. */
  query?: Record<string, string | undefined>;
  /** Serialised once; those bytes are signed and sent. */
  body?: unknown;
  /** Multipart upload instead of a body. Made anew for each sending. */
  form?: () => FormData;
  /** The fields of `data` we read. */
  wire: z.ZodType<W>;
  /** From the wire's words to ours; a RangeError it throws is an unreadable answer. */
  read: (wire: W, context: { access: A; failures: PartFailure[] }) => T;
  /** Batch calls look at their failures themselves; for all others a failed part fails the call. */
  parts?: "expected";
}

export interface TokenCall<W, T> {
  operation: "getAccessToken" | "refreshAccessToken";
  path: string;
  app: TikTokShopApp;
  query: Record<string, string>;
  wire: z.ZodType<W>;
  read: (wire: W) => T;
}

export type Client = ReturnType<typeof createClient>;

const TIMEOUT_MS = 10_000;
const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/**
 * The one way to the wire. From the inside out: deadline · signature · envelope · budget · access · retry · log. Throws CallError of
 * a closed family, or BudgetClosed.
 */
export function createClient(deps: ClientDeps) {
  const { apps, clock } = deps;
  const send = createSend({ fetch: deps.fetch ?? fetch, timeoutMs: deps.timeoutMs ?? TIMEOUT_MS });
  const exchange = withEnvelope(clock, send);
  const paid = createThrottle(deps);
  const observed = createObserver(deps);
  const wait = deps.wait ?? sleep;

  /** One signed business call. */
  async function call<A extends GrantAccess, W, T>(operation: OperationId, call: Call<A, W, T>): Promise<T> {
    const { method, effect, pace, reach } = OPERATIONS[operation];
    const path = pathOf(operation, call.path);
    const body = call.form || method === "GET" || call.body === undefined ? undefined : JSON.stringify(call.body);

    const sendOnce = (access: A): Promise<Answer> => {
      const app = findApp(apps, access.market);
      const query = { ...defined(call.query), ...(reach === "shop" ? { shop_cipher: shopOf(access).shopKey } : {}) };
      const request = signed(app, {
        operation,
        origin: deps.apiUrl,
        method,
        path,
        query,
        headers: headersFor(access, !call.form),
        body: call.form?.() ?? body,
        effect,
      });
      const payer = {
        appKey: app.appKey,
        shop: reach === "shop" ? shopOf(access).channelShopId : access.grantId,
        operation,
        pace,
      };
      return paid(payer, () => exchange(request));
    };
    const attempt = withRetry(wait, async (_request: { effect: typeof effect }, attempt) => {
      let access: A | undefined;
      const { data, failures, requestId } = await observed({ operation, attempt }, () =>
        withAccess(call.access, (current) => {
          access = current;
          return sendOnce(current);
        }),
      );
      return { data, failures, requestId, access: access as A };
    });

    const answer = await attempt({ effect });
    const [failure] = answer.failures;
    if (failure && call.parts !== "expected") {
      const reasons = answer.failures.flatMap(({ reason, extra }) => [reason, ...extra]);
      throw refusalError({
        operation,
        effect,
        status: 200,
        code: failure.reason.code,
        requestId: answer.requestId,
        reasons,
      });
    }
    return readAnswer(operation, effect, answer, call.wire, (wire) => call.read(wire, answer));
  }

  /**
   * One unsigned call on the token host. TikTok Shop fact: the secret travels in the address, so nothing about the address is ever
   * logged. Never sent twice by itself: a code works once and a renewal makes a new pair.
   */
  async function callTokenHost<W, T>({ operation, path, app, query, wire, read }: TokenCall<W, T>): Promise<T> {
    const request: WireRequest = {
      operation,
      origin: deps.authUrl,
      method: "GET",
      path,
      query: { app_key: app.appKey, app_secret: signingSecret(app), ...query },
      headers: {},
      effect: "write",
    };
    const answer = await observed({ operation, attempt: 1, isToken: true }, () => exchange(request));
    return readAnswer(operation, "write", answer, wire, read);
  }

  function signed(app: TikTokShopApp, request: WireRequest): WireRequest {
    const timestamp = String(Math.floor(clock.now().getTime() / 1000));
    const query = { ...request.query, app_key: app.appKey, timestamp };
    const body = typeof request.body === "string" ? request.body : undefined;
    const sign = signRequest(signingSecret(app), { path: request.path, query, body });
    return { ...request, query: { ...query, sign } };
  }

  return { call, callTokenHost };
}

/** TikTok Shop fact: strict endpoints want the JSON content type even on GET; uploads get theirs, with the boundary, from fetch. */
function headersFor(access: GrantAccess, isJson: boolean): Record<string, string> {
  return { "x-tts-access-token": access.accessToken, ...(isJson ? { "content-type": "application/json" } : {}) };
}

function shopOf(access: GrantAccess): ShopAccess {
  if (!("shopKey" in access)) throw new TypeError("this call needs access to a shop, not to a grant");
  return access as ShopAccess;
}

function readAnswer<W, T>(
  operation: string,
  effect: WireRequest["effect"],
  { data, requestId }: Pick<Answer, "data" | "requestId">,
  wire: z.ZodType<W>,
  read: (wire: W) => T,
): T {
  const parsed = wire.safeParse(data);
  if (!parsed.success) {
    const where = parsed.error.issues
      .map(({ path, message }) => `${path.join(".")}: ${message}`)
      .slice(0, 5)
      .join("; ");
    throw unreadableError(operation, effect, where, requestId);
  }
  try {
    return read(parsed.data);
  } catch (error) {
    if (error instanceof RangeError) throw unreadableError(operation, effect, error.message, requestId);
    throw error;
  }
}

const defined = (query: Record<string, string | undefined> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined));
