import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";

/** What the sandbox's drawer may ask of whoever started the processes. */
export interface Controlled {
  state(): object;
  killWorker(): Promise<string>;
  reset(): Promise<string>;
}

export interface ControlListener {
  /** Goes to the sandbox as SANDBOX_SUPERVISOR_URL; holds a secret, so that no other page or process of the machine finds it. */
  url: string;
  /** From now on the doors answer. */
  adopt(controlled: Controlled): void;
  close(): void;
}

/** A loopback listener with three doors: GET state, POST kill-worker, POST reset. JSON out; 409 with a sentence when it cannot be. */
export async function listenForControl(): Promise<ControlListener> {
  const secret = randomBytes(16).toString("hex");
  let controlled: Controlled | undefined;
  const server = createServer(async (req, res) => {
    const answer = (status: number, body: object) => {
      res.writeHead(status, { "content-type": "application/json" });
      res.end(JSON.stringify(body));
    };
    const door = `${req.method} ${req.url}`;
    try {
      if (!req.url?.startsWith(`/${secret}/`)) answer(404, {});
      else if (!controlled) answer(409, { error: "The app is still starting." });
      else if (door === `GET /${secret}/state`) answer(200, controlled.state());
      else if (door === `POST /${secret}/kill-worker`) answer(200, { done: await controlled.killWorker() });
      else if (door === `POST /${secret}/reset`) answer(200, { done: await controlled.reset() });
      else answer(404, {});
    } catch (error) {
      answer(409, { error: (error as Error).message });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/${secret}`,
    adopt(given) {
      controlled = given;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
