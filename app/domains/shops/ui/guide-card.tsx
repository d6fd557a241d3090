import { Badge, BlockStack, Box, Button, Card, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import { type GuideShown, type GuideStep, guideSteps } from "./guide-data.ts";
import { GuideStepBody } from "./guide-step.tsx";
import type { Submit } from "./settings-data.ts";

interface Props {
  guide: GuideShown;
  markets: string[];
  isBusy: boolean;
  submit: Submit;
}

/** The way from an empty app to a running one. Only the step that is next is open; what is done is ticked by what is so. */
export function GuideCard({ guide, markets, isBusy, submit }: Props) {
  const { done, next } = guide;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t("home.guide.title")}
          </Text>
          <Button
            variant="tertiary"
            disabled={isBusy}
            accessibilityLabel={t("home.guide.dismissAria")}
            onClick={() => submit({ intent: "dismiss-guide" })}
          >
            {t("home.guide.dismiss")}
          </Button>
        </InlineStack>
        <BlockStack gap="100">
          <div id="guide-words" aria-live="polite">
            <Text as="p" tone="subdued">
              {next === null
                ? t("home.guide.all")
                : t("home.guide.progress", { done: done.length, total: guideSteps.length })}
            </Text>
          </div>
          <ProgressBar
            progress={Math.round((100 * done.length) / guideSteps.length)}
            size="small"
            ariaLabelledBy="guide-words"
          />
        </BlockStack>
        <Box as="ul" padding="0">
          {guideSteps.map((step) => (
            <Box
              as="li"
              key={step}
              paddingBlock="200"
              paddingInline={step === next ? "300" : "0"}
              background={step === next ? "bg-surface-secondary" : undefined}
              borderRadius="200"
            >
              <BlockStack gap="200">
                <StepTitle step={step} isDone={done.includes(step)} />
                {step === next ? (
                  <GuideStepBody step={step} guide={guide} markets={markets} isBusy={isBusy} submit={submit} />
                ) : null}
              </BlockStack>
            </Box>
          ))}
        </Box>
      </BlockStack>
    </Card>
  );
}

function StepTitle({ step, isDone }: { step: GuideStep; isDone: boolean }) {
  return (
    <InlineStack gap="200" blockAlign="center">
      <Badge {...(isDone ? { tone: "success" as const } : {})}>
        {isDone ? t("home.guide.done") : t("home.guide.step", { step: guideSteps.indexOf(step) + 1 })}
      </Badge>
      <Text as="h3" variant="headingSm" {...(isDone ? { tone: "subdued" as const } : {})}>
        {t(`home.guide.${step}.title`)}
      </Text>
    </InlineStack>
  );
}
