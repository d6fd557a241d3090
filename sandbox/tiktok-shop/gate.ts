import { findRequestProblems } from "../contract/tiktok-shop/index.ts";
import type { OperationContract } from "../contract/tiktok-shop/shape.ts";
import type { SandboxRequest } from "../kernel/model.ts";
import { Refusal, refuseParameters } from "./errors.ts";
import type { Call, Grant, Shop, World } from "./model.ts";
import type { Rates } from "./rates.ts";
import { computeSignature, isSameText } from "./signing.ts";

const slowestSeconds = 300;
const fastestSeconds = 30;

/**
 * Everything a business call must pass, in this order: app key, clock window, signature over the raw bytes, token, permission,
 * shop_cipher, rate, content type, contract of query and body. The first failure is the answer.
 */
export function passGate(
  world: World,
  rates: Rates,
  contract: OperationContract,
  ids: Record<string, string>,
  req: SandboxRequest,
): Call {
  const contentType = req.headers["content-type"] ?? "";
  const app = world.kernel.settings.tiktokApps.find((entry) => entry.appKey === req.query.get("app_key"));
  if (!app) refuseParameters("app_key is missing or unknown");
  checkClock(world, req.query.get("timestamp"));
  const expected = computeSignature(app.appSecret, { path: req.path, query: req.query, raw: req.raw, contentType });
  const sign = req.query.get("sign");
  if (!sign) refuseParameters("sign is missing", 401);
  if (!isSameText(sign, expected)) throw new Refusal(106001, "the signature does not match", 401);
  const grant = checkToken(world, app.appKey, req.headers["x-tts-access-token"]);
  if (contract.scope && !grant.scopes.includes(contract.scope)) {
    throw new Refusal(105005, `the scope ${contract.scope} is not granted`, 401);
  }
  const takesCipher = contract.query !== undefined && "shop_cipher*" in contract.query;
  const shop = checkCipher(world, grant, takesCipher, req.query.get("shop_cipher"));
  rates.take(`${app.appKey} ${shop?.id ?? grant.sellerId}`, contract.operation);
  const isUpload = contract.operation === "uploadProductImage";
  const body = isUpload ? undefined : readBody(contract, contentType, req.raw);
  const problems = findRequestProblems(contract.operation, req.query, body);
  if (problems.length > 0) {
    world.requestViolations.push({ operation: contract.operation, problems });
    refuseParameters(`invalid parameter: ${problems.slice(0, 3).join("; ")}`);
  }
  return {
    operation: contract.operation,
    appKey: app.appKey,
    grant,
    shop,
    ids,
    query: req.query,
    body: body ?? {},
    raw: req.raw,
    contentType,
  };
}

function checkClock(world: World, text: string | null): void {
  if (!text || !/^\d{10}$/.test(text)) refuseParameters("timestamp is missing or malformed");
  const behind = world.kernel.clock.now() / 1000 - Number(text);
  if (behind > slowestSeconds || behind < -fastestSeconds) refuseParameters("timestamp is out of range", 401);
}

function checkToken(world: World, appKey: string, text: string | undefined): Grant {
  const token = world.tokens.get(text ?? "");
  if (token?.kind !== "access" || token.grant.appKey !== appKey)
    refuseParameters("access token is missing or invalid", 401);
  if (token.grant.revoked) throw new Refusal(105004, "the authorization is not active", 401);
  if (token.expiresAtMs <= world.kernel.clock.now()) throw new Refusal(105002, "the access token has expired", 401);
  return token.grant;
}

function checkCipher(world: World, grant: Grant, takesCipher: boolean, cipher: string | null): Shop | null {
  if (!takesCipher) {
    if (cipher !== null) refuseParameters("shop_cipher is not taken by this operation");
    return null;
  }
  if (!cipher) throw new Refusal(106013, "shop_cipher is missing", 400);
  for (const id of grant.shopIds) {
    const shop = world.shops.get(id);
    if (shop?.ciphers.get(grant.appKey) === cipher) return shop;
  }
  throw new Refusal(101000, "token, user type and shop do not belong together", 401);
}

function readBody(contract: OperationContract, contentType: string, raw: Buffer): unknown {
  if (!contentType.toLowerCase().startsWith("application/json")) {
    throw new Refusal(36009022, "content-type must be application/json", 415);
  }
  if (raw.length === 0) return undefined;
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return refuseParameters(`the body of ${contract.operation} is not JSON`);
  }
}
