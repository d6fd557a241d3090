/**
 * `node --import ./sandbox/preload.ts …`, for the demo and tests only. It changes the process's network, never the app's
 * code: what the app sends to Shopify goes to the sandbox, no other public host is reached, and the app's pages may be
 * framed by the sandbox's admin.
 */
import dns from "node:dns";
import http from "node:http";
import { Agent, setGlobalDispatcher } from "undici";

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d+){3}|\[?::1\]?)$/;
const SHOP = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
const shopify = loopbackOrigin("SANDBOX_SHOPIFY_URL");
const admin = loopbackOrigin("SANDBOX_ADMIN_URL");
// The app's own stores may be on the network.
const allowed = new Set(
  [process.env.DATABASE_URL, process.env.REDIS_URL].flatMap((address) =>
    address && URL.canParse(address) ? [new URL(address).hostname] : [],
  ),
);
const isAllowed = (host: string) => LOOPBACK.test(host) || allowed.has(host);

type DispatchOptions = Parameters<Agent["dispatch"]>[0];

// Outbound: every fetch, whenever it was captured, goes through the global dispatcher.
setGlobalDispatcher(
  new Agent().compose((dispatch) => (options, handler) => {
    const { hostname } = new URL(String(options.origin));
    if (SHOP.test(hostname))
      return dispatch(
        { ...options, origin: shopify, headers: withShop(options.headers, hostname) } as DispatchOptions,
        handler,
      );
    if (!isAllowed(hostname)) throw new Error(`sandbox: a request to ${hostname} was stopped`);
    // Node may not resolve *.localhost itself.
    if (hostname.endsWith(".localhost"))
      return dispatch({ ...options, ...viaLoopback(options) } as DispatchOptions, handler);
    return dispatch(options, handler);
  }),
);

function withShop(headers: DispatchOptions["headers"], shop: string): unknown {
  if (Array.isArray(headers)) return [...headers, "x-sandbox-shop", shop];
  if (headers && Symbol.iterator in headers)
    return [...(headers as Iterable<[string, string]>), ["x-sandbox-shop", shop]].flat();
  return { ...(headers as object), "x-sandbox-shop": shop };
}

function viaLoopback(options: DispatchOptions): { origin: string; headers: unknown } {
  const url = new URL(String(options.origin));
  const host = url.host;
  url.hostname = "127.0.0.1";
  const { headers } = options;
  const named = Array.isArray(headers) ? [...headers, "host", host] : { ...(headers as object), host };
  return { origin: url.origin, headers: named };
}

// Nothing else (node:http, drivers) may look a public name up either.
const lookup = dns.lookup;
(dns as { lookup: unknown }).lookup = function sandboxLookup(host: string, ...rest: unknown[]) {
  if (host && !isAllowed(host) && !/^[\d.:a-f]+$/i.test(host)) {
    const callback = rest.at(-1) as (error: Error) => void;
    return callback(Object.assign(new Error(`sandbox: the look-up of ${host} was stopped`), { code: "ENOTFOUND" }));
  }
  return (lookup as (...all: unknown[]) => unknown).call(dns, host, ...rest);
};

// Inbound: the production headers, with the sandbox's admin added where Shopify's own hosts stand.
const writeHead = http.ServerResponse.prototype.writeHead;
http.ServerResponse.prototype.writeHead = function sandboxWriteHead(this: http.ServerResponse, ...args: unknown[]) {
  rewrite(this, "content-security-policy", (text) =>
    text.replace("https://admin.shopify.com", `https://admin.shopify.com ${admin}`),
  );
  rewrite(this, "location", (text) => text.replace(/^https:\/\/admin\.shopify\.com(?=\/store\/)/, admin));
  const bridge = process.env.APP_BRIDGE_URL;
  if (bridge)
    rewrite(this, "link", (text) => text.replace("https://cdn.shopify.com/shopifycloud/app-bridge.js", bridge));
  return (writeHead as (...all: unknown[]) => http.ServerResponse).apply(this, args);
} as typeof writeHead;

function rewrite(res: http.ServerResponse, name: string, change: (text: string) => string): void {
  const value = res.getHeader(name);
  if (typeof value === "string") res.setHeader(name, change(value));
}

function loopbackOrigin(name: string): string {
  const value = process.env[name];
  if (!value || !URL.canParse(value) || !LOOPBACK.test(new URL(value).hostname))
    throw new Error(`sandbox: ${name} must be a loopback address`);
  return new URL(value).origin;
}
