import type { SendForShop } from "./gateway.server.ts";
import { LocationsPageDocument, ShopFactsDocument } from "./gql/graphql.ts";
import type { ShopFacts, ShopGateway } from "./model.ts";

const PAGE = 250;

type ShopLocation = Awaited<ReturnType<ShopGateway["locations"]>>[number];

/** Facts of the shop and the scopes this installation was granted. */
export async function readShopFacts(send: SendForShop): Promise<ShopFacts> {
  const { shop, currentAppInstallation } = await send(ShopFactsDocument, {});
  return {
    name: shop.name,
    domain: shop.myshopifyDomain,
    currency: shop.currencyCode,
    timezone: shop.ianaTimezone,
    taxesIncluded: shop.taxesIncluded,
    countryCode: shop.shopAddress.countryCodeV2 ?? "",
    isDevelopment: shop.plan.partnerDevelopment || /development|trial/i.test(shop.plan.publicDisplayName),
    grantedScopes: currentAppInstallation.accessScopes.map((scope) => scope.handle),
  };
}

/** All locations, switched-off ones too. */
export async function readLocations(send: SendForShop): Promise<ShopLocation[]> {
  const found: ShopLocation[] = [];
  let after: string | null = null;
  for (;;) {
    const { locations }: Awaited<ReturnType<typeof page>> = await page(send, after);
    found.push(
      ...locations.nodes.map(({ id, name, isActive, fulfillsOnlineOrders }) => ({
        id,
        name,
        isActive,
        fulfillsOnlineOrders,
      })),
    );
    if (!locations.pageInfo.hasNextPage) return found;
    after = locations.pageInfo.endCursor ?? null;
  }
}

function page(send: SendForShop, after: string | null) {
  return send(LocationsPageDocument, { first: PAGE, after });
}
