import type { HeadersFunction, LinksFunction, LoaderFunctionArgs } from "@remix-run/node";
import { Link, Outlet, useLoaderData, useNavigation } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { t } from "../locales/translate.ts";
import { EmbeddedError } from "../ui/embedded-error.tsx";
import { PageSkeleton } from "../ui/page-skeleton.tsx";
import { homeAction } from "./embedded/home-action.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: polarisStyles }];

export const loader = async (args: LoaderFunctionArgs) => {
  const { services } = await visitOf(args);
  const { apiKey, appBridgeUrl } = services.config.shopify;
  return { apiKey, appBridgeUrl };
};

/** A form posted to /app itself reaches the layout, not its index page. */
export const action = homeAction;

/** The embedded frame: navigation, Polaris, App Bridge. */
export default function App() {
  const { apiKey, appBridgeUrl } = useLoaderData<typeof loader>();
  return (
    <AppProvider isEmbeddedApp apiKey={apiKey} {...(appBridgeUrl ? { __APP_BRIDGE_URL: appBridgeUrl } : {})}>
      <NavMenu>
        <Link to="/app" rel="home">
          {t("app.nav.home")}
        </Link>
        <Link to="/app/products">{t("app.nav.products")}</Link>
        <Link to="/app/orders">{t("app.nav.orders")}</Link>
        <Link to="/app/activity">{t("app.nav.activity")}</Link>
        <Link to="/app/settings">{t("app.nav.settings")}</Link>
      </NavMenu>
      <main>
        <PageOrSkeleton />
      </main>
    </AppProvider>
  );
}

/** Another page is on the way: its outline stands in at once. */
function PageOrSkeleton() {
  const { state, location, formMethod } = useNavigation();
  const here = typeof window === "undefined" ? undefined : window.location.pathname;
  const isLeaving = state === "loading" && !formMethod && location.pathname !== here;
  if (!isLeaving) return <Outlet />;
  return <PageSkeleton title={titleOf(location.pathname)} cards={2} />;
}

function titleOf(pathname: string): string {
  const [page, id] = pathname.split("/").slice(2);
  switch (page) {
    case "products":
      return t(id ? "listing.skeleton" : "products.title");
    case "orders":
      return t(id ? "orders.page.skeleton" : "orders.title");
    case "activity":
      return t("activity.title");
    case "privacy":
      return t("privacy.title");
    case "settings":
      return t("settings.title");
    default:
      return t("home.title");
  }
}

export const ErrorBoundary = EmbeddedError;
export const headers: HeadersFunction = (args) => boundary.headers(args);
