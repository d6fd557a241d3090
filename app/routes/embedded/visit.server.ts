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

type Entry = Awaited<ReturnType<Services["auth"]["authenticateAdmin"]>>;

/** Who stands behind a request of the embedded app. Throws the answer of the authentication (redirect, 401) when nobody does. */
export async function visitOf({ request, context }: { request: Request; context: AppLoadContext }): Promise<Visit> {
  const { services } = context;
  return enter(services, await services.auth.authenticateAdmin(request));
}

/** Who stands behind a call of an admin extension, and how its answer is made readable there. Throws like `visitOf`, never a redirect to a page. */
export async function extensionVisitOf({
  request,
  context,
}: {
  request: Request;
  context: AppLoadContext;
}): Promise<Visit & { answer(body: object, status?: number): Response }> {
  const { services } = context;
  const admin = await services.auth.authenticateExtension(request);
  return {
    ...(await enter(services, admin)),
    answer: (body, status = 200) =>
      admin.cors(Response.json(body, { status, headers: { "cache-control": "no-store" } })),
  };
}

async function enter(services: Services, { shopDomain, staffId, redirect }: Entry): Promise<Visit> {
  await services.shops.install({ domain: shopDomain });
  const shop = await services.shops.getShopByDomain(shopDomain);
  if (!shop) throw new Error(`the installation of ${shopDomain} was not stored`);
  return { services, shop, actor: { kind: "staff", id: staffId }, redirect };
}
