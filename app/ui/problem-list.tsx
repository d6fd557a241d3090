import { Badge, BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";

/** An open problem, ready to show: every text is final. */
export interface ShownProblem {
  key: string;
  title: string;
  meaning: string;
  /** "3 orders", "since Nov 23, 07:58" */
  affected: string;
  since: string;
  tone: "critical" | "warning" | "info";
  toneLabel: string;
  /** `target`: the page is not one of ours. */
  action: { label: string; url?: string; target?: "_top" | "_blank"; isBusy?: boolean; onAction?: () => void } | null;
}

/** Problems one below the other: what happened, what it means, the one action that works, how many it affects, since when. */
export function ProblemList({ problems }: { problems: ShownProblem[] }) {
  return (
    <Box as="ul" padding="0" aria-live="polite">
      {problems.map((problem, at) => (
        <Box
          as="li"
          key={problem.key}
          paddingBlock="400"
          borderBlockStartWidth={at === 0 ? "0" : "025"}
          borderColor="border"
        >
          <BlockStack gap="200">
            <InlineStack gap="200" blockAlign="center">
              <Badge tone={problem.tone}>{problem.toneLabel}</Badge>
              <Text as="h3" variant="headingSm">
                {problem.title}
              </Text>
            </InlineStack>
            <Text as="p">{problem.meaning}</Text>
            <InlineStack gap="300" blockAlign="center" align="space-between">
              <Text as="p" tone="subdued">
                {problem.affected} · {problem.since}
              </Text>
              {problem.action ? (
                <Button
                  url={problem.action.url}
                  target={problem.action.target}
                  loading={problem.action.isBusy}
                  onClick={problem.action.onAction}
                >
                  {problem.action.label}
                </Button>
              ) : null}
            </InlineStack>
          </BlockStack>
        </Box>
      ))}
    </Box>
  );
}
