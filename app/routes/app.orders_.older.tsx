import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigate } from "@remix-run/react";
import { BlockStack, Card } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { OlderForm, OlderRuns } from "../domains/orders/ui/older-cards.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { EmptyCard } from "../ui/empty-card.tsx";
import { RefusedBanner } from "../ui/refused-banner.tsx";
import { useFormSubmit } from "../ui/use-form-submit.ts";
import { type Told, useOutcomeToast } from "../ui/use-outcome-toast.ts";
import { usePolling } from "../ui/use-polling.ts";
import { loadOlder } from "./embedded/load-older.server.ts";
import { olderAction } from "./embedded/older-action.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const loader = async (args: LoaderFunctionArgs) => loadOlder(await visitOf(args));
export const action = (args: ActionFunctionArgs) => olderAction(args);
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction = () => [{ title: t("incoming.older.title") }];

/** Orders of a time the merchant names: read, shown, and on a second word brought to Shopify. */
export default function OlderOrders() {
  const { shops, days, reach, runs } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<Told>();
  const navigate = useNavigate();
  const submit = useFormSubmit(fetcher, "/app/orders/older");
  useOutcomeToast(fetcher.data);
  usePolling(
    runs.some((run) => run.isMoving),
    1_500,
  );
  const isBusy = fetcher.state !== "idle";
  return (
    <EmbeddedPage
      title={t("incoming.older.title")}
      back={{ label: t("incoming.older.back"), onAction: () => navigate("/app/orders") }}
    >
      <BlockStack gap="400">
        <RefusedBanner told={fetcher.data} />
        {shops.length === 0 ? (
          <Card padding="0">
            <EmptyCard
              title={t("incoming.older.noShop.title")}
              text={t("incoming.older.noShop.text")}
              action={{ label: t("incoming.older.noShop.action"), onAction: () => navigate("/app") }}
            />
          </Card>
        ) : (
          <OlderForm
            shops={shops}
            days={days}
            reach={reach}
            isBusy={isBusy}
            onRead={(form) => submit({ intent: "read", ...form })}
          />
        )}
        {shops.length === 0 && runs.length === 0 ? null : (
          <OlderRuns runs={runs} isBusy={isBusy} onBring={(id) => submit({ intent: "bring", id })} />
        )}
      </BlockStack>
    </EmbeddedPage>
  );
}
