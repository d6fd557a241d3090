import { z } from "zod";
import type { Carrier } from "../../../channels/port.ts";
import type { Actor } from "../../../platform/activity.server.ts";
import type { Db, Tx } from "../../../platform/db.server.ts";
import type { OrdersDeps } from "../deps.ts";
import { factsFromJson } from "../intake/facts-json.ts";
import { orderProblemKey } from "../model.ts";
import { recordOrderActivity } from "../problems.server.ts";
import { fulfilmentWant } from "./fulfilment-want.ts";
import { companyKey, type RememberedCarrier } from "./match-carrier.ts";

interface ChoiceOf {
  shopId: string;
  connectionId: string;
  deliveryOptionId: string;
  company: string | null;
}

/** What is remembered of a company: first for this delivery option, then for others of the connection, which are of the same market. */
export async function rememberedCarriers(db: Db | Tx, of: ChoiceOf): Promise<RememberedCarrier[]> {
  const { shopId, connectionId, deliveryOptionId, company } = of;
  // a person's choice goes before what was only seen, this very delivery option before another
  const rank = (one: { deliveryOptionId: string; source: string }) =>
    (one.deliveryOptionId === deliveryOptionId ? 2 : 0) + (one.source === "merchant" ? 1 : 0);
  const found = await db.carrierChoice.findMany({
    where: { shopId, connectionId, company: companyKey(company) },
    orderBy: { chosenAt: "desc" },
    take: 20,
  });
  const best = found.sort((a, b) => rank(b) - rank(a))[0];
  return best ? [best] : [];
}

/** Remembers a carrier. What a person chose is never replaced by what was only seen. */
export async function rememberCarrier(
  tx: Db | Tx,
  of: ChoiceOf,
  { carrier, source }: { carrier: Carrier; source: "merchant" | "learned" },
): Promise<void> {
  const { shopId, connectionId, deliveryOptionId } = of;
  const key = { connectionId, deliveryOptionId, company: companyKey(of.company) };
  const data = { carrierId: carrier.id, carrierName: carrier.name, source };
  await tx.carrierChoice.createMany({ data: [{ ...key, ...data, shopId }], skipDuplicates: true });
  await tx.carrierChoice.updateMany({
    where: { ...key, shopId, ...(source === "learned" ? { source: "learned" } : {}) },
    data: { ...data, chosenAt: new Date() },
  });
}

interface CarrierQuestion {
  /** As Shopify's fulfilments write them; "" where they name none. */
  companies: string[];
  /** What the channel takes for this order. */
  carriers: Carrier[];
}

/** Whose carrier the channel does not know, and what it takes instead: kept with the problem, so that a page asks nobody. Null: nothing to choose. */
export async function carrierQuestion(
  db: Db,
  { shopId, id }: { shopId: string; id: string },
): Promise<CarrierQuestion | null> {
  const order = await db.channelOrder.findFirst({
    where: { id, shopId },
    include: { shipments: { where: { state: "parked", reason: "shipment-carrier-unknown" } } },
  });
  if (!order || order.shipments.length === 0) return null;
  const key = orderProblemKey("shipment-carrier-unknown", order.connectionId, order.channelOrderId);
  const problem = await db.problem.findFirst({ where: { shopId, key, closedAt: null }, select: { data: true } });
  const { carriers } = offered.parse(problem?.data ?? {});
  if (carriers.length === 0) return null;
  return { companies: [...new Set(order.shipments.map((one) => one.company ?? ""))], carriers };
}

const offered = z.object({ carriers: z.array(z.object({ id: z.string(), name: z.string() })).default([]) });

/** A person says which carrier a company is: remembered for this delivery option, and the order's parcels are tried again. */
export async function chooseCarrier(
  deps: OrdersDeps,
  input: { shopId: string; id: string; company: string; carrierId: string; actor: Actor },
): Promise<{ outcome: "chosen" | "not-found" | "not-offered" }> {
  const order = await deps.db.channelOrder.findFirst({ where: { id: input.id, shopId: input.shopId } });
  const { deliveryOptionId } = order ? factsFromJson(order.facts) : { deliveryOptionId: null };
  const question = await carrierQuestion(deps.db, input);
  if (!order || !deliveryOptionId || !question?.companies.includes(input.company)) return { outcome: "not-found" };
  const carrier = question.carriers.find((one) => one.id === input.carrierId);
  if (!carrier) return { outcome: "not-offered" };
  const { shopId, connectionId } = order;
  await deps.engine.change(async (tx) => {
    const of = { shopId, connectionId, deliveryOptionId, company: input.company };
    await rememberCarrier(tx, of, { carrier, source: "merchant" });
    await recordOrderActivity(tx, order, {
      event: "order.carrier-chosen",
      actor: input.actor,
      data: { company: input.company, carrier: carrier.name },
    });
    // other orders that wait for the same answer go on as well
    const waiting = await tx.shipment.findMany({
      where: { shopId, connectionId, state: "parked", reason: "shipment-carrier-unknown" },
      select: { company: true, order: { select: { channelOrderId: true } } },
    });
    const alike = waiting.filter((one) => companyKey(one.company) === companyKey(input.company));
    const ids = new Set([order.channelOrderId, ...alike.map((one) => one.order.channelOrderId)]);
    await deps.engine.want(
      tx,
      [...ids].map((id) => fulfilmentWant(connectionId, id)),
    );
  });
  return { outcome: "chosen" };
}
