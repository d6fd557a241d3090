import { z } from "zod";
import type { ConnectionView } from "../../domains/shops/model.ts";
import { type MessageKey, t } from "../../locales/translate.ts";
import type { Visit } from "../embedded/visit.server.ts";
import { type Answered, loadProductBlock, refuse } from "./show-product-block.server.ts";

const asked = z.object({ product: z.string(), connectionId: z.string(), intent: z.enum(["list", "stop"]) });

/** A button of the block: does it, and answers with what was done and how things stand now. A repeat is answered alike. */
export async function productBlockAction(visit: Visit, text: string): Promise<Answered> {
  const parsed = asked.safeParse(readJson(text));
  if (!parsed.success) return refuse("unreadable", 400);
  const { product, connectionId, intent } = parsed.data;
  const { services, shop, actor } = visit;
  const input = { shopId: shop.id, connectionId, productGid: product, actor };
  const { outcome } = await (intent === "list"
    ? services.catalog.startSelling(input)
    : services.catalog.stopSelling(input));
  if (outcome === "not-found") return refuse("gone", 404);
  const connection = await services.shops.getConnection(shop.id, connectionId);
  const { body, status } = await loadProductBlock(visit, product);
  return {
    body: { ...body, message: t(sayDone(outcome, connection)) },
    status,
  };
}

type Outcome = "sent" | "picked" | "stopping" | "off";

/** What a button did, and when the channel will see of it. */
export function sayDone(outcome: Outcome, connection: ConnectionView | null): MessageKey {
  const isArmed = connection?.armedFlows.includes("listings") ?? false;
  const isParked = connection?.status === "parked";
  if (isParked && (outcome === "sent" || outcome === "stopping")) return "product-block.done.parked";
  if (outcome === "stopping" && !isArmed) return "product-block.done.stoppingLater";
  return `product-block.done.${outcome}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not ours: answered like any other body that cannot be read
  }
}
