import type { Timers } from "../kernel/timers.ts";

/** What the drawer needs of the channel to buy there. */
interface Buyers {
  buyAny(input: {
    productId?: string;
    kind?: string;
    unpaid?: boolean;
  }): Promise<{ orderId: string | null; title: string }>;
  hottest(): Promise<{ productId: string; title: string; units: number }>;
}

/** A spike as it stands: `asked` of `of` buyers have come. */
export interface Spike {
  title: string;
  of: number;
  asked: number;
  bought: number;
  soldOut: number;
}

const SPIKE_BUYERS = 200;
const SPIKE_EVERY_MS = 50;
const STEADY_EVERY_MS = 1_000;

/** Buyers at the push of a button: one, one each second, or two hundred at once. Times are wall time, whatever the speed. */
export function createBuying(buyers: Buyers, timers: Timers) {
  let stopSteady: (() => void) | null = null;
  let steadyWord = "";
  let spike: Spike | null = null;
  let spikeStartedAt = 0;

  async function step(): Promise<void> {
    stopSteady = timers.wall(STEADY_EVERY_MS, step);
    try {
      const { orderId } = await buyers.buyAny({});
      steadyWord = orderId ? "" : "Everything is sold out; it goes on when there is stock.";
    } catch (error) {
      steadyWord = (error as Error).message;
    }
  }

  async function next(running: Spike, productId: string): Promise<void> {
    if (spike !== running) return;
    running.asked += 1;
    const { orderId } = await buyers.buyAny({ productId }).catch(() => ({ orderId: null }));
    if (orderId) running.bought += 1;
    else running.soldOut += 1;
    if (running.asked < running.of) timers.wall(SPIKE_EVERY_MS, () => next(running, productId));
  }

  return {
    state: () => ({ steady: { on: stopSteady !== null, word: steadyWord }, spike }),
    /** Null: there was none. */
    lastSpike: () => spike && { startedAt: spikeStartedAt, isOver: spike.asked >= spike.of },
    /** `kind`: "normal", "unpaid", or what the order is besides an ordinary one. */
    async one(kind = "normal"): Promise<string> {
      const asked = kind === "normal" ? {} : kind === "unpaid" ? { unpaid: true } : { kind };
      const { orderId, title } = await buyers.buyAny(asked);
      if (!orderId) throw new Error("Everything on sale is sold out. Put some stock on a shelf in the admin.");
      return kind === "normal"
        ? `Somebody bought one ${title}.`
        : `An order of one ${title}: ${kind.replaceAll("-", " ")}.`;
    },
    async setSteady(isOn: boolean): Promise<string> {
      stopSteady?.();
      stopSteady = null;
      steadyWord = "";
      if (isOn) await step();
      return isOn ? "One order a second from now on." : "No more orders by themselves.";
    },
    async startSpike(): Promise<string> {
      if (spike && spike.asked < spike.of) throw new Error("A spike is under way.");
      const { productId, title } = await buyers.hottest();
      spike = { title, of: SPIKE_BUYERS, asked: 0, bought: 0, soldOut: 0 };
      spikeStartedAt = Date.now();
      await next(spike, productId);
      return `${SPIKE_BUYERS} people want one ${title} within ten seconds.`;
    },
    /** After a reset: the timers are gone already. */
    forget(): void {
      stopSteady = null;
      steadyWord = "";
      spike = null;
    },
  };
}

export type Buying = ReturnType<typeof createBuying>;
