import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { SandboxAnswer, SandboxRequest } from "../kernel/model.ts";
import { escapeHtml } from "../pages/html.ts";
import type { Shop } from "../shopify/model.ts";
import type { World } from "../shopify/world.ts";

/** Where `npm run build` puts the app's extensions: they are read as files, as the admin gets them. */
const BUILT = new URL("../../build/extensions/", import.meta.url);

interface Built {
  handle: string;
  target: string;
  texts: Record<string, unknown>;
}

/** The app's blocks for a page of the admin, each in a frame of its own; `selected` is the id of what the page shows. */
export function extensionBlocks(shop: Shop, target: string, selected: string): string {
  const blocks = readBuilt().filter((one) => one.target === target);
  if (blocks.length === 0)
    return `<section class="card" aria-label="App blocks"><p>No block was built for this page. Run <code>npm run build</code> and reload.</p></section>`;
  return blocks
    .map(({ handle, texts }) => {
      const query = new URLSearchParams({ handle, shop: shop.domain, selected });
      return `<section class="card block"><iframe title="${escapeHtml(String(texts.name ?? handle))}" src="/_sandbox/extension?${escapeHtml(String(query))}"></iframe></section>`;
    })
    .join("");
}

/** The document of one block and its code. Null: the request is for something else. */
export function serveExtension(world: World, req: SandboxRequest): SandboxAnswer | null {
  if (req.path !== "/_sandbox/extension" && req.path !== "/_sandbox/extension.js") return null;
  const built = readBuilt().find((one) => one.handle === req.query.get("handle"));
  const shop = world.shops.get(req.query.get("shop") ?? "");
  if (!built) return { status: 404, body: "no such extension" };
  if (req.path.endsWith(".js"))
    return answer("text/javascript", readFileSync(new URL(`${built.handle}/extension.js`, BUILT), "utf8"));
  if (!shop) return { status: 404, body: "no such shop" };
  return answer("text/html; charset=utf-8", blockPage(world, shop, built, req.query.get("selected") ?? ""));
}

function blockPage(world: World, shop: Shop, { handle, target, texts }: Built, selected: string): string {
  const boot = {
    appOrigin: new URL(world.kernel.settings.appUrl).origin,
    shop: shop.domain,
    store: shop.domain.replace(".myshopify.com", ""),
    handle: world.app.handle,
    ...{ target, texts, selected },
  };
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(handle)}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/extension-host.css"></head>
<body><script type="application/json" id="boot">${JSON.stringify(boot).replace(/</g, "\\u003c")}</script>
<script src="/extension-host.js"></script><script src="/_sandbox/extension.js?handle=${encodeURIComponent(handle)}"></script></body></html>`;
}

function readBuilt(): Built[] {
  if (!existsSync(BUILT)) return [];
  return readdirSync(BUILT).map((name) => JSON.parse(readFileSync(new URL(`${name}/extension.json`, BUILT), "utf8")));
}

function answer(type: string, body: string): SandboxAnswer {
  return {
    status: 200,
    headers: { "content-type": type, "cache-control": "no-store", "x-frame-options": "SAMEORIGIN" },
    body,
  };
}
