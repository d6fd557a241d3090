import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigate } from "@remix-run/react";
import { TitleBar } from "@shopify/app-bridge-react";
import { Card } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import printStyles from "../domains/orders/ui/print-sheets.css?url";
import { PickList, PrintBar, Slips } from "../domains/orders/ui/print-sheets.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { EmptyCard } from "../ui/empty-card.tsx";
import { loadPrint } from "./embedded/load-print.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const links = () => [{ rel: "stylesheet", href: printStyles }];
export const loader = async (args: LoaderFunctionArgs) =>
  loadPrint(await visitOf(args), new URL(args.request.url).searchParams);
/** Buyers' addresses stand here: nothing keeps a copy. */
export const headers: HeadersFunction = (args) => {
  const all = boundary.headers(args);
  all.set("cache-control", "no-store");
  return all;
};
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: t(data?.kind === "pick" ? "morning.print.pick.title" : "morning.print.slips.skeleton") },
];

/** A pick list, or packing slips, for the orders chosen: on paper nothing else is seen. */
export default function Print() {
  const sheet = useLoaderData<typeof loader>();
  const navigate = useNavigate();
  if (sheet.count === 0)
    return (
      <EmbeddedPage title={t("morning.print.none.title")}>
        <Card>
          <EmptyCard
            title={t("morning.print.none.title")}
            text={t("morning.print.none.text")}
            action={{ label: t("morning.print.none.action"), onAction: () => navigate("/app/orders") }}
          />
        </Card>
      </EmbeddedPage>
    );
  return (
    <div className="print-page">
      <TitleBar title={t(sheet.kind === "pick" ? "morning.print.pick.title" : "morning.print.slips.skeleton")} />
      <PrintBar leftOut={sheet.leftOut} onBack={() => navigate(-1)} onPrint={() => window.print()} />
      {sheet.kind === "pick" ? <PickList sheet={sheet} /> : <Slips sheet={sheet} />}
    </div>
  );
}
