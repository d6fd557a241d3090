import type { SandboxClient } from "../../../scripts/stand/sandbox-client.ts";
import type { Act, Planned } from "./scenario.ts";
import { type ChannelOrder, type ChannelReturn, isGone, isUnderWay, openRequest, type ShopOrder } from "./seen.ts";

/** An order of the plan that was bought, and how far its story is. */
export interface Playing {
  planned: Planned;
  channelOrderId: string;
  left: Act[];
  /** Parcels of the shipment under way that are still to be made. */
  parcelsLeft: number;
  sent: number;
  /** What was done, and what could not be done any more and why. */
  done: string[];
  skipped: string[];
}

/** What both sides show of an order right now. */
export interface Sight {
  order: ChannelOrder;
  home: ShopOrder | undefined;
  returns: ChannelReturn[];
  /** Whether orders may, must or must not be split while this weather lasts. */
  splits: string;
  sameSkuSplits: string;
}

type Move = () => Promise<unknown>;

/** "wait": not yet. "over": never any more. */
type Next = Move | "wait" | "over";

/** Takes one step of an order's story if it can be taken now. True: something was done. */
export async function playOn(sandbox: SandboxClient, playing: Playing, sight: Sight): Promise<boolean> {
  const [act] = playing.left;
  if (!act) return false;
  const move = nextMove(sandbox, playing, act, sight);
  if (move === "wait") return false;
  if (move === "over") {
    playing.skipped.push(`${act.act}: ${sight.order.status}`);
    playing.left.shift();
    return false;
  }
  try {
    await move();
    playing.done.push(act.act);
    if (playing.parcelsLeft === 0) playing.left.shift();
    return true;
  } catch (error) {
    // the sandbox says why: it came too late, say
    playing.skipped.push(`${act.act}: ${(error as Error).message}`);
    playing.parcelsLeft = 0;
    playing.left.shift();
    return false;
  }
}

function nextMove(sandbox: SandboxClient, playing: Playing, act: Act, sight: Sight): Next {
  const { order, home } = sight;
  const orderId = order.id;
  const post = (door: string, body: object) => () => sandbox.post(door, body);
  const open = order.lines.filter(
    (line) => line.displayStatus === "AWAITING_SHIPMENT" || line.displayStatus === "ON_HOLD",
  );
  const isCancelled = order.status === "CANCELLED";
  switch (act.act) {
    case "pay":
      return order.status === "UNPAID" ? post("tiktok/pay", { orderId }) : "over";
    case "move":
      if (order.status === "UNPAID") return "wait";
      return order.status === "ON_HOLD" || order.status === "AWAITING_SHIPMENT"
        ? post("tiktok/change-address", { orderId })
        : "over";
    case "release":
      if (order.status === "UNPAID" || (act.home && !home)) return "wait";
      return order.status === "ON_HOLD" ? post("tiktok/advance", { orderId }) : "over";
    case "cancel":
      if (isCancelled || (order.status !== "UNPAID" && open.length === 0)) return "over";
      if (act.home && !home) return "wait";
      if (act.how === "request" && order.status === "ON_HOLD") return "wait";
      return post("tiktok/cancel", {
        ...{ orderId, by: act.by, request: act.how === "request" },
        ...(act.units ? { lineIds: open.slice(0, act.units).map((line) => line.id) } : {}),
      });
    case "answer": {
      const cancelId = openRequest(order)?.id;
      return cancelId ? post("tiktok/answer-cancellation", { cancelId, answer: act.answer }) : "over";
    }
    case "cancel-in-shopify":
      if (isCancelled || isUnderWay(order.status)) return "over";
      if (!home || home.held) return "wait";
      return post("shopify/cancel", { orderId: home.id, refund: act.refund, restock: act.restock });
    case "ship":
      return shipNext(sandbox, playing, act, sight);
    case "correct": {
      const parcel = home?.fulfillments[0];
      const isTold = order.packages.some((one) => parcel && one.trackingNumber === parcel.trackingNumber);
      if (isCancelled || !parcel) return "over";
      return isTold ? post("shopify/fulfil-update", { fulfillmentId: parcel.id, ...tracking(playing, 90) }) : "wait";
    }
    case "platform-ships":
      if (isCancelled || isUnderWay(order.status)) return "over";
      return order.status === "AWAITING_SHIPMENT" ? post("tiktok/platform-ships", { orderId }) : "wait";
    case "deliver":
      if (isCancelled || order.status === "DELIVERED" || order.status === "COMPLETED") return "over";
      // corrections are told before the parcel arrives
      return isUnderWay(order.status) ? post("tiktok/deliver-status", { orderId, status: "DELIVERED" }) : "wait";
    default:
      return returnMove(sandbox, act, sight);
  }
}

function returnMove(
  sandbox: SandboxClient,
  act: Extract<Act, { act: "ask-return" | "decide" | "continue" }>,
  { order, returns }: Sight,
): Next {
  const live = order.lines.filter((line) => !isGone(line));
  if (act.act === "ask-return") {
    if (order.status !== "DELIVERED" && order.status !== "COMPLETED") return "over";
    const lineIds = act.units ? live.slice(0, act.units).map((line) => line.id) : live.map((line) => line.id);
    return () => sandbox.post("tiktok/ask-return", { orderId: order.id, type: act.type, lineIds });
  }
  const asked = returns.at(-1);
  if (!asked) return "over";
  if (act.act === "continue")
    return () => sandbox.post("tiktok/continue-return", { returnId: asked.id, what: act.what });
  return () =>
    sandbox.post("tiktok/decide-return", {
      ...{ returnId: asked.id, decision: act.decision },
      ...(act.keepItem ? { keepItem: true } : {}),
      ...(act.isPart ? { partialMinor: Math.max(1, Math.floor(order.paid.buyerMinor / 3)) } : {}),
    });
}

/** One parcel at a time, as the rules of the moment have it: all at once, or at most one unit each. */
function shipNext(sandbox: SandboxClient, playing: Playing, act: { parcels: number }, sight: Sight): Next {
  const { order, home } = sight;
  if (order.status === "CANCELLED" || isUnderWay(order.status) || home?.cancelledAt) {
    playing.parcelsLeft = 0;
    return "over";
  }
  if (!home || home.held || openRequest(order)) return "wait";
  if (order.status !== "AWAITING_SHIPMENT" && order.status !== "PARTIALLY_SHIPPING") return "wait";
  // the merchant packs what is on both sides' lists: a cancellation may be on its way
  const goods = home.lines.filter((line) => line.variantId !== null);
  const liveUnits = order.lines.filter((line) => !isGone(line)).length;
  if (goods.reduce((sum, line) => sum + line.currentQuantity, 0) !== liveUnits) return "wait";
  const open = goods.flatMap((line) => {
    const gone = home.fulfillments
      .filter((one) => one.status === "SUCCESS")
      .flatMap((one) => one.lines)
      .filter((part) => part.lineId === line.id)
      .reduce((sum, part) => sum + part.quantity, 0);
    return Array.from({ length: Math.max(0, line.currentQuantity - gone) }, () => line.id);
  });
  if (open.length === 0) {
    playing.parcelsLeft = 0;
    return "over";
  }
  const wanted = sight.splits === "forbidden" ? 1 : sight.splits === "required" ? open.length : act.parcels;
  const units = wanted > 1 && open.length > 1 ? takeParcel(open, sight) : open;
  return () => {
    playing.parcelsLeft = open.length - units.length;
    const lines = [...Map.groupBy(units, (id) => id)].map(([lineId, all]) => ({ lineId, quantity: all.length }));
    return sandbox.post("shopify/fulfil", { orderId: home.id, lines, ...tracking(playing, playing.sent++) });
  };
}

/** One unit, or all of one line where units of a line must stay together; everything where there is but one line. */
function takeParcel(open: string[], { sameSkuSplits }: Sight): string[] {
  const [first] = open;
  return sameSkuSplits === "refuse" ? open.filter((id) => id === first) : open.slice(0, 1);
}

/** A number that no other parcel has. */
function tracking({ planned }: Playing, nth: number): { trackingCompany: string; trackingNumber: string } {
  const digits =
    `${planned.seed % 10_000}`.padStart(4, "0") + `${planned.number}`.padStart(6, "0") + `${nth}`.padStart(2, "0");
  return { trackingCompany: "UPS", trackingNumber: `1Z${digits.padStart(16, "9")}` };
}
