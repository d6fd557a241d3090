import type { StockPort } from "../port.ts";
import type { Client } from "./client/client.server.ts";
import { chunk } from "./client/pages.ts";
import { partialResult } from "./parts.ts";
import { batchResult } from "./wire/listings.ts";
import { inventory, type SkuLevels } from "./wire/stock.ts";

/** TikTok Shop fact: at most 600 SKU ids per inventory search. */
const SKUS_PER_SEARCH = 600;

export function createStock(client: Client): StockPort {
  return {
    /** TikTok Shop facts: absolute quantities; a SKU's rows must name all its warehouses; failures come per SKU. */
    set(access, channelProductId, quantities) {
      const rows = new Map<string, { warehouse_id: string; quantity: number }[]>();
      for (const { channelSkuId, warehouseId, quantity } of quantities) {
        rows.set(channelSkuId, [...(rows.get(channelSkuId) ?? []), { warehouse_id: warehouseId, quantity }]);
      }
      const skus = [...rows].map(([id, inventory]) => ({ id, inventory }));
      return client.call("updateInventory", {
        access,
        path: { product_id: channelProductId },
        body: { skus },
        parts: "expected",
        wire: batchResult,
        read: (_wire, { failures }) => partialResult("updateInventory", failures),
      });
    },

    async read(access, channelSkuIds) {
      const rows = [];
      for (const sku_ids of chunk(channelSkuIds, SKUS_PER_SEARCH)) {
        rows.push(
          ...(await client.call("searchInventory", {
            access,
            body: { sku_ids },
            wire: inventory,
            read: (wire) => wire.inventory.flatMap(({ skus }) => skus.flatMap(levelsOf)),
          })),
        );
      }
      return rows;
    },
  };
}

/** A shop with one warehouse may be answered with totals alone: those stand under a blank warehouse. */
function levelsOf({ id, total_available_quantity, total_committed_quantity, warehouse_inventory }: SkuLevels) {
  if (warehouse_inventory.length === 0) {
    return [
      {
        channelSkuId: id,
        warehouseId: "",
        available: total_available_quantity ?? 0,
        committed: total_committed_quantity ?? 0,
      },
    ];
  }
  return warehouse_inventory.map(({ warehouse_id = "", available_quantity = 0, committed_quantity = 0 }) => ({
    channelSkuId: id,
    warehouseId: warehouse_id,
    available: available_quantity,
    committed: committed_quantity,
  }));
}
