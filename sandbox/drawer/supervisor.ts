/** What whoever started the processes says of them. */
export interface SupervisorState {
  phase: "running" | "worker-starting" | "web-starting" | "resetting";
  /** Why a reset is not possible here; null when it is. */
  resetRefused: string | null;
  /** Since the worker was killed by hand; null: not yet. */
  secondsSinceKill: number | null;
  /** Seconds the last one took. */
  lastBackSeconds: number | null;
  lastResetSeconds: number | null;
  /** What went wrong last, in a sentence. */
  problem: string | null;
}

const ALONE = "The sandbox was started on its own; “npm run demo” starts the app with it.";

/**
 * Forwards to the supervisor of the app's processes at `url` (SANDBOX_SUPERVISOR_URL). Without one the two controls that need it are
 * refused with the reason; the sandbox never touches a process itself.
 */
export function createSupervisorClient(url: string | undefined) {
  const ask = async (method: "GET" | "POST", door: string, withinMs: number): Promise<Record<string, unknown>> => {
    const answer = await fetch(`${url}/${door}`, { method, signal: AbortSignal.timeout(withinMs) });
    const body = (await answer.json()) as Record<string, unknown>;
    if (!answer.ok) throw new Error(String(body.error));
    return body;
  };
  return {
    async state(): Promise<{ supervisor: SupervisorState | null; refusal: string | null }> {
      if (!url) return { supervisor: null, refusal: ALONE };
      try {
        return { supervisor: (await ask("GET", "state", 1_000)) as unknown as SupervisorState, refusal: null };
      } catch {
        return { supervisor: null, refusal: "Whoever started the app’s processes does not answer any more." };
      }
    },
    async post(door: "kill-worker" | "reset"): Promise<string> {
      if (!url) throw new Error(ALONE);
      return String((await ask("POST", door, 10_000)).done);
    },
  };
}
