import type { ChannelListing, ChannelReason, PartialResult } from "../../channels/port.ts";
import { closeProblem, openProblem } from "../../platform/activity.server.ts";
import { after } from "../../platform/clock.ts";
import type { Tx } from "../../platform/db.server.ts";
import type { Claim, DrainContext } from "../../platform/engine/model.ts";
import { CallError } from "../../platform/errors.ts";
import type { CatalogConnection, CatalogDeps } from "./deps.ts";
import { listingObject } from "./model.ts";
import { resumeRefusal } from "./plan-listing.ts";
import type { Prepared } from "./prepare-listing.server.ts";
import { recordRefusal, recordStep } from "./record-listing.server.ts";
import { explainReasons, isRefusal, reasonsOfError } from "./refusal.ts";
import { asJson } from "./store.server.ts";
import { wantChecks, wantLooks } from "./wants.server.ts";

/** The largest call a channel takes. */
const TOGETHER = 20;
/** A stop that was refused is tried again: the listing is on sale and should not be. */
const REFUSED_AGAIN_MS = 5 * 60_000;

/** A listing whose plan says to take it off sale, or to put it back. */
export interface Switch {
  claim: Claim;
  prepared: Prepared;
  step: "stop" | "resume";
}

interface Turn {
  deps: CatalogDeps;
  connection: CatalogConnection;
  ctx: DrainContext;
}

/** Takes listings off sale and puts them back, many with one call. Each row ends by its own result. */
export async function switchSale(turn: Turn, switches: readonly Switch[]): Promise<void> {
  for (const step of ["stop", "resume"] as const) {
    const some = switches.filter((one) => one.step === step);
    for (let at = 0; at < some.length; at += TOGETHER) await send(turn, step, some.slice(at, at + TOGETHER));
  }
}

async function send(turn: Turn, step: Switch["step"], some: Switch[]): Promise<void> {
  const { deps, connection, ctx } = turn;
  const held: Switch[] = [];
  for (const one of some) if (await ctx.holds(one.claim)) held.push(one);
  if (held.length === 0) return;
  const { listings, id: channelId } = deps.channels(connection.channel);
  const call = step === "stop" ? listings.deactivate : listings.activate;
  if (!call) {
    const reason = `${channelId} cannot put listings back on sale`;
    await Promise.all(held.map(({ claim }) => ctx.end(claim, { kind: "waits", for: "merchant", reason })));
    return;
  }
  const sentAt = ctx.now();
  let result: PartialResult;
  try {
    result = await call(deps.forShop(connection.id), held.map(channelIdOf));
  } catch (error) {
    if (!(error instanceof CallError) || !isRefusal(error)) {
      await Promise.all(held.map(({ claim }) => ctx.fail(claim, error)));
      return;
    }
    if (held.length > 1) {
      // one bad id spoils the call for all: halves find it
      const half = Math.ceil(held.length / 2);
      await send(turn, step, held.slice(0, half));
      await send(turn, step, held.slice(half));
      return;
    }
    const reason = reasonsOfError(error)[0] ?? { code: error.family, message: error.message };
    result = { failures: held.map((one) => ({ key: channelIdOf(one), reason })) };
  }
  const reasons = new Map(result.failures.map(({ key, reason }) => [key, reason]));
  for (const one of held) {
    try {
      await settle(turn, one, { sentAt, reason: reasons.get(channelIdOf(one)) });
    } catch (error) {
      await ctx.fail(one.claim, error);
    }
  }
}

const channelIdOf = ({ prepared }: Switch): string => prepared.listing.channelProductId ?? "";

interface Result {
  /** Before the call: an audit may end before its answer is stored. */
  sentAt: Date;
  reason: ChannelReason | undefined;
}

/** A refusal is looked into: the channel also refuses what is as it should be already. */
async function settle(turn: Turn, one: Switch, result: Result): Promise<void> {
  const { deps, connection } = turn;
  const seen =
    result.reason &&
    (await deps.channels(connection.channel).listings.get(deps.forShop(connection.id), channelIdOf(one)));
  return one.step === "stop" ? settleStop(turn, one, result, seen) : settleResume(turn, one, result, seen);
}

/** `seen`: undefined when nothing was refused; null when the channel has no such listing. */
type Seen = ChannelListing | null | undefined;

async function settleStop(
  { deps, connection, ctx }: Turn,
  { claim, prepared: { listing } }: Switch,
  { reason }: Result,
  seen: Seen,
): Promise<void> {
  const isOff = seen?.status !== "live";
  await deps.engine.change(async (tx) => {
    if (!isOff) {
      const recheckAt = after(ctx.now(), REFUSED_AGAIN_MS);
      await ctx.end(claim, { kind: "waits", for: "merchant", reason: reason?.code ?? "refused", recheckAt }, tx);
      return tellRefusal(deps, tx, connection, listing, reason);
    }
    await ctx.end(claim, { kind: "done" }, tx);
    const status = seen === null ? "deleted" : "stopped";
    await tx.listing.update({ where: { id: listing.id }, data: { status, planned: [] } });
    await closeProblem(tx, { shopId: listing.shopId, key: stopRefusedKey(listing.id), at: deps.clock.now() });
    await recordStep(deps, tx, listing, "stop", {}, "listing.stopped");
    await wantChecks(deps, tx, [listing]);
  });
}

async function settleResume(
  { deps, connection, ctx }: Turn,
  { claim, prepared: { listing, hash } }: Switch,
  { reason, sentAt }: Result,
  seen: Seen,
): Promise<void> {
  await deps.engine.change(async (tx) => {
    await ctx.end(claim, { kind: "done" }, tx);
    if (reason && seen?.status !== "live" && seen?.status !== "in-review") {
      const reasons = explainReasons(deps.channels(connection.channel), [reason]);
      await recordRefusal(deps, tx, listing, { hash: resumeRefusal(hash), reasons });
      await wantLooks(deps, tx, [listing]);
      return;
    }
    await tx.listing.update({
      where: { id: listing.id },
      data: { status: "in-review", submittedAt: sentAt, refusal: asJson([]), planned: [] },
    });
    await recordStep(deps, tx, listing, "resume", {}, "listing.resumed");
    await deps.engine.raise(tx, `connection:${connection.id}`, listingObject(listing.id));
    await deps.stock.wantSkus(tx, {
      connectionId: listing.connectionId,
      listingSkuIds: listing.skus.map((sku) => sku.id),
    });
    await wantLooks(deps, tx, [listing]);
  });
}

/** It should be off sale and is not: somebody must see to it. */
async function tellRefusal(
  deps: CatalogDeps,
  tx: Tx,
  connection: CatalogConnection,
  listing: Prepared["listing"],
  reason: ChannelReason | undefined,
): Promise<void> {
  const reasons = reason ? explainReasons(deps.channels(connection.channel), [reason]) : [];
  await openProblem(tx, {
    shopId: listing.shopId,
    key: stopRefusedKey(listing.id),
    kind: "listing-stop-refused",
    severity: "urgent",
    subject: listingObject(listing.id),
    connectionId: connection.id,
    data: asJson({ title: listing.product.title, reasons }),
    at: deps.clock.now(),
  });
}

export const stopRefusedKey = (listingId: string): string => `listing-stop-refused:${listingId}`;
