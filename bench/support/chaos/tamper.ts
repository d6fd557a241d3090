import { say } from "../../figures.ts";
import type { Fault, Told } from "./judge.ts";
import { buy, type Troupe } from "./run-seed.ts";
import type { Act, Planned } from "./scenario.ts";
import { homesOf, look, type Seen, type ShopOrder } from "./seen.ts";
import { worldSleep } from "./world-time.ts";

/** What a run comes to: each has its figure, and each is 0 when all is well. */
export interface Outcome {
  figures: Record<FigureName, number>;
  faults: Fault[];
}
export type FigureName = "lost" | "doubled" | "states_unequal" | "money_diff_minor" | "not_tried" | "died";

/** Something made wrong by hand, and the figure that must move. */
interface Tampering {
  what: string;
  moves: FigureName;
  /** What the judge must say, and of which order. */
  says?: { of: string; text: RegExp };
  /** By so much at least. Default 1. */
  by?: number;
  spoil(): Promise<unknown> | unknown;
}

const TRIES = 20;
const CENTS = 7;
const MORE_UNITS = 10_000;
/** Orders of nobody's plan that nothing happens to but what is spoilt; each is spoilt once. */
const plainOnes = ["doubled", "cancelled", "units", "moved", "refunded", "troubled"] as const;
const deliveredOnes = ["parcels", "returned", "begun", "refunded on the channel"] as const;
type Spare = (typeof plainOnes)[number] | (typeof deliveredOnes)[number] | "held" | "platform" | "stray";
export type Spares = Map<Spare, string>;

/** Buys what will be spoilt. It comes home, is shipped and settles with everything else. */
export async function buySpares(troupe: Troupe): Promise<Spares> {
  const spares: Spares = new Map();
  const plan = (kind: string, acts: Act[], strayMinor = 0): Planned => ({
    ...{ seed: 0, number: spares.size + 1, kind, story: "spare", acts, lines: [{ good: 0, quantity: 2 }] },
    ...{ isUnpaid: false, skipHold: kind === "normal", strayMinor },
  });
  const delivered: Act[] = [{ act: "ship", parcels: 1 }, { act: "deliver" }];
  const shipped: Act[] = [{ act: "release" }, { act: "platform-ships" }, { act: "deliver" }];
  for (const name of plainOnes) spares.set(name, await buy(troupe, plan("normal", [])));
  for (const name of deliveredOnes) spares.set(name, await buy(troupe, plan("normal", delivered)));
  spares.set("held", await buy(troupe, plan("pre-order", [])));
  spares.set("platform", await buy(troupe, plan("platform", shipped)));
  spares.set("stray", await buy(troupe, plan("normal", [], CENTS)));
  return spares;
}

/**
 * Makes one thing after the other wrong by hand, with the app stopped so that nobody mends it, and looks whether its own figure moves. `assess`:
 * what the run comes to now, with what people are `told`. Answers what was noticed and what was not.
 */
export async function tamper(
  troupe: Troupe,
  spares: Spares,
  told: Told,
  assess: () => Promise<Outcome>,
): Promise<{ tried: number; noticed: number }> {
  let noticed = (await killSomeWorker(troupe, assess)) ? 1 : 0;
  await troupe.fleet.stop();
  const all = tamperings(troupe, spares, told, await look(troupe.stand.sandbox));
  for (const one of all) if (await isNoticed(one, assess)) noticed += 1;
  return { tried: all.length + 1, noticed };
}

async function isNoticed(one: Tampering, assess: () => Promise<Outcome>): Promise<boolean> {
  const before = await assess();
  try {
    await one.spoil();
  } catch (error) {
    say(`✗ by hand: ${one.what}: it could not be done: ${(error as Error).message}`);
    return false;
  }
  for (let tries = 0; tries < TRIES; tries++) {
    const after = await assess();
    const moved = after.figures[one.moves] - before.figures[one.moves];
    const said = after.faults.some(({ channelOrderId: id, text }) => id === one.says?.of && one.says.text.test(text));
    if (moved >= (one.by ?? 1) && (said || !one.says)) {
      say(`✓ by hand: ${one.what}; ${one.moves} rose by ${moved}`);
      return true;
    }
    await worldSleep(1_000);
  }
  say(`✗ by hand: ${one.what}, and ${one.moves} does not tell`);
  return false;
}

/** Like something in it would: it is seen, and the worker is started again. */
async function killSomeWorker({ fleet }: Troupe, assess: () => Promise<Outcome>): Promise<boolean> {
  const [victim] = fleet.workers();
  const isSeen = await isNoticed(
    { what: "a worker was ended from outside", moves: "died", spoil: () => victim?.child.kill("SIGKILL") },
    assess,
  );
  for (let tries = 0; tries < TRIES; tries++) {
    if (fleet.workers().length > 1) return isSeen;
    await worldSleep(1_000);
  }
  say("✗ by hand: a worker was ended from outside, and it was not started again");
  return false;
}

function tamperings(troupe: Troupe, spares: Spares, told: Told, seen: Seen): Tampering[] {
  const { stand, stores, fleet, playing } = troupe;
  const { sandbox } = stand;
  const shopify = (door: string, body: object) => () => sandbox.post(`shopify/${door}`, body);
  const tiktok = (door: string, body: object) => () => sandbox.post(`tiktok/${door}`, body);
  const idOf = (name: Spare): string => {
    const id = spares.get(name);
    if (!id) throw new Error(`there is no order to spoil: ${name}`);
    return id;
  };
  const homes = homesOf(seen);
  /** Undefined: it did not come home; whoever spoils it will be told. */
  const homeOf = (name: Spare): ShopOrder | undefined => homes.get(idOf(name))?.[0];
  const parcelOf = (name: Spare) => homeOf(name)?.fulfillments[0]?.id;
  const oneUnit = (name: Spare, key: string) => ({
    ...{ orderId: homeOf(name)?.id, [key]: [{ lineId: homeOf(name)?.lines[0]?.id, quantity: 1 }] },
  });
  // more than staff may have left off the shelf when they cancelled
  const more = (sku: string) => {
    const inventoryItemId = seen.shopify.variantsBySku[sku]?.inventoryItemId ?? "";
    const [level] = Object.values(seen.shopify.stock[inventoryItemId] ?? {});
    return { inventoryItemId, available: (level?.available ?? 0) + MORE_UNITS };
  };
  const priceSet = { shopMoney: { amount: "1.00", currencyCode: "USD" } };
  const another = (sourceIdentifier: string) =>
    shopify("order", { input: { sourceIdentifier, lineItems: [{ title: "Once more", quantity: 1, priceSet }] } });
  const state = (of: Spare, what: string, text: RegExp, spoil: Tampering["spoil"]): Tampering => ({
    ...{ what, moves: "states_unequal", says: { of: idOf(of), text }, spoil },
  });
  const refunded = homeOf("refunded")?.id;
  const refund = { orderId: refunded, gateway: "manual", kind: "REFUND", amount: `0.0${CENTS}` };
  const decide = async (of: Spare, type: string, ...steps: [door: string, body: object][]) => {
    const { returnId } = await sandbox.post("tiktok/ask-return", { orderId: idOf(of), type });
    for (const [door, body] of steps) await sandbox.post(`tiktok/${door}`, { returnId, ...body });
  };
  const paid = seen.tiktok.orders.find((one) => one.id === idOf("refunded on the channel"))?.paid;
  return [
    {
      ...{ what: "an order was bought that nobody brings home", moves: "lost" },
      spoil: tiktok("buy", { lines: [{ skuId: stores.main.goods[0]?.skuId, quantity: 1 }], skipHold: true }),
    },
    {
      ...{ what: "an order was made twice", moves: "doubled", spoil: another(idOf("doubled")) },
      says: { of: idOf("doubled"), text: /2 times/ },
    },
    {
      ...{ what: "an order was made of one from before the cut-off", moves: "doubled" },
      ...{
        says: { of: stores.olderIds[0] ?? "", text: /should not be there/ },
        spoil: another(stores.olderIds[0] ?? ""),
      },
    },
    {
      ...{ what: "an order was made of no order", moves: "doubled", spoil: another("576000000000000001") },
      says: { of: "576000000000000001", text: /no order of the channel/ },
    },
    state(
      ...(["cancelled", "an order was cancelled in Shopify", /^cancelled/] as const),
      shopify("cancel", { orderId: homeOf("cancelled")?.id, refund: false, restock: false }),
    ),
    state("held", "a hold was taken off", /^on hold/, shopify("release-holds", { orderId: homeOf("held")?.id })),
    state(
      "units",
      "a unit was taken off a Shopify order",
      /^units/,
      shopify("edit-order", oneUnit("units", "takeOff")),
    ),
    state("moved", "a buyer moved", /^address/, tiktok("change-address", { orderId: idOf("moved") })),
    state(
      ...(["parcels", "a parcel got another number in Shopify", /^parcels/] as const),
      shopify("fulfil-update", {
        fulfillmentId: parcelOf("parcels"),
        ...{ trackingCompany: "UPS", trackingNumber: "1Z1" },
      }),
    ),
    state(
      ...(["platform", "what the platform shipped was called off in Shopify", /^fulfilled/] as const),
      shopify("fulfil-cancel", { fulfillmentId: parcelOf("platform") }),
    ),
    state(
      "begun",
      "a return was begun in Shopify",
      /^open returns/,
      shopify("begin-return", oneUnit("begun", "lines")),
    ),
    state("returned", "a buyer sent the goods back", /^returned/, () =>
      decide(
        ...(["returned", "RETURN_AND_REFUND"] as const),
        ["decide-return", { decision: "APPROVE_RETURN" }],
        ["continue-return", { what: "ship" }],
        ["decide-return", { decision: "APPROVE_RECEIVED_PACKAGE" }],
      ),
    ),
    state("stray", "nobody was told of an order that stays out", /nobody was told/, () => told.delete(idOf("stray"))),
    {
      ...{ what: "units were put on a shelf once more", moves: "states_unequal" },
      ...{ says: { of: "MAIN-7", text: /^stock/ }, spoil: shopify("set-stock", more("MAIN-7")) },
    },
    state("troubled", "a problem stayed open", /^a problem is open/, () => told.set(idOf("troubled"), ["order-stuck"])),
    {
      ...{ what: `an order was refunded ${CENTS} cents in Shopify`, moves: "money_diff_minor", by: CENTS },
      says: { of: idOf("refunded"), text: /^channel/ },
      spoil: shopify("refund", { input: { orderId: refunded, transactions: [refund] } }),
    },
    {
      ...{ what: "an order was refunded on the channel", moves: "money_diff_minor", by: paid?.buyerMinor },
      says: { of: idOf("refunded on the channel"), text: /^channel/ },
      spoil: () => decide("refunded on the channel", "REFUND", ["decide-return", { decision: "APPROVE_REFUND" }]),
    },
    {
      ...{ what: "one kill more was planned", moves: "not_tried" },
      spoil: () => fleet.kill([{ process: "worker", point: "after send", after: 1 }]),
    },
    {
      ...{ what: "a story was not played", moves: "not_tried" },
      spoil() {
        for (const { planned } of playing) if (planned.story === "delivered") planned.story = "another";
      },
    },
    {
      ...{ what: "a kind of order was not bought", moves: "not_tried" },
      spoil() {
        for (const { planned } of playing) if (planned.kind === "gift") planned.kind = "another";
      },
    },
  ];
}
