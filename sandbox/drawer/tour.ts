/** What the two platforms know of a person's way through the demo. */
export interface TourFacts {
  /** The seller has given the app the consent. */
  isConnected: boolean;
  /** Products came back from the admin's picker, or are listed. */
  isPicked: boolean;
  onSale: number;
  /** A listing waits for its audit. */
  isAuditing: boolean;
  /** What the buyer at the phone has bought. */
  phoneOrders: { id: string; boughtAt: number; isTracked: boolean }[];
  /** When each order of the channel came home: its id → time. */
  homeAt: ReadonlyMap<string, number>;
  spike: { startedAt: number; isOver: boolean } | null;
  /** Null: it was not killed, undefined: there is nobody here who could. */
  killedAt: number | null | undefined;
  /** Both sides have the same orders, none twice, and nothing was oversold. */
  isEqual: boolean;
}

export const tourSteps = ["connect", "pick", "arm", "buy", "fulfil", "spike"] as const;
export type TourStep = (typeof tourSteps)[number];

/** What has happened so far. */
export interface TourTold {
  done: TourStep[];
  /** The first that has not happened; null: all have. */
  next: TourStep | null;
  /** How long the first order from the phone took to come home. */
  homeSeconds: number | null;
}

/** What the app sends on trial, before it is armed. */
const FIRST_FEW = 5;

const HAPPENED: Record<TourStep, (facts: TourFacts) => boolean> = {
  connect: ({ isConnected }) => isConnected,
  pick: ({ isPicked }) => isPicked,
  // neither platform is told that the app was armed: more than the first few go only then, and orders come home only then
  arm: ({ onSale, isAuditing, homeAt }) => (onSale > FIRST_FEW && !isAuditing) || homeAt.size > 0,
  buy: ({ phoneOrders, homeAt }) => phoneOrders.some(({ id }) => homeAt.has(id)),
  fulfil: ({ phoneOrders, homeAt }) => phoneOrders.some(({ id, isTracked }) => isTracked && homeAt.has(id)),
  spike: ({ spike, killedAt, isEqual }) =>
    spike?.isOver === true && isEqual && (killedAt === undefined || (killedAt ?? 0) >= spike.startedAt),
};

/** The guided tour's ticks: each set by what really happened, and kept until everything begins anew. */
export function createTour() {
  const done = new Set<TourStep>();
  let homeSeconds: number | null = null;
  return {
    look(facts: TourFacts): TourTold {
      for (const step of tourSteps) if (HAPPENED[step](facts)) done.add(step);
      const [first] = facts.phoneOrders.filter(({ id }) => facts.homeAt.has(id));
      if (homeSeconds === null && first)
        homeSeconds = Math.max(0, (facts.homeAt.get(first.id) ?? 0) - first.boughtAt) / 1000;
      return {
        done: tourSteps.filter((step) => done.has(step)),
        next: tourSteps.find((step) => !done.has(step)) ?? null,
        homeSeconds,
      };
    },
    forget(): void {
      done.clear();
      homeSeconds = null;
    },
  };
}
