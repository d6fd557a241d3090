import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigate, useRevalidator } from "@remix-run/react";
import { BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { BuyerRequestsCard, KeptCard } from "../domains/orders/ui/privacy-cards.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { usePolling } from "../ui/use-polling.ts";
import { loadPrivacy } from "./embedded/load-privacy.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const loader = async (args: LoaderFunctionArgs) => loadPrivacy(await visitOf(args));
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction = () => [{ title: t("privacy.title") }];

/** What buyers asked for, with their files, and what is kept of buyers for how long. */
export default function Privacy() {
  const { requests, kept } = useLoaderData<typeof loader>();
  const navigate = useNavigate();
  const revalidator = useRevalidator();
  usePolling(
    requests.some((one) => !one.canBeFetched),
    1_500,
  );
  return (
    <EmbeddedPage
      title={t("privacy.title")}
      back={{ label: t("privacy.back"), onAction: () => navigate("/app/settings") }}
    >
      <BlockStack gap="400">
        <BuyerRequestsCard requests={requests} onFetched={() => revalidator.revalidate()} />
        <KeptCard kept={kept} />
      </BlockStack>
    </EmbeddedPage>
  );
}
