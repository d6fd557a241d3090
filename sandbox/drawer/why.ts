import type { TruthBar } from "../kernel/truth-bar.ts";

interface Circumstances {
  consents: number;
  phase?: string;
  secondsSinceKill?: number | null;
  webhooks: { lose: boolean };
  channel: string;
  otherFaults: number;
}

/** A few words on why the two sides are not equal (yet); empty when they are. */
export function whyItSettles(truth: TruthBar, now: Circumstances): string {
  const { orders, doubled, oversold } = truth;
  if (oversold.units > 0) return `${oversold.units} sold that nobody owns`;
  if (doubled.orders > 0) return `${doubled.orders} made twice in Shopify`;
  if (orders.light === "none") return "nothing sold yet";
  if (orders.missing === 0) return "both sides agree";
  if (orders.missing === orders.waiting) return `${orders.waiting} wait for somebody in the app`;
  const what = orders.light === "red" ? `${orders.missing} missing` : `${orders.missing} on the way`;
  return `${what}${cause(now)}`;
}

/** A call that was in the air is looked for when it can land no more, and once more. */
const SECONDS_OF_A_KILL = 160;

function cause({ consents, phase, secondsSinceKill, webhooks, channel, otherFaults }: Circumstances): string {
  if (phase === "worker-starting") return ": the worker is starting";
  if (phase === "web-starting") return ": the app is starting";
  if (consents === 0) return ": the consent has ended";
  if (webhooks.lose) return ": webhooks are lost, the next look finds them";
  if (channel !== "normal" || otherFaults > 0) return ": the channel is in trouble";
  if (secondsSinceKill != null && secondsSinceKill < SECONDS_OF_A_KILL)
    return ": what the killed worker was doing is looked for before it is done again";
  return "";
}
