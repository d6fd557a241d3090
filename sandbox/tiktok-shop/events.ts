import { findEventProblems } from "../contract/tiktok-shop/index.ts";
import type { Shop, World } from "./model.ts";
import { computeEventSignature } from "./signing.ts";
import { nowSeconds } from "./world.ts";

const minuteMs = 60_000;
/** TikTok Shop fact: an event not answered with 200 within 3 s comes again after these waits, then never. */
const retriesMs = [2 * minuteMs, 30 * minuteMs, 180 * minuteMs, 720 * minuteMs];

/** Types of events by the name under which their address is set. */
const eventTypes = {
  ORDER_STATUS_CHANGE: 1,
  RECIPIENT_ADDRESS_UPDATE: 3,
  PRODUCT_STATUS_CHANGE: 5,
  SELLER_DEAUTHORIZATION: 6,
  UPCOMING_AUTHORIZATION_EXPIRATION: 7,
  CANCELLATION_STATUS_CHANGE: 11,
  RETURN_STATUS_CHANGE: 12,
  PRODUCT_INFORMATION_CHANGE: 15,
  PRODUCT_CREATION: 16,
  PRODUCT_AUDIT_STATUS_CHANGE: 37,
} as const;

export type EventName = keyof typeof eventTypes;

/** Events that carry product_id as a bare number, as the platform's examples do. */
const bareProductId: readonly EventName[] = [
  "PRODUCT_STATUS_CHANGE",
  "PRODUCT_CREATION",
  "PRODUCT_AUDIT_STATUS_CHANGE",
];

/** Sends an event of a shop to every app that has set an address for it. The body is signed once per attempt. */
export function sendEvent(world: World, shop: Shop, name: EventName, data: Record<string, unknown>): void {
  for (const app of world.kernel.settings.tiktokApps) {
    const target = shop.webhooks.get(`${app.appKey} ${name}`);
    if (!target) continue;
    const body = renderEvent(world, shop, name, data);
    const problems = findEventProblems(body);
    if (problems.length > 0) world.kernel.violation(`tiktok event ${name}: ${problems.join("; ")}`);
    world.kernel.deliver({
      platform: "tiktok",
      topic: name,
      url: target.address,
      body,
      sign: (text) => ({
        "content-type": "application/json",
        authorization: computeEventSignature(app.appKey, app.appSecret, text),
      }),
      retriesMs,
      timeoutMs: 3000,
      ok: (status) => status === 200,
    });
  }
}

function renderEvent(world: World, shop: Shop, name: EventName, data: Record<string, unknown>): string {
  const event = {
    type: eventTypes[name],
    tts_notification_id: world.kernel.nextId("74", 19),
    shop_id: shop.id,
    timestamp: nowSeconds(world),
    data,
  };
  const text = JSON.stringify(event);
  return bareProductId.includes(name) ? text.replace(/"product_id":"(\d+)"/g, '"product_id":$1') : text;
}
