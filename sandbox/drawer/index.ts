import { randomUUID } from "node:crypto";
import type { Kernel, Platform } from "../kernel/model.ts";
import type { Timers } from "../kernel/timers.ts";
import { type ShopCount, tellTruthBar } from "../kernel/truth-bar.ts";
import type { Deliveries } from "../kernel/webhooks.ts";
import { DEMO_SHOP } from "../shopify/world.ts";
import type { ChannelFigures } from "../tiktok-shop/count.ts";
import { type Buyers, createBuying } from "./buying.ts";
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

/** What a person can do to the two platforms from the drawer, and the truth bar under it. */
export function createDrawer({ kernel, timers, deliveries, shopify, tiktok, supervisorUrl }: DrawerDeps) {
  const door = async <T>(name: string, input: object = {}) => (await tiktok.control[name]?.(input)) as T;
  const buyers: Buyers = { buyAny: (input) => door("buy-any", input), hottest: () => door("hottest") };
  const buying = createBuying(buyers, timers);
  const trouble = createTrouble(kernel.faults, deliveries);
  const supervisor = createSupervisorClient(supervisorUrl);
  const tour = createTour();
  let isPicked = false;
  let epoch = randomUUID();
  const isOn = (input: Record<string, unknown>) => {
    if (typeof input.on !== "boolean") throw new Error("on must be true or false");
    return input.on;
  };

  const actions: Record<string, (input: Record<string, unknown>) => Promise<string>> = {
    "buy-one": () => buying.one(),
    steady: (input) => buying.setSteady(isOn(input)),
    spike: () => buying.startSpike(),
    "end-holds": async () => {
      const { released } = await door<{ released: number }>("end-holds");
      if (released === 0) throw new Error("No order is on hold. Buy something first.");
      return `${orders(released)} may be shipped now.`;
    },
    audits: async ({ mode }) => {
      if (mode !== "automatic" && mode !== "hold") throw new Error("audits are automatic or on hold");
      await door("settings", { audits: mode });
      return mode === "hold" ? "New listings wait for a verdict." : "Audits end by themselves.";
    },
    verdict: async ({ verdict }) => {
      if (verdict !== "approve" && verdict !== "reject") throw new Error("a verdict is approve or reject");
      const { approved, rejected } = await door<{ approved?: number; rejected?: number }>("end-audits", { verdict });
      const count = approved ?? rejected ?? 0;
      if (count === 0) throw new Error("No listing waits for an audit.");
      return `${count} ${count === 1 ? "listing" : "listings"} ${verdict === "approve" ? "approved" : "rejected"}.`;
    },
    webhooks: async (input) => trouble.setWebhooks(String(input.name), isOn(input)),
    channel: async ({ mode }) => trouble.setChannel(String(mode)),
    revoke: async () => {
      const { revoked } = await door<{ revoked: number }>("revoke");
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

  return {
    /** Everything the drawer and the truth bar show; made to be asked each second. */
    async tell(): Promise<unknown> {
      const channel = tiktok.count();
      const shop = shopify.count();
      const now = kernel.clock.now();
      const truth = tellTruthBar(shop, channel, kernel.calls, now);
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
        ...buying.state(),
        ...troubles,
        held,
        waitingForAudit,
        audits,
        consents,
        stand,
        standRefusal: refusal,
        tour: tour.look({
          isConnected: consents > 0,
          isPicked: isPicked || channel.onSale > 0,
          onSale: channel.onSale,
          isAuditing: waitingForAudit > 0,
          phoneOrders: channel.phoneOrders,
          homeAt: new Map(
            shop.orders.flatMap((one) => (one.sourceIdentifier ? [[one.sourceIdentifier, one.createdAt]] : [])),
          ),
          spike: buying.lastSpike(),
          killedAt: stand ? (stand.secondsSinceKill === null ? null : now - stand.secondsSinceKill * 1000) : undefined,
          isEqual: truth.orders.light === "green" && truth.doubled.orders === 0 && truth.oversold.units === 0,
        }),
      };
    },
    /** Does what a control says; answers with a sentence about it, throws with one when it cannot. */
    async act(name: string, input: Record<string, unknown>): Promise<{ done: string }> {
      const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (!action) throw new Error(`the drawer has no such control; there are: ${Object.keys(actions).join(", ")}`);
      return { done: await action(input) };
    },
    /** The world begins anew: open pages load themselves again when they see another epoch. */
    forget(): void {
      buying.forget();
      tour.forget();
      isPicked = false;
      epoch = randomUUID();
    },
  };
}

export type Drawer = ReturnType<typeof createDrawer>;

const orders = (count: number) => (count === 1 ? "1 order" : `${count} orders`);
