/** Breaches of the sandbox's own contract. An "answer" breach is a mistake of the sandbox; a "request" breach one of the caller. */
export interface Violations {
  add(side: "request" | "answer", problem: string): void;
  counts(): { contractViolations: number; requestViolations: number };
  list(): { side: "request" | "answer"; problem: string }[];
  reset(): void;
}

export function createViolations(): Violations {
  let kept: { side: "request" | "answer"; problem: string }[] = [];
  let counts = { contractViolations: 0, requestViolations: 0 };
  return {
    add(side, problem) {
      if (side === "answer") counts.contractViolations += 1;
      else counts.requestViolations += 1;
      if (kept.length < 200) kept.push({ side, problem });
    },
    counts: () => ({ ...counts }),
    list: () => [...kept],
    reset() {
      kept = [];
      counts = { contractViolations: 0, requestViolations: 0 };
    },
  };
}
