import type { Reaction } from "../platform/inbox.server.ts";
import type { Listeners, ReceivedEvent } from "./model.ts";

/** Tells each room the events that concern it, those of one kind together. */
export function reactWith(listeners: Listeners): Reaction<ReceivedEvent> {
  return async (tx, events) => {
    for (const [kind, some] of Map.groupBy(events, (event) => event.kind)) {
      // grouped by kind, so each listener gets its own; TypeScript cannot follow that through the map
      const tell = listeners[kind] as (tx: unknown, events: readonly ReceivedEvent[]) => Promise<unknown>;
      await tell(tx, some);
    }
  };
}
