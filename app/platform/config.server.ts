/** All settings, read once at the start. Names are documented in .env.example; nobody else reads the environment. */
import { z } from "zod";

const list = (text: string) =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** A secret: a comma list of which the first writes (signs, encrypts) and all read (verify, decrypt). */
const secrets = z
  .string()
  .transform(list)
  .refine((found) => found.length > 0, "is empty");
const address = z.url().transform((url) => url.replace(/\/+$/, ""));

const channelApp = z.object({
  market: z.string().min(1),
  appKey: z.string().min(1),
  appSecret: secrets,
  serviceId: z.string().min(1),
  consentUrl: z.url(),
});

const channelApps = z.string().transform((text, context) => {
  try {
    const found = z.array(channelApp).min(1).safeParse(JSON.parse(text));
    if (found.success) return found.data.map(({ appSecret, ...app }) => ({ ...app, appSecrets: appSecret }));
    context.addIssue({ code: "custom", message: found.error.issues.map(describe).join("; ") });
  } catch {
    context.addIssue({ code: "custom", message: "is not JSON" });
  }
  return z.NEVER;
});

const encryptionKeys = secrets.transform((keys, context) =>
  keys.map((key) => {
    const bytes = Buffer.from(key, "base64");
    if (bytes.length !== 32) context.addIssue({ code: "custom", message: "each key must be 32 bytes in base64" });
    return bytes;
  }),
);

const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgresql://")
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, "must begin with redis://")
    .optional(),
  SHOPIFY_API_KEY: z.string().min(1),
  SHOPIFY_API_SECRET: secrets,
  SHOPIFY_APP_URL: address,
  SCOPES: z.string().default("").transform(list),
  TIKTOK_SHOP_APPS: channelApps,
  TIKTOK_SHOP_API_URL: address.default("https://open-api.tiktokglobalshop.com"),
  TIKTOK_SHOP_AUTH_URL: address.default("https://auth.tiktok-shops.com"),
  ENCRYPTION_KEY: encryptionKeys,
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  LOG_LEVEL: z.enum(["silent", "fatal", "error", "warn", "info", "debug", "trace"]).default("info"),
  METRICS_TOKEN: secrets.optional(),
  SMTP_URL: z.url().optional(),
  MAIL_FROM: z.string().optional(),
  APP_BRIDGE_URL: z.url().optional(),
  SANDBOX_ADMIN_URL: z.url().optional(),
});

const shape = environment.transform((env) => ({
  /** Unset: the embedded server, which the starter brings up and puts in here. */
  databaseUrl: env.DATABASE_URL,
  /** Unset: the queue lives in PostgreSQL too. */
  redisUrl: env.REDIS_URL,
  shopify: {
    apiKey: env.SHOPIFY_API_KEY,
    apiSecrets: env.SHOPIFY_API_SECRET,
    appUrl: env.SHOPIFY_APP_URL,
    scopes: env.SCOPES,
    appBridgeUrl: env.APP_BRIDGE_URL,
    sandboxAdminUrl: env.SANDBOX_ADMIN_URL,
  },
  tiktokShop: { apps: env.TIKTOK_SHOP_APPS, apiUrl: env.TIKTOK_SHOP_API_URL, authUrl: env.TIKTOK_SHOP_AUTH_URL },
  encryptionKeys: env.ENCRYPTION_KEY,
  port: env.PORT,
  host: env.HOST,
  logLevel: env.LOG_LEVEL,
  metricsTokens: env.METRICS_TOKEN ?? [],
  mail: { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM },
}));

export type Config = z.infer<typeof shape>;

/** The settings are wrong; the message lists every fault, one a line, without any value. */
export class ConfigError extends Error {}

/** Parses the environment. Empty values count as unset. The result is frozen; throws `ConfigError` with a readable list. */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const result = shape.safeParse(given);
  if (result.success) return Object.freeze(result.data);
  throw new ConfigError(["The settings are not usable:", ...result.error.issues.map(describe)].join("\n  "));
}

function describe(issue: z.core.$ZodIssue): string {
  const isMissing = issue.code === "invalid_type" && /received undefined/.test(issue.message);
  return `${issue.path.join(".")} ${isMissing ? "is missing" : issue.message}`.trim();
}
