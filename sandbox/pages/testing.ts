import http from "node:http";
import type { RunningSandbox } from "../index.ts";

export interface PageAnswer {
  status: number;
  text: string;
  headers: http.IncomingHttpHeaders;
}

/** A browser on one host of a sandbox: pages are asked for by host name, forms are posted from the page's own origin. */
export function browse(sandbox: RunningSandbox, host: string) {
  const address = `${host}:${sandbox.port}`;
  const ask = (path: string, headers: Record<string, string> = {}, method = "GET", body = ""): Promise<PageAnswer> =>
    new Promise((resolve, reject) => {
      const request = http.request(
        { host: "127.0.0.1", port: sandbox.port, path, method, headers: { host: address, ...headers } },
        (answer) => {
          let text = "";
          answer.on("data", (part) => {
            text += part;
          });
          answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
        },
      );
      request.on("error", reject);
      request.end(body);
    });
  const post = (path: string, fields: Record<string, string>, origin = `http://${address}`) =>
    ask(
      path,
      { origin, "content-type": "application/x-www-form-urlencoded" },
      "POST",
      new URLSearchParams(fields).toString(),
    );
  return { ask, post };
}
