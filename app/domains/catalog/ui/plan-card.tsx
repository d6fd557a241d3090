import { BlockStack, Button, Card, InlineStack, List, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { PlanShown } from "./products-data.ts";

interface Props {
  plan: PlanShown;
  isBusy: boolean;
  onSend(): void;
  onApplyDefaults(): void;
  onClose(): void;
}

/** What would happen, before anything is sent: how many go, how many cannot and why. */
export function PlanCard({ plan, isBusy, onSend, onApplyDefaults, onClose }: Props) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("products.plan.title")}
        </Text>
        <List>
          {plan.lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
        {plan.refused > 0 ? (
          <BlockStack gap="100">
            <Text as="p">{t("products.plan.refused", { count: plan.refused })}</Text>
            <List>
              {plan.reasons.map((reason) => (
                <List.Item key={reason.code}>
                  {t("products.plan.reason", { count: reason.count, sentence: reason.sentence })}
                </List.Item>
              ))}
            </List>
          </BlockStack>
        ) : null}
        <InlineStack gap="200">
          <Button variant="primary" disabled={plan.sendable === 0} loading={isBusy} onClick={onSend}>
            {t("products.plan.send", { count: plan.sendable })}
          </Button>
          {plan.needsDefaults > 0 ? (
            <Button loading={isBusy} onClick={onApplyDefaults}>
              {t("products.plan.applyDefaults", { count: plan.needsDefaults })}
            </Button>
          ) : null}
          <Button variant="plain" onClick={onClose}>
            {t("app.cancel")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
