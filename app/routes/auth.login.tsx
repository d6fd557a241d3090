import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { t } from "../locales/translate.ts";
import { PlainPage } from "../ui/plain-page.tsx";

/** Where a page without shop ends up, e.g. a frame that was reloaded by hand: the way back, without typing any address. */
export const loader = ({ context }: LoaderFunctionArgs) => ({ adminUrl: context.services.adminUrl(null) });

export const meta: MetaFunction = () => [{ title: t("app.login.title") }];

export default function Login() {
  const { adminUrl } = useLoaderData<typeof loader>();
  return (
    <PlainPage
      title={t("app.login.title")}
      text={t("app.login.text")}
      link={{ href: adminUrl, label: t("app.login.link") }}
    />
  );
}
