import { data } from "@remix-run/node";
import type { Told } from "../../ui/use-outcome-toast.ts";

/** The action worked; the sentence becomes a toast. */
export function told<T extends object>(message: string, more?: T) {
  return data({ ok: true, message, ...more } as Told & T, 200);
}

/** The way goes on outside the admin's frame. The page follows `leaveTo`; whoever reads no page finds the address in the header. */
export function leave(url: string) {
  return data({ ok: true, message: "", leaveTo: url } as Told, { headers: { location: url } });
}

/** Refused for a reason the merchant can act on (422). Nothing was changed. */
export function refused<T extends object>(message: string, more?: T) {
  return data({ ok: false, message, ...more } as Told & T, 422);
}

/** Reads one text field of a form; null when it is missing or empty. */
export function field(form: FormData, name: string): string | null {
  const value = form.get(name);
  return typeof value === "string" && value !== "" ? value : null;
}

/** Reads a list: the field repeated, or one JSON list. */
export function list(form: FormData, name: string): string[] {
  const values = form.getAll(name).filter((value): value is string => typeof value === "string" && value !== "");
  const [first] = values;
  if (values.length === 1 && first?.startsWith("[")) return (JSON.parse(first) as unknown[]).map(String);
  return values;
}
