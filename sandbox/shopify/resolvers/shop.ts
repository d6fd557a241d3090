import type { Resolvers } from "../graphql/context.ts";
import { numberOf } from "../ids.ts";
import type { Shop } from "../model.ts";
import { isoTime } from "../time.ts";
import { APP_NUMBER, type World } from "../world.ts";

const ALL_SCOPES = ["read_products", "write_orders"];

const DOLLARS = ["$", "{{amount}}"].join("");

const describeShop = (shop: Shop) => ({
  id: shop.id,
  name: shop.name,
  myshopifyDomain: shop.domain,
  url: `https://${shop.domain}`,
  primaryDomain: {
    id: shop.id.replace("/Shop/", "/Domain/"),
    host: shop.domain,
    url: `https://${shop.domain}`,
    sslEnabled: true,
  },
  email: "owner@example.com",
  contactEmail: "hello@example.com",
  shopOwnerName: "Sandbox Owner",
  description: null,
  createdAt: isoTime(shop.createdAt),
  updatedAt: isoTime(shop.createdAt),
  currencyCode: shop.currency,
  enabledPresentmentCurrencies: [shop.currency],
  ianaTimezone: shop.timezone,
  timezoneAbbreviation: "CST",
  timezoneOffset: "-0600",
  timezoneOffsetMinutes: -360,
  weightUnit: "POUNDS",
  unitSystem: "IMPERIAL_SYSTEM",
  taxesIncluded: false,
  taxShipping: false,
  setupRequired: false,
  checkoutApiSupported: true,
  shipsToCountries: ["US", "CA"],
  currencyFormats: {
    moneyFormat: DOLLARS,
    moneyWithCurrencyFormat: `${DOLLARS} USD`,
    moneyInEmailsFormat: DOLLARS,
  },
  shopAddress: {
    id: shop.id.replace("/Shop/", "/ShopAddress/"),
    address1: "500 E 4th St",
    address2: null,
    city: "Austin",
    company: shop.name,
    country: "United States",
    countryCodeV2: "US",
    province: "Texas",
    provinceCode: "TX",
    zip: "78701",
    phone: null,
  },
  plan: {
    publicDisplayName: shop.plan === "Plus" ? "Shopify Plus" : shop.plan,
    displayName: shop.plan,
    partnerDevelopment: shop.plan === "Development",
    shopifyPlus: shop.plan === "Plus" || shop.plan === "Enterprise",
  },
  resourceLimits: { maxProductVariants: 2048, maxProductOptions: 4, locationLimit: 200, redirectLimitReached: false },
});

/** The app as orders and holds name it. */
export const describeApp = (world: World) => ({
  id: `gid://shopify/App/${APP_NUMBER}`,
  name: world.app.name,
  title: world.app.name,
  handle: world.app.handle,
  apiKey: world.kernel.settings.apiKey,
  embedded: true,
  icon: { url: `${world.kernel.publicUrl}/pictures/icon.png`, altText: null, id: null, width: null, height: null },
});

export const shop: Resolvers = {
  QueryRoot: {
    shop: (_source, _args, { shop }) => describeShop(shop),
    app: (_source, _args, { world }) => describeApp(world),
    currentAppInstallation: (_source, _args, { shop, world, scopes }) => ({
      id: `gid://shopify/AppInstallation/${numberOf(shop.id)}`,
      launchUrl: `https://admin.shopify.com/store/${shop.domain.replace(".myshopify.com", "")}/apps/${world.app.handle}`,
      uninstallUrl: null,
      accessScopes: (scopes ?? ALL_SCOPES).map((handle) => ({ handle, description: handle.replaceAll("_", " ") })),
      activeSubscriptions: [],
      app: describeApp(world),
    }),
    webhookSubscriptions: () => ({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    }),
    job: (_source, { id }: { id: string }, { shop }) => shop.jobs.get(id) ?? null,
  },
};
