import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { productBlockAction } from "./blocks/product-block-action.server.ts";
import { loadProductBlock } from "./blocks/show-product-block.server.ts";
import { extensionVisitOf } from "./embedded/visit.server.ts";

/**
 * What the admin extension `extensions/product-block` asks, by the session token in its header: `GET ?product=gid` reads, `POST`
 * (JSON: product, connectionId, intent `list` or `stop`) acts. Preflights reach the loader.
 */
export const loader = async (args: LoaderFunctionArgs) => {
  const visit = await extensionVisitOf(args);
  const { body, status } = await loadProductBlock(visit, new URL(args.request.url).searchParams.get("product") ?? "");
  return visit.answer(body, status);
};

export const action = async (args: ActionFunctionArgs) => {
  const visit = await extensionVisitOf(args);
  const { body, status } = await productBlockAction(visit, await args.request.text());
  return visit.answer(body, status);
};
