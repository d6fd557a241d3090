import { isIP } from "node:net";
import { refuseParameters } from "./errors.ts";
import { sendEvent } from "./events.ts";
import type { Handler } from "./model.ts";
import { nowSeconds, shopOf } from "./world.ts";

/** Shops the token reaches, with their ciphers. */
export const getAuthorizedShops: Handler = (world, call) => ({
  shops: [...call.grant.shopIds].flatMap((id) => {
    const shop = world.shops.get(id);
    if (!shop) return [];
    const { name, region, code } = shop;
    return [{ cipher: shop.ciphers.get(call.appKey), code, id, name, region, seller_type: shop.sellerType }];
  }),
});

/** Takes one shop out of the consent; with the last one the consent ends. */
export const deauthorizeShop: Handler = (world, call) => {
  const shop = shopOf(call);
  call.grant.shopIds.delete(shop.id);
  if (call.grant.shopIds.size === 0) call.grant.revoked = true;
  sendEvent(world, shop, "SELLER_DEAUTHORIZATION", { message: "The seller ended the authorization." });
  return {};
};

export const getShopWebhooks: Handler = (_world, call) => {
  const prefix = `${call.appKey} `;
  const webhooks = [...shopOf(call).webhooks].flatMap(([key, entry]) =>
    key.startsWith(prefix)
      ? [
          {
            address: entry.address,
            create_time: entry.createTime,
            event_type: key.slice(prefix.length),
            update_time: entry.updateTime,
          },
        ]
      : [],
  );
  return { total_count: webhooks.length, webhooks };
};

export const updateWebhook: Handler = (world, call) => {
  const { address, event_type: eventType } = call.body as { address: string; event_type: string };
  checkAddress(address);
  const key = `${call.appKey} ${eventType}`;
  const now = nowSeconds(world);
  const earlier = shopOf(call).webhooks.get(key);
  shopOf(call).webhooks.set(key, { address, createTime: earlier?.createTime ?? now, updateTime: now });
  return {};
};

export const deleteWebhook: Handler = (_world, call) => {
  const { event_type: eventType } = call.body as { event_type: string };
  shopOf(call).webhooks.delete(`${call.appKey} ${eventType}`);
  return {};
};

/**
 * TikTok Shop fact: an address is https, a domain name without explicit port, at most 255 characters.
 * localhost and its subdomains are excepted here, so that everything can run on one machine.
 */
function checkAddress(address: string): void {
  if (!URL.canParse(address)) refuseParameters("address is not a URL");
  const url = new URL(address);
  if (url.hostname === "localhost" || url.hostname.endsWith(".localhost")) return;
  if (url.protocol !== "https:") refuseParameters("address must be https");
  if (isIP(url.hostname.replace(/^\[|\]$/g, "")) !== 0) refuseParameters("address must be a domain name");
  if (url.port !== "" || /^https:\/\/[^/]*:\d+/.test(address)) refuseParameters("address must not name a port");
}
