import { type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { t } from "../locales/translate.ts";
import { PlainPage } from "../ui/plain-page.tsx";

/** Shopify opens the app's bare address with the shop in the query: on to the embedded page. Anybody else is told where to go. */
export const loader = ({ request, context }: LoaderFunctionArgs) => {
  const { searchParams } = new URL(request.url);
  if (searchParams.get("shop")) throw redirect(`/app?${searchParams}`);
  return { adminUrl: context.services.adminUrl(null) };
};

export const meta: MetaFunction = () => [{ title: t("app.landing.title") }];

export default function Landing() {
  const { adminUrl } = useLoaderData<typeof loader>();
  return (
    <PlainPage
      title={t("app.landing.title")}
      text={t("app.landing.text")}
      link={{ href: adminUrl, label: t("app.landing.link") }}
    />
  );
}
