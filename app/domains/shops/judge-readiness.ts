import type { ConnectionSettings, Readiness, ReadinessFacts, ReadinessItem } from "./model.ts";

/**
 * What still stands between this connection and arming, most basic first. Pure: the facts come from the last look, the settings are
 * as they are now, so choosing a warehouse shows at once.
 */
export function judgeReadiness(
  facts: ReadinessFacts | null,
  settings: ConnectionSettings,
  connection: { currency: string },
): Readiness {
  if (!facts) return { ok: false, checkedAt: null, failing: [{ code: "not-checked", blocks: true, values: {} }] };
  const failing = [
    ...judgeAccounts(facts, connection.currency),
    ...judgeWarehouse(facts, settings),
    ...judgeLocations(facts, settings),
  ];
  return { ok: failing.every((item) => !item.blocks), checkedAt: new Date(facts.checkedAt), failing };
}

function judgeAccounts(facts: ReadinessFacts, currency: string): ReadinessItem[] {
  const items: ReadinessItem[] = [];
  const blocked = (code: ReadinessItem["code"], values: Record<string, string> = {}) =>
    items.push({ code, blocks: true, values });
  if (facts.missingShopifyScopes.length > 0)
    blocked("shopify-scopes-missing", { scopes: facts.missingShopifyScopes.join(", ") });
  if (facts.missingChannelScopes.length > 0)
    blocked("channel-scopes-missing", { scopes: facts.missingChannelScopes.join(", ") });
  for (const one of facts.prerequisites) {
    if (one.failed) blocked("prerequisite-failed", { item: one.item, reasons: one.reasons.join(" ") });
  }
  if (currency && facts.shopCurrency && facts.shopCurrency !== currency) {
    blocked("currency-differs", { shopify: facts.shopCurrency, channel: currency });
  }
  return items;
}

function judgeWarehouse(facts: ReadinessFacts, settings: ConnectionSettings): ReadinessItem[] {
  const usable = usableWarehouses(facts);
  if (usable.length === 0) return [{ code: "no-warehouse", blocks: true, values: {} }];
  if (!settings.warehouseId) return [{ code: "warehouse-not-chosen", blocks: true, values: {} }];
  if (!usable.some((one) => one.id === settings.warehouseId))
    return [{ code: "warehouse-unusable", blocks: true, values: {} }];
  // Orders still come home without it, so it is said and does not block.
  return facts.sellerShips === false ? [{ code: "no-seller-shipping", blocks: false, values: {} }] : [];
}

function judgeLocations(facts: ReadinessFacts, settings: ConnectionSettings): ReadinessItem[] {
  const active = new Set(facts.locations.filter((one) => one.isActive).map((one) => one.id));
  if (active.size === 0) return [{ code: "no-location", blocks: true, values: {} }];
  return settings.locationIds.some((id) => active.has(id))
    ? []
    : [{ code: "location-not-chosen", blocks: true, values: {} }];
}

/** Warehouses that can hold sellable stock. */
export function usableWarehouses(facts: ReadinessFacts): ReadinessFacts["warehouses"] {
  return facts.warehouses.filter((one) => one.kind === "sales" && one.isEnabled);
}

/**
 * A first choice for what the merchant has not chosen: the channel's default sales warehouse and the first Shopify location that
 * fulfils online orders. Null when there is nothing to propose.
 */
export function proposeSettings(facts: ReadinessFacts, settings: ConnectionSettings): ConnectionSettings | null {
  const warehouses = usableWarehouses(facts);
  const warehouse = warehouses.find((one) => one.isDefault) ?? warehouses[0];
  // Shopify fact: locations come by name. The lowest id is the oldest, where most shops keep their stock.
  const active = facts.locations
    .filter((one) => one.isActive)
    .sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
  const location = active.find((one) => one.fulfillsOnlineOrders) ?? active[0];
  const warehouseId = settings.warehouseId ?? warehouse?.id ?? null;
  const locationIds = settings.locationIds.length > 0 || !location ? settings.locationIds : [location.id];
  return warehouseId === settings.warehouseId && locationIds === settings.locationIds
    ? null
    : { ...settings, warehouseId, locationIds };
}
