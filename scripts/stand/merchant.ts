import type { SandboxClient } from "./sandbox-client.ts";

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";

/** What the app says of itself at GET /app/summary. */
export interface Summary {
  shop: { domain: string; ready: boolean };
  connections: {
    id: string;
    name: string;
    status: string;
    armedFlows: string[];
    readiness: { ok: boolean; failing: string[] };
  }[];
  products: { known: number };
  listings: { total: number; byStatus: Record<string, number>; refused: Record<string, number>; needsDefaults: number };
  orders: { total: number; byImport: Record<string, number>; parked: number };
  problems: { key: string; kind: string; severity: string; subject: string | null }[];
}

/** What a browser shows outside the frame. */
export interface Page {
  status: number;
  address: string;
  body: string;
}

/** A merchant at the app's own doors, without a browser: session tokens from the sandbox's admin, forms posted like the pages do. */
export interface Merchant {
  summary(): Promise<Summary>;
  /** Opens an embedded page and returns it. Throws unless it is answered with 200. */
  open(path: string): Promise<string>;
  /** Posts a form of a page. Returns where it leads, if anywhere. Throws with the page's answer when it is refused. */
  submit(path: string, form: Record<string, string | string[]>): Promise<{ location: string | null; body: string }>;
  /** Follows a link outside the frame, like a browser would, until a page answers. Returns the last status and address. */
  follow(address: string): Promise<Page>;
  /** Presses the one button of a page outside the frame. */
  press(page: Page): Promise<Page>;
}

/** A merchant of `shop` who uses the app at `appOrigin` (reached on the loopback; `appUrl` is its public name). */
export function merchantOf(shop: string, at: { appOrigin: string; appUrl: string; sandbox: SandboxClient }): Merchant {
  /** What the app gave this browser to keep. */
  let cookie = "";
  const session = async () => at.sandbox.post<{ token: string; host: string }>("shopify/session-token", { shop });
  const headers = async () => ({
    authorization: `Bearer ${(await session()).token}`,
    "user-agent": BROWSER,
    host: new URL(at.appUrl).host,
  });
  const local = (address: string) => {
    const url = new URL(address, at.appUrl);
    return url.hostname.endsWith("localhost") ? `http://127.0.0.1:${url.port}${url.pathname}${url.search}` : url.href;
  };

  return {
    async summary() {
      const answer = await fetch(`${at.appOrigin}/app/summary`, { headers: await headers() });
      if (!answer.ok) throw new Error(`/app/summary answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`);
      return (await answer.json()) as Summary;
    },
    async open(path) {
      const { token, host } = await session();
      const query = new URLSearchParams({
        embedded: "1",
        shop,
        host,
        locale: "en",
        id_token: token,
        timestamp: String(Math.floor(Date.now() / 1000)),
        session: "script",
      });
      const answer = await fetch(`${at.appOrigin}${path}?${query}`, {
        headers: { "user-agent": BROWSER },
        redirect: "manual",
      });
      if (answer.status !== 200)
        throw new Error(
          `${path} answered ${answer.status} ${answer.headers.get("location") ?? ""}: ${(await answer.text()).slice(0, 500)}`,
        );
      return answer.text();
    },
    async submit(path, form) {
      const body = new URLSearchParams();
      for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one);
      const answer = await fetch(`${at.appOrigin}${path}`, {
        method: "POST",
        headers: await headers(),
        body,
        redirect: "manual",
      });
      const text = await answer.text();
      const location =
        answer.headers.get("x-shopify-api-request-failure-reauthorize-url") ??
        answer.headers.get("location") ??
        jsonUrl(text);
      if (answer.status >= 400 && !location)
        throw new Error(`${path} ${form.intent} answered ${answer.status}: ${text.slice(0, 500)}`);
      return { location, body: text };
    },
    follow: (address) => browse(new URL(address, at.appUrl).href),
    press(page) {
      const action = /<form action="([^"]+)" method="post"/.exec(page.body)?.[1];
      if (!action) throw new Error(`${page.address} has no button: ${page.body.slice(0, 300)}`);
      const fields = [...page.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
      const form = new URLSearchParams(fields.map(([, name = "", value = ""]) => [name, value]));
      return browse(new URL(action, page.address).href, form);
    },
  };

  /** A form is posted with the first hop only, as a browser does after a redirect. */
  async function browse(address: string, form?: URLSearchParams): Promise<Page> {
    let next = address;
    for (let hops = 0; hops < 10; hops++) {
      const { origin } = new URL(next);
      const isApp = origin === new URL(at.appUrl).origin;
      const answer = await fetch(local(next), {
        ...(form && hops === 0 ? { method: "POST", body: form } : {}),
        headers: {
          ...{ "user-agent": BROWSER, accept: "text/html" },
          ...(form && hops === 0 ? { origin } : {}),
          ...(isApp && cookie ? { cookie } : {}),
        },
        redirect: "manual",
      });
      const body = await answer.text();
      if (isApp) cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
      const location = answer.headers.get("location");
      if (answer.status < 300 || answer.status >= 400 || !location)
        return { status: answer.status, address: next, body };
      next = new URL(location, next).href;
      // back in the admin: the journey outside the frame is over
      if (new URL(next).hostname.startsWith("admin.")) return { status: answer.status, address: next, body };
    }
    throw new Error(`too many redirects, last ${next}`);
  }
}

function jsonUrl(text: string): string | null {
  try {
    const answer = JSON.parse(text) as { url?: unknown };
    return typeof answer.url === "string" ? answer.url : null;
  } catch {
    return null;
  }
}
