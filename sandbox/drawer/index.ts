import { randomUUID } from "node:crypto";
import type { Kernel, Platform } from "../kernel/model.ts";
import type { Timers } from "../kernel/timers.ts";
import { type ShopCount, tellTruthBar } from "../kernel/truth-bar.ts";
import type { Deliveries } from "../kernel/webhooks.ts";
import { DEMO_SHOP } from "../shopify/world.ts";
import { readStore, type StoreKey } from "../stores.ts";
import type { ChannelFigures } from "../tiktok-shop/count.ts";
import { type Buying, createBuying } from "./buying.ts";
import { type Filling, readFilling } from "./filling.ts";
import { createSupervisorClient } from "./supervisor.ts";
import { createTour } from "./tour.ts";
import { createTrouble } from "./trouble.ts";
import { whyItSettles } from "./why.ts";

interface DrawerDeps {
  kernel: Kernel;
  timers: Timers;
  deliveries: Deliveries;
  shopify: Platform<ShopCount>;
  tiktok: Platform<ChannelFigures>;
  supervisorUrl?: string;
}

/**
 * What a person can do to the two platforms from the drawer, and the truth bar under it. Where there are two stores, a page names its own:
 * buyers, holds, audits, the consent and the truth are then that store's; the channel's answers, webhooks and processes are everybody's.
 */
export function createDrawer({ kernel, timers, deliveries, shopify, tiktok, supervisorUrl }: DrawerDeps) {
  const door = async <T>(name: string, input: object = {}) => (await tiktok.control[name]?.(input)) as T;
  const buyings = new Map<StoreKey | undefined, Buying>();
  const buyingIn = (store: StoreKey | undefined): Buying => {
    const known = buyings.get(store);
    if (known) return known;
    const buyAny = (input: { productId?: string; kind?: string; unpaid?: boolean }) =>
      door<{ orderId: string | null; title: string }>("buy-any", { ...input, store });
    const made = createBuying({ buyAny, hottest: () => door("hottest", { store }) }, timers);
    buyings.set(store, made);
    return made;
  };
  const trouble = createTrouble(kernel.faults, deliveries);
  const supervisor = createSupervisorClient(supervisorUrl);
  const tour = createTour();
  let isPicked = false;
  let epoch = randomUUID();
  let filling: Filling | null = null;
  const isOn = (input: Record<string, unknown>) => {
    if (typeof input.on !== "boolean") throw new Error("on must be true or false");
    return input.on;
  };

  type Input = Record<string, unknown>;
  const actions: Record<string, (input: Input, store: StoreKey | undefined) => Promise<string>> = {
    "buy-one": ({ kind }, store) => buyingIn(store).one(kind === undefined ? undefined : String(kind)),
    steady: (input, store) => buyingIn(store).setSteady(isOn(input)),
    spike: (_input, store) => buyingIn(store).startSpike(),
    "end-holds": async (_input, store) => {
      const { released } = await door<{ released: number }>("end-holds", { store });
      if (released === 0) throw new Error("No order is on hold. Buy something first.");
      return `${orders(released)} may be shipped now.`;
    },
    audits: async ({ mode }) => {
      if (mode !== "automatic" && mode !== "hold") throw new Error("audits are automatic or on hold");
      await door("settings", { audits: mode });
      return mode === "hold" ? "New listings wait for a verdict." : "Audits end by themselves.";
    },
    verdict: async ({ verdict }, store) => {
      if (verdict !== "approve" && verdict !== "reject") throw new Error("a verdict is approve or reject");
      const { approved, rejected } = await door<{ approved?: number; rejected?: number }>("end-audits", {
        ...{ verdict, store },
      });
      const count = approved ?? rejected ?? 0;
      if (count === 0) throw new Error("No listing waits for an audit.");
      return `${count} ${count === 1 ? "listing" : "listings"} ${verdict === "approve" ? "approved" : "rejected"}.`;
    },
    webhooks: async (input) => trouble.setWebhooks(String(input.name), isOn(input)),
    channel: async ({ mode }) => trouble.setChannel(String(mode)),
    revoke: async (_input, store) => {
      const { revoked } = await door<{ revoked: number }>("revoke", { store });
      if (revoked === 0) throw new Error("No shop is connected, so there is no consent to end.");
      return "The seller ended the consent. The app must ask for it again.";
    },
    // no control: the admin's picker tells that somebody chose, which neither platform is told of
    picked: async ({ shop, count }) => {
      if (shop === DEMO_SHOP && Number(count) > 0) isPicked = true;
      return "Noted.";
    },
    "kill-worker": () => supervisor.post("kill-worker"),
    reset: () => supervisor.post("reset"),
  };

  /** The tour leads through the fresh store, whichever store the page is about. */
  function tellTour(store: StoreKey | undefined, stand: { secondsSinceKill: number | null } | null, now: number) {
    const channel = tiktok.count(store);
    const shop = shopify.count(store);
    const truth = tellTruthBar(shop, channel, kernel.calls, now);
    const { onSale, phoneOrders } = channel;
    return tour.look({
      ...{ onSale, phoneOrders },
      isConnected: channel.consents > 0,
      isPicked: isPicked || onSale > 0,
      isAuditing: channel.waitingForAudit > 0,
      homeAt: new Map(
        shop.orders.flatMap((one) => (one.sourceIdentifier ? [[one.sourceIdentifier, one.createdAt]] : [])),
      ),
      spike: buyingIn(store).lastSpike(),
      killedAt: stand ? (stand.secondsSinceKill === null ? null : now - stand.secondsSinceKill * 1000) : undefined,
      isEqual: truth.orders.light === "green" && truth.doubled.orders === 0 && truth.oversold.units === 0,
    });
  }

  return {
    /** Everything the drawer and the truth bar show; made to be asked each second. */
    async tell(given?: unknown): Promise<unknown> {
      const store = readStore(given);
      const channel = tiktok.count(store);
      const now = kernel.clock.now();
      const truth = tellTruthBar(shopify.count(store), channel, kernel.calls, now);
      const { supervisor: stand, refusal } = await supervisor.state();
      const troubles = trouble.state();
      const { held, waitingForAudit, audits, consents } = channel;
      const { speed, profile } = kernel.settings;
      return {
        epoch,
        speed,
        profile,
        truth,
        why: whyItSettles(truth, {
          consents,
          phase: stand?.phase,
          secondsSinceKill: stand?.secondsSinceKill,
          ...troubles,
        }),
        ...buyingIn(store).state(),
        ...troubles,
        held,
        waitingForAudit,
        audits,
        consents,
        filling,
        stand,
        standRefusal: refusal,
        tour: tellTour(store && "fresh", stand, now),
      };
    },
    /** Does what a control says; answers with a sentence about it, throws with one when it cannot. */
    async act(name: string, input: Input): Promise<{ done: string }> {
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (!action) throw new Error(`the drawer has no such control; there are: ${Object.keys(actions).join(", ")}`);
      return { done: await action(input, readStore(input.store)) };
    },
    /** Whoever fills the busy store says how far it is. */
    fill(given: Input): Filling {
      filling = readFilling(given);
      return filling;
    },
    /** The world begins anew: open pages load themselves again when they see another epoch. */
    forget(): void {
      for (const buying of buyings.values()) buying.forget();
      filling = null;
      tour.forget();
      isPicked = false;
      epoch = randomUUID();
    },
  };
}

export type Drawer = ReturnType<typeof createDrawer>;

const orders = (count: number) => (count === 1 ? "1 order" : `${count} orders`);
