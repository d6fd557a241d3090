import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { Services } from "../composition.server.ts";
import { t } from "../locales/translate.ts";
import { PlainButton, PlainPage } from "../ui/plain-page.tsx";
import { isFromOwnPage, rememberBrowser } from "./embedded/consent-browser.ts";
import { outcomeTexts } from "./embedded/consent-texts.ts";

const STORE = /^[a-z0-9][a-z0-9-]*$/;
/** The address holds the ticket: it is kept nowhere and told to nobody else. */
const PRIVATE = { "cache-control": "no-store", "referrer-policy": "same-origin" };

/**
 * `GET /connect/{channel}`: with a good ticket a page that names the store and asks to go on; nothing has happened yet and the ticket stays
 * good. With a claim and a store's name: on into that store's admin. Anything else is answered with 400 and how to start again.
 */
export const loader = async ({ request, params, context: { services } }: LoaderFunctionArgs) => {
  const channel = channelOf(params, services);
  const query = new URL(request.url).searchParams;
  const ticket = query.get("ticket");
  const seen = ticket ? await services.shops.lookAtTicket({ channel, ticket }) : null;
  if (ticket && seen) {
    const { displayName } = services.channel(channel);
    const values = { channel: displayName, store: seen.shopName || seen.shopDomain, domain: seen.shopDomain };
    const texts = {
      title: t("connect.confirm.title", values),
      text: t(seen.shopName ? "connect.confirm.text" : "connect.confirm.textUnnamed", values),
      go: t("connect.confirm.go", values),
    };
    return data({ kind: "confirm" as const, channel, ticket, ...texts }, { headers: PRIVATE });
  }
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
      headers: { ...PRIVATE },
    });
  const { title, text, link } = outcomeTexts({ outcome: "bad-state" });
  const again = { kind: "again" as const, title, text, link: { href: services.adminUrl(null), label: link } };
  return data(again, { status: 400, headers: PRIVATE });
};

/** `POST /connect/{channel}`, the page's one button: on to the channel's consent page. 400 and how to start again for anything else. */
export const action = async ({ request, params, context: { services } }: ActionFunctionArgs) => {
  const channel = channelOf(params, services);
  const ticket = String((await request.formData()).get("ticket") ?? "");
  const address = isFromOwnPage(request) ? await services.shops.startConsent({ channel, ticket }) : null;
  if (!address) return data(null, { status: 400 });
  throw redirect(address, { headers: { ...PRIVATE, "set-cookie": rememberBrowser(ticket, request.url) } });
};

function channelOf(params: LoaderFunctionArgs["params"], services: Services): string {
  const channel = params.channel ?? "";
  if (!services.channelIds.includes(channel)) throw new Response(null, { status: 404 });
  return channel;
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;
export const meta: MetaFunction<typeof loader> = ({ data: shown }) => [{ title: shown?.title }];

export default function Connect() {
  const shown = useLoaderData<typeof loader>();
  if (shown.kind === "again") return <PlainPage title={shown.title} text={shown.text} link={shown.link} />;
  return (
    <PlainPage title={shown.title} text={shown.text}>
      <form action={`/connect/${shown.channel}`} method="post">
        <input type="hidden" name="ticket" value={shown.ticket} />
        <PlainButton label={shown.go} />
      </form>
      <p>{t("connect.confirm.notYours")}</p>
    </PlainPage>
  );
}
