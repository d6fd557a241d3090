import type { AppLoadContext } from "@remix-run/node";
import type { Services } from "../../composition.server.ts";
import type { ShopView, StaffActor } from "../../domains/shops/model.ts";

declare module "@remix-run/node" {
  interface AppLoadContext {
    services: Services;
  }
}

export interface Visit {
  services: Services;
  shop: ShopView;
  actor: StaffActor;
  /** Leaves the frame where needed; throw or return what it gives. */
  redirect(url: string, init?: { target?: "_self" | "_top" }): Response;
}

/** Who stands behind a request of the embedded app. Throws the answer of the authentication (redirect, 401) when nobody does. */
export async function visitOf({ request, context }: { request: Request; context: AppLoadContext }): Promise<Visit> {
  const { services } = context;
  const { shopDomain, staffId, redirect } = await services.auth.authenticateAdmin(request);
  await services.shops.install({ domain: shopDomain });
  const shop = await services.shops.getShopByDomain(shopDomain);
  if (!shop) throw new Error(`the installation of ${shopDomain} was not stored`);
  return { services, shop, actor: { kind: "staff", id: staffId }, redirect };
}
