import { BlockStack, Button, Card, InlineGrid, InlineStack, List, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { PlanGroupShown, PlanShown } from "./products-data.ts";

interface Props {
  plan: PlanShown;
  isBusy: boolean;
  /** Why nothing may be sent now; null: it may. */
  cannotSend: string | null;
  onSend(): void;
  onApplyDefaults(): void;
  onClose(): void;
}

/** What would happen, before anything is sent: how many go, how many cannot and why, what a yes would agree to, and the first of each by name. */
export function PlanCard({ plan, isBusy, cannotSend, onSend, onApplyDefaults, onClose }: Props) {
  // numbers that still move are no button to press
  const { isChecking } = plan;
  const isOnlyWaiting = plan.sendable === 0 && plan.needsDefaults > 0;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t("products.plan.title")}
          </Text>
          <InlineStack gap="200" blockAlign="center">
            <Button variant="plain" onClick={onClose}>
              {t("app.cancel")}
            </Button>
            {plan.needsDefaults > 0 && !isChecking ? (
              <Button
                {...(isOnlyWaiting ? { variant: "primary" as const } : {})}
                loading={isBusy}
                onClick={onApplyDefaults}
              >
                {t("products.plan.applyDefaults", { count: plan.needsDefaults })}
              </Button>
            ) : null}
            {isOnlyWaiting && !isChecking ? null : (
              <Button
                variant="primary"
                disabled={isChecking || plan.sendable === 0 || cannotSend !== null}
                loading={isBusy}
                onClick={onSend}
              >
                {isChecking ? t("products.plan.sendLater") : t("products.plan.send", { count: plan.sendable })}
              </Button>
            )}
          </InlineStack>
        </InlineStack>
        {cannotSend ? <Text as="p">{cannotSend}</Text> : null}
        <div aria-live="polite">
          <List>
            {plan.lines.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        </div>
        {plan.defaults.length > 0 ? (
          <BlockStack gap="100">
            <Text as="h3" variant="headingSm">
              {t("products.plan.defaults.title")}
            </Text>
            <div style={{ columns: "18rem 2", columnGap: 32, overflowWrap: "anywhere" }}>
              <List>
                {plan.defaults.map((line) => (
                  <List.Item key={line}>{line}</List.Item>
                ))}
              </List>
            </div>
            {plan.moreDefaults ? (
              <Text as="p" tone="subdued">
                {plan.moreDefaults}
              </Text>
            ) : null}
          </BlockStack>
        ) : null}
        {plan.reasons.length > 0 ? (
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
        <InlineGrid columns={{ xs: 1, md: plan.groups.length > 1 ? 2 : 1 }} gap="400">
          {plan.groups.map((group) => (
            <Group key={group.id} group={group} />
          ))}
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}

function Group({ group }: { group: PlanGroupShown }) {
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {group.title}
      </Text>
      <div style={{ overflowWrap: "anywhere" }}>
        <List>
          {group.products.map(({ id, title, what }) => (
            <List.Item key={id}>
              {title}{" "}
              <Text as="span" tone="subdued">
                {what}
              </Text>
            </List.Item>
          ))}
        </List>
      </div>
      {group.more ? (
        <Text as="p" tone="subdued">
          {group.more}
        </Text>
      ) : null}
    </BlockStack>
  );
}
