import type { SandboxRequest } from "./model.ts";

/** Whether a request comes from a page of this host, or from no page at all (a script, a test). */
export function isOwnPage({ headers: { origin, host } }: SandboxRequest): boolean {
  if (!origin) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
