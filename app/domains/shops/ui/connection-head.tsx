import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { ConnectionSettingsShown } from "./settings-data.ts";

/** Which shop this is, in which state, and until when the consent is good. */
export function ConnectionHead({
  connection,
  isBusy,
  onRenew,
}: {
  connection: ConnectionSettingsShown;
  isBusy: boolean;
  onRenew(): void;
}) {
  const { name, region, currency, status, consentUntil, pausedAt, stoppedAt, isEnding } = connection;
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {name}
          </Text>
          <Badge tone={status === "active" ? "success" : "critical"}>{t(`home.connection.status.${status}`)}</Badge>
          {pausedAt ? <Badge tone="attention">{t("settings.badge.paused")}</Badge> : null}
          {stoppedAt ? <Badge tone="attention">{t("settings.badge.stopped")}</Badge> : null}
          {isEnding ? <Badge tone="warning">{t("settings.badge.ending")}</Badge> : null}
        </InlineStack>
        <Text as="p" tone="subdued">
          {t("home.connection.subtitle", { region, currency })}
        </Text>
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="p">
            {consentUntil ? t("settings.consent.until", { at: consentUntil }) : t("settings.consent.none")}
          </Text>
          <Button loading={isBusy} onClick={onRenew} accessibilityLabel={t("settings.consent.renewAria", { name })}>
            {t("settings.consent.renew")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
