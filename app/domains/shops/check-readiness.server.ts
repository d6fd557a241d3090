import type { ForShop } from "../../channels/port.ts";
import { closeProblem, openProblem } from "../../platform/activity.server.ts";
import type { ShopsDeps } from "./deps.ts";
import { judgeReadiness, proposeSettings, usableWarehouses } from "./judge-readiness.ts";
import type { ConnectionSettings, Readiness, ReadinessFacts } from "./model.ts";
import { type ConnectionRow, viewConnection, withShop } from "./store.server.ts";

/**
 * Looks at both platforms, stores what it saw, and fills in a warehouse and a location where the merchant has not chosen. Returns
 * null for a connection that is gone or parked. Throws CallError when a platform does not answer.
 */
export async function checkReadiness(
  deps: ShopsDeps,
  access: ForShop,
  connectionId: string,
): Promise<Readiness | null> {
  const row = await deps.db.connection.findUnique({
    where: { id: connectionId },
    include: { shop: true, grant: true },
  });
  if (row?.status !== "active" || row.shop.uninstalledAt) return null;
  const { settings } = viewConnection(row);
  const facts = await readFacts(deps, access, row, row.grant.scopes, settings);
  return storeFacts(deps, row, facts);
}

async function readFacts(
  deps: ShopsDeps,
  access: ForShop,
  row: ConnectionRow,
  channelScopes: string[],
  settings: ConnectionSettings,
): Promise<ReadinessFacts> {
  const channel = deps.channels(row.channel);
  const gateway = deps.shopify(row.shop);
  const [prerequisites, warehouses, locations, shop] = await Promise.all([
    channel.setup.prerequisites(access),
    channel.setup.warehouses(access),
    gateway.locations(),
    gateway.shopFacts(),
  ]);
  const facts: ReadinessFacts = {
    checkedAt: deps.clock.now().toISOString(),
    prerequisites,
    warehouses: warehouses.map(({ id, name, kind, isEnabled, isDefault, region }) => ({
      id,
      name,
      kind,
      isEnabled,
      isDefault,
      region,
    })),
    locations: locations.map(({ id, name, isActive, fulfillsOnlineOrders }) => ({
      id,
      name,
      isActive,
      fulfillsOnlineOrders,
    })),
    sellerShips: null,
    carriers: [],
    missingShopifyScopes: deps.neededShopifyScopes.filter((scope) => !isGranted(scope, shop.grantedScopes)),
    missingChannelScopes: channel.consent.neededScopes.filter((scope) => !channelScopes.includes(scope)),
    shopCurrency: shop.currency,
  };
  const chosen = proposeSettings(facts, settings)?.warehouseId ?? settings.warehouseId;
  const warehouse = usableWarehouses(facts).find((one) => one.id === chosen);
  return warehouse ? { ...facts, ...(await readCarriers(deps, access, row, warehouse)) } : facts;
}

/** Shopify fact: a write scope contains the read scope of the same name and is then not listed twice. */
function isGranted(scope: string, granted: readonly string[]): boolean {
  return granted.includes(scope) || (scope.startsWith("read_") && granted.includes(scope.replace("read_", "write_")));
}

async function readCarriers(
  deps: ShopsDeps,
  access: ForShop,
  row: ConnectionRow,
  warehouse: { id: string; region: string },
): Promise<Pick<ReadinessFacts, "sellerShips" | "carriers">> {
  const { setup } = deps.channels(row.channel);
  const options = (await setup.deliveryOptions(access, warehouse.id)).filter((one) => one.sellerShips);
  const first = options[0];
  if (!first) return { sellerShips: false, carriers: [] };
  const carriers = await setup.carriers(access, first.id, {
    warehouse: warehouse.region || row.region,
    buyer: row.region,
  });
  return { sellerShips: true, carriers: carriers.map(({ id, name }) => ({ id, name })) };
}

async function storeFacts(deps: ShopsDeps, row: ConnectionRow, facts: ReadinessFacts): Promise<Readiness> {
  return deps.engine.change(async (tx) => {
    // The merchant may have chosen meanwhile: what is stored now counts, not what was read before the calls.
    await tx.$queryRaw`select 1 from "Connection" where id = ${row.id} for update`;
    const now = viewConnection(await tx.connection.findUniqueOrThrow({ where: { id: row.id }, include: withShop }));
    const proposed = proposeSettings(facts, now.settings);
    const settings = proposed ?? now.settings;
    await tx.connection.update({ where: { id: row.id }, data: { readiness: facts, settings } });
    if (proposed) await deps.hooks.settingsChanged(tx, { shopId: row.shopId, connectionId: row.id });
    const readiness = judgeReadiness(facts, settings, now);
    const key = `not-ready:${row.id}`;
    const blocking = readiness.failing.filter((item) => item.blocks);
    // Before arming the page itself leads through what is missing; a problem is something that broke later.
    if (blocking.length > 0 && now.chosenFlows.length > 0) {
      const data = { name: row.name, codes: blocking.map((item) => item.code) };
      await openProblem(tx, {
        shopId: row.shopId,
        key,
        kind: "not-ready",
        severity: "needs-you",
        affected: blocking.length,
        connectionId: row.id,
        data,
      });
    } else {
      await closeProblem(tx, { shopId: row.shopId, key });
    }
    return readiness;
  });
}
