import { BlockStack, Box, Card, InlineStack, Spinner, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";

/** Work that takes a while: what, how much is left, how fast, how long. Texts are final. */
export interface RunningShown {
  id: string;
  title: string;
  words: string;
}

/** What Reelshelf is busy with right now. Nothing while nothing is. */
export function RunningCard({ running }: { running: RunningShown[] }) {
  if (running.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t("home.running.title")}
          </Text>
          <Spinner size="small" accessibilityLabel={t("home.running.title")} />
        </InlineStack>
        <Box aria-live="polite">
          {running.map((one) => (
            <InlineStack key={one.id} align="space-between" gap="200">
              <Text as="p">{one.title}</Text>
              <Text as="p" tone="subdued">
                {one.words}
              </Text>
            </InlineStack>
          ))}
        </Box>
      </BlockStack>
    </Card>
  );
}
