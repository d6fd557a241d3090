import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Mostly waiting in real time: begun first, they are over before the others, which keep the processor busy meanwhile. */
const LONG = ["tests/browser/", "tests/halting/", "tests/web/tenancy.", "tests/web/halted-pages.", "platform/queue."];

/** Files that take minutes first, so that none of them is what everybody waits for in the end; the others as usual. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => {
      const found = LONG.findIndex((part) => moduleId.includes(part));
      return found < 0 ? LONG.length : found;
    };
    return others.toSorted((one, other) => rank(one) - rank(other));
  }
}
