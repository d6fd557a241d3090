import { BlockStack, Box, InlineStack, Link, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { ActivityShown } from "./activity-data.ts";

/** What happened, one line each: the sentence, when, by whom, and the way to what it is about. */
export function ActivityList({ rows }: { rows: ActivityShown[] }) {
  return (
    <Box as="ul" padding="0">
      {rows.map((row, at) => (
        <Box
          as="li"
          key={row.id}
          paddingBlock="300"
          borderBlockStartWidth={at === 0 ? "0" : "025"}
          borderColor="border"
        >
          <BlockStack gap="050">
            <Text as="p" breakWord>
              {row.sentence}
            </Text>
            <InlineStack gap="200">
              <Text as="span" tone="subdued">
                {row.at} · {row.actor}
              </Text>
              {row.link ? (
                <Link url={row.link.url} accessibilityLabel={t("activity.open", { title: row.link.label })}>
                  {row.link.label}
                </Link>
              ) : null}
            </InlineStack>
          </BlockStack>
        </Box>
      ))}
    </Box>
  );
}
