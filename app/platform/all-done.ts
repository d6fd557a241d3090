/**
 * Waits until every one of them has ended, then throws the first failure. `Promise.all` lets go at the first failure, while calls of the
 * others are still under way.
 */
export async function allDone(running: Iterable<Promise<unknown>>): Promise<void> {
  const failed = (await Promise.allSettled(running)).find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
}
