import type { SandboxRequest } from "../kernel/model.ts";

/** The shop a request is for: named by the redirecting preload, else by the host. */
export function shopOf(req: SandboxRequest): string {
  return (req.headers["x-sandbox-shop"] ?? req.host).toLowerCase();
}
