import type { IncomingMessage, Server, ServerResponse } from "node:http";
import http from "node:http";
import { type DoorDeps, openDoor } from "./doors.ts";
import type { Pages, Route, SandboxRequest } from "./model.ts";
import { servePageFile } from "./page-files.ts";
import { servePicture } from "./pictures.ts";
import { type CallDeps, runCall, sendAnswer } from "./run-call.ts";

const MAX_BODY = 32 * 1024 * 1024;

/** The one listener: sandbox doors, pictures, pages, then the routes of the platforms in order. Anything else is 404. */
export function createServer(deps: CallDeps & DoorDeps): Server {
  const { shopify, tiktok } = deps.platforms;
  const routes: Route[] = [...shopify.routes, ...tiktok.routes];
  const pages: Pages[] = [...shopify.pages, ...tiktok.pages];
  const server = http.createServer((incoming, res) => {
    serve(deps, pages, routes, incoming, res).catch((error) => {
      console.error("sandbox: request failed", error);
      sendAnswer(res, { status: 500, body: "the sandbox failed" });
    });
  });
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 70_000;
  return server;
}

async function serve(
  deps: CallDeps & DoorDeps,
  pages: Pages[],
  routes: Route[],
  incoming: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const req = await readRequest(incoming);
  if (!req) return sendAnswer(res, { status: 413, body: "too large" });
  if (req.path.startsWith("/__sandbox/")) return sendAnswer(res, await openDoor(deps, req));
  if (req.path.startsWith("/pictures/")) return sendAnswer(res, await servePicture(req.path, req.query));
  if (req.path.startsWith("/_pages/")) return sendAnswer(res, await servePageFile(req));
  const page = pages.find((one) => one.match(req));
  if (page) return sendAnswer(res, await page.handle(req));
  for (const route of routes) {
    const operation = route.match(req);
    if (operation !== null) return runCall(deps, route, operation, req, res);
  }
  sendAnswer(res, {
    status: 404,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ errors: "Not Found" }),
  });
}

async function readRequest(incoming: IncomingMessage): Promise<SandboxRequest | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) return undefined;
    parts.push(part);
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  const host = (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
  const url = new URL(incoming.url ?? "/", "http://sandbox.invalid");
  return {
    method: incoming.method ?? "GET",
    host,
    path: url.pathname,
    query: url.searchParams,
    headers,
    raw: Buffer.concat(parts),
  };
}
