import { setTimeout as sleep } from "node:timers/promises";

/** How many times as fast as the wall's the clock of the stand's processes runs. This process keeps the wall's: starting one takes as long as ever. */
let rate = 1;

export function setWorldRate(to: number): void {
  rate = to;
}

/** Milliseconds of the stand's time, to be subtracted from each other. */
export const worldNow = (): number => Date.now() * rate;

/** Waits so many milliseconds of the stand's time. */
export const worldSleep = (ms: number): Promise<void> => sleep(ms / rate);
