import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        // Discovery keeps notes in the session's storage. A browser that blocks other sites' storage throws there, inside the admin's frame,
        // and every page with an id in its address breaks at its next look. There are few pages: all are known from the start.
        v3_lazyRouteDiscovery: false,
        v3_singleFetch: true,
        v3_routeConfig: true,
        unstable_optimizeDeps: true,
      },
    }),
  ],
  // No inlined assets: the security headers allow none from data addresses except pictures.
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 1_000 },
});
