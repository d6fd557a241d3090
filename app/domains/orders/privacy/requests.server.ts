import type { BuyerRequest } from "@prisma/client";
import { closeProblem, openProblem, recordActivity } from "../../../platform/activity.server.ts";
import { after } from "../../../platform/clock.ts";
import type { Db, Tx } from "../../../platform/db.server.ts";
import type { Claim, DrainContext } from "../../../platform/engine/model.ts";
import type { StaffActor } from "../../shops/model.ts";
import type { OrdersDeps } from "../deps.ts";
import { type Contact, isOfContact } from "./contact.ts";
import { eraseBuyers } from "./erase.server.ts";
import { exportBuyer } from "./export-buyer.server.ts";
import { openKept } from "./open-kept.server.ts";
import { ANSWER_SOON_DAYS, ANSWER_WITHIN_DAYS, goesAt } from "./what-is-kept.ts";

const DAY_MS = 24 * 3_600_000;
/** Buyers opened in one go. */
const COMPARED_AT_ONCE = 200;

/** What Shopify passes on for a buyer. */
export interface BuyerAsks {
  shopId: string;
  kind: "export" | "erase";
  externalId: string | null;
  shopifyOrderIds: string[];
  sealedContact: string | null;
  at: Date;
}

/** A customer's contact as it lies in a request. Null: Shopify names none. */
export function sealContact(deps: Pick<OrdersDeps, "vault">, shopId: string, contact: Contact): string | null {
  if (!contact.email && !contact.phone) return null;
  return deps.vault.seal(JSON.stringify(contact), contextOf(shopId));
}

const contextOf = (shopId: string) => `buyer-request:${shopId}`;
const keyOf = (id: string) => `buyer-data-asked:${id}`;

/**
 * Takes requests down. Buyers of the orders Shopify names are erased at once; orders it does not know of are compared by the customer's
 * contact right after. The same request told twice is one.
 */
export async function takeRequests(deps: OrdersDeps, tx: Tx, asks: readonly BuyerAsks[]): Promise<void> {
  for (const { at, ...ask } of asks) {
    const answerBy = after(at, ANSWER_WITHIN_DAYS * DAY_MS);
    if (ask.kind === "erase") await eraseNamed(tx, ask);
    if (ask.kind === "erase" && !ask.sealedContact) continue;
    const isKnown = ask.externalId !== null && (await isTaken(tx, ask));
    if (isKnown) continue;
    const { id, shopId } = await tx.buyerRequest.create({ data: { ...ask, askedAt: at, answerBy } });
    if (ask.kind === "export") {
      await note(tx, { shopId, event: "buyer-data.asked", id, data: { answerBy: answerBy.toISOString() } });
      await tell(tx, { id, shopId, answerBy }, "needs-you");
    }
    await deps.engine.want(tx, { lane: "housekeeping", scope: `shop:${shopId}`, subject: `buyer-request:${id}` });
  }
}

const isTaken = async (tx: Tx, { shopId, kind, externalId }: Omit<BuyerAsks, "at">) =>
  (await tx.buyerRequest.count({ where: { shopId, kind, externalId } })) > 0;

async function eraseNamed(tx: Tx, { shopId, shopifyOrderIds }: Pick<BuyerAsks, "shopId" | "shopifyOrderIds">) {
  const orders = await namedOrders(tx, { shopId, shopifyOrderIds, orderIds: [] });
  const count = await eraseBuyers(tx, { shopId, orderIds: orders });
  if (count > 0) await note(tx, { shopId, event: "buyer-data.erased", data: { count } });
}

/** Orders a request is about: those Shopify names, ours or made by others, and those found by contact. */
async function namedOrders(
  db: Db | Tx,
  { shopId, shopifyOrderIds, orderIds }: Pick<BuyerRequest, "shopId" | "shopifyOrderIds" | "orderIds">,
): Promise<string[]> {
  const rows = await db.channelOrder.findMany({
    where: {
      shopId,
      OR: [
        { shopifyOrderId: { in: shopifyOrderIds } },
        { linkedOrderId: { in: shopifyOrderIds } },
        { id: { in: orderIds } },
      ],
    },
    select: { id: true },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ id }) => id);
}

const note = (
  tx: Tx,
  { shopId, event, id, data }: { shopId: string; event: string; id?: string; data: Record<string, string | number> },
) =>
  recordActivity(tx, {
    ...{ shopId, event, data, actor: { kind: "shopify" as const, id: "compliance" } },
    subject: id ? `buyer-data:${id}` : `shop:${shopId}`,
  });

const tell = (
  tx: Tx,
  { id, shopId, answerBy }: Pick<BuyerRequest, "id" | "shopId" | "answerBy">,
  severity: "needs-you" | "urgent",
) =>
  openProblem(tx, {
    ...{ shopId, key: keyOf(id), kind: "buyer-data-asked", severity },
    ...{ subject: `buyer-data:${id}`, data: { answerBy: answerBy.toISOString() } },
  });

/** Chore `buyer-request:{id}`: compares, then looks again when the time to answer runs out, and ends it when its file is not kept longer. */
export async function tendRequest(deps: OrdersDeps, claim: Claim, ctx: DrainContext): Promise<void> {
  const id = claim.subject.slice("buyer-request:".length);
  const shopId = claim.scope.slice("shop:".length);
  let request = await deps.db.buyerRequest.findFirst({ where: { id, shopId } });
  while (request?.state === "looking") {
    if (ctx.signal.aborted) return;
    request = await compareSome(deps, request);
  }
  if (!request) {
    await ctx.end(claim, { kind: "done" });
    return;
  }
  const now = ctx.now();
  const found = request;
  await deps.engine.change(async (tx) => {
    const recheckAt = await ageRequest(tx, found, now);
    await ctx.end(claim, recheckAt ? { kind: "done", recheckAt } : { kind: "done" }, tx);
  });
}

/** Compares the next few buyers with the customer's contact. Null: all were, and nothing of the request is needed any more. */
async function compareSome(deps: OrdersDeps, request: BuyerRequest): Promise<BuyerRequest | null> {
  const { id, shopId, sealedContact, kind } = request;
  const contact = sealedContact ? (JSON.parse(deps.vault.open(sealedContact, contextOf(shopId))) as Contact) : null;
  const some = contact
    ? await deps.db.channelOrder.findMany({
        where: { shopId, sealedBuyer: { not: null }, id: { gt: request.comparedTo } },
        orderBy: { id: "asc" },
        take: COMPARED_AT_ONCE,
      })
    : [];
  const same = some.filter((order) => {
    const known = openKept(deps, order);
    return contact !== null && known !== null && isOfContact(known, contact);
  });
  const ids = same.map((order) => order.id);
  const isLast = some.length < COMPARED_AT_ONCE;
  return deps.engine.change(async (tx) => {
    if (kind === "erase") {
      const count = await eraseBuyers(tx, { shopId, orderIds: ids });
      if (count > 0) await note(tx, { shopId, event: "buyer-data.erased", data: { count } });
      if (isLast) {
        await tx.buyerRequest.delete({ where: { id } });
        return null;
      }
    }
    return tx.buyerRequest.update({
      where: { id },
      data: {
        ...{ comparedTo: some.at(-1)?.id ?? request.comparedTo, orderIds: { push: kind === "export" ? ids : [] } },
        ...(isLast ? { state: "ready", sealedContact: null } : {}),
      },
    });
  });
}

/** Returns when to look again; null: the request is gone. */
async function ageRequest(tx: Tx, request: BuyerRequest, now: Date): Promise<Date | null> {
  const { id, shopId, askedAt, answerBy, state } = request;
  const ends = goesAt("request", askedAt);
  if (now >= ends) {
    await tx.buyerRequest.delete({ where: { id } });
    await closeProblem(tx, { shopId, key: keyOf(id) });
    return null;
  }
  const soon = after(answerBy, -ANSWER_SOON_DAYS * DAY_MS);
  if (state !== "fetched" && now < soon) return soon;
  if (state !== "fetched") await tell(tx, request, "urgent");
  return ends;
}

/** A request as the merchant sees it. */
export interface BuyerRequestView {
  id: string;
  askedAt: Date;
  answerBy: Date;
  fetchedAt: Date | null;
  /** Until when its file may be fetched. */
  endsAt: Date;
  /** Null: still being looked for. */
  orders: number | null;
}

/** Requests for a buyer's data, the latest first. */
export async function listRequests(deps: OrdersDeps, { shopId }: { shopId: string }): Promise<BuyerRequestView[]> {
  const rows = await deps.db.buyerRequest.findMany({
    where: { shopId, kind: "export" },
    orderBy: [{ askedAt: "desc" }, { id: "desc" }],
    take: 100,
  });
  const open = rows.filter((row) => goesAt("request", row.askedAt) > deps.clock.now());
  return Promise.all(
    open.map(async (row) => ({
      ...{ id: row.id, askedAt: row.askedAt, answerBy: row.answerBy, fetchedAt: row.fetchedAt },
      endsAt: goesAt("request", row.askedAt),
      orders: row.state === "looking" ? null : (await namedOrders(deps.db, row)).length,
    })),
  );
}

/**
 * Everything held about the buyer of a request, as JSON, and the merchant is told of it no longer. Made out of what is held right now: no
 * second copy lies anywhere.
 */
export async function fetchRequest(
  deps: OrdersDeps,
  input: { shopId: string; id: string; shopDomain: string; actor: StaffActor },
): Promise<{ outcome: "file"; json: string } | { outcome: "not-found" | "over" | "looking" }> {
  const { shopId, id, actor } = input;
  const now = deps.clock.now();
  const request = await deps.db.buyerRequest.findFirst({ where: { shopId, id, kind: "export" } });
  if (!request) return { outcome: "not-found" };
  if (now >= goesAt("request", request.askedAt)) return { outcome: "over" };
  if (request.state === "looking") return { outcome: "looking" };
  const orderIds = await namedOrders(deps.db, request);
  const file = await exportBuyer(deps, { shopId, orderIds });
  await deps.engine.change(async (tx) => {
    await tx.buyerRequest.update({ where: { id }, data: { state: "fetched", fetchedAt: now, fetchedBy: actor.id } });
    await closeProblem(tx, { shopId, key: keyOf(id) });
    await recordActivity(tx, { shopId, actor, event: "buyer-data.fetched", subject: `buyer-data:${id}` });
  });
  const about = { shop: input.shopDomain, askedAt: request.askedAt, answerBy: request.answerBy, madeAt: now };
  return {
    outcome: "file",
    json: JSON.stringify({ format: "reelshelf-buyer-data/1", ...about, orders: file }, null, 2),
  };
}
