import { flatRoutes } from "@remix-run/fs-routes";

/** Pages and their data. The doors for machines (webhooks, health, metrics) are in routes/doors and run before them. */
export default flatRoutes({ ignoredRouteFiles: ["**/doors/**", "**/*.test.ts"] });
