import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withWholeAnswers } from "./whole-answers.ts";

/** Answers in two parts; the second one when it is told to. */
let open: ServerResponse[] = [];
const server = createServer((request, response) => {
  response.writeHead(request.url?.startsWith("/bad") ? 422 : 200, { "content-type": "text/x-script" });
  response.write("first ");
  if (request.url?.includes("slow")) open.push(response);
  else response.end("second");
});
let origin = "";
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const whole = withWholeAnswers(fetch);

test("a page's data comes as it was sent, status and headers too", async () => {
  const answer = await whole(`${origin}/bad/app.data`);
  expect(answer.status).toBe(422);
  expect(answer.headers.get("content-type")).toBe("text/x-script");
  expect(await answer.text()).toBe("first second");
});

test("given up while the answer arrives, it is the request that fails, and no half answer is handed on", async () => {
  const gone = new AbortController();
  const asked = whole(`${origin}/slow/app.data?x=1`, { signal: gone.signal });
  await expect.poll(() => open.length).toBe(1);
  gone.abort();
  await expect(asked).rejects.toMatchObject({ name: "AbortError" });
});

test("anything else is handed on as it begins", async () => {
  open = [];
  const answer = await whole(`${origin}/slow/picture`);
  expect(answer.status).toBe(200);
  await expect.poll(() => open.length).toBe(1);
  open[0]?.end("second");
  expect(await answer.text()).toBe("first second");
});
