/** A merchant of the sandbox: a shop in Shopify's admin and the one on the channel that belongs to it. Drawer and truth bar show one of them. */
export interface Store {
  key: StoreKey;
  /** Its name on both sides. */
  name: string;
  channelName: string;
  /** Name under myshopify.com. */
  domain: string;
  /** How the pages tell it from the other. */
  about: string;
}

export type StoreKey = "fresh" | "busy";

/** By whose clock the stores live: the pages of both sides tell times by it. */
export const STORE_ZONE = "America/Chicago";

export const STORES: Record<StoreKey, Store> = {
  fresh: {
    key: "fresh",
    name: "Reelshelf Demo",
    channelName: "Reelshelf Demo Shop",
    domain: "reelshelf-demo.myshopify.com",
    about: "Fresh: yours to set up",
  },
  busy: {
    key: "busy",
    name: "Busy Bee Goods",
    channelName: "Busy Bee Goods",
    domain: "busy-bee-goods.myshopify.com",
    about: "Busy: six weeks in",
  },
};

/** The key of one of the stores, from a page; anything else is none of them. */
export function readStore(given: unknown): StoreKey | undefined {
  return given === "fresh" || given === "busy" ? given : undefined;
}

/** Which store a page about this shop is about: none where there is only one, for then everything is about it. */
export function storeShown(settings: { busyShop: number }, shop: { store?: string }): StoreKey | undefined {
  return settings.busyShop > 0 ? readStore(shop.store) : undefined;
}
