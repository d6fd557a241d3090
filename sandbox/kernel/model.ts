/** What both platforms of the sandbox share: the words of the kernel. Types only. */

export type PlatformName = "shopify" | "tiktok";

/** One configured TikTok Shop app (an entry of the TIKTOK_SHOP_APPS list). */
export interface TikTokApp {
  market: string;
  appKey: string;
  appSecret: string;
  serviceId: string;
  consentUrl: string;
}

/** fast: 50 calls/s per operation. real: 2/s writes, 5/s reads, 429 bursts. dev: 1,000 an hour. */
export type RateProfile = "fast" | "real" | "dev";

/** Settings of a running sandbox. `speed` and `profile` may change while it runs (read them at use, never copy). */
export interface SandboxSettings {
  /** Durations (never timestamps) are divided by this. */
  speed: number;
  profile: RateProfile;
  seed: number;
  apiKey: string;
  apiSecret: string;
  tiktokApps: TikTokApp[];
  /** Where webhooks, the consent return and the app frame go; no slash at the end. */
  appUrl: string;
  /** The demo shop is a development shop: 5 orders a minute. */
  devShop: boolean;
  /** "builtin", "none", or the path of a Shopify product export (CSV) or of a JSON catalog in the built-in format. */
  catalog: string;
  /** Every so-manieth picture that a catalog names by address is too small, no picture or not there; 0: none. */
  badPictures: number;
  /** How many products a second, busy shop holds; 0: there is none. */
  busyShop: number;
  /** The port the sandbox listens on (known once it listens). */
  port: number;
  /** Where whoever started the app's processes listens; unset: nobody does. */
  supervisorUrl?: string;
}

export type FaultKind =
  | "latency"
  | "timeout-before"
  | "timeout-after"
  | "late"
  | "429"
  | "500"
  | "503"
  | "402"
  | "423"
  | "lost-answer";

/** A rule saying which calls go wrong and how. Missing fields match everything. */
export interface FaultRule {
  id?: string;
  platform?: PlatformName;
  /** GraphQL operation name, TikTok operationId, or "token"; "*" for any business call. */
  operation?: string;
  /** Each n-th matching call. */
  every?: number;
  probability?: number;
  /** At most so many hits. */
  times?: number;
  kind?: FaultKind;
  /** Instead of `kind`: one after the other, round robin. */
  kinds?: FaultKind[];
  /** latency: how long; late: how long after the call arrived the effect is applied (default 20,000). Wall time. */
  ms?: number;
}

/** What one call was told to suffer. */
export interface Fault {
  rule: string;
  kind: FaultKind;
  ms?: number;
}

export interface Faults {
  add(rules: FaultRule[]): void;
  clear(): void;
  /** Takes the rule of that id away; an unknown id is passed over. */
  remove(id: string): void;
  list(): FaultRule[];
  /** Picks the fault of this call (counting it) or none. `counted` false: only rules naming the operation apply. */
  pick(platform: PlatformName, operation: string, counted: boolean): Fault | undefined;
}

/** Troubles of webhook delivery, one set per platform. */
export interface WebhookFaults {
  loseEvery?: number;
  doubleEvery?: number;
  shuffle?: boolean;
  /** Wall time added to every delivery. */
  delayMs?: number;
  off?: boolean;
}

/** One line of the call log. */
export interface CallEntry {
  seq: number;
  at: string;
  platform: PlatformName;
  operation: string;
  method: string;
  path: string;
  /** 0 while unanswered (held open, or the connection was cut). */
  status: number;
  ms: number;
  fault?: FaultKind;
  /** The handler changed state (set even when the answer was lost). */
  effect: boolean;
  /** A business call: counted in `truth.calls` (tokens and pictures are not). */
  counted: boolean;
  requestSummary: string;
}

export interface CallLog {
  /** Appends an entry; the caller completes it in place when the call ends. */
  open(entry: Omit<CallEntry, "seq">): CallEntry;
  list(filter: { since?: number; operation?: string }): CallEntry[];
  counts(): Record<PlatformName, number>;
  /** How many calls each kind of fault struck. */
  struck(): Record<PlatformName, Partial<Record<FaultKind, number>>>;
  clear(): void;
}

/** A webhook to be sent. Retries, loss, doubling and shuffling are the kernel's; the platform only says what to send. */
export interface OutgoingWebhook {
  platform: PlatformName;
  topic: string;
  url: string;
  body: string;
  /** Headers of one attempt, signature included. */
  sign(body: string): Record<string, string>;
  /** Waits before the retries, in ms, before division by speed. */
  retriesMs: number[];
  timeoutMs: number;
  ok(status: number): boolean;
}

export interface SandboxRequest {
  method: string;
  /** Host name without port, lower case. */
  host: string;
  path: string;
  query: URLSearchParams;
  /** Lower-case names. */
  headers: Record<string, string>;
  raw: Buffer;
}

export interface SandboxAnswer {
  status: number;
  headers?: Record<string, string>;
  body: string | Buffer;
  /** The handler changed state: noted in the call log. */
  effect?: boolean;
  /** A short line about the request for the call log (no personal data). */
  summary?: string;
}

/** One door of a platform. The kernel logs, faults and checks around `handle`. */
export interface Route {
  platform: PlatformName;
  /** Operation name when the request is for this route, else null. Must not change anything. */
  match(req: SandboxRequest): string | null;
  handle(req: SandboxRequest): Promise<SandboxAnswer>;
  /** Business call? Default true. False for tokens, pictures and pages: not counted, and "*" faults leave them alone. */
  counted?(operation: string): boolean;
  /** Contract of the request: list of problems. A non-empty list is refused by `refuse` and counted as a request violation. */
  checkRequest?(operation: string, req: SandboxRequest): string[];
  refuse?(operation: string, req: SandboxRequest, problems: string[]): SandboxAnswer;
  /** Contract of the answer: list of problems. A non-empty list answers 500 and is counted as a contract violation. */
  checkAnswer?(operation: string, req: SandboxRequest, answer: SandboxAnswer): string[];
  /** The platform's own face of an injected status (429, 500, 503, 402, 423). */
  faultAnswer?(operation: string, status: number): SandboxAnswer;
}

/** Pages that a person opens: neither logged as calls nor troubled by faults. */
export interface Pages {
  /** Whether the request is for these pages. Must not change anything. */
  match(req: SandboxRequest): boolean;
  handle(req: SandboxRequest): Promise<SandboxAnswer>;
}

/** One platform as the kernel sees it. `Counted` is what it counts for the truth bar, cheaply enough for each second. */
export interface Platform<Counted = unknown> {
  routes: Route[];
  pages: Pages[];
  state(): unknown;
  /** Of one store of the sandbox, or of all. */
  count(store?: string): Counted;
  reset(): void;
  /** Doors under POST /__sandbox/<platform>/<name>; JSON in, JSON out; a thrown Error answers 400 with its message. */
  // biome-ignore lint/suspicious/noExplicitAny: each door reads its own JSON; a wrong one answers 400
  control: Record<string, (input: any) => Promise<unknown>>;
}

/** What the kernel lends to the platforms. */
export interface Kernel {
  /** Wall time in ms; never warped. */
  clock: { now(): number };
  /** Runs later: `ms` is divided by speed; cancelled at close and reset. Returns a function that cancels it. */
  after(ms: number, run: () => void | Promise<void>): () => void;
  /** 0 ≤ n < 1, repeatable by seed. */
  random(): number;
  /** Unique numeric text of `digits` digits that begins with `prefix`; mostly odd, so that rounding shows. */
  nextId(prefix: string, digits: number): string;
  faults: Faults;
  calls: CallLog;
  settings: SandboxSettings;
  /** Queues a webhook. Never throws, never waits. */
  deliver(webhook: OutgoingWebhook): void;
  /** Counts a breach of the sandbox's own contract found outside a route (a webhook body, say). */
  violation(problem: string): void;
  /** http://127.0.0.1:PORT; media addresses begin with it. */
  readonly publicUrl: string;
}
