import type { SandboxAnswer, SandboxRequest, TikTokApp } from "../kernel/model.ts";
import { issueCode } from "./grants.ts";
import type { World } from "./model.ts";
import { getSeller } from "./world.ts";

/**
 * The seller's consent page. GET shows Approve and Refuse; POST decides; `auto=1` approves at once.
 * `seller` names who consents; the first seller otherwise.
 */
export function answerConsent(world: World, req: SandboxRequest): SandboxAnswer {
  const fields = new URLSearchParams(req.query);
  if (req.method === "POST")
    for (const [name, value] of new URLSearchParams(req.raw.toString("utf8"))) fields.set(name, value);
  const app = world.kernel.settings.tiktokApps.find((entry) => entry.serviceId === fields.get("service_id"));
  if (!app) return page(400, "<h1>Unknown app</h1><p>There is no app with this service id.</p>");
  const sellerId = fields.get("seller") || [...world.sellers.keys()][0] || "";
  if (!world.sellers.has(sellerId)) return page(400, "<h1>Unknown seller</h1>");
  const state = fields.get("state");
  const decision = req.method === "POST" ? fields.get("decision") : fields.get("auto") === "1" ? "approve" : "";
  if (decision === "approve") return redirect(consentReturn(world, app, sellerId, state));
  if (decision === "refuse") return redirect(refusalReturn(world, state));
  return page(200, renderQuestion(world, app, sellerId, state));
}

/** Address the seller's browser is sent to after consent, with a fresh code. Without state: a start from the platform's store. */
export function consentReturn(world: World, app: TikTokApp, sellerId: string, state: string | null): string {
  const code = issueCode(world, app.appKey, sellerId);
  const region = getSeller(world, sellerId).region;
  const query = new URLSearchParams({ app_key: app.appKey, code: code.text, locale: "en-US", shop_region: region });
  if (state) query.set("state", state);
  return `${returnAddress(world)}?${query}`;
}

function refusalReturn(world: World, state: string | null): string {
  const query = new URLSearchParams({ code: "null", error: "auth_denied" });
  if (state) query.set("state", state);
  return `${returnAddress(world)}?${query}`;
}

function returnAddress(world: World): string {
  return `${world.kernel.settings.appUrl}/connect/tiktok-shop/callback`;
}

function renderQuestion(world: World, app: TikTokApp, sellerId: string, state: string | null): string {
  const options = [...world.sellers.values()]
    .map(
      (s) =>
        `<option value="${s.id}"${s.id === sellerId ? " selected" : ""}>${escapeHtml(s.name)} (${s.region})</option>`,
    )
    .join("");
  return `<h1>Connect your shop</h1>
<p>An app asks to manage products, orders and shipping of your shop.</p>
<form method="post" action="/open/authorize">
<input type="hidden" name="service_id" value="${escapeHtml(app.serviceId)}">
<input type="hidden" name="state" value="${escapeHtml(state ?? "")}">
<p><label>Seller <select name="seller">${options}</select></label></p>
<p class="decide"><button name="decision" value="approve">Approve</button>
<button name="decision" value="refuse">Refuse</button></p>
</form>`;
}

const STYLE = `
body{margin:0;min-height:100dvh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif;color:#25213a;background:#e6e3f1}
main{box-sizing:border-box;width:min(26rem,calc(100vw - 2rem));padding:1.75rem;border-radius:18px;background:#fff;box-shadow:0 2px 12px #25213a22}
h1{margin:.75rem 0 .25rem;font-size:1.4rem}
.simulated{display:inline-block;margin:0;padding:0 .5rem;border:1px solid #4a2bb5;border-radius:4px;font-size:.8rem;color:#4a2bb5}
label{display:grid;gap:.25rem;font-weight:600}
select,button{font:inherit;min-height:44px;padding:.5rem 1rem;border:1px solid #8a84a3;border-radius:10px;background:#fff;color:inherit}
.decide{display:flex;gap:.75rem;margin:1.25rem 0 0}
button{flex:1;font-weight:650;cursor:pointer}
button[value=approve]{border-color:#4a2bb5;background:#4a2bb5;color:#fff}
:focus-visible{outline:3px solid #1d4ed8;outline-offset:2px}`;

function redirect(location: string): SandboxAnswer {
  return { status: 302, headers: { location, "content-type": "text/plain" }, body: "" };
}

function page(status: number, html: string): SandboxAnswer {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Connect your shop (simulation)</title><link rel="icon" href="data:,"><style>${STYLE}</style><main><p class="simulated">Simulation</p>${html}</main></html>`;
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
