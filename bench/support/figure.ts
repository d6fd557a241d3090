/** One printed line of a bench. `bar` is what must hold, in words; `baseline` what it was measured beside, in the same run. */
export interface Figure {
  name: string;
  value: number | null;
  unit: string;
  bar: string;
  baseline: number | null;
  ratio: number | null;
  ok: boolean;
}

/** The middle value; of an even number the lower of the two. Throws on an empty list. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error("the median of nothing");
  return middle;
}
