import activity from "./en/activity.json" with { type: "json" };
import app from "./en/app.json" with { type: "json" };
import tiktokShop from "./en/channel-tiktok-shop.json" with { type: "json" };
import connect from "./en/connect.json" with { type: "json" };
import findings from "./en/findings.json" with { type: "json" };
import home from "./en/home.json" with { type: "json" };
import incoming from "./en/incoming.json" with { type: "json" };
import listing from "./en/listing.json" with { type: "json" };
import morning from "./en/morning.json" with { type: "json" };
import orders from "./en/orders.json" with { type: "json" };
import privacy from "./en/privacy.json" with { type: "json" };
import problems from "./en/problems.json" with { type: "json" };
import productBlock from "./en/product-block.json" with { type: "json" };
import products from "./en/products.json" with { type: "json" };
import readiness from "./en/readiness.json" with { type: "json" };
import settings from "./en/settings.json" with { type: "json" };

const messages = {
  activity,
  app,
  connect,
  findings,
  home,
  incoming,
  listing,
  morning,
  orders,
  privacy,
  problems,
  products,
  readiness,
  "product-block": productBlock,
  settings,
  "channel-tiktok-shop": tiktokShop,
};

/** A message is a text, or a choice of texts by `values.count`. */
type Plural = { other: string };
type KeysOf<T> = { [K in keyof T & string]: T[K] extends string | Plural ? K : `${K}.${KeysOf<T[K]>}` }[keyof T &
  string];
export type MessageKey = KeysOf<typeof messages>;
export type Values = Record<string, string | number>;

const LOCALE = "en";
const plurals = new Intl.PluralRules(LOCALE);
const numbers = new Intl.NumberFormat(LOCALE);

/** The text of a key, with `{name}` replaced by its value and numbers written the local way. The compiler refuses unknown keys. */
export function t(key: MessageKey, values: Values = {}): string {
  const text = find(key, values);
  if (text === null) throw new Error(`no text for ${key}`);
  return text;
}

/**
 * The text of a key made from a code that a room or a channel stored (`readiness.{code}.title`), or the fallback's text when that
 * code has none: a page must not break over a word that a newer version wrote.
 */
export function tCode(key: string, values: Values, fallback: MessageKey): string {
  return find(key, values) ?? t(fallback, values);
}

function find(key: string, values: Values): string | null {
  let at: unknown = messages;
  for (const part of key.split("."))
    at = at !== null && typeof at === "object" ? (at as Record<string, unknown>)[part] : undefined;
  const text = typeof at === "string" ? at : choosePlural(at, values);
  return text === null ? null : text.replace(/\{(\w+)\}/g, (whole, name: string) => show(values[name]) ?? whole);
}

function choosePlural(message: unknown, values: Values): string | null {
  if (message === null || typeof message !== "object" || !("other" in message)) return null;
  const forms = message as Record<string, string>;
  const count = Number(values.count ?? 0);
  return (count === 0 ? forms.zero : undefined) ?? forms[plurals.select(count)] ?? forms.other ?? null;
}

function show(value: string | number | undefined): string | undefined {
  return typeof value === "number" ? numbers.format(value) : value;
}
