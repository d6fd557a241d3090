import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportOrders } from "./embedded/export-orders.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

/** `GET /app/orders/export`: a CSV file of the orders of a time (`from`, `to`) or of those named (`ids`), a line `by` order or line. */
export const loader = async (args: LoaderFunctionArgs) =>
  exportOrders(await visitOf(args), new URL(args.request.url).searchParams);
