import type { LoaderFunctionArgs } from "@remix-run/node";
import { loadChoices } from "./embedded/load-after-sales.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

/** `GET /app/orders/:id/decisions`: what may be decided about an order's cancellations and returns, asked of the channel right now. */
export const loader = async (args: LoaderFunctionArgs) =>
  Response.json(await loadChoices(await visitOf(args), args.params.orderId ?? ""));
