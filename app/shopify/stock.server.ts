import type { SendForShop } from "./gateway.server.ts";
import {
  type LevelPartsFragment,
  StockOfItemPageDocument,
  StockOfItemsDocument,
  type StockOfItemsQuery,
} from "./gql/graphql.ts";
import type { ShopifyStock } from "./model.ts";

/** Shopify fact: at most 250 ids a call. */
const IDS = 250;
/** Most shops have few locations, and a small page costs half; one that is too small costs calls for each item. */
const FEW_LEVELS = 4;
const MANY_LEVELS = 20;
const PAGE = 250;

/**
 * `available` of each item at each of its active locations. Items that are gone are left out. `shop` remembers whether its items lie at more
 * places than a small page holds.
 */
export async function readStock(
  send: SendForShop,
  inventoryItemIds: string[],
  shop: { hasManyLevels: boolean },
): Promise<ShopifyStock[]> {
  const found: ShopifyStock[] = [];
  for (let start = 0; start < inventoryItemIds.length; start += IDS) {
    for (const item of await readItems(send, inventoryItemIds.slice(start, start + IDS), shop)) {
      // null: deleted; an id of another type comes back without levels
      if (!item || !("inventoryLevels" in item)) continue;
      found.push(...toStock(item.id, item.inventoryLevels.nodes));
      const { hasNextPage, endCursor } = item.inventoryLevels.pageInfo;
      if (hasNextPage) found.push(...(await readFurther(send, item.id, endCursor ?? null)));
    }
  }
  return found;
}

async function readItems(
  send: SendForShop,
  ids: string[],
  shop: { hasManyLevels: boolean },
): Promise<StockOfItemsQuery["nodes"]> {
  const levels = shop.hasManyLevels ? MANY_LEVELS : FEW_LEVELS;
  const { nodes } = await send(StockOfItemsDocument, { ids, levels });
  const isCut = nodes.some((item) => item && "inventoryLevels" in item && item.inventoryLevels.pageInfo.hasNextPage);
  if (!isCut || shop.hasManyLevels) return nodes;
  shop.hasManyLevels = true;
  return readItems(send, ids, shop);
}

async function readFurther(send: SendForShop, id: string, start: string | null): Promise<ShopifyStock[]> {
  const found: ShopifyStock[] = [];
  let after = start;
  for (;;) {
    const { inventoryItem } = await send(StockOfItemPageDocument, { id, first: PAGE, after });
    if (!inventoryItem) return found;
    const { nodes, pageInfo } = inventoryItem.inventoryLevels;
    found.push(...toStock(id, nodes));
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor ?? null;
  }
}

function toStock(inventoryItemId: string, levels: LevelPartsFragment[]): ShopifyStock[] {
  return levels
    .filter((level) => level.isActive)
    .map((level) => {
      const available = level.quantities[0];
      return {
        inventoryItemId,
        locationId: level.location.id,
        available: available?.quantity ?? 0,
        updatedAt: available?.updatedAt ? new Date(available.updatedAt) : null,
      };
    });
}
