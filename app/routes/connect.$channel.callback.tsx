import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { t } from "../locales/translate.ts";
import { BudgetClosed, CallError } from "../platform/errors.ts";
import { PlainPage } from "../ui/plain-page.tsx";
import { isSameBrowser } from "./embedded/consent-browser.ts";
import { outcomeTexts } from "./embedded/consent-texts.ts";

/** Made anew each time: `redirect` writes its status into what it is given. */
const noStore = () => ({ headers: { "cache-control": "no-store", "referrer-policy": "no-referrer" } });

/**
 * `GET /connect/{channel}/callback`: the seller comes back. With our state, in the browser that began with it: connected and back into the admin, or a page that says
 * what is wrong and how to start again (400). Without a state (started in the channel's own store): kept sealed until claimed
 * inside the admin by this browser.
 */
export const loader = async ({ request, params, context: { services } }: LoaderFunctionArgs) => {
  const channel = params.channel ?? "";
  if (!services.channelIds.includes(channel)) throw new Response(null, { status: 404 });
  const query = new URL(request.url).searchParams;
  const state = query.get("state");
  // TikTok Shop fact: a refusal comes back as code=null&error=auth_denied.
  const code = query.get("error") || query.get("code") === "null" ? null : query.get("code");
  if (!state && code) {
    const { claim } = await services.shops.keepUnclaimed({ channel, code });
    return data(
      {
        kind: "claim" as const,
        channel,
        claim,
        title: t("connect.claim.title"),
        text: t("connect.claim.text"),
        link: null,
      },
      noStore(),
    );
  }
  try {
    // the ticket is left alone: it may be good for the browser that began with it
    const outcome = isSameBrowser(request, state ?? "")
      ? await services.shops.finishConsent({ channel, code, state: state ?? "" })
      : ({ outcome: "bad-state" } as const);
    if (outcome.outcome === "connected") throw redirect(`${services.adminUrl(outcome.shopDomain)}/app`, noStore());
    const { title, text, link } = outcomeTexts(outcome);
    const back = "shopDomain" in outcome ? `${services.adminUrl(outcome.shopDomain)}/app` : services.adminUrl(null);
    return page(title, text, { href: back, label: link }, 400);
  } catch (error) {
    if (!(error instanceof CallError || error instanceof BudgetClosed)) throw error;
    services.log.warn({ err: error, channel }, "consent.unfinished");
    return page(
      t("connect.later.title"),
      t("connect.later.text"),
      { href: services.adminUrl(null), label: t("connect.later.link") },
      502,
    );
  }
};

function page(title: string, text: string, link: { href: string; label: string }, status: number) {
  return data({ kind: "text" as const, title, text, link, channel: "", claim: "" }, { ...noStore(), status });
}

// a document takes none of its loader's headers by itself
export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;
export const meta: MetaFunction<typeof loader> = ({ data: shown }) => [{ title: shown?.title }];

export default function Returned() {
  const shown = useLoaderData<typeof loader>();
  return (
    <PlainPage title={shown.title} text={shown.text} {...(shown.link ? { link: shown.link } : {})}>
      {shown.kind === "claim" ? (
        <form action={`/connect/${shown.channel}`} method="get">
          <input type="hidden" name="claim" value={shown.claim} />
          <label>
            {t("connect.claim.store")} <input name="store" required autoComplete="organization" />
            {t("connect.claim.suffix")}
          </label>{" "}
          <button type="submit">{t("connect.claim.go")}</button>
        </form>
      ) : null}
    </PlainPage>
  );
}
