import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { PlainPage } from "../ui/plain-page.tsx";
import { outcomeTexts } from "./embedded/consent-texts.ts";

const STORE = /^[a-z0-9][a-z0-9-]*$/;

/**
 * `GET /connect/{channel}`: with a good ticket on to the channel's consent page; with a claim and a store's name on into that
 * store's admin. Anything else is answered with 400 and how to start again.
 */
export const loader = async ({ request, params, context: { services } }: LoaderFunctionArgs) => {
  const channel = params.channel ?? "";
  if (!services.channelIds.includes(channel)) throw new Response(null, { status: 404 });
  const query = new URL(request.url).searchParams;
  const ticket = query.get("ticket");
  const address = ticket ? await services.shops.startConsent({ channel, ticket }) : null;
  if (address) throw redirect(address, { headers: { "cache-control": "no-store" } });
  const [claim, store] = [
    query.get("claim"),
    query
      .get("store")
      ?.trim()
      .toLowerCase()
      .replace(/\.myshopify\.com$/, ""),
  ];
  if (claim && store && STORE.test(store))
    throw redirect(`${services.adminUrl(`${store}.myshopify.com`)}/app?claim=${encodeURIComponent(claim)}`, {
      headers: { "cache-control": "no-store" },
    });
  const { title, text, link } = outcomeTexts({ outcome: "bad-state" });
  return data(
    { title, text, link: { href: services.adminUrl(null), label: link } },
    { status: 400, headers: { "cache-control": "no-store" } },
  );
};

export const meta: MetaFunction<typeof loader> = ({ data: shown }) => [{ title: shown?.title }];

export default function StartAgain() {
  return <PlainPage {...useLoaderData<typeof loader>()} />;
}
