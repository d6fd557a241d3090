import { Badge, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import { type Flow, flows } from "../flows.ts";
import type { ConnectionSettingsShown } from "./settings-data.ts";
import { WouldDo } from "./would-do.tsx";

interface Props {
  connection: ConnectionSettingsShown;
  isBusy: boolean;
  onArm(flows: readonly Flow[]): void;
  onPause(flow: Flow): void;
}

/** Before arming: what would happen, and the button. Afterwards: every flow with its own switch. */
export function ArmCard(props: Props) {
  return props.connection.armedFlows.length === 0 ? <FirstArming {...props} /> : <Flows {...props} />;
}

function FirstArming({ connection, isBusy, onArm }: Props) {
  const { plan, readiness } = connection;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("home.arm.title")}
        </Text>
        <WouldDo plan={plan} />
        <InlineStack>
          <Button variant="primary" disabled={!readiness.ok} loading={isBusy} onClick={() => onArm(flows)}>
            {t("home.arm.action")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

function Flows({ connection, isBusy, onArm, onPause }: Props) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("home.flows.title")}
        </Text>
        <Box as="ul" padding="0">
          {flows.map((flow) => (
            <Box as="li" key={flow} paddingBlock="200" borderBlockEndWidth="025" borderColor="border">
              <FlowLine
                flow={flow}
                isOn={connection.armedFlows.includes(flow)}
                isPaused={connection.pausedAt !== null}
                queued={flow === "listings" ? connection.plan.queued : 0}
                isBusy={isBusy}
                onArm={() => onArm([flow])}
                onPause={() => onPause(flow)}
              />
            </Box>
          ))}
        </Box>
        {connection.ordersFrom ? (
          <Text as="p" tone="subdued">
            {t("home.flows.since", { at: connection.ordersFrom })}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
}

function FlowLine({
  flow,
  isOn,
  isPaused,
  queued,
  isBusy,
  onArm,
  onPause,
}: {
  flow: Flow;
  isOn: boolean;
  isPaused: boolean;
  /** What turning it on sends at once. */
  queued: number;
  isBusy: boolean;
  onArm(): void;
  onPause(): void;
}) {
  const name = t(`home.flows.${flow}`);
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
      <BlockStack gap="050">
        <InlineStack align="start" gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {name}
          </Text>
          {isOn && isPaused ? (
            <Badge tone="attention">{t("home.flows.waits")}</Badge>
          ) : (
            <Badge tone={isOn ? "success" : undefined}>{t(isOn ? "home.flows.on" : "home.flows.off")}</Badge>
          )}
        </InlineStack>
        <Text as="p" tone="subdued">
          {t(`home.flows.${flow}Text`)}
        </Text>
      </BlockStack>
      {/* its label stays in one line */}
      <Box minWidth="fit-content">
        <Button
          disabled={isBusy}
          accessibilityLabel={t(isOn ? "home.flows.pauseAria" : "home.flows.resumeAria", { flow: name })}
          onClick={isOn ? onPause : onArm}
        >
          {isOn
            ? t("home.flows.pause")
            : queued > 0
              ? t("home.flows.resumeSend", { count: queued })
              : t("home.flows.resume")}
        </Button>
      </Box>
    </InlineStack>
  );
}
