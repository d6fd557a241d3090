import { checkShape } from "../contract/check.ts";
import { ROOT_FIELDS } from "../contract/shopify/operations.ts";
import { GRAPHQL_ANSWER, PLAIN_REFUSAL } from "../contract/shopify/tokens.ts";
import type { Route, SandboxAnswer, SandboxRequest } from "../kernel/model.ts";
import { API_VERSION, type GraphqlRequest, rootFields, runGraphql } from "./graphql/execute.ts";
import { compile } from "./graphql/schema.ts";
import { shopOf } from "./shop-of.ts";
import type { Tokens } from "./tokens.ts";
import type { World } from "./world.ts";

const PATH = /^\/admin\/api\/([\w-]+)\/graphql\.json$/;

/** POST /admin/api/{version}/graphql.json. Shopify fact: a version no longer served is answered by one that is, silently. */
export function createGraphqlDoor(world: World, tokens: Tokens): Route {
  return {
    platform: "shopify",
    match(req) {
      if (req.method !== "POST" || !PATH.test(req.path)) return null;
      const request = readRequest(req);
      return request ? operationName(request) : "unreadable";
    },
    // Who has no token learns nothing but that.
    checkRequest: (_operation, req) => {
      const isGood = tokens.isGood(req.headers["x-shopify-access-token"] ?? "", shopOf(req), world.now());
      return isGood ? breaches(readRequest(req)) : [];
    },
    refuse: (_operation, req) => refuse(readRequest(req)),
    handle: async (req) => handle(world, tokens, req),
    checkAnswer(_operation, _req, answer) {
      return checkShape(answer.status === 200 ? GRAPHQL_ANSWER : PLAIN_REFUSAL, JSON.parse(String(answer.body)));
    },
    faultAnswer: (_operation, status) =>
      plain(status, FAULT_TEXTS[status] ?? "Internal Server Error", status === 429 ? { "retry-after": "2.0" } : {}),
  };
}

const FAULT_TEXTS: Record<number, string> = {
  402: "This shop's plan does not have access to this feature",
  423: "This shop is unavailable",
  429: "Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.",
  503: "Service Unavailable",
};

const read = new WeakMap<SandboxRequest, GraphqlRequest | null>();

function readRequest(req: SandboxRequest): GraphqlRequest | null {
  const known = read.get(req);
  if (known !== undefined) return known;
  let request: GraphqlRequest | null = null;
  try {
    const body = JSON.parse(req.raw.toString("utf8")) as Partial<GraphqlRequest>;
    if (typeof body.query === "string")
      request = { query: body.query, variables: body.variables ?? {}, operationName: body.operationName ?? null };
  } catch {
    request = null;
  }
  read.set(req, request);
  return request;
}

/** The operation's own name, else its first root field: what faults and the call log go by. */
function operationName(request: GraphqlRequest): string {
  const { operation } = compile(request.query, request.operationName);
  return operation ? (operation.name?.value ?? rootFields(operation)[0] ?? "unnamed") : "unreadable";
}

function breaches(request: GraphqlRequest | null): string[] {
  if (!request) return ["$.query: missing"];
  const { operation, errors } = compile(request.query, request.operationName);
  if (errors.length > 0 || !operation) return errors.map((one) => one.message);
  return rootFields(operation)
    .filter((name) => !Object.hasOwn(ROOT_FIELDS, name) && !name.startsWith("__"))
    .map((name) => `the sandbox has no answer for ${name}`);
}

function refuse(request: GraphqlRequest | null): SandboxAnswer {
  if (!request) return plain(400, { query: "Required parameter missing or invalid" });
  const { errors } = compile(request.query, request.operationName);
  const body =
    errors.length > 0 ? errors.map((one) => one.toJSON()) : breaches(request).map((message) => ({ message }));
  return {
    status: 200,
    headers: { "content-type": "application/json; charset=utf-8", "x-shopify-api-version": API_VERSION },
    body: JSON.stringify({ errors: body }),
  };
}

function handle(world: World, tokens: Tokens, req: SandboxRequest): SandboxAnswer {
  const shop = world.shops.get(shopOf(req));
  if (!shop) return plain(404, "Not Found");
  const token = tokens.use(req.headers["x-shopify-access-token"] ?? "", shop.domain, world.now());
  if (!token || !shop.installed)
    return plain(401, "[API] Invalid API key or access token (unrecognized login or wrong password)");
  const request = readRequest(req);
  if (!request) return plain(400, { query: "Required parameter missing or invalid" });
  if (token.kind === "online" && /\borderCreate\b/.test(request.query))
    return plain(403, "This mutation needs an offline token");
  return runGraphql(world, shop, world.app.scopes, request);
}

function plain(status: number, errors: unknown, headers: Record<string, string> = {}): SandboxAnswer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "x-shopify-api-version": API_VERSION, ...headers },
    body: JSON.stringify({ errors }),
  };
}
