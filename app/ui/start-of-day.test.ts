import { expect, test } from "vitest";
import { nameDay, startOfDay, startOfNamedDay } from "./start-of-day.ts";

test.each([
  ["2026-11-24T17:40:00.123Z", "UTC", "2026-11-24T00:00:00.000Z"],
  ["2026-11-24T03:00:00Z", "America/New_York", "2026-11-23T05:00:00.000Z"],
  ["2026-11-24T20:00:00Z", "Asia/Tokyo", "2026-11-24T15:00:00.000Z"],
  // the day the clocks go back has 25 hours, the day they go forward 23
  ["2026-11-01T23:00:00Z", "America/New_York", "2026-11-01T04:00:00.000Z"],
  ["2026-03-08T20:00:00Z", "America/New_York", "2026-03-08T05:00:00.000Z"],
  ["2026-11-24T00:00:00Z", "UTC", "2026-11-24T00:00:00.000Z"],
  ["2026-11-24T12:00:00Z", "Nowhere/Unknown", "2026-11-24T00:00:00.000Z"],
])("at %s in %s the day began at %s", (now, zone, began) => {
  expect(startOfDay(new Date(now), zone).toISOString()).toBe(began);
});

test.each([
  ["2026-11-24", "UTC", "2026-11-24T00:00:00.000Z"],
  ["2026-11-24", "America/New_York", "2026-11-24T05:00:00.000Z"],
  ["2026-11-24", "Pacific/Auckland", "2026-11-23T11:00:00.000Z"],
  // the clocks change on these days
  ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
  ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z"],
  ["2026-03-09", "America/New_York", "2026-03-09T04:00:00.000Z"],
  ["tomorrow", "UTC", null],
  ["2026-13-45", "UTC", null],
  ["2026-02-30", "UTC", null],
])("the day %s begins in %s at %s", (day, zone, begins) => {
  const found = startOfNamedDay(day, zone);
  expect(found?.toISOString() ?? null).toBe(begins);
  if (found) expect(nameDay(found, zone)).toBe(day);
});
