import { BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { ConnectionSettingsShown, Question } from "./settings-data.ts";

interface Props {
  connection: ConnectionSettingsShown;
  isBusy: boolean;
  onAsk(question: Question): void;
  onResumeAll(): void;
}

/** The three ways to halt, from the mildest to the last. Each asks before it acts. */
export function ControlCard({ connection, isBusy, onAsk, onResumeAll }: Props) {
  const { pausedAt, stoppedAt, status } = connection;
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="headingMd">
          {t("settings.control.title")}
        </Text>
        <Line name="pause">
          {pausedAt ? (
            <Button disabled={isBusy} onClick={onResumeAll}>
              {t("settings.control.pause.resume")}
            </Button>
          ) : (
            <Button disabled={isBusy} onClick={() => onAsk("pause")}>
              {t("settings.control.pause.action")}
            </Button>
          )}
        </Line>
        {status === "active" ? (
          <Line name="stop">
            {stoppedAt ? (
              <Button disabled={isBusy} onClick={() => onAsk("resumeSelling")}>
                {t("settings.control.stop.resume")}
              </Button>
            ) : (
              <Button tone="critical" disabled={isBusy} onClick={() => onAsk("stop")}>
                {t("settings.control.stop.action")}
              </Button>
            )}
          </Line>
        ) : null}
        <Line name="disconnect">
          <Button tone="critical" disabled={isBusy} onClick={() => onAsk("disconnect")}>
            {t("settings.control.disconnect.action")}
          </Button>
        </Line>
      </BlockStack>
    </Card>
  );
}

function Line({ name, children }: { name: "pause" | "stop" | "disconnect"; children: React.ReactNode }) {
  return (
    <Box paddingBlock="200">
      <InlineStack align="space-between" blockAlign="center" gap="300">
        <Box maxWidth="560px">
          <Text as="h3" variant="headingSm">
            {t(`settings.control.${name}.title`)}
          </Text>
          <Text as="p" tone="subdued">
            {t(`settings.control.${name}.text`)}
          </Text>
        </Box>
        {children}
      </InlineStack>
    </Box>
  );
}
