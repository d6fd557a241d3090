import { BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";

interface Props {
  /** Packages whose labels the platform makes; none: nothing is shown. */
  packages: string[];
  /** Fetched just now; they live a day. */
  labels: { packageId: string; url: string }[];
  isBusy: boolean;
  onFetch(): void;
}

/** The platform's own labels, fetched when somebody wants to print. */
export function OrderLabelCard({ packages, labels, isBusy, onFetch }: Props) {
  if (packages.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("orders.page.label.title")}
        </Text>
        <Text as="p" tone="subdued">
          {t("orders.page.label.text")}
        </Text>
        {labels.map(({ packageId, url }) => (
          <Link key={packageId} url={url} target="_blank">
            {t("orders.page.label.open", { packageId })}
          </Link>
        ))}
        <InlineStack>
          <Button loading={isBusy} onClick={onFetch}>
            {t(labels.length > 0 ? "orders.page.label.again" : "orders.page.label.action", { count: packages.length })}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
