import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../platform/clock.ts";
import { parseJson } from "../../platform/ids.ts";
import type { ChannelEvent, DeliveriesPort } from "../port.ts";
import type { TikTokShopApp } from "./apps.ts";
import { TOPIC_NUMBERS } from "./topics.ts";
import { type DeliveryWire, delivery } from "./wire/deliveries.ts";

/** Webhooks: authentic or nothing, then in our words. */
export function createDeliveries({ apps, clock }: { apps: readonly TikTokShopApp[]; clock: Clock }): DeliveriesPort {
  return {
    verify(raw, headers) {
      if (!isAuthentic(apps, raw, headers.get("authorization"))) return null;
      const wire = readDelivery(raw);
      const sentAt = wire?.timestamp ?? clock.now();
      const topic = topicOf(wire?.type);
      return {
        deliveryId: wire?.tts_notification_id ?? `body-${createHash("sha256").update(raw).digest("hex")}`,
        channelShopId: wire?.shop_id ?? null,
        grantExternalId: wire?.seller_open_id ?? null,
        topic,
        sentAt,
        events: eventsOf(topic, wire, sentAt),
      };
    },
  };
}

/**
 * TikTok Shop fact: the Authorization header is bare lower-case hex, HMAC-SHA256 keyed with the app secret over app key and raw
 * body. Every secret of every app is tried, each in constant time.
 */
function isAuthentic(apps: readonly TikTokShopApp[], raw: Uint8Array, header: string | null): boolean {
  if (header === null || !/^[0-9a-f]{64}$/.test(header)) return false;
  const given = Buffer.from(header, "hex");
  const matches = apps.flatMap(({ appKey, appSecrets }) =>
    appSecrets.map((secret) =>
      timingSafeEqual(createHmac("sha256", secret).update(appKey).update(raw).digest(), given),
    ),
  );
  return matches.includes(true);
}

function readDelivery(raw: Uint8Array): DeliveryWire | null {
  try {
    const parsed = delivery.safeParse(parseJson(new TextDecoder().decode(raw)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function topicOf(type: number | undefined): string {
  if (type === undefined) return "unreadable";
  return (TOPIC_NUMBERS as Record<number, string>)[type] ?? `TYPE_${type}`;
}

function eventsOf(topic: string, wire: DeliveryWire | null, sentAt: Date): ChannelEvent[] {
  const data = wire?.data;
  const at = data?.update_time ?? data?.create_time ?? sentAt;
  const unknown: ChannelEvent[] = [{ kind: "unknown", topic, at }];
  switch (topic) {
    case "ORDER_STATUS_CHANGE":
    case "RECIPIENT_ADDRESS_UPDATE":
      return data?.order_id ? [{ kind: "order-changed", channelOrderId: data.order_id, at }] : unknown;
    // a refund that was made changes the cancellation, not the order
    case "CANCELLATION_STATUS_CHANGE":
      return data?.order_id
        ? [
            { kind: "order-changed", channelOrderId: data.order_id, at },
            { kind: "after-sales-changed", channelOrderId: data.order_id, at },
          ]
        : unknown;
    case "RETURN_STATUS_CHANGE":
      return data?.order_id ? [{ kind: "after-sales-changed", channelOrderId: data.order_id, at }] : unknown;
    case "PACKAGE_UPDATE": {
      const ids = new Set(data?.package_list.flatMap(({ order_id_list }) => order_id_list));
      return ids.size > 0 ? [...ids].map((channelOrderId) => ({ kind: "order-changed", channelOrderId, at })) : unknown;
    }
    case "PRODUCT_STATUS_CHANGE":
    case "PRODUCT_AUDIT_STATUS_CHANGE":
    case "PRODUCT_INFORMATION_CHANGE":
      return data?.product_id ? [{ kind: "listing-changed", channelProductId: data.product_id, at }] : unknown;
    case "SELLER_DEAUTHORIZATION":
      return [{ kind: "grant-ended", at }];
    case "UPCOMING_AUTHORIZATION_EXPIRATION":
      return [{ kind: "grant-ending", at }];
    default:
      return unknown;
  }
}
