import { eachClaim } from "../../platform/engine/each-claim.ts";
import type { Claim, DrainContext, Work } from "../../platform/engine/model.ts";
import { drainAfterSales } from "./after-sales.server.ts";
import { drainBackfill } from "./backfill/read-range.server.ts";
import { pollCancellations } from "./cancellations/poll-cancellations.server.ts";
import { readCancellations } from "./cancellations/read-cancellations.server.ts";
import { connectionIdOf, type OrdersConnection, type OrdersDeps } from "./deps.ts";
import { fulfilInShopify } from "./fulfilment/fulfil-in-shopify.server.ts";
import { pollShipments } from "./fulfilment/poll-shipments.server.ts";
import { drainFulfilment } from "./fulfilment/ship-order.server.ts";
import { countOrders } from "./import/count-orders.server.ts";
import { drainImport } from "./import/import-order.server.ts";
import { drainHold } from "./import/keep-hold.server.ts";
import { pollOrders } from "./intake/poll-orders.server.ts";
import { drainReads } from "./intake/read-orders.server.ts";
import { refreshStale } from "./intake/refresh-stale.server.ts";
import { pollReferences, REFERENCES_AT_ONCE, writeReferences } from "./references/write-references.server.ts";
import { pollReturns } from "./returns/poll-returns.server.ts";
import { readReturns } from "./returns/read-returns.server.ts";
import { parseSubject, pollSubject } from "./subjects.ts";

/** A call for a new order may take 30 s; the lease is four times that. */
const IMPORT_WORK_LEASE_MS = 120_000;
/** Orders of one connection worked beside each other: a slow call then delays few others, and a worker that dies leaves few behind a lease. */
const AT_ONCE = 32;

/** The work of this room, one definition per lane. */
export function ordersWorks(deps: OrdersDeps): Work[] {
  return [
    {
      lane: "orders",
      batchSize: AT_ONCE,
      atOnce: AT_ONCE,
      leaseMs: IMPORT_WORK_LEASE_MS,
      drain: withConnection(deps, drainOrders),
    },
    { lane: "after-sales", batchSize: AT_ONCE, atOnce: AT_ONCE, drain: withConnection(deps, drainAfterSalesOf) },
    { lane: "fulfilment", batchSize: 20, atOnce: AT_ONCE, drain: withConnection(deps, drainShipments) },
    {
      lane: "reports",
      batchSize: REFERENCES_AT_ONCE,
      atOnce: REFERENCES_AT_ONCE,
      drain: withConnection(deps, drainReports),
    },
  ];
}

type ConnectionDrain = (
  deps: OrdersDeps,
  connection: OrdersConnection,
  claims: Claim[],
  ctx: DrainContext,
) => Promise<void>;

/** Rows of a connection that is gone have nothing to act on. */
function withConnection(deps: OrdersDeps, drain: ConnectionDrain): Work["drain"] {
  return async (claims, ctx) => {
    const [first] = claims;
    if (!first) return;
    const connection = await deps.connection(connectionIdOf(first.scope));
    if (connection) await drain(deps, connection, claims, ctx);
    else await Promise.all(claims.map((claim) => ctx.end(claim, { kind: "done" })));
  };
}

/** Reading comes before importing for one and the same order; other orders do not wait for each other. */
async function drainOrders(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claims: Claim[],
  ctx: DrainContext,
): Promise<void> {
  const reads = claims.filter((claim) => parseSubject(claim.subject).kind === "order");
  const beingRead = new Set(reads.map((claim) => claim.subject));
  const rest = claims.filter((claim) => !beingRead.has(claim.subject));
  const isBehindRead = (claim: Claim) => {
    const subject = parseSubject(claim.subject);
    return "channelOrderId" in subject && beingRead.has(subject.channelOrderId);
  };
  const work = (some: Claim[]) => eachClaim(some, ctx, AT_ONCE, (claim) => workOrder(deps, connection, claim, ctx));
  const readFirst = async () => {
    await drainReads(deps, connection, reads, ctx);
    await work(rest.filter(isBehindRead));
  };
  const others = async () => {
    const some = rest.filter((claim) => !isBehindRead(claim));
    await refreshStale(deps, connection, some, ctx);
    await work(some);
  };
  await Promise.all([readFirst(), others()]);
}

async function workOrder(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claim: Claim,
  ctx: DrainContext,
): Promise<void> {
  const subject = parseSubject(claim.subject);
  switch (subject.kind) {
    case "import":
      return drainImport(deps, connection, claim, subject.channelOrderId, ctx);
    case "count":
      return countOrders(deps, connection, claim, subject.channelOrderId, ctx);
    case "hold":
      return drainHold(deps, connection, claim, subject.channelOrderId, ctx);
    case "poll":
      return pollOrders(deps, connection, claim, ctx);
    case "backfill":
      return drainBackfill(deps, connection, claim, subject.backfillId, ctx);
    case "order":
    case "fulfil":
      throw new Error(`${claim.subject} is none of this lane's`);
  }
}

async function drainAfterSalesOf(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claims: Claim[],
  ctx: DrainContext,
): Promise<void> {
  const polls = claims.filter((claim) => parseSubject(claim.subject).kind === "poll");
  const orders = claims.filter((claim) => !polls.includes(claim));
  const carry = async () => {
    if (orders.length === 0) return;
    const channelOrderIds = orders.map((claim) => claim.subject);
    await readCancellations(deps, connection, { channelOrderIds });
    await readReturns(deps, connection, { channelOrderIds });
    await eachClaim(orders, ctx, AT_ONCE, (claim) => drainAfterSales(deps, connection, claim, ctx));
  };
  // one that fails must not end the rows the other is still working
  const [, carried] = await Promise.allSettled([
    eachClaim(polls, ctx, 1, (claim) =>
      claim.subject === pollSubject("returns")
        ? pollReturns(deps, connection, claim, ctx)
        : pollCancellations(deps, connection, claim, ctx),
    ),
    carry(),
  ]);
  if (carried.status === "rejected") throw carried.reason;
}

async function drainReports(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claims: Claim[],
  ctx: DrainContext,
): Promise<void> {
  const polls = claims.filter((claim) => parseSubject(claim.subject).kind === "poll");
  const references = claims.filter((claim) => !polls.includes(claim));
  await eachClaim(polls, ctx, 1, (claim) => pollReferences(deps, connection, claim, ctx));
  if (references.length > 0) await writeReferences(deps, connection, references, ctx);
}

async function drainShipments(
  deps: OrdersDeps,
  connection: OrdersConnection,
  claims: Claim[],
  ctx: DrainContext,
): Promise<void> {
  await eachClaim(claims, ctx, AT_ONCE, (claim) => {
    const subject = parseSubject(claim.subject);
    if (subject.kind === "poll") return pollShipments(deps, connection, claim, ctx);
    if (subject.kind === "fulfil") return fulfilInShopify(deps, connection, claim, subject.channelOrderId, ctx);
    return drainFulfilment(deps, connection, claim, ctx);
  });
}
