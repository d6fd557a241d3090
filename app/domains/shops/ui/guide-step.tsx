import { BlockStack, Button, InlineStack, List, Text } from "@shopify/polaris";
import { t, tCode } from "../../../locales/translate.ts";
import { ConnectForm } from "./connect-form.tsx";
import type { GuideShown, GuideStep } from "./guide-data.ts";
import type { Submit } from "./settings-data.ts";
import { WouldDo } from "./would-do.tsx";

interface Props {
  step: GuideStep;
  guide: GuideShown;
  markets: string[];
  isBusy: boolean;
  submit: Submit;
}

/** What the next step is about, and its one button. */
export function GuideStepBody({ step, guide, markets, isBusy, submit }: Props) {
  const connectionId = guide.connectionId ?? "";
  switch (step) {
    case "connect":
      return (
        <Connect markets={markets} isBusy={isBusy} onConnect={(market) => submit({ intent: "connect", market })} />
      );
    case "ready":
      return <Ready guide={guide} isBusy={isBusy} onRecheck={() => submit({ intent: "recheck", connectionId })} />;
    case "stock":
      return <Step text={t("home.guide.stock.text")} action={t("home.guide.stock.action")} url="/app/settings" />;
    case "pick":
      return <Step text={t("home.guide.pick.text")} action={t("home.guide.pick.action")} url="/app/products" />;
    case "try":
      return (
        <Try
          guide={guide}
          isBusy={isBusy}
          onTry={() => submit({ intent: "try-first", connectionId })}
          onTurnOn={() => submit({ intent: "arm", connectionId, flows: "listings" })}
        />
      );
    case "arm":
      return (
        <BlockStack gap="200">
          <WouldDo plan={guide.plan} />
          <InlineStack>
            <Button variant="primary" loading={isBusy} onClick={() => submit({ intent: "arm", connectionId })}>
              {t("home.arm.action")}
            </Button>
          </InlineStack>
        </BlockStack>
      );
  }
}

function Step({ text, action, url }: { text: string; action: string; url: string }) {
  return (
    <BlockStack gap="200">
      <Text as="p">{text}</Text>
      <InlineStack>
        <Button variant="primary" url={url}>
          {action}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

function Connect({
  markets,
  isBusy,
  onConnect,
}: {
  markets: string[];
  isBusy: boolean;
  onConnect(market: string): void;
}) {
  return (
    <BlockStack gap="200">
      <Text as="p">{t("home.connect.text")}</Text>
      <ConnectForm markets={markets} isBusy={isBusy} onConnect={onConnect} />
    </BlockStack>
  );
}

function Ready({ guide, isBusy, onRecheck }: { guide: GuideShown; isBusy: boolean; onRecheck(): void }) {
  if (!guide.isChecked) return <Text as="p">{t("home.guide.ready.checking")}</Text>;
  return (
    <BlockStack gap="200">
      <Text as="p">{t("home.guide.ready.text")}</Text>
      <List>
        {guide.failing.map((item) => (
          <List.Item key={`${item.code}:${item.values.item ?? ""}`}>
            <Text as="span" fontWeight="semibold">
              {tCode(`readiness.${item.code}.title`, item.values, "readiness.unknown.title")}.
            </Text>{" "}
            {tCode(`readiness.${item.code}.fix`, item.values, "readiness.unknown.fix")}
          </List.Item>
        ))}
      </List>
      <InlineStack>
        <Button variant="primary" loading={isBusy} onClick={onRecheck}>
          {t("home.ready.recheck")}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}

function Try({
  guide: { trial, isListingOn },
  isBusy,
  onTry,
  onTurnOn,
}: {
  guide: GuideShown;
  isBusy: boolean;
  onTry(): void;
  onTurnOn(): void;
}) {
  const few = Math.min(trial.wanted, trial.sendable);
  if (trial.queued > 0 && !isListingOn)
    return (
      <BlockStack gap="200">
        <Text as="p">{t("home.guide.try.queued", { count: trial.queued })}</Text>
        <InlineStack gap="200">
          <Button variant="primary" loading={isBusy} onClick={onTurnOn}>
            {t("home.guide.try.queuedAction", { count: trial.queued })}
          </Button>
          <Button url="/app/products">{t("home.guide.try.see")}</Button>
        </InlineStack>
      </BlockStack>
    );
  if (trial.sent > 0)
    return (
      <Step
        text={t("home.guide.try.waiting", { live: trial.live, count: trial.wanted })}
        action={t("home.guide.try.see")}
        url="/app/products"
      />
    );
  if (few === 0) return <Step text={t("home.guide.try.none")} action={t("home.guide.try.see")} url="/app/products" />;
  return (
    <BlockStack gap="200">
      <Text as="p">{t("home.guide.try.text")}</Text>
      <InlineStack>
        <Button variant="primary" loading={isBusy} onClick={onTry}>
          {t("home.guide.try.action", { count: few })}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
