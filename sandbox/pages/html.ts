import { createHash } from "node:crypto";
import { drawer } from "../drawer/view.ts";
import type { SandboxAnswer, SandboxRequest } from "../kernel/model.ts";
import type { StoreKey } from "../stores.ts";

/** Text made safe for markup and for double-quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/** A page that a person sees, with the drawer and the truth bar under it. */
export interface PageGiven {
  title: string;
  /** Style sheets and scripts below /_pages/. */
  styles?: string[];
  scripts?: string[];
  bodyClass?: string;
  body: string;
  /** Where the page goes after a reset. */
  home: string;
  /** Which of two stores the page is about; unset: the only one, or none. */
  store?: StoreKey;
}

/** The whole document. */
export function renderPage({ title, styles = [], scripts = [], bodyClass = "", body, home, store }: PageGiven): string {
  const sheets = ["pages/base.css", "drawer/drawer.css", "drawer/tour.css", ...styles];
  const code = ["pages/live.js", "drawer/tour.js", "drawer/drawer.js", ...scripts];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="icon" href="data:,">
${sheets.map((file) => `<link rel="stylesheet" href="/_pages/${file}">`).join("")}<script src="/_pages/drawer/open.js"></script></head>
<body${bodyClass ? ` class="${bodyClass}"` : ""}>${body}
${drawer(home, store)}
<div id="toasts" role="status" aria-live="polite"></div>
${code.map((file) => `<script src="/_pages/${file}"></script>`).join("")}</body></html>`;
}

/** Answers a page, or 304 when the asking page has this very version: pages ask again each second. */
export function answerPage(req: SandboxRequest, html: string, status = 200): SandboxAnswer {
  const etag = `"${createHash("sha1").update(html).digest("base64url")}"`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-cache",
    "x-frame-options": "SAMEORIGIN",
    etag,
  };
  if (status === 200 && req.headers["if-none-match"] === etag) return { status: 304, headers, body: "" };
  return { status, headers, body: html };
}

/** Goes on to another page, which says `notice` when it is there. */
export function redirect(path: string, notice = ""): SandboxAnswer {
  const join = path.includes("?") ? "&" : "?";
  return {
    status: 303,
    headers: { location: notice ? `${path}${join}notice=${encodeURIComponent(notice)}` : path },
    body: "",
  };
}

/** Says once that something worked; the script shows it and takes it out of the address. */
export function noticeOf(req: SandboxRequest): string {
  const notice = req.query.get("notice");
  return notice ? `<p class="notice" data-notice>${escapeHtml(notice)}</p>` : "";
}

/** The fields of a posted form; a name that comes more than once keeps its last value. */
export function readForm(req: SandboxRequest): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(req.raw.toString("utf8")));
}

/** A refusal in place, read out at once. */
export function problem(text: string | undefined): string {
  return text ? `<p class="problem" role="alert">${escapeHtml(text)}</p>` : "";
}

/** When, to the minute, by the clock of a store: "Nov 24, 17:35 CST". */
export function sayWhen(ms: number, zone: string): string {
  const known = clocks.get(zone);
  if (known) return known.format(ms);
  const day = { month: "short", day: "numeric" } as const;
  const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" } as const;
  const clock = new Intl.DateTimeFormat("en-US", { ...day, ...time, timeZone: zone });
  clocks.set(zone, clock);
  return clock.format(ms);
}

const clocks = new Map<string, Intl.DateTimeFormat>();
