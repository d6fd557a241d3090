import fs from "node:fs";
import path from "node:path";

/** Test values for everything a demo does not name itself; a variable that is set always wins. */
export function demoSettings(found: {
  appPort: number;
  sandboxUrl: string;
  sandboxPort: number;
  databaseUrl: string;
}): Record<string, string> {
  const example = readEnvExample();
  const own: Record<string, string> = {
    NODE_ENV: "production",
    DATABASE_URL: found.databaseUrl,
    PORT: String(found.appPort),
    HOST: "127.0.0.1",
    SHOPIFY_APP_URL: `http://app.localhost:${found.appPort}`,
    SHOPIFY_API_KEY: example.SHOPIFY_API_KEY ?? "",
    SHOPIFY_API_SECRET: example.SHOPIFY_API_SECRET ?? "",
    ENCRYPTION_KEY: example.ENCRYPTION_KEY ?? "",
    TIKTOK_SHOP_APPS: (example.TIKTOK_SHOP_APPS ?? "").replace(
      /"consentUrl":"[^"]*"/,
      `"consentUrl":"${found.sandboxUrl}/open/authorize"`,
    ),
    TIKTOK_SHOP_API_URL: found.sandboxUrl,
    TIKTOK_SHOP_AUTH_URL: found.sandboxUrl,
    SANDBOX_PORT: String(found.sandboxPort),
    SANDBOX_SHOPIFY_URL: found.sandboxUrl,
    SANDBOX_ADMIN_URL: `http://admin.localhost:${found.sandboxPort}`,
    APP_BRIDGE_URL: `http://admin.localhost:${found.sandboxPort}/app-bridge.js`,
    LOG_LEVEL: "info",
  };
  const set = Object.fromEntries(
    Object.entries(process.env).filter(([, value]) => value !== undefined && value !== ""),
  ) as Record<string, string>;
  return { ...own, ...set, SANDBOX_PORT: own.SANDBOX_PORT ?? "" };
}

/** The fixed test values of `.env.example`: name → value, comments left out. */
function readEnvExample(): Record<string, string> {
  const text = fs.readFileSync(path.resolve(import.meta.dirname, "../../.env.example"), "utf8");
  const pairs = text.split("\n").flatMap((line) => {
    const found = /^([A-Z_]+)=(.*)$/.exec(line);
    return found ? [[found[1], found[2]] as const] : [];
  });
  return Object.fromEntries(pairs);
}
