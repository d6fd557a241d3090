import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { FormerConnectionShown } from "./settings-data.ts";

/** A shop the merchant disconnected, and the way back. */
export function FormerCard({
  former: { name, endedAt },
  isBusy,
  onConnect,
}: {
  former: FormerConnectionShown;
  isBusy: boolean;
  onConnect(): void;
}) {
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {name}
          </Text>
          <Badge>{t("settings.former.title")}</Badge>
        </InlineStack>
        <Text as="p">{t("settings.former.text", { at: endedAt })}</Text>
        <InlineStack>
          <Button loading={isBusy} onClick={onConnect} accessibilityLabel={t("settings.former.actionAria", { name })}>
            {t("settings.former.action")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
