import http from "node:http";
import type { OutgoingWebhook, PlatformName, WebhookFaults } from "./model.ts";
import type { Timers } from "./timers.ts";

export interface WebhookCounts {
  sent: number;
  attempts: number;
  acknowledged: number;
  failed: number;
  lost: number;
  doubled: number;
  delayed: number;
  shuffled: number;
  pending: number;
}

/** One delivery as the log shows it. */
export interface DeliveryEntry {
  seq: number;
  at: string;
  platform: PlatformName;
  topic: string;
  statuses: number[];
  outcome: "pending" | "acknowledged" | "failed" | "lost";
}

export interface Deliveries {
  deliver(webhook: OutgoingWebhook): void;
  setFaults(platform: PlatformName | undefined, faults: WebhookFaults): void;
  /** The troubles in force for a platform. */
  faultsOf(platform: PlatformName): WebhookFaults;
  counts(): WebhookCounts;
  list(since?: number): DeliveryEntry[];
  reset(): void;
  close(): void;
}

const SHUFFLE_MS = 1500;
const KEPT = 20_000;
const zero = (): WebhookCounts => ({
  sent: 0,
  attempts: 0,
  acknowledged: 0,
  failed: 0,
  lost: 0,
  doubled: 0,
  delayed: 0,
  shuffled: 0,
  pending: 0,
});

/**
 * Sends webhooks, with the troubles asked for. Only loopback addresses are ever reached: `localhost` and `*.localhost`
 * go to 127.0.0.1 with the Host header kept; any other host counts as a failed attempt without a packet leaving.
 */
export function createDeliveries(deps: { timers: Timers; random(): number; speed(): number }): Deliveries {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  let counts = zero();
  let log: DeliveryEntry[] = [];
  let seq = 0;
  const faults: Record<PlatformName, WebhookFaults> = { shopify: {}, tiktok: {} };
  const seen: Record<PlatformName, number> = { shopify: 0, tiktok: 0 };

  function start(webhook: OutgoingWebhook, entry: DeliveryEntry) {
    const { delayMs = 0, shuffle } = faults[webhook.platform];
    counts.sent += 1;
    counts.pending += 1;
    if (delayMs > 0) counts.delayed += 1;
    if (shuffle) counts.shuffled += 1;
    const wait = delayMs + (shuffle ? deps.random() * SHUFFLE_MS : 0);
    deps.timers.wall(wait, () => attempt(webhook, entry, 0));
  }

  async function attempt(webhook: OutgoingWebhook, entry: DeliveryEntry, tries: number): Promise<void> {
    counts.attempts += 1;
    const status = await send(agent, webhook);
    entry.statuses.push(status);
    const retry = webhook.retriesMs[tries];
    if (webhook.ok(status)) entry.outcome = "acknowledged";
    else if (retry !== undefined) {
      deps.timers.wall(retry / deps.speed(), () => attempt(webhook, entry, tries + 1));
      return;
    } else entry.outcome = "failed";
    counts[entry.outcome] += 1;
    counts.pending -= 1;
  }

  return {
    deliver(webhook) {
      const { platform, topic } = webhook;
      const trouble = faults[platform];
      seen[platform] += 1;
      const nth = seen[platform];
      seq += 1;
      const entry: DeliveryEntry = {
        seq,
        at: new Date().toISOString(),
        platform,
        topic,
        statuses: [],
        outcome: "pending",
      };
      log.push(entry);
      if (log.length > KEPT * 1.1) log = log.slice(-KEPT);
      if (trouble.off || (trouble.loseEvery && nth % trouble.loseEvery === 0)) {
        counts.lost += 1;
        entry.outcome = "lost";
        return;
      }
      start(webhook, entry);
      if (trouble.doubleEvery && nth % trouble.doubleEvery === 0) {
        counts.doubled += 1;
        start(webhook, entry);
      }
    },
    setFaults(platform, next) {
      for (const name of platform ? [platform] : (["shopify", "tiktok"] as const)) {
        faults[name] = next;
        seen[name] = 0;
      }
    },
    faultsOf: (platform) => ({ ...faults[platform] }),
    counts: () => ({ ...counts }),
    list: (since) => log.filter((one) => since === undefined || one.seq > since),
    reset() {
      counts = zero();
      log = [];
    },
    close: () => agent.destroy(),
  };
}

/** One attempt. Answers the status, 0 when there was none (refused, too slow, cut off). */
function send(agent: http.Agent, webhook: OutgoingWebhook): Promise<number> {
  const url = new URL(webhook.url);
  const isLoopback =
    url.hostname === "localhost" || url.hostname.endsWith(".localhost") || url.hostname === "127.0.0.1";
  if (!isLoopback || url.protocol !== "http:") return Promise.resolve(0);
  return new Promise((resolve) => {
    const body = Buffer.from(webhook.body, "utf8");
    const request = http.request({
      agent,
      host: "127.0.0.1",
      port: url.port || 80,
      method: "POST",
      path: url.pathname + url.search,
      headers: { "content-length": body.length, ...webhook.sign(webhook.body), host: url.host },
    });
    const timer = setTimeout(() => request.destroy(), webhook.timeoutMs);
    const done = (status: number) => {
      clearTimeout(timer);
      resolve(status);
    };
    request.on("error", () => done(0));
    request.on("response", (response) => {
      response.on("error", () => done(0));
      response.on("end", () => done(response.statusCode ?? 0));
      response.resume();
    });
    request.end(body);
  });
}
