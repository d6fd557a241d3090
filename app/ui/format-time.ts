/** "Nov 23, 07:58" in the shop's time zone; an unknown zone counts as UTC. The same on server and browser. */
export function formatMoment(at: Date, timezone: string): string {
  return write(at, timezone, { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** "07:58" in the shop's time zone. */
export function formatClock(at: Date, timezone: string): string {
  return write(at, timezone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** "Nov 23, 2026" in the shop's time zone. */
export function formatDay(at: Date, timezone: string): string {
  return write(at, timezone, { month: "short", day: "numeric", year: "numeric" });
}

function write(at: Date, timezone: string, parts: Intl.DateTimeFormatOptions): string {
  try {
    return new Intl.DateTimeFormat("en", { ...parts, timeZone: timezone }).format(at);
  } catch {
    // Shopify's zone name is not known to this machine
    return new Intl.DateTimeFormat("en", { ...parts, timeZone: "UTC" }).format(at);
  }
}
