import { readShown, type Shown } from "./answer.ts";

const ADDRESS = "/api/product-block";
const PATIENCE_MS = 15_000;

/** The app's answer, or why there is none. */
export type Asked =
  | { kind: "shown"; shown: Shown }
  | { kind: "silent"; why: "unreachable" | "signed-out" | "not-understood" };

/** Where the product stands. */
export function readProduct(product: string): Promise<Asked> {
  return ask(`${ADDRESS}?product=${encodeURIComponent(product)}`, {});
}

/** Presses a button. Safe to repeat. */
export function act(product: string, connectionId: string, intent: "list" | "stop"): Promise<Asked> {
  const body = JSON.stringify({ product, connectionId, intent });
  return ask(ADDRESS, { method: "POST", headers: { "content-type": "application/json" }, body });
}

/** The admin resolves the address against the app's and adds a session token; a token that just ran out is replaced once. */
async function ask(address: string, init: RequestInit): Promise<Asked> {
  try {
    const send = () => fetch(address, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    let answer = await send();
    if (answer.status === 401) answer = await send();
    if (answer.status === 401 || answer.status === 410) return { kind: "silent", why: "signed-out" };
    if (answer.status >= 500) return { kind: "silent", why: "unreachable" };
    const shown = readShown(await answer.json());
    return shown ? { kind: "shown", shown } : { kind: "silent", why: "not-understood" };
  } catch (error) {
    // not JSON: another version or something in between has answered; everything else never reached the app
    return { kind: "silent", why: error instanceof SyntaxError ? "not-understood" : "unreachable" };
  }
}
