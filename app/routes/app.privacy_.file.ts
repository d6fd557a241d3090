import type { LoaderFunctionArgs } from "@remix-run/node";
import { fetchBuyerFile } from "./embedded/load-privacy.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

/** `GET /app/privacy/file`: what is held about the buyer of a request (`id`), as JSON. 404: this shop has none; 409: not ready; 410: over. */
export const loader = async (args: LoaderFunctionArgs) =>
  fetchBuyerFile(await visitOf(args), new URL(args.request.url).searchParams.get("id") ?? "");
