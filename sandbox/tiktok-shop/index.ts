import { randomBytes } from "node:crypto";
import { findAnswerProblems } from "../contract/tiktok-shop/index.ts";
import type { Kernel, Platform, Route, SandboxAnswer, SandboxRequest } from "../kernel/model.ts";
import { createShopPages } from "../shop-front/pages.ts";
import { answerConsent } from "./consent.ts";
import { createControl } from "./control.ts";
import { type ChannelFigures, countChannel } from "./count.ts";
import { Refusal } from "./errors.ts";
import { passGate } from "./gate.ts";
import { serveLabel } from "./labels.ts";
import type { World } from "./model.ts";
import { readers, writers } from "./operations.ts";
import { servePicture } from "./pictures.ts";
import { createRates, type Rates } from "./rates.ts";
import { findDestination, isGatewayPath } from "./router.ts";
import { tellState } from "./state.ts";
import { exchangeCode, refreshPair } from "./tokens.ts";
import { createWorld, resetWorld } from "./world.ts";

const uncounted = ["getAccessToken", "refreshAccessToken", "uploadProductImage", "unknownOperation"];

/**
 * A stateful stand-in of TikTok Shop: gateway, token host, consent page, picture host, and the doors to act as its
 * buyers and auditors. Everything lives in memory; `reset` starts again with the demo shop.
 */
export function createTikTokShop(kernel: Kernel): Platform<ChannelFigures> {
  const world = createWorld(kernel);
  const rates = createRates(world, kernel.clock.now());
  const control = createControl(world, rates);
  return {
    routes: [gatewayRoute(world, rates), pagesRoute(world)],
    pages: [createShopPages(world, control)],
    state: () => tellState(world),
    count: (store) => countChannel(world, store),
    reset() {
      resetWorld(world);
      rates.clear();
    },
    control,
  };
}

function gatewayRoute(world: World, rates: Rates): Route {
  return {
    platform: "tiktok",
    match(req) {
      if (!isGatewayPath(req.path)) return null;
      const destination = findDestination(req.method, req.path);
      return destination.kind === "operation" ? destination.contract.operation : "unknownOperation";
    },
    counted: (operation) => !uncounted.includes(operation),
    handle: async (req) => answerCall(world, rates, req),
    checkAnswer: (operation, _req, answer) =>
      operation === "unknownOperation" ? [] : findAnswerProblems(operation, answer.body.toString()),
    faultAnswer: (_operation, status) => faultAnswer(status),
  };
}

function pagesRoute(world: World): Route {
  return {
    platform: "tiktok",
    match(req) {
      if (req.path === "/open/authorize" && (req.method === "GET" || req.method === "POST")) return "consent";
      return req.method === "GET" && req.path.startsWith("/tiktok-media/") ? "picture" : null;
    },
    counted: () => false,
    handle: async (req) => serveLabel(world, req.path) ?? servePicture(req.path) ?? answerConsent(world, req),
  };
}

function answerCall(world: World, rates: Rates, req: SandboxRequest): SandboxAnswer {
  try {
    const destination = findDestination(req.method, req.path);
    if (destination.kind === "refused") throw new Refusal(destination.code, destination.message, destination.status);
    const { contract, ids } = destination;
    const { operation } = contract;
    if (operation === "getAccessToken") return succeed(exchangeCode(world, req.query), "success", true);
    if (operation === "refreshAccessToken") return succeed(refreshPair(world, req.query), "success", true);
    const call = passGate(world, rates, contract, ids, req);
    const handler = readers[operation] ?? writers[operation];
    if (!handler) throw new Error(`nobody answers ${operation}`);
    const answer = succeed(handler(world, call), "Success", operation in writers);
    const about = Object.entries(ids).map(([name, id]) => `${name}=${id}`);
    return { ...answer, summary: [`shop=${call.shop?.id ?? "-"}`, ...about].join(" ") };
  } catch (error) {
    if (error instanceof Refusal) return refuse(error);
    throw error;
  }
}

function succeed(data: unknown, message: string, effect: boolean): SandboxAnswer {
  return { ...envelope(200, { code: 0, message, data }), effect };
}

function refuse(refusal: Refusal): SandboxAnswer {
  const answer = envelope(refusal.status, { code: refusal.code, message: refusal.message, data: {} });
  return {
    ...answer,
    headers: { ...answer.headers, ...refusal.headers },
    summary: `refused ${refusal.code}`,
  };
}

/** The platform's face of an injected status: 429 throttled, 500 internal, 503 without an envelope, the rest by status alone. */
function faultAnswer(status: number): SandboxAnswer {
  if (status === 503)
    return { status, headers: { "content-type": "text/html" }, body: "<h1>503 Service Unavailable</h1>" };
  const code = status === 429 ? 36009002 : status === 500 ? 36009003 : 36009004;
  const message = status === 429 ? "Too many requests" : status === 500 ? "Internal error" : `status ${status}`;
  return envelope(status, { code, message });
}

function envelope(status: number, content: Record<string, unknown>): SandboxAnswer {
  const requestId = randomBytes(16).toString("hex").toUpperCase();
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ ...content, request_id: requestId }),
  };
}
