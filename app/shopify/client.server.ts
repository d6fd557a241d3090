import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../platform/clock.ts";
import { BudgetClosed, CallError } from "../platform/errors.ts";
import { parseJson } from "../platform/ids.ts";
import type { Logger } from "../platform/log.server.ts";
import {
  type CallContext,
  type GraphqlBody,
  graphqlError,
  readThrottled,
  statusError,
  unreadableError,
} from "./answers.ts";
import { type CallBudgets, type CostBook, createCostBook, type Urgency } from "./cost.server.ts";
import type { TypedDocumentString } from "./gql/graphql.ts";
import { type Fetch, type PostAnswer, postJson, readRetryAfterMs } from "./http.server.ts";
import { decideRetry } from "./retry.ts";
import type { ShopTokens } from "./tokens.server.ts";

/** The one place that names the version: requests, webhooks (shopify.app.toml) and the generator's schema agree with it. */
export const API_VERSION = "2026-07";
const DEADLINE_MS = 10_000;

export interface SendOptions {
  deadlineMs?: number;
  urgency?: Urgency;
  /** It was paid before: with `orders.takeSlot`, or by a call that paid for it. */
  isPaid?: boolean;
  /** Name of the write that follows from what this reads: both are paid at once, or neither begins. */
  paysFor?: string;
}

export interface AdminClient {
  /**
   * Sends one operation for a shop. Reads are repeated a little by themselves, writes never. A 401 renews the token and sends once
   * more (Shopify did nothing). Throws `CallError`, or `BudgetClosed` when the shop's cost budget is used up.
   */
  send<TResult, TVariables>(
    domain: string,
    document: TypedDocumentString<TResult, TVariables>,
    variables: TVariables,
    options?: SendOptions,
  ): Promise<TResult>;
  orders: CostBook["orders"];
}

export interface ClientDeps {
  tokens: Pick<ShopTokens, "accessToken" | "replace">;
  budgets: CallBudgets;
  clock: Clock;
  log: Logger;
  fetch?: Fetch;
}

interface Call {
  domain: string;
  operation: string;
  changes: boolean;
  urgency: Urgency;
  isPaid: boolean;
  paysFor?: string | undefined;
  deadlineMs: number;
  query: string;
  variables: unknown;
}

/** The GraphQL client: token, budget, deadline, error families. */
export function createAdminClient(deps: ClientDeps): AdminClient {
  const { tokens, clock, log } = deps;
  const send: Fetch = deps.fetch ?? ((input, init) => fetch(input, init));
  const costs = createCostBook({ budgets: deps.budgets, clock });
  const otherVersions = new Set<string>();

  async function sendOnce(call: Call, token: string): Promise<GraphqlBody> {
    const settle = await costs.pay(call);
    const answer = await postJson(send, {
      url: `https://${call.domain}/admin/api/${API_VERSION}/graphql.json`,
      headers: { "x-shopify-access-token": token },
      body: { query: call.query, variables: call.variables, operationName: call.operation },
      deadlineMs: call.deadlineMs,
      operation: call.operation,
      changes: call.changes,
    }).catch(async (error: unknown) => {
      await settle(undefined);
      throw error;
    });
    const body = answer.status === 200 ? readBody(answer.text) : null;
    await settle(body?.extensions?.cost);
    compareVersion(answer, call);
    return judge(answer, body, call);
  }

  /** The body of a good answer; throws what any other answer means. */
  async function judge(answer: PostAnswer, body: GraphqlBody | null, call: Call): Promise<GraphqlBody> {
    const context: CallContext = {
      operation: call.operation,
      changes: call.changes,
      requestId: answer.headers.get("x-request-id") ?? undefined,
      retryAfterMs: readRetryAfterMs(answer.headers, clock.now()),
    };
    if (answer.status === 429) throw await closeBudget(call, context.retryAfterMs ?? 2_000, "429");
    if (answer.status !== 200) throw statusError(answer.status, context);
    if (!body) throw unreadableError(context);

    const throttled = readThrottled(body);
    if (throttled) {
      if (!throttled.isOtherLimit || call.operation !== "OrderCreate")
        throw await closeBudget(call, throttled.waitMs, "throttled");
      const { key, retryAt } = await costs.orders.refused(call.domain, throttled.waitMs);
      throw new BudgetClosed(key, retryAt, "orders a minute");
    }
    if (body.errors?.length) throw graphqlError(body, context);
    if (!body.data) throw unreadableError(context);
    return body;
  }

  async function closeBudget(call: Call, waitMs: number, reason: string): Promise<BudgetClosed> {
    const { key, retryAt } = await costs.close(call.domain, waitMs, reason);
    return new BudgetClosed(key, retryAt, reason);
  }

  /** Shopify fact: a version no longer served is answered, silently, by the oldest one that is. */
  function compareVersion({ headers }: PostAnswer, call: Call): void {
    const served = headers.get("x-shopify-api-version");
    if (!served || served === API_VERSION || otherVersions.has(served)) return;
    otherVersions.add(served);
    log.error({ asked: API_VERSION, served, operation: call.operation }, "shopify.api-version-differs");
  }

  async function sendWithToken(call: Call): Promise<GraphqlBody> {
    const token = await tokens.accessToken(call.domain);
    try {
      return await sendOnce(call, token);
    } catch (error) {
      if (!(error instanceof CallError) || error.code !== "token-refused") throw error;
      return sendOnce(call, await tokens.replace(call.domain, token));
    }
  }

  return {
    orders: costs.orders,
    async send<TResult, TVariables>(
      domain: string,
      document: TypedDocumentString<TResult, TVariables>,
      variables: TVariables,
      options: SendOptions = {},
    ): Promise<TResult> {
      const query = document.toString();
      const { operation, changes } = nameOperation(query);
      const { deadlineMs = DEADLINE_MS, urgency = "work", isPaid = false, paysFor } = options;
      const call: Call = { domain, operation, changes, urgency, isPaid, paysFor, deadlineMs, query, variables };
      for (let attempt = 1; ; attempt += 1) {
        try {
          const body = await sendWithToken(call);
          return body.data as TResult;
        } catch (error) {
          const decision = decideRetry({ changes, attempt, error, random: Math.random() });
          if (!decision.retry) throw error;
          await sleep(decision.delayMs);
        }
      }
    },
  };
}

function readBody(text: string): GraphqlBody | null {
  try {
    const body = parseJson(text);
    return body !== null && typeof body === "object" && !Array.isArray(body) ? (body as GraphqlBody) : null;
  } catch {
    return null; // judged by the caller as unreadable
  }
}

/** Kind and name of a document; the first definition is the operation, fragments follow it. */
function nameOperation(query: string): { operation: string; changes: boolean } {
  const found = /^\s*(query|mutation)\s+(\w+)/.exec(query);
  if (!found?.[2]) throw new TypeError("every operation must have a name");
  return { operation: found[2], changes: found[1] === "mutation" };
}
