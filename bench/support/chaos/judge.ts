import { type ChannelOrder, type ChannelReturn, homesOf, isGone, type Seen, type ShopOrder } from "./seen.ts";
import { compareShelves } from "./shelf.ts";

/** What must become of an order: a Shopify order; none; none, and somebody is told why. */
export type Expected = "home" | "none" | "parked";

export interface Fault {
  what: "lost" | "doubled" | "state" | "money";
  channelOrderId: string;
  text: string;
  /** By how much the money differs. */
  minor?: number;
}

export interface Verdict {
  faults: Fault[];
  /** Net minor units by kind, on the channel and in Shopify. */
  byKind: Map<string, { orders: number; channelMinor: number; shopifyMinor: number }>;
  compared: number;
}

const TRAVELLED = new Set(["IN_TRANSIT", "DELIVERED", "COMPLETED"]);
const RETURN_DONE = new Set(["RETURN_OR_REFUND_REQUEST_SUCCESS", "RETURN_OR_REFUND_REQUEST_COMPLETE"]);

/** What people are told about orders, by channel order: the kinds of problems that are open. */
export type Told = Map<string, readonly string[]>;

/** Compares both platforms order by order. `expectedOf`: what the scenario says. */
export function judge(
  seen: Seen,
  about: {
    expectedOf(order: ChannelOrder): Expected;
    kindOf(order: ChannelOrder): string;
    told: Told;
    /** What is sold from the seller's shelves, and how many there were of each. */
    goods: { skus: readonly string[]; stock: number };
    isCancelledWithoutRestock(order: ChannelOrder): boolean;
  },
): Verdict {
  const homes = homesOf(seen);
  const returns = Map.groupBy(seen.tiktok.returns, (one) => one.orderId);
  const verdict: Verdict = { faults: [], byKind: new Map(), compared: 0 };
  const shipped: ChannelOrder[] = [];
  const known = new Set(seen.tiktok.orders.map((order) => order.id));
  for (const [id, orders] of homes)
    if (!known.has(id))
      for (const { name } of orders) tell(verdict, "doubled", id || name, `${name} is no order of the channel`);
  for (const order of seen.tiktok.orders) {
    const expected = about.expectedOf(order);
    const found = homes.get(order.id) ?? [];
    verdict.compared += 1;
    if (found.length > 1) tell(verdict, "doubled", order.id, `is there ${found.length} times`);
    const [home] = found;
    if (expected !== "home" || order.status === "UNPAID") {
      if (home) tell(verdict, "doubled", order.id, `${home.name} should not be there (${expected}, ${order.status})`);
      const isTold = about.told.has(order.id) || order.status === "CANCELLED";
      if (expected === "parked" && !isTold) tell(verdict, "state", order.id, "is not home and nobody was told why");
      continue;
    }
    if (!home && isDue(order)) tell(verdict, "lost", order.id, `${order.status}, and not in Shopify`);
    if (!home && !isDue(order) && order.status !== "CANCELLED") continue;
    if (home && order.kind !== "platform") shipped.push(order);
    for (const text of home ? compareStates(order, home, returns.get(order.id) ?? []) : [])
      tell(verdict, "state", order.id, text);
    for (const kind of about.told.get(order.id) ?? [])
      if (!isStillAsked(kind, order)) tell(verdict, "state", order.id, `a problem is open: ${kind}`);
    compareMoney(verdict, about.kindOf(order), order, home);
  }
  const shelves = compareShelves(seen, {
    ...{ ...about.goods, home: shipped, back: seen.tiktok.returns.filter(isGoodsBack) },
    isCancelledWithoutRestock: about.isCancelledWithoutRestock,
  });
  for (const [sku, text] of shelves) tell(verdict, "state", sku, text);
  return verdict;
}

const tell = (verdict: Verdict, what: Fault["what"], channelOrderId: string, text: string, minor?: number): void =>
  void verdict.faults.push({ what, channelOrderId, text, ...(minor === undefined ? {} : { minor }) });

/** What the seller may answer, or still do something about. Every other problem is over once both sides are equal. */
const isStillAsked = (kind: string, order: ChannelOrder): boolean =>
  /-requested$|^return-arrived$/.test(kind) || (kind === "order-address-late" && !TRAVELLED.has(order.status));

/** Cancelled ones may never have come; what the platform ships itself comes once it travels. */
function isDue(order: ChannelOrder): boolean {
  if (order.status === "CANCELLED") return false;
  return order.kind !== "platform" || TRAVELLED.has(order.status);
}

const isGoodsBack = ({ type, status, isKept }: ChannelReturn): boolean =>
  type === "RETURN_AND_REFUND" && RETURN_DONE.has(status) && !isKept;

type Counts = Map<string, number>;
function add(counts: Counts, key: string, by: number): void {
  if (by !== 0) counts.set(key, (counts.get(key) ?? 0) + by);
}
const say = (counts: Counts): string =>
  [...counts]
    .filter(([, count]) => count !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => `${key} × ${count}`)
    .join(", ") || "none";

function compareStates(order: ChannelOrder, home: ShopOrder, returns: ChannelReturn[]): string[] {
  const wrong: string[] = [];
  const compare = (what: string, channel: unknown, shopify: unknown) => {
    if (channel !== shopify) wrong.push(`${what}: channel ${channel}, Shopify ${shopify}`);
  };
  const isCancelled = order.status === "CANCELLED";
  const skuOf = (lineId: string) => order.lines.find((line) => line.id === lineId)?.sellerSku ?? lineId;
  compare("cancelled", isCancelled, home.cancelledAt !== null);
  compare("on hold", order.status === "ON_HOLD", home.held);
  compare("told of the Shopify order", true, order.externalOrders.length === 1);
  // goods only: fees are lines without a variant
  const goods = home.lines.filter((line) => line.variantId !== null);
  const back = returns.filter(isGoodsBack);
  const live: Counts = new Map();
  const returned: Counts = new Map();
  for (const line of order.lines) if (!isGone(line)) add(live, line.sellerSku, 1);
  for (const one of back)
    for (const id of one.lineIds) {
      add(returned, skuOf(id), 1);
      add(live, skuOf(id), -1);
    }
  const current: Counts = new Map();
  for (const line of goods) add(current, line.sku ?? "", line.currentQuantity);
  compare("units", say(live), say(isCancelled ? new Map() : current));
  // what the platform ships from its own stock comes as shipped, and nothing of it is carried after that
  if (order.kind === "platform") {
    if (!isCancelled) compare("fulfilled", "FULFILLED", home.fulfillmentStatus);
    return wrong;
  }
  const skuOfLine = (id: string) => home.lines.find((line) => line.id === id)?.sku ?? id;
  const processed: Counts = new Map();
  for (const one of home.returns) for (const line of one.lines) add(processed, skuOfLine(line.lineId), line.processed);
  compare("returned", say(returned), say(processed));
  compare(
    "open returns",
    false,
    home.returns.some((one) => one.status === "OPEN" && back.length === 0),
  );
  compare("parcels", parcelsOf(order, skuOf), parcelsIn(home, skuOfLine));
  if (!isCancelled && order.status !== "ON_HOLD") compare("address", order.addressMark, home.addressMark);
  return wrong;
}

/** Each number with what is in the parcel. */
function parcelsOf(order: ChannelOrder, skuOf: (lineId: string) => string): string {
  const parcels = order.packages.filter((one) => one.trackingNumber !== null && one.status !== "CANCELLED");
  return sayParcels(
    parcels.map((one) => {
      const counts: Counts = new Map();
      for (const id of one.lineIds) add(counts, skuOf(id), 1);
      return `${one.trackingNumber}: ${say(counts)}`;
    }),
  );
}

function parcelsIn(home: ShopOrder, skuOfLine: (id: string) => string): string {
  return sayParcels(
    home.fulfillments
      .filter((one) => one.status === "SUCCESS")
      .map((one) => {
        const counts: Counts = new Map();
        for (const line of one.lines) add(counts, skuOfLine(line.lineId), line.quantity);
        return `${one.trackingNumber}: ${say(counts)}`;
      }),
  );
}

const sayParcels = (parcels: string[]): string => parcels.sort().join("; ") || "none";

/** What is kept after all that went back agrees to the cent; and where no unit stayed behind, so do both sums themselves. */
function compareMoney(verdict: Verdict, kind: string, order: ChannelOrder, home: ShopOrder | undefined): void {
  const sum = ({ buyerMinor, platformMinor }: ChannelOrder["paid"]) => buyerMinor + platformMinor;
  const [paid, back] = [sum(order.paid), sum(order.paidBack)];
  const [paidThere, backThere] = home ? [home.paidMinor, home.refundedMinor] : [0, 0];
  const ofKind = verdict.byKind.get(kind) ?? { orders: 0, channelMinor: 0, shopifyMinor: 0 };
  ofKind.orders += 1;
  ofKind.channelMinor += paid - back;
  ofKind.shopifyMinor += paidThere - backThere;
  verdict.byKind.set(kind, ofKind);
  const units = (home?.lines ?? [])
    .filter((line) => line.variantId !== null)
    .reduce((count, line) => count + line.quantity, 0);
  const isWhole = units === order.lines.length;
  const differences = [paid - back - (paidThere - backThere), ...(isWhole ? [paid - paidThere, back - backThere] : [])];
  const minor = Math.max(...differences.map(Math.abs));
  if (minor === 0) return;
  const text = `channel ${paid} − ${back}, Shopify ${paidThere} − ${backThere}`;
  tell(verdict, "money", order.id, text, minor);
}
