import { Badge, BlockStack, Box, Button, Card, InlineStack, Link, ProgressBar, Text } from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";
import { type GuideShown, type GuideStep, guideSteps, type SaidShown } from "./guide-data.ts";
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
  const [isOpened, setOpened] = useState(false);
  const isDone = next === null;
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
              {isDone
                ? `${t("home.guide.all")} ${t("home.guide.allText")}`
                : t("home.guide.progress", { done: done.length, total: guideSteps.length })}
            </Text>
          </div>
          <ProgressBar
            progress={Math.round((100 * done.length) / guideSteps.length)}
            size="small"
            ariaLabelledBy="guide-words"
          />
        </BlockStack>
        {isDone ? <Finished guide={guide} isOpened={isOpened} onOpen={() => setOpened(!isOpened)} /> : null}
        <Box as="ul" padding="0" id="guide-steps">
          {guideSteps
            .filter(() => !isDone || isOpened)
            .map((step) => (
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
                  <Said step={step} said={guide.said[step]} />
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

/** Nothing is left to do: what may be sent next, and the steps for whoever wants to read them again. */
function Finished({ guide: { trial }, isOpened, onOpen }: { guide: GuideShown; isOpened: boolean; onOpen(): void }) {
  return (
    <InlineStack gap="200" blockAlign="center" align="space-between">
      {trial.sendable > 0 ? (
        <InlineStack gap="200" blockAlign="center">
          <Text as="p">{t("home.guide.unsent", { count: trial.sendable })}</Text>
          <Link url="/app/products?plan=open">{t("home.guide.seeUnsent")}</Link>
        </InlineStack>
      ) : (
        <span />
      )}
      <Button variant="plain" ariaExpanded={isOpened} ariaControls="guide-steps" onClick={onOpen}>
        {t(isOpened ? "home.guide.hideSteps" : "home.guide.showSteps")}
      </Button>
    </InlineStack>
  );
}

/** What was chosen in a step that is done, and where it can be changed. */
function Said({ step, said }: { step: GuideStep; said: SaidShown | undefined }) {
  if (!said) return null;
  return (
    <Text as="p" tone="subdued" breakWord>
      {said.text}{" "}
      {said.link ? (
        <Link
          url={said.link.url}
          accessibilityLabel={t("home.guide.linkAria", { label: said.link.label, step: t(`home.guide.${step}.title`) })}
        >
          {said.link.label}
        </Link>
      ) : null}
    </Text>
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
