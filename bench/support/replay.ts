import http from "node:http";

/** A call as it was made. */
export interface Recorded {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

const AT_ONCE = [8, 16, 32];

/**
 * Makes these calls again and again, as those of `orders` orders with ids of their own, with nothing else to do. Returns orders a second,
 * the best of several numbers of calls at once, and how many orders that made in all.
 */
export async function replay(
  target: string,
  calls: readonly Recorded[],
  { orderIds, orders }: { orderIds: readonly string[]; orders: number },
): Promise<{ rate: number; orders: number }> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  let [rate, made] = [0, 0];
  for (const atOnce of AT_ONCE) {
    const rounds = Math.ceil(orders / orderIds.length);
    const queue = Array.from({ length: rounds }, () => {
      const suffix = `${atOnce}-${Math.random().toString(36).slice(2)}`;
      return calls.map((call) => withOwnIds(call, orderIds, suffix));
    }).flat();
    const began = performance.now();
    const worker = async () => {
      for (let call = queue.shift(); call; call = queue.shift()) await make(agent, target, call);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    made += rounds * orderIds.length;
    rate = Math.max(rate, (rounds * orderIds.length * 1_000) / (performance.now() - began));
  }
  agent.destroy();
  return { rate, orders: made };
}

/** Shopify takes each order's id once. Calls to the channel are signed and stay as they are. */
function withOwnIds(call: Recorded, orderIds: readonly string[], suffix: string): Recorded {
  if (!call.path.startsWith("/admin/")) return call;
  let text = call.body.toString("utf8");
  for (const id of orderIds) text = text.replaceAll(id, `${id}-${suffix}`);
  return { ...call, body: Buffer.from(text) };
}

function make(agent: http.Agent, target: string, { method, path, headers, body }: Recorded): Promise<void> {
  const { hostname: host, port } = new URL(target);
  const { "content-length": _, "transfer-encoding": __, connection: ___, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const request = http.request(
      { agent, host, port, method, path, headers: { ...kept, "content-length": body.length } },
      (answer) => {
        answer.resume();
        answer.on("end", resolve);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}
