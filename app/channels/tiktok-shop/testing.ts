import { aClock } from "../../platform/clock.ts";
import { createLogger } from "../../platform/log.server.ts";
import type { AccessSource, CallBudgets, ForShop, ShopAccess } from "../port.ts";
import type { TikTokShopApp } from "./apps.ts";
import { exampleAnswers } from "./example-answers.ts";
import { createTikTokShop, type TikTokShopDeps } from "./index.server.ts";
import { OPERATIONS } from "./operations.ts";

/** Factories for tests of this room: each gives a valid thing with one line. */

export const anApp = (over: Partial<TikTokShopApp> = {}): TikTokShopApp => ({
  market: "US",
  appKey: "6testkey",
  appSecrets: ["test-secret"],
  serviceId: "7000000000000000001",
  ...over,
});

export const aShop = (over: Partial<ShopAccess> = {}): ShopAccess => ({
  grantId: "grant-1",
  market: "US",
  accessToken: "TTP_access-1",
  connectionId: "connection-1",
  channelShopId: "7495000000000000017",
  region: "US",
  currency: "USD",
  shopKey: "TTP_cipher-1",
  ...over,
});

/** Access that is always good; `renewed` counts how often a new token was asked for. */
export function anAccess(over: Partial<ShopAccess> = {}): ForShop & { renewed: number } {
  let current = aShop(over);
  const source = {
    renewed: 0,
    get: async () => current,
    async renew() {
      source.renewed += 1;
      current = { ...current, accessToken: `TTP_access-${source.renewed + 1}` };
      return current;
    },
  } satisfies AccessSource<ShopAccess> & { renewed: number };
  return source;
}

/** Budgets that never run out and write down what they are told. */
export function openBudgets() {
  const taken: string[] = [];
  const closed: { key: string; until: Date; reason: string }[] = [];
  const learned: ({ key: string } & Parameters<CallBudgets["learn"]>[1])[] = [];
  const budgets: CallBudgets = {
    take: async (key) => void taken.push(key),
    close: async (key, until, reason) => void closed.push({ key, until, reason }),
    learn: async (key, seen) => void learned.push({ key, ...seen }),
  };
  return { ...budgets, taken, closed, learned };
}

export interface Recorded {
  operation: string;
  method: string;
  origin: string;
  path: string;
  query: Record<string, string>;
  headers: Headers;
  body: string | FormData | undefined;
}

export interface StandIn {
  status?: number;
  headers?: Record<string, string>;
  body: string;
}

/**
 * A fetch that writes down every request and answers from `answers` (by operation), else with the example of that operation. An
 * answer may be a function: it can throw, wait or count.
 */
export function recordingFetch(
  answers: Record<string, unknown | ((request: Recorded, init: RequestInit) => StandIn | Promise<StandIn>)> = {},
) {
  const requests: Recorded[] = [];
  const standIn: typeof fetch = async (input, init = {}) => {
    const url = new URL(String(input));
    const method = init.method ?? "GET";
    const body = init.body as Recorded["body"];
    const operation = operationOf(method, url.pathname);
    const query = Object.fromEntries(url.searchParams);
    const request: Recorded = {
      operation,
      method,
      origin: url.origin,
      path: url.pathname,
      query,
      headers: new Headers(init.headers),
      body,
    };
    requests.push(request);
    const answer = answers[operation] ?? { data: exampleAnswers[operation] ?? {} };
    const {
      status = 200,
      headers,
      body: text,
    } = typeof answer === "function" ? await answer(request, init) : enveloped(answer);
    return new Response(text, { status, headers });
  };
  return { fetch: standIn, requests };
}

/** The envelope of a success, or of a refusal when `code` is given. */
export function enveloped(
  answer: { code?: number; data?: unknown; status?: number; headers?: Record<string, string> } | unknown,
): StandIn {
  const {
    code = 0,
    data = {},
    status,
    headers,
  } = answer as { code?: number; data?: unknown; status?: number; headers?: Record<string, string> };
  return {
    status,
    headers,
    body: JSON.stringify({ code, message: code === 0 ? "Success" : "refused", request_id: "req-1", data }),
  };
}

/** The channel on a recording fetch, with everything else at hand. */
export function aChannel(answers: Parameters<typeof recordingFetch>[0] = {}, over: Partial<TikTokShopDeps> = {}) {
  const { fetch, requests } = recordingFetch(answers);
  const lines: string[] = [];
  const log = createLogger({ level: "trace", destination: { write: (line: string) => void lines.push(line) } });
  const budgets = openBudgets();
  const clock = aClock("2026-11-20T10:00:00.000Z");
  const channel = createTikTokShop({
    apps: [anApp()],
    apiUrl: "https://api.test",
    authUrl: "https://auth.test",
    budgets,
    clock,
    log,
    fetch,
    wait: async () => {},
    ...over,
  });
  return { channel, requests, lines, budgets, clock };
}

function operationOf(method: string, path: string): string {
  if (path === "/api/v2/token/get") return "getAccessToken";
  if (path === "/api/v2/token/refresh") return "refreshAccessToken";
  const found = Object.entries(OPERATIONS).find(([, operation]) => {
    const template = `/${operation.area}/${operation.version}${operation.path}`;
    return operation.method === method && new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(path);
  });
  if (!found) throw new Error(`no operation for ${method} ${path}`);
  return found[0];
}
