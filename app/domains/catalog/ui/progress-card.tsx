import { BlockStack, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { ProgressShown } from "./products-data.ts";

/** How far a bulk run is: done, rate, time left, failures. Nothing while nothing runs. */
export function ProgressCard({ progress }: { progress: ProgressShown }) {
  if (!progress.isRunning) return null;
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack align="space-between" gap="200">
          <Text as="h2" variant="headingMd">
            {progress.title}
          </Text>
          <Text as="p">{t("products.progress.done", { done: progress.done, total: progress.total })}</Text>
        </InlineStack>
        <ProgressBar progress={progress.percent} size="small" ariaLabelledBy="progress-words" />
        <div id="progress-words" aria-live="polite">
          <Text as="p" tone="subdued">
            {[
              progress.rate,
              progress.timeLeft,
              progress.failures > 0 ? t("products.progress.failures", { count: progress.failures }) : null,
            ]
              .filter(Boolean)
              .join(" · ")}
          </Text>
        </div>
      </BlockStack>
    </Card>
  );
}
