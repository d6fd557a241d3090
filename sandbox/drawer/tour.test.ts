import { expect, it } from "vitest";
import { createTour, type TourFacts, tourSteps } from "./tour.ts";

const nothing: TourFacts = {
  isConnected: false,
  isPicked: false,
  onSale: 0,
  isAuditing: false,
  phoneOrders: [],
  homeAt: new Map(),
  spike: null,
  killedAt: null,
  isEqual: false,
};
const told = (facts: Partial<TourFacts>) => createTour().look({ ...nothing, ...facts });

it("begins with connecting, and ticks nothing that has not happened", () => {
  expect(told({})).toEqual({ done: [], next: "connect", homeSeconds: null });
});

it("does not take the first few listings for the rest, nor listings in their audit for live ones", () => {
  expect(told({ onSale: 5 }).done).toEqual([]);
  expect(told({ onSale: 6, isAuditing: true }).done).toEqual([]);
  expect(told({ onSale: 6 }).done).toEqual(["arm"]);
});

it("waits for the order of the phone to be home, and tells how long that took", () => {
  const phoneOrders = [{ id: "1", boughtAt: 1_000, isTracked: true }];
  expect(told({ phoneOrders, homeAt: new Map([["2", 1_500]]) }).done).toEqual(["arm"]);
  const home = told({ phoneOrders, homeAt: new Map([["1", 2_250]]) });
  expect(home).toMatchObject({ done: ["arm", "buy", "fulfil"], homeSeconds: 1.25 });
});

it("wants the worker killed since the spike began, unless nobody can", () => {
  const over = { spike: { startedAt: 5_000, isOver: true }, isEqual: true };
  expect(told({ ...over, killedAt: null }).done).toEqual([]);
  expect(told({ ...over, killedAt: 4_000 }).done).toEqual([]);
  expect(told({ ...over, killedAt: 6_000, isEqual: false }).done).toEqual([]);
  expect(told({ ...over, spike: { startedAt: 5_000, isOver: false }, killedAt: 6_000 }).done).toEqual([]);
  expect(told({ ...over, killedAt: 6_000 }).done).toEqual(["spike"]);
  expect(told({ ...over, killedAt: undefined }).done).toEqual(["spike"]);
});

it("keeps a tick when what caused it is over, until everything begins anew", () => {
  const tour = createTour();
  tour.look({ ...nothing, isConnected: true });
  expect(tour.look(nothing)).toMatchObject({ done: ["connect"], next: "pick" });
  tour.forget();
  expect(tour.look(nothing).next).toBe(tourSteps[0]);
});
