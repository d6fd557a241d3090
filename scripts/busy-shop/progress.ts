import { GivenUp } from "../stand/processes.ts";
import type { SandboxClient } from "../stand/sandbox-client.ts";

/** The parts of filling, with the share of the time each takes. */
const PARTS = { past: 0.03, catalog: 0.07, connect: 0.02, listings: 0.44, orders: 0.38, rest: 0.06 } as const;
export type Part = keyof typeof PARTS;

/** Tells the sandbox's pages how far the filling is; throws GivenUp after a reset and at the end of the demo. */
export interface Progress {
  /** So much of a part is done (0 to 1), in a few words. */
  at(part: Part, share: number, step: string): Promise<void>;
  /** Throws GivenUp once filling is given up. */
  check(): void;
}

/** Progress that ends with `signal`; `say` hears each step too. */
export function createProgress(sandbox: SandboxClient, signal: AbortSignal, say?: (step: string) => void): Progress {
  const check = () => {
    if (signal.aborted) throw new GivenUp("filling was given up");
  };
  return {
    check,
    async at(part, share, step) {
      check();
      say?.(step);
      const names = Object.keys(PARTS) as Part[];
      const before = names.slice(0, names.indexOf(part)).reduce((sum, name) => sum + PARTS[name], 0);
      await sandbox.post("filling", { step, share: Math.min(1, before + PARTS[part] * share), state: "running" });
    },
  };
}
