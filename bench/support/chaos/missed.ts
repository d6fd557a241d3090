import { killPoints } from "./fleet.ts";
import type { Told } from "./judge.ts";
import type { Troupe } from "./run-seed.ts";
import { kinds, stories } from "./scenario.ts";
import { homesOf, isGone, type Seen } from "./seen.ts";

/** In calm weather nothing is hard. */
const LEAST_IN_TROUBLE = 0.3;

/**
 * What of the scenario did not happen on the channel, or was not carried to Shopify even once. Orders of nobody's seed count for nothing.
 */
export function missedOrders(troupe: Troupe, seen: Seen, told: Told): string[] {
  const { fleet, stores } = troupe;
  const playing = troupe.playing.filter(({ planned }) => planned.seed > 0);
  const spares = new Set(
    troupe.playing.filter(({ planned }) => planned.seed === 0).map(({ channelOrderId }) => channelOrderId),
  );
  const homes = homesOf(seen);
  const homeOf = (id: string) => homes.get(id)?.[0];
  const { returns } = seen.tiktok;
  const orders = seen.tiktok.orders.filter(({ id }) => !spares.has(id));
  const live = orders.filter((order) => order.status !== "CANCELLED" && homeOf(order.id));
  const returnsOf = (type: string, status: RegExp) =>
    returns.some((one) => one.type === type && status.test(one.status));
  const happened: Record<string, boolean> = {
    "an order from before the cut-off": stores.olderIds.every((id) => orders.some((one) => one.id === id)),
    "an order that never was paid": orders.some((one) => one.status === "UNPAID"),
    "a whole order cancelled, and in Shopify": orders.some(
      (one) => one.status === "CANCELLED" && homeOf(one.id)?.cancelledAt,
    ),
    "single units cancelled, and taken off in Shopify": live.some(
      (one) => one.lines.some(isGone) && homeOf(one.id)?.lines.some((line) => line.currentQuantity < line.quantity),
    ),
    "a request refused": orders.some((one) => one.cancellations.some(({ status }) => /REQUEST_CANCEL$/.test(status))),
    "a refund in Shopify": live.some((one) => (homeOf(one.id)?.refundedMinor ?? 0) > 0),
    "an order in several parcels": live.some(
      (one) => one.packages.filter(({ trackingNumber }) => trackingNumber).length > 1,
    ),
    "a number corrected on the channel": live.some((one) => one.packages.some(({ corrections }) => corrections > 0)),
    "a parcel under the platform's label in Shopify": live.some(
      (one) => one.isPlatformLabel && (homeOf(one.id)?.fulfillments.length ?? 0) > 0,
    ),
    "an address changed and written": live.some(
      (one) => one.addressChanged && one.addressMark === homeOf(one.id)?.addressMark,
    ),
    "goods returned, and processed in Shopify": live.some((one) =>
      homeOf(one.id)?.returns.some(({ lines }) => lines.some(({ processed }) => processed > 0)),
    ),
    "a return refused": returnsOf("RETURN_AND_REFUND", /REJECT$/),
    "a return withdrawn": returnsOf("RETURN_AND_REFUND", /REQUEST_CANCEL$/),
    "a part refunded": returns.some((one) => one.partialMinor !== undefined && /COMPLETE$/.test(one.status)),
    "a refund without goods": returnsOf("REFUND", /COMPLETE$/),
    "a total that nobody can explain, parked and told": orders.some(
      (one) => one.isStray && one.status !== "CANCELLED" && !homeOf(one.id) && told.has(one.id),
    ),
    "a replacement": returnsOf("REPLACEMENT", /COMPLETE$/),
  };
  const played = new Set(playing.filter((one) => one.left.length === 0).map(({ planned }) => planned.story));
  const made = new Set(playing.map(({ planned }) => planned.kind));
  const home = new Set(playing.filter((one) => homeOf(one.channelOrderId)).map(({ planned }) => planned.kind));
  const acts = playing.flatMap(({ done }) => done).length;
  return [
    ...Object.entries(happened).flatMap(([what, did]) => (did ? [] : [`there was not ${what}`])),
    ...kinds.filter((kind) => !made.has(kind)).map((kind) => `no order of the kind ${kind} was made`),
    ...kinds
      .filter((kind) => kind !== "test" && !home.has(kind))
      .map((kind) => `no order of the kind ${kind} came home`),
    ...Object.keys(stories)
      .filter((name) => !played.has(name))
      .map((name) => `nothing was ${name} to the end`),
    ...[...killPoints].filter((how) => !fleet.killed().get(how)).map((how) => `no process was killed: ${how}`),
    ...(fleet.left() > 0 ? [`${fleet.left()} kills that were planned were not made`] : []),
    ...(troupe.actsInTrouble < acts * LEAST_IN_TROUBLE
      ? [`only ${troupe.actsInTrouble} of ${acts} steps were taken while anything went wrong`]
      : []),
    ...(seen.requestViolations > 0 ? [`the app broke the contract ${seen.requestViolations} times`] : []),
    ...(seen.contractViolations > 0 ? [`the sandbox broke its contract ${seen.contractViolations} times`] : []),
  ];
}
