import { Badge, BlockStack, Box, Card, InlineGrid, InlineStack, Link, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { TileShown } from "./health-data.ts";

const TONES = { good: "success", attention: "attention", none: undefined } as const;

/** Four answers to "is all well?", each with the way to the page that explains it. */
export function HealthTiles({ tiles }: { tiles: TileShown[] }) {
  return (
    <BlockStack gap="200">
      <Box paddingInlineStart={{ xs: "400", sm: "0" }}>
        <Text as="h2" variant="headingMd">
          {t("home.health.title")}
        </Text>
      </Box>
      <InlineGrid columns={{ xs: 1, sm: 2, lg: 4 }} gap="300">
        {tiles.map((tile) => (
          <Card key={tile.id}>
            <BlockStack gap="200">
              <InlineStack align="space-between" blockAlign="center" gap="100">
                <Text as="h3" variant="headingSm">
                  {tile.title}
                </Text>
                <Badge tone={TONES[tile.tone]}>{tile.toneLabel}</Badge>
              </InlineStack>
              <Text as="p" variant="headingLg">
                {tile.lead}
              </Text>
              {tile.lines.map((line) => (
                <Text as="p" tone="subdued" key={line}>
                  {line}
                </Text>
              ))}
              <Link url={tile.link.url}>{tile.link.label}</Link>
            </BlockStack>
          </Card>
        ))}
      </InlineGrid>
    </BlockStack>
  );
}
