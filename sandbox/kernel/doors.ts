import type { Kernel, Platform, PlatformName, SandboxAnswer, SandboxRequest, WebhookFaults } from "./model.ts";
import { isOwnPage } from "./own-page.ts";
import { readProfile } from "./settings.ts";
import { tellTruth } from "./truth.ts";
import type { Violations } from "./violations.ts";
import type { Deliveries } from "./webhooks.ts";

export interface DoorDeps {
  kernel: Kernel;
  platforms: Record<PlatformName, Platform>;
  deliveries: Deliveries;
  violations: Violations;
  reset(): void;
  /** The controls a person plays with, and the truth bar. */
  drawer: {
    tell(store: string | null): Promise<unknown>;
    act(name: string, input: Record<string, unknown>): Promise<unknown>;
    fill(input: Record<string, unknown>): unknown;
  };
}

/** The sandbox's own doors, all under /__sandbox. JSON in, JSON out; a mistake of the caller is 400 with a sentence. */
export async function openDoor(deps: DoorDeps, req: SandboxRequest): Promise<SandboxAnswer> {
  const [, , name = "", inner] = req.path.split("/");
  // a page of another site, open in the same browser, has no business here
  if (req.method !== "GET" && !isOwnPage(req))
    return answer(403, { error: "only the sandbox's own pages may do that" });
  try {
    if (name === "drawer" && req.method === "GET") return answer(200, await deps.drawer.tell(req.query.get("store")));
    if (name === "drawer") return answer(200, await deps.drawer.act(inner ?? "", readBody(req)));
    if (name === "filling" && req.method === "POST") return answer(200, deps.drawer.fill(readBody(req)));
    if (name === "shopify" || name === "tiktok") return await platformDoor(deps.platforms[name], inner ?? "", req);
    if (req.method === "GET") return answer(200, read(deps, name, req.query));
    return answer(200, write(deps, name, readBody(req)));
  } catch (error) {
    return answer(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function platformDoor(platform: Platform, name: string, req: SandboxRequest): Promise<SandboxAnswer> {
  const door = Object.hasOwn(platform.control, name) ? platform.control[name] : undefined;
  if (!door) return answer(404, { error: `no such door; there are: ${Object.keys(platform.control).join(", ")}` });
  return answer(200, (await door(readBody(req))) ?? {});
}

function read(deps: DoorDeps, name: string, query: URLSearchParams): unknown {
  const since = query.has("since") ? Number(query.get("since")) : undefined;
  switch (name) {
    case "state":
      return tellState(deps);
    case "calls":
      return { calls: deps.kernel.calls.list({ since, operation: query.get("operation") ?? undefined }) };
    case "faults":
      return { faults: deps.kernel.faults.list(), struck: deps.kernel.calls.struck() };
    case "deliveries":
      return { deliveries: deps.deliveries.list(since) };
    case "violations":
      return { violations: deps.violations.list() };
    default:
      throw new Error(`no such door: GET ${name}`);
  }
}

function write(deps: DoorDeps, name: string, body: Record<string, unknown>): unknown {
  switch (name) {
    case "faults":
      if (body.clear) deps.kernel.faults.clear();
      if (Array.isArray(body.add)) deps.kernel.faults.add(body.add);
      return { faults: deps.kernel.faults.list() };
    case "webhooks": {
      const { platform, clear, ...faults } = body as WebhookFaults & { platform?: PlatformName; clear?: boolean };
      deps.deliveries.setFaults(platform, clear ? {} : faults);
      return {};
    }
    case "reset":
      deps.reset();
      return {};
    case "time":
      return { now: new Date(deps.kernel.clock.now()).toISOString(), speed: deps.kernel.settings.speed };
    case "settings":
      if (body.profile !== undefined) deps.kernel.settings.profile = readProfile(String(body.profile));
      if (body.speed !== undefined) deps.kernel.settings.speed = readSpeed(body.speed);
      if (body.appUrl !== undefined) deps.kernel.settings.appUrl = String(body.appUrl).replace(/\/+$/, "");
      return {
        profile: deps.kernel.settings.profile,
        speed: deps.kernel.settings.speed,
        appUrl: deps.kernel.settings.appUrl,
      };
    default:
      throw new Error(`no such door: POST ${name}`);
  }
}

function tellState({ kernel, platforms, deliveries, violations }: DoorDeps): unknown {
  const shopify = platforms.shopify.state() as object;
  const tiktok = platforms.tiktok.state() as object;
  return {
    shopify,
    tiktok,
    truth: tellTruth(shopify, tiktok, kernel.calls),
    ...violations.counts(),
    webhooks: deliveries.counts(),
  };
}

function readSpeed(value: unknown): number {
  const speed = Number(value);
  if (!(speed > 0)) throw new Error("speed must be a number above 0");
  return speed;
}

function readBody(req: SandboxRequest): Record<string, unknown> {
  if (req.raw.length === 0) return {};
  const body: unknown = JSON.parse(req.raw.toString("utf8"));
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Error("the body must be a JSON object");
  return body as Record<string, unknown>;
}

const answer = (status: number, body: unknown): SandboxAnswer => ({
  status,
  headers: { "content-type": "application/json", "cache-control": "no-store" },
  body: JSON.stringify(body),
});
