import inter from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import type { LinksFunction } from "@remix-run/node";
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useRouteError } from "@remix-run/react";
import { type ReactNode, useEffect } from "react";
import { t } from "./locales/translate.ts";
import { PlainPage } from "./ui/plain-page.tsx";

// Polaris asks for the family "Inter"; it comes with the app, so that no request leaves for another host.
export const links: LinksFunction = () => [
  // browsers ask for one on their own; this says there is none
  { rel: "icon", href: "data:," },
  { rel: "preload", href: inter, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
];
const fontFace = `@font-face{font-family:"Inter";font-style:normal;font-weight:100 900;font-display:swap;src:url(${inter}) format("woff2")}`;

// A browser told to keep storage from other sites' frames throws when the admin's frame asks for it, and the router dies of it: there it
// gets a storage that lasts as long as the page.
const storage = `try{sessionStorage.length}catch{const kept=new Map();Object.defineProperty(window,"sessionStorage",{value:{get length(){return kept.size},key:(n)=>[...kept.keys()][n]??null,getItem:(key)=>kept.get(String(key))??null,setItem:(key,value)=>{kept.set(String(key),String(value))},removeItem:(key)=>{kept.delete(String(key))},clear:()=>kept.clear()}})}`;

/** The document around every page. */
export function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant */}
        <script dangerouslySetInnerHTML={{ __html: storage }} />
        <Meta />
        <Links />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant */}
        <style dangerouslySetInnerHTML={{ __html: fontFace }} />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  // Browser tests wait for this: a click before it would be lost.
  useEffect(() => {
    document.documentElement.dataset.hydrated = "true";
  }, []);
  return <Outlet />;
}

/** What is shown when a page outside the admin frame breaks. */
export function ErrorBoundary() {
  const error = useRouteError();
  const isMissing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <PlainPage
      title={t(isMissing ? "app.notFound.title" : "app.broken.title")}
      text={t(isMissing ? "app.notFound.text" : "app.broken.text")}
    />
  );
}
