import type { RateProfile, SandboxSettings, TikTokApp } from "./model.ts";

const DEMO_APP: Omit<TikTokApp, "consentUrl"> = {
  market: "US",
  appKey: "6demoappkey",
  appSecret: "demo-app-secret-not-for-production",
  serviceId: "7000000000000000001",
};

/** Settings of a sandbox with nothing set: the demo's own test values. */
export function defaultSettings(): SandboxSettings {
  return {
    speed: 1,
    profile: "fast",
    seed: 1,
    apiKey: "reelshelf-demo-key",
    apiSecret: "reelshelf-demo-secret-not-for-production",
    tiktokApps: [{ ...DEMO_APP, consentUrl: "" }],
    appUrl: "http://app.localhost:3000",
    devShop: false,
    catalog: "builtin",
    badPictures: 0,
    busyShop: 0,
    port: 0,
  };
}

/** Reads the environment (names in the README). Throws with a readable sentence when a value makes no sense. */
export function settingsFromEnv(env: Record<string, string | undefined>): SandboxSettings {
  const base = defaultSettings();
  return {
    ...base,
    port: count(env.SANDBOX_PORT, "SANDBOX_PORT", base.port),
    speed: positive(env.SANDBOX_SPEED, "SANDBOX_SPEED", base.speed),
    seed: count(env.SANDBOX_SEED, "SANDBOX_SEED", base.seed),
    profile: readProfile(env.SANDBOX_PROFILE || base.profile),
    // Secrets may be comma lists: the first one signs.
    apiKey: env.SHOPIFY_API_KEY || base.apiKey,
    apiSecret: (env.SHOPIFY_API_SECRET || base.apiSecret).split(",")[0] ?? base.apiSecret,
    tiktokApps: env.TIKTOK_SHOP_APPS ? readApps(env.TIKTOK_SHOP_APPS) : base.tiktokApps,
    appUrl: (env.SHOPIFY_APP_URL || base.appUrl).replace(/\/+$/, ""),
    devShop: env.SANDBOX_DEV_SHOP === "1",
    catalog: env.SANDBOX_CATALOG || base.catalog,
    badPictures: count(env.SANDBOX_BAD_PICTURES, "SANDBOX_BAD_PICTURES", base.badPictures),
    busyShop: count(env.SANDBOX_BUSY_SHOP, "SANDBOX_BUSY_SHOP", base.busyShop),
    ...(env.SANDBOX_SUPERVISOR_URL ? { supervisorUrl: env.SANDBOX_SUPERVISOR_URL } : {}),
  };
}

/** A rate profile by name, or a thrown sentence. */
export function readProfile(text: string): RateProfile {
  if (text === "fast" || text === "real" || text === "dev") return text;
  throw new Error(`the rate profile must be fast, real or dev, not "${text}"`);
}

function readApps(text: string): TikTokApp[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list) || list.length === 0)
    throw new Error("TIKTOK_SHOP_APPS must be a JSON list with at least one app");
  return list.map((one: Partial<TikTokApp>) => {
    if (!one.market || !one.appKey || !one.appSecret || !one.serviceId)
      throw new Error("each TIKTOK_SHOP_APPS entry needs market, appKey, appSecret, serviceId");
    return {
      market: one.market,
      appKey: one.appKey,
      appSecret: one.appSecret,
      serviceId: one.serviceId,
      consentUrl: one.consentUrl ?? "",
    };
  });
}

function positive(text: string | undefined, name: string, fallback: number): number {
  if (!text) return fallback;
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name} must be a number above 0`);
  return value;
}

function count(text: string | undefined, name: string, fallback: number): number {
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number`);
  return value;
}
