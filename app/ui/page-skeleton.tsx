import { BlockStack, Card, SkeletonBodyText, SkeletonDisplayText, SkeletonPage } from "@shopify/polaris";

/** What stands in for a page while its data is on the way. */
export function PageSkeleton({ title, cards }: { title: string; cards: number }) {
  return (
    <SkeletonPage title={title} fullWidth>
      <BlockStack gap="400">
        {Array.from({ length: cards }, (_, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces are all alike and never move
          <Card key={n}>
            <BlockStack gap="300">
              <SkeletonDisplayText size="small" />
              <SkeletonBodyText lines={n === 0 ? 3 : 6} />
            </BlockStack>
          </Card>
        ))}
      </BlockStack>
    </SkeletonPage>
  );
}
