import type { FaultRule, Faults, PlatformName, WebhookFaults } from "../kernel/model.ts";
import type { Deliveries } from "../kernel/webhooks.ts";

const RULE = "drawer-channel";
const PLATFORMS: PlatformName[] = ["shopify", "tiktok"];

/** How the channel answers, as the drawer offers it. */
const CHANNEL: Record<string, Omit<FaultRule, "id" | "platform" | "operation"> | null> = {
  normal: null,
  slow: { kind: "latency", ms: 2_500 },
  "429": { kind: "429", every: 2 },
  "timeout-after": { kind: "timeout-after", every: 3 },
};

/** What each toggle of the webhooks sets on both platforms. */
const WEBHOOKS: Record<string, WebhookFaults> = {
  lose: { loseEvery: 2 },
  double: { doubleEvery: 1 },
  shuffle: { shuffle: true },
};

/** Troubles at the push of a button: of the webhooks of both platforms and of the channel's answers. */
export function createTrouble(faults: Faults, deliveries: Deliveries) {
  const webhooks = () => {
    const now = deliveries.faultsOf("tiktok");
    return { lose: Boolean(now.loseEvery || now.off), double: Boolean(now.doubleEvery), shuffle: Boolean(now.shuffle) };
  };
  return {
    state() {
      const rules = faults.list();
      const own = rules.find((rule) => rule.id === RULE);
      const channel = Object.keys(CHANNEL).find((name) => CHANNEL[name]?.kind === own?.kind) ?? "normal";
      return { webhooks: webhooks(), channel, otherFaults: rules.length - (own ? 1 : 0) };
    },
    setWebhooks(name: string, isOn: boolean): string {
      const trouble = Object.hasOwn(WEBHOOKS, name) ? WEBHOOKS[name] : undefined;
      if (!trouble) throw new Error("webhooks can be told to lose, double or shuffle");
      for (const platform of PLATFORMS) {
        const next = { ...deliveries.faultsOf(platform) };
        // a rule of the doors that is stronger than ours goes with the toggle too
        if (name === "lose") delete next.off;
        for (const field of Object.keys(trouble) as (keyof WebhookFaults)[]) delete next[field];
        deliveries.setFaults(platform, isOn ? { ...next, ...trouble } : next);
      }
      return isOn ? `Webhooks: ${name} is on.` : `Webhooks: ${name} is off.`;
    },
    setChannel(name: string): string {
      const rule = Object.hasOwn(CHANNEL, name) ? CHANNEL[name] : undefined;
      if (rule === undefined) throw new Error(`the channel can be ${Object.keys(CHANNEL).join(", ")}`);
      faults.remove(RULE);
      if (rule) faults.add([{ id: RULE, platform: "tiktok", operation: "*", ...rule }]);
      return rule ? "The channel is in trouble now." : "The channel answers normally again.";
    },
  };
}
