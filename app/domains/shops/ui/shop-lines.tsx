import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { ConnectionLine } from "./health-data.ts";

const TONES = {
  on: "success",
  "listings-off": "info",
  "not-connected": undefined,
  disconnected: "critical",
  paused: "attention",
  stopped: "attention",
  ending: "warning",
} as const;

/** The connected shops, one line each. */
export function ShopLines({ lines }: { lines: ConnectionLine[] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("home.shops.title")}
        </Text>
        {lines.map(({ id, name, state }) => (
          <InlineStack key={id} align="space-between" blockAlign="center" gap="200">
            <InlineStack gap="200" blockAlign="center">
              <Text as="h3" variant="bodyMd">
                {name}
              </Text>
              <Badge tone={TONES[state]}>{t(`home.shops.state.${state}`)}</Badge>
            </InlineStack>
            <Button url="/app/settings" accessibilityLabel={t("home.shops.settingsAria", { name })}>
              {t("home.shops.settings")}
            </Button>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
}
