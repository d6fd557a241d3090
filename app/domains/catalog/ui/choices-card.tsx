import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { ChoiceShown } from "./products-data.ts";

/** Questions only the merchant can answer, each with our proposal, for all products of a type at once. Nothing while none is open. */
export function ChoicesCard({
  choices,
  isBusy,
  onChoose,
}: {
  choices: ChoiceShown[];
  isBusy: boolean;
  onChoose(choice: ChoiceShown): void;
}) {
  if (choices.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("products.choices.title")}
          </Text>
          <Text as="p" tone="subdued">
            {t("products.choices.text")}
          </Text>
        </BlockStack>
        {choices.map((choice) => (
          <InlineStack key={choice.key} align="space-between" blockAlign="center" gap="200">
            <Text as="p">{choice.question}</Text>
            <Button size="slim" disabled={isBusy} onClick={() => onChoose(choice)}>
              {choice.action}
            </Button>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  );
}
