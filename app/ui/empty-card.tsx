import { BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";

/** What stands where a list will be: what this page is for, and the one thing to do next. */
export function EmptyCard({
  title,
  text,
  action,
}: {
  title: string;
  text: string;
  action?: { label: string; isBusy?: boolean; onAction(): void };
}) {
  return (
    <Box padding="800">
      <BlockStack gap="300" inlineAlign="center">
        <Text as="h2" variant="headingMd" alignment="center">
          {title}
        </Text>
        <Box maxWidth="480px">
          <Text as="p" alignment="center">
            {text}
          </Text>
        </Box>
        {action ? (
          <InlineStack>
            <Button variant="primary" loading={action.isBusy ?? false} onClick={action.onAction}>
              {action.label}
            </Button>
          </InlineStack>
        ) : null}
      </BlockStack>
    </Box>
  );
}
