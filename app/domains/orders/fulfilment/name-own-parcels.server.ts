import type { OrderState } from "../../../shopify/model.ts";
import { type OrdersConnection, type OrdersDeps, shopifyOf } from "../deps.ts";
import { factsFromJson } from "../intake/facts-json.ts";
import { recordOrderActivity } from "../problems.server.ts";
import type { OrderRow } from "../store.server.ts";
import { plainNumber } from "./judge-tracking.ts";
import { type PlatformParcel, platformParcels } from "./platform-parcels.ts";

/**
 * An order came home as fulfilled, from the platform's own stock or because it had left already: the fulfilment Shopify made of that gets the numbers the channel tells. Numbers
 * somebody wrote there stay, and where Shopify made no fulfilment there is nothing to write them on. A value, so a repeat sets the same.
 */
export async function nameOwnParcels(
  { deps, connection, order }: { deps: OrdersDeps; connection: OrdersConnection; order: OrderRow },
  state: OrderState,
): Promise<void> {
  const parcels = platformParcels(factsFromJson(order.facts));
  const numbers = [...new Set(parcels.map((one) => one.trackingNumber))].sort();
  const unnamed = state.fulfillments.filter((one) => one.status === "SUCCESS" && lacks(one, numbers));
  if (numbers.length === 0 || unnamed.length === 0 || state.cancelledAt !== null) return;
  const company = await companyOf(deps, connection, parcels);
  for (const { id } of unnamed) await shopifyOf(deps, connection).writeTracking(id, { company, numbers });
  await deps.engine.change((tx) =>
    recordOrderActivity(tx, order, {
      event: "shipment.carried-back",
      data: { number: numbers.join(", "), units: order.lines.length },
    }),
  );
}

/** It has none of its own, and not all of ours. */
function lacks({ tracking }: OrderState["fulfillments"][number], numbers: string[]): boolean {
  const ours = new Set(numbers.map(plainNumber));
  const told = tracking.flatMap((one) => (one.number ? [plainNumber(one.number)] : []));
  return told.every((number) => ours.has(number)) && told.length < ours.size;
}

/** The carrier by the channel's name for it, where one took all parcels. */
async function companyOf(
  { channels, forShop }: OrdersDeps,
  connection: OrdersConnection,
  parcels: PlatformParcel[],
): Promise<string | null> {
  const names = new Set<string | null>();
  for (const { packageId } of parcels)
    names.add(
      (await channels(connection.channel).orders.getPackage(forShop(connection.id), packageId))?.carrierName ?? null,
    );
  const [name] = names;
  return names.size === 1 ? (name ?? null) : null;
}
