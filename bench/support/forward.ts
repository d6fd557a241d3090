import http from "node:http";

/** What a proxy sees of a request before it is sent on. */
export interface Passing {
  method: string;
  path: string;
  /** GraphQL operation name, or "" for other requests. */
  operation: string;
  /** Where it was sent on to last. */
  target?: string;
}

export interface ProxyHooks {
  /** Every request whole, for whoever wants to make it again. */
  seen?(call: { method: string; path: string; headers: http.IncomingHttpHeaders; body: Buffer }): void;
  /** Before the request is sent on. "drop": it never is. */
  before?(passing: Passing): unknown;
  /** It is on its way to `target`, which has not answered yet. */
  sent?(passing: Passing): void;
  /** The other side has answered; the caller has not heard of it yet. */
  after?(passing: Passing): Promise<void> | void;
  /** The answer was handed to the caller's socket. */
  handed?(passing: Passing): Promise<void> | void;
  /** The request is over, answered or not: nothing else is told of it after this. */
  over?(passing: Passing): void;
}

export interface Forwarder {
  port: number;
  url: string;
  hooks: ProxyHooks;
  close(): void;
}

/** A loopback proxy in front of `targets`, tried in turn: who cannot be reached is passed over; if nobody can, the answer is 502. */
export async function startProxy(targets: () => string[], hooks: ProxyHooks = {}, port = 0): Promise<Forwarder> {
  let turn = 0;
  const proxy: Forwarder = { port: 0, url: "", hooks, close: () => {} };
  const agent = new http.Agent({ keepAlive: true, maxSockets: 200 });
  const server = http.createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const passing: Passing = { method: req.method ?? "", path: req.url ?? "", operation: operationOf(body) };
    res.once("close", () => proxy.hooks.over?.(passing));
    proxy.hooks.seen?.({ method: passing.method, path: passing.path, headers: req.headers, body });
    if ((await proxy.hooks.before?.(passing)) === "drop") return void res.destroy();
    const list = targets();
    const start = turn++;
    for (let n = 0; n < list.length; n++) {
      const target = list[(start + n) % list.length] ?? "";
      passing.target = target;
      const answering = send(agent, target, req, body).catch(() => undefined);
      proxy.hooks.sent?.(passing);
      const answer = await answering;
      if (!answer) continue;
      await proxy.hooks.after?.(passing);
      if (res.destroyed) return;
      res.writeHead(answer.status, answer.headers);
      res.end(answer.body, () => void proxy.hooks.handed?.(passing));
      return;
    }
    res.writeHead(502).end();
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  proxy.port = (server.address() as { port: number }).port;
  proxy.url = `http://127.0.0.1:${proxy.port}`;
  proxy.close = () => {
    server.close();
    server.closeAllConnections();
    agent.destroy();
  };
  return proxy;
}

function operationOf(body: Buffer): string {
  if (body.length === 0 || body[0] !== 0x7b) return "";
  return /(?:query|mutation)\s+(\w+)/.exec(body.toString("utf8"))?.[1] ?? "";
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

function send(agent: http.Agent, target: string, req: http.IncomingMessage, body: Buffer): Promise<Answer> {
  const url = new URL(target);
  return new Promise((resolve, reject) => {
    const { "content-length": _, "transfer-encoding": __, connection: ___, ...headers } = req.headers;
    const out = http.request(
      {
        agent,
        host: url.hostname,
        port: url.port,
        method: req.method,
        path: req.url,
        headers: { ...headers, "content-length": body.length },
      },
      async (answer) => {
        const chunks: Buffer[] = [];
        try {
          for await (const chunk of answer) chunks.push(chunk as Buffer);
        } catch (error) {
          return reject(error);
        }
        const { "transfer-encoding": ____, connection: _____, ...kept } = answer.headers;
        resolve({ status: answer.statusCode ?? 502, headers: kept, body: Buffer.concat(chunks) });
      },
    );
    // The caller gave up: the other side must notice that too.
    const giveUp = () => out.destroy();
    req.socket.once("close", giveUp);
    out.once("close", () => req.socket.off("close", giveUp));
    out.on("error", reject);
    out.end(body);
  });
}
