import { PassThrough } from "node:stream";
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";

export const streamTimeout = 5_000;

/** Renders a document and says who may frame it. */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  context.services.auth.addDocumentResponseHeaders(request, headers);
  headers.set("content-type", "text/html; charset=utf-8");
  const ready = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady";
  let answerStatus = status;
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={remix} url={request.url} />, {
      [ready]: () => {
        const body = new PassThrough();
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answerStatus }));
        pipe(body);
      },
      onShellError: reject,
      onError(error) {
        answerStatus = 500;
        context.services.log.error({ err: error }, "page.render-failed");
      },
    });
    setTimeout(abort, streamTimeout + 1_000).unref();
  });
}

/** Errors that loaders and actions threw; a request that was given up or a page that does not exist is none. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return;
  context.services.log.error({ err: error, path: new URL(request.url).pathname }, "page.failed");
}
