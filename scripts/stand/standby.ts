import { setTimeout as sleep } from "node:timers/promises";
import type { Running } from "./processes.ts";

/** One web process, one worker and the database they work on. */
export interface Crew {
  web: Running;
  worker: Running;
  databaseUrl: string;
}

export interface CrewMaker {
  /** A database without a shop, and a web process (which does not listen yet) and a worker on it. */
  prepare(): Promise<Crew>;
  /** Lets the crew's web process listen. Resolves when it is ready. */
  release(crew: Crew): Promise<void>;
  /** Ends both at once and drops their database. */
  dismiss(crew: Crew): Promise<void>;
}

/** The next crew is made ready while nobody needs it, so that beginning anew takes a moment only; first the app reads its catalog. */
const PAUSE_MS = 10_000;

/** Keeps one crew in reserve. */
export function keepStandby(maker: CrewMaker) {
  let next: Promise<Crew> | null = null;
  let isClosing = false;

  /** The reserve if it is whole, else a crew made now. */
  async function take(): Promise<Crew> {
    const waiting = next;
    next = null;
    if (waiting) {
      const crew = await waiting.catch(() => null);
      if (crew && isAlive(crew.web) && isAlive(crew.worker)) return crew;
      if (crew) await maker.dismiss(crew);
    }
    return maker.prepare();
  }

  async function refill(): Promise<void> {
    await sleep(PAUSE_MS);
    if (isClosing || next) return;
    next = maker.prepare();
    next.catch(() => {}); // whoever takes it makes another one
  }

  return {
    take,
    refill,
    async close(): Promise<void> {
      isClosing = true;
      await next?.catch(() => {});
    },
  };
}

const isAlive = ({ child }: Running) => child.exitCode === null && child.signalCode === null;
