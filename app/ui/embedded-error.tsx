import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import { useEffect } from "react";
import { t } from "../locales/translate.ts";
import { PlainPage } from "./plain-page.tsx";

let lastRetry = 0;

/**
 * The error boundary of the embedded pages. The library's own tests a constructor's name, which a minified build renames. A 401 on a
 * data request comes without the header that makes App Bridge retry: it is tried again once.
 */
export function EmbeddedError() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 401) return <RetryOnce />;
  // Pages the library renders itself, to leave the frame: HTML with a script, from our own server.
  if (isRouteErrorResponse(error) && typeof error.data === "string" && error.data.includes("<script")) {
    // biome-ignore lint/security/noDangerouslySetInnerHtml: the library's own page
    return <div dangerouslySetInnerHTML={{ __html: error.data }} />;
  }
  return (
    <PlainPage
      title={t("app.broken.title")}
      text={t("app.broken.text")}
      link={{ href: "/app", label: t("app.broken.again") }}
    />
  );
}

function RetryOnce() {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (Date.now() - lastRetry < 10_000) return;
    lastRetry = Date.now();
    revalidate();
  }, [revalidate]);
  return <PlainPage title={t("app.reconnecting.title")} text={t("app.reconnecting.text")} />;
}
