/** One line of a bench. `value: null`: it was not run. */
export interface Figure {
  name: string;
  value: number | null;
  unit: string;
  /** What the value must reach, e.g. ">= 2". */
  bar: string;
  /** What it was measured against, in its own unit. */
  baseline: number | null;
  /** Ours over the baseline. */
  ratio: number | null;
  ok: boolean;
}

export const say = (text: string): void => console.error(text);

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError("the median of nothing");
  return middle;
}

/** The value below which `share` (0 to 1) of the values lie. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (found === undefined) throw new RangeError("a percentile of nothing");
  return found;
}

export const round = (value: number, digits = 3): number => Number(value.toFixed(digits));
