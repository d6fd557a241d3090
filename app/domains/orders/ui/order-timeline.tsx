import { Badge, type BadgeProps, BlockStack, Box, Card, InlineStack, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { Side } from "../timeline.ts";
import type { OrderPageShown } from "./order-page-data.ts";

const TONES: Record<Side, BadgeProps["tone"] | null> = { channel: "magic", shopify: "success", reelshelf: null };

/** What happened to an order on both sides, oldest first, and by whom. */
export function OrderTimeline({ order }: { order: Pick<OrderPageShown, "timeline" | "zone"> }) {
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("orders.page.timeline.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("orders.page.timeline.zone", { zone: order.zone })}
          </Text>
        </BlockStack>
        <Box as="ul" padding="0" aria-live="polite">
          {order.timeline.map(({ key, at, side, sentence, actor }, position) => {
            const tone = TONES[side];
            return (
              <Box
                as="li"
                key={key}
                paddingBlock="300"
                borderBlockStartWidth={position === 0 ? "0" : "025"}
                borderColor="border"
              >
                <BlockStack gap="050">
                  <InlineStack gap="200" blockAlign="center">
                    <Badge {...(tone ? { tone } : {})}>{t(`orders.page.timeline.sides.${side}`)}</Badge>
                    <Text as="span" tone="subdued">
                      {at} · {actor}
                    </Text>
                  </InlineStack>
                  <Text as="p" breakWord>
                    {sentence}
                  </Text>
                </BlockStack>
              </Box>
            );
          })}
        </Box>
      </BlockStack>
    </Card>
  );
}
