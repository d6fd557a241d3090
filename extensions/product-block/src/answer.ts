/** A page of the app to go on at. */
export interface Link {
  label: string;
  /** Within the app, with a leading slash. */
  path: string;
}

export interface Notice {
  title: string;
  text: string;
  link: Link | null;
}

export interface Button {
  intent: "list" | "stop";
  label: string;
  tone: "primary" | "critical" | "plain";
  /** Asked before it is done. */
  confirm: { text: string; yes: string; no: string } | null;
}

/** The product on one connection, in final words. */
export interface Connection {
  id: string;
  name: string;
  badge: { label: string; tone: "success" | "info" | "warning" | "critical" | "neutral" };
  text: string;
  finding: { sentence: string; nextStep: string; blocks: boolean; more: string | null } | null;
  notice: Notice | null;
  buttons: Button[];
  link: Link | null;
}

/** What the app answers. */
export interface Shown {
  summary: string;
  connections: Connection[];
  empty: Notice | null;
  message: string | null;
  againInMs: number | null;
}

/**
 * Takes an answer for what it should be, or null: app and extension are released apart, so the app may be older or newer than this
 * code. Fields that are new are ignored; what is missing must not end in a blank block.
 */
export function readShown(value: unknown): Shown | null {
  if (!isRecord(value) || !Array.isArray(value.connections)) return null;
  const connections = value.connections.filter(isConnection);
  const empty = isRecord(value.empty) && isText(value.empty.title) ? (value.empty as unknown as Notice) : null;
  if (connections.length < value.connections.length || (connections.length === 0 && !empty)) return null;
  return {
    summary: isText(value.summary) ? value.summary : "",
    connections,
    empty,
    message: isText(value.message) ? value.message : null,
    againInMs: typeof value.againInMs === "number" ? value.againInMs : null,
  };
}

function isConnection(value: unknown): value is Connection {
  return (
    isRecord(value) &&
    [value.id, value.name, value.text].every(isText) &&
    isRecord(value.badge) &&
    isText(value.badge.label) &&
    Array.isArray(value.buttons)
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isText = (value: unknown): value is string => typeof value === "string";
