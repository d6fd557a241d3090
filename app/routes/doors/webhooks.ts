import type { RequestHandler } from "express";
import type { Services } from "../../composition.server.ts";
import type { Received } from "../../receive/model.ts";
import { readRawBody } from "./read-raw-body.ts";

/** TikTok Shop and Shopify both stay far below it. */
const LIMIT_BYTES = 1024 * 1024;

type Receive = (raw: Buffer, headers: Headers) => Promise<Received>;

/** `POST /webhooks/shopify`: every topic of shopify.app.toml. */
export function shopifyWebhookDoor(services: Services): RequestHandler {
  return webhookDoor(services, "shopify", (raw, headers) => services.receive.shopify(raw, headers));
}

/** `POST /webhooks/:channel`: everything a channel sends. A channel that is not registered is answered with 404. */
export function channelWebhookDoor(services: Services): RequestHandler<{ channel: string }> {
  const doors = new Map(
    services.channelIds.map((id) => [
      id,
      webhookDoor(services, id, (raw, headers) => services.receive.channel(id, raw, headers)),
    ]),
  );
  return (request, response, next) => {
    const door = doors.get(request.params.channel);
    if (door) return door(request as Parameters<typeof door>[0], response, next);
    request.resume();
    response.status(404).end();
  };
}

/**
 * Cap the body, verify the raw bytes, record, answer; the work comes later. Answered with 200 are also repeats, unknown shops and
 * unknown topics: sending them again would change nothing. Only a store that fails asks for another attempt (503).
 */
function webhookDoor(services: Services, source: string, receive: Receive): RequestHandler {
  const count = (outcome: string) => services.metrics.deliveries.inc({ source, outcome });
  return async (request, response) => {
    try {
      const raw = await readRawBody(request, LIMIT_BYTES);
      if (!raw) {
        count("too-large");
        response.status(413).end();
        return;
      }
      const received = await receive(raw, headersOf(request.headers));
      count(received);
      response.status(statusOf(received)).end();
    } catch (error) {
      count("failed");
      services.log.error({ err: error, source }, "delivery.failed");
      if (!response.headersSent) response.status(503).end();
    }
  };
}

function statusOf(received: Received): number {
  switch (received) {
    case "bad-signature":
      return 401;
    case "recorded":
    case "repeat":
    case "unknown-shop":
    case "unknown-topic":
      return 200;
    default:
      return received satisfies never;
  }
}

function headersOf(given: Record<string, string | string[] | undefined>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "string") headers.set(name, value);
  }
  return headers;
}
