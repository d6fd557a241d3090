import { SOON_MS } from "../../domains/orders/model.ts";
import type { Deadline } from "../../domains/orders/morning/deadline.ts";
import { t } from "../../locales/translate.ts";
import { duration } from "./duration.ts";
import { sayTimeLeft } from "./say-time-left.ts";

export interface DueShown {
  text: string;
  /** critical: too late. caution: today. */
  tone: "critical" | "caution" | null;
}

/** How long there is left, or how late it is. */
export function showDue({ kind, at }: Deadline, now: Date): DueShown {
  const leftMs = at.getTime() - now.getTime();
  if (leftMs < 0) return { text: t(`morning.due.${kind}.late`, { time: duration(-leftMs) }), tone: "critical" };
  return {
    text: t(`morning.due.${kind}.left`, { time: sayTimeLeft(leftMs) }),
    tone: leftMs < SOON_MS ? "caution" : null,
  };
}
