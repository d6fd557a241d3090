import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData, useNavigate } from "@remix-run/react";
import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { ImportingCard } from "../domains/orders/ui/importing-card.tsx";
import { ConnectionSettings } from "../domains/shops/ui/connection-settings.tsx";
import { FormerCard } from "../domains/shops/ui/former-card.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { EmptyCard } from "../ui/empty-card.tsx";
import { RefusedBanner } from "../ui/refused-banner.tsx";
import { useFormSubmit } from "../ui/use-form-submit.ts";
import { type Told, useOutcomeToast } from "../ui/use-outcome-toast.ts";
import { usePolling } from "../ui/use-polling.ts";
import { connectionAction } from "./embedded/connection-action.server.ts";
import { loadSettings } from "./embedded/load-settings.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const loader = async (args: LoaderFunctionArgs) => loadSettings(await visitOf(args));
export const action = (args: ActionFunctionArgs) => connectionAction(args);
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction = () => [{ title: t("settings.title") }];

/** Each connected shop with all that can be set, halted or ended; those that were ended; the guide. */
export default function Settings() {
  const { connections, former, isGuideShown, buyersWaiting } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<Told>();
  const navigate = useNavigate();
  useOutcomeToast(fetcher.data);
  const submit = useFormSubmit(fetcher, "/app/settings");
  usePolling(
    connections.some(
      (one) => one.isEnding || (one.stoppedAt ? one.selling.live + one.selling.inReview > 0 : one.selling.off > 0),
    ),
  );
  const isBusy = fetcher.state !== "idle";
  return (
    <EmbeddedPage title={t("settings.title")}>
      <BlockStack gap="800">
        <RefusedBanner told={fetcher.data} />
        {connections.length + former.length === 0 ? (
          <Card>
            <EmptyCard
              title={t("settings.empty.title")}
              text={t("settings.empty.text")}
              action={{ label: t("settings.empty.action"), onAction: () => navigate("/app") }}
            />
          </Card>
        ) : null}
        {connections.map((one, at) => (
          <ConnectionSettings
            key={one.id}
            connection={one}
            isBusy={isBusy}
            submit={submit}
            orders={
              <div {...(at === 0 ? { id: "orders" } : {})}>
                <ImportingCard
                  connectionId={one.id}
                  saved={one.importing}
                  isBusy={isBusy}
                  onSave={(form) => submit({ intent: "importing", connectionId: one.id, ...form })}
                />
              </div>
            }
          />
        ))}
        <BlockStack gap="400">
          {former.map((one) => (
            <FormerCard
              key={one.id}
              former={one}
              isBusy={isBusy}
              onConnect={() => submit({ intent: "connect", connectionId: one.id })}
            />
          ))}
          <Card>
            <InlineStack align="space-between" blockAlign="center" gap="300">
              <Box>
                <Text as="h2" variant="headingMd">
                  {t("settings.guide.title")}
                </Text>
                <Text as="p" tone="subdued">
                  {t(isGuideShown ? "settings.guide.shown" : "settings.guide.hidden")}
                </Text>
              </Box>
              {isGuideShown ? null : (
                <Button disabled={isBusy} onClick={() => submit({ intent: "show-guide" })}>
                  {t("settings.guide.action")}
                </Button>
              )}
            </InlineStack>
          </Card>
          <Card>
            <InlineStack align="space-between" blockAlign="center" gap="300">
              <Box>
                <Text as="h2" variant="headingMd">
                  {t("privacy.settings.title")}
                </Text>
                <Text as="p" tone="subdued">
                  {t("privacy.settings.text")}
                </Text>
                {buyersWaiting > 0 ? (
                  <Text as="p">{t("privacy.settings.waiting", { count: buyersWaiting })}</Text>
                ) : null}
              </Box>
              <Button url="/app/privacy">{t("privacy.settings.action")}</Button>
            </InlineStack>
          </Card>
          {connections.length + former.length > 0 ? (
            <Box paddingInline={{ xs: "400", sm: "0" }}>
              <Button loading={isBusy} onClick={() => submit({ intent: "connect" })}>
                {t("home.connect.another")}
              </Button>
            </Box>
          ) : null}
        </BlockStack>
      </BlockStack>
    </EmbeddedPage>
  );
}
