import { readFileSync } from "node:fs";
import type { Pages, SandboxAnswer, SandboxRequest } from "../kernel/model.ts";
import { redirect } from "../pages/html.ts";
import { install } from "../shopify/install.ts";
import type { Shop } from "../shopify/model.ts";
import { hostParameter, signSessionToken } from "../shopify/session-token.ts";
import { DEMO_SHOP, type World } from "../shopify/world.ts";
import { serveExtension } from "./extension-block.ts";
import { framePage, plainPage } from "./frame.ts";
import { type Doors, serveStorePage } from "./store-pages.ts";

const HOST = "admin.localhost";
const FILES: Record<string, string> = {
  "/app-bridge.js": "text/javascript",
  "/extension-host.js": "text/javascript",
  "/extension-host.css": "text/css",
};

/** The stand-in for admin.shopify.com: the page that frames the app, and the App Bridge stand-in it serves to it. */
export function createAdminPages(world: World, doors: Doors): Pages {
  return {
    match: (req) => req.host === HOST,
    handle: (req) => serve(world, doors, req),
  };
}

async function serve(world: World, doors: Doors, req: SandboxRequest): Promise<SandboxAnswer> {
  const type = FILES[req.path];
  if (type) return page(200, type, readFileSync(new URL(`.${req.path}`, import.meta.url), "utf8"));
  if (req.path === "/_sandbox/session-token" && req.method === "POST") return sessionToken(world, req);
  if (req.path === "/_sandbox/products") return page(200, "application/json", JSON.stringify(pickable(world, req)));
  const block = serveExtension(world, req);
  if (block) return block;
  const demo = DEMO_SHOP.replace(".myshopify.com", "");
  if (req.path === "/")
    return { status: 302, headers: { location: `/store/${demo}/apps/${world.app.handle}` }, body: "" };
  const match = /^\/store\/([\w-]+)(?:\/apps\/([\w-]+)(\/.*)?|\/(\w+)(?:\/(\d+))?)?$/.exec(req.path);
  const shop = world.shops.get(`${match?.[1] ?? ""}.myshopify.com`);
  if (!match || !shop) return page(404, "text/html; charset=utf-8", plainPage("There is nothing here", "", "/"));
  const [, store = "", app, inner, ownPage, number = ""] = match;
  // The library sends top-level visitors to /store/{shop}/apps/{api key}: the same page.
  const isApp = app === world.app.handle || app === "reelshelf" || app === world.kernel.settings.apiKey;
  const base = `/store/${store}/apps/${world.app.handle}`;
  const own = ownPage ? await serveStorePage({ world, doors, shop, req }, ownPage, number) : null;
  if (own) return own;
  if (!app || !isApp)
    return page(200, "text/html; charset=utf-8", plainPage("This page of the admin has no stand-in", shop.name, base));
  if (shop.isRemoved) return redirect(`/store/${store}/apps`, `${world.app.name} is not installed.`);
  install(shop);
  return page(200, "text/html; charset=utf-8", frame(world, req, shop, base, inner));
}

/** The frame around the app, with the query the real admin adds. */
function frame(world: World, req: SandboxRequest, shop: Shop, base: string, inner: string | undefined): string {
  const { domain } = shop;
  const { apiKey, apiSecret, appUrl } = world.kernel.settings;
  const query = new URLSearchParams(req.query);
  const added: Record<string, string> = {
    embedded: "1",
    shop: domain,
    host: hostParameter(domain),
    locale: "en",
    timestamp: String(Math.floor(world.now() / 1000)),
    session: "sandbox",
    id_token: signSessionToken({ shop: domain, apiKey, apiSecret, now: world.now() }),
  };
  for (const [name, value] of Object.entries(added)) query.set(name, value);
  const path = inner && inner !== "/" ? inner : "/app";
  return framePage(world, shop, {
    appOrigin: new URL(appUrl).origin,
    appName: world.app.name,
    base,
    shop: domain,
    src: `${appUrl}${path}?${query}`,
  });
}

/** Only the frame's own page may ask for session tokens; there is none for an app that was removed. */
function sessionToken(world: World, req: SandboxRequest): SandboxAnswer {
  const { origin } = req.headers;
  const shop = world.shops.get(req.query.get("shop") ?? DEMO_SHOP);
  if ((origin && new URL(origin).hostname !== HOST) || !shop) return page(403, "text/plain", "no");
  const { apiKey, apiSecret } = world.kernel.settings;
  const token = shop.isRemoved ? null : signSessionToken({ shop: shop.domain, apiKey, apiSecret, now: world.now() });
  return page(200, "application/json", JSON.stringify({ token }));
}

/** Products as the resource picker offers and returns them. */
function pickable(world: World, req: SandboxRequest): unknown[] {
  const shop = world.shops.get(req.query.get("shop") ?? DEMO_SHOP);
  return [...(shop?.products.values() ?? [])].map((product) => ({
    id: product.id,
    title: product.title,
    handle: product.handle,
    status: product.status,
    images: product.media.map((media) => ({ id: media.imageId, originalSrc: media.url, altText: media.alt })),
    variants: product.variantIds.map((id) => ({ id })),
    totalVariants: product.variantIds.length,
  }));
}

function page(status: number, type: string, body: string): SandboxAnswer {
  return {
    status,
    headers: { "content-type": type, "cache-control": "no-store", "x-frame-options": "SAMEORIGIN" },
    body,
  };
}
