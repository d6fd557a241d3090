import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createDrawer } from "./drawer/index.ts";
import { createKernel } from "./kernel/create-kernel.ts";
import type { SandboxSettings } from "./kernel/model.ts";
import { createServer } from "./kernel/server.ts";
import { defaultSettings } from "./kernel/settings.ts";
import { createShopify } from "./shopify/index.ts";
import { createTikTokShop } from "./tiktok-shop/index.ts";

export interface RunningSandbox {
  port: number;
  /** http://127.0.0.1:PORT */
  url: string;
  close(): Promise<void>;
}

/** Starts a sandbox on 127.0.0.1 (port 0: a free one). Rejects when a named port is taken. */
export async function startSandbox(options: Partial<SandboxSettings> = {}): Promise<RunningSandbox> {
  const settings: SandboxSettings = { ...defaultSettings(), ...options };
  const parts = createKernel(settings);
  const platforms = { shopify: createShopify(parts.kernel), tiktok: createTikTokShop(parts.kernel) };
  const { kernel, timers, deliveries, violations } = parts;
  const drawer = createDrawer({ kernel, timers, deliveries, ...platforms, supervisorUrl: settings.supervisorUrl });
  const reset = () => {
    parts.reset();
    platforms.shopify.reset();
    platforms.tiktok.reset();
    drawer.forget();
  };
  const server = createServer({
    kernel,
    calls: kernel.calls,
    faults: kernel.faults,
    timers,
    violations,
    deliveries,
    platforms,
    reset,
    drawer,
  });
  server.listen(settings.port, "127.0.0.1");
  await once(server, "listening");
  settings.port = (server.address() as AddressInfo).port;
  for (const app of settings.tiktokApps) app.consentUrl ||= `${kernel.publicUrl}/open/authorize`;
  // Pictures' addresses hold the port, so the shops are filled only now.
  platforms.shopify.reset();
  platforms.tiktok.reset();
  return {
    port: settings.port,
    url: kernel.publicUrl,
    async close() {
      parts.close();
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}
