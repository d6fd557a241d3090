import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { boundary } from "@shopify/shopify-app-remix/server";

/** The library's own small pages: fetching a session token, leaving the frame. They come as the library makes them. */
export const loader = async ({ request, context }: LoaderFunctionArgs) => {
  await context.services.auth.authenticateAdmin(request);
  return null;
};

export const headers: HeadersFunction = (args) => boundary.headers(args);
