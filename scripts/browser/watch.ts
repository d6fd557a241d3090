import type { BrowserContext, Page, Request } from "playwright-core";

/** What went wrong in the pages of a browser since it was opened, in sentences. */
export interface Watch {
  troubles: string[];
  /** How many requests were seen; a watch that saw none has proven nothing. */
  requests(): number;
}

/** Remix reports a request of its own that it gave up because a newer one, or another page, took its place. Nobody lost anything. */
const GIVEN_UP = "AbortError: signal is aborted without reason";

/** Notes every console error, every uncaught error and every request that would leave the machine, on all pages of this context. */
export function watch(context: BrowserContext): Watch {
  const troubles: string[] = [];
  let requests = 0;
  const note = (page: Page | null, text: string) => troubles.push(`${page ? pathOf(page.url()) : "a page"}: ${text}`);
  context.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith(GIVEN_UP))
      note(message.page(), `console error: ${message.text().slice(0, 300)}`);
  });
  context.on("weberror", (error) => note(error.page(), `uncaught: ${error.error().stack?.slice(0, 300)}`));
  context.on("request", (request: Request) => {
    requests += 1;
    if (!isOfThisMachine(request.url())) note(null, `a request to ${request.url()}`);
  });
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // left unfinished because the page moved on
    if (why !== "net::ERR_ABORTED") note(null, `${request.method()} ${pathOf(request.url())} failed: ${why}`);
  });
  return { troubles, requests: () => requests };
}

function isOfThisMachine(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  if (protocol === "data:" || protocol === "blob:" || protocol === "about:") return true;
  return hostname === "127.0.0.1" || hostname === "localhost" || hostname.endsWith(".localhost");
}

/** Without the query: it holds session tokens. */
export function pathOf(address: string): string {
  return URL.canParse(address) ? `${new URL(address).host}${new URL(address).pathname}` : address;
}
