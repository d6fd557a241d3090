import { Badge, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { t, tCode } from "../../../locales/translate.ts";
import type { ConnectionShown } from "./home-data.ts";

/** What still has to be fixed before this connection can be turned on, each with how. */
export function ReadinessCard({
  connection,
  isBusy,
  onRecheck,
}: {
  connection: ConnectionShown;
  isBusy: boolean;
  onRecheck(): void;
}) {
  const { ok, failing, checkedAt } = connection.readiness;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {t("home.ready.title")}
            </Text>
            {ok ? <Badge tone="success">{t("home.ready.ok")}</Badge> : null}
          </InlineStack>
          <Button onClick={onRecheck} loading={isBusy}>
            {t("home.ready.recheck")}
          </Button>
        </InlineStack>
        {failing.map((item) => (
          <Box
            key={`${item.code}:${item.values.item ?? ""}`}
            padding="300"
            borderRadius="200"
            background={item.blocks ? "bg-surface-warning" : "bg-surface-secondary"}
          >
            <BlockStack gap="100">
              <InlineStack gap="200" blockAlign="center">
                <Text as="h3" variant="headingSm">
                  {tCode(`readiness.${item.code}.title`, item.values, "readiness.unknown.title")}
                </Text>
                <Badge tone={item.blocks ? "warning" : "info"}>
                  {t(item.blocks ? "home.ready.blocking" : "home.ready.advice")}
                </Badge>
              </InlineStack>
              <Text as="p">{tCode(`readiness.${item.code}.fix`, item.values, "readiness.unknown.fix")}</Text>
            </BlockStack>
          </Box>
        ))}
        {checkedAt ? (
          <Text as="p" tone="subdued">
            {t("home.ready.checkedAt", { at: checkedAt })}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}
