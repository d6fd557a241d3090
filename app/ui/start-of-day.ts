/** When the running day began in a time zone; an unknown zone counts as UTC. */
export function startOfDay(now: Date, timezone: string): Date {
  const wall = wallClockMs(now, timezone);
  const midnight = Math.floor(wall / 86_400_000) * 86_400_000;
  const guess = new Date(now.getTime() - (wall - midnight));
  // the clocks were changed since: what is left over is the change
  const left = wallClockMs(guess, timezone) - midnight;
  return new Date(guess.getTime() - left);
}

/** "2026-11-24 07:58:00" in a time zone, as spreadsheets read it. */
export const momentText = (at: Date, timezone: string): string =>
  new Date(wallClockMs(at, timezone)).toISOString().slice(0, 19).replace("T", " ");

/** The wall clock of a zone, as if it were UTC. */
function wallClockMs(at: Date, timezone: string): number {
  const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  let text: Intl.DateTimeFormatPart[];
  try {
    text = new Intl.DateTimeFormat("en", {
      ...parts,
      second: "2-digit",
      hourCycle: "h23",
      timeZone: timezone,
    }).formatToParts(at);
  } catch {
    // Shopify's zone name is not known to this machine
    return at.getTime();
  }
  const get = (type: string) => Number(text.find((part) => part.type === type)?.value ?? 0);
  return (
    Date.UTC(get("year"), get("month") - 1, get("day"), get("hour"), get("minute"), get("second")) +
    at.getMilliseconds()
  );
}

/** "2026-11-23": the day it is in a time zone, as date fields write it. */
export function nameDay(at: Date, timezone: string): string {
  return new Date(wallClockMs(at, timezone)).toISOString().slice(0, 10);
}

/** When a day named so begins in a time zone. Null: that is no day. */
export function startOfNamedDay(day: string, timezone: string): Date | null {
  const noon = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T12:00:00Z`) : null;
  if (!noon || Number.isNaN(noon.getTime()) || noon.toISOString().slice(0, 10) !== day) return null;
  // noon at Greenwich is the same day nearly everywhere
  const tries = [0, -1, 1].map((days) => startOfDay(new Date(noon.getTime() + days * 86_400_000), timezone));
  return tries.find((start) => nameDay(start, timezone) === day) ?? null;
}
