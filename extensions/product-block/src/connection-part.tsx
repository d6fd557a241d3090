import { useState } from "preact/hooks";
import type { Button, Connection } from "./answer.ts";
import { appAddress } from "./app-address.ts";
import { NoticePart } from "./notice-part.tsx";

interface Props {
  connection: Connection;
  isBusy: boolean;
  onPress(intent: Button["intent"]): void;
}

/** One connection: state, what it means, what stands in the way, what can be done. */
export function ConnectionPart({ connection, isBusy, onPress }: Props) {
  const { name, badge, text, finding, notice, buttons, link } = connection;
  const [asks, setAsks] = useState<Button | null>(null);
  // what the question was about may be over by the time it is answered
  const asking = asks && buttons.some((one) => one.intent === asks.intent && one.confirm) ? asks : null;
  const press = (button: Button) => {
    if (button.confirm) return setAsks(button);
    onPress(button.intent);
  };
  return (
    <s-stack direction="block" gap="small">
      <s-stack direction="inline" gap="small" alignItems="center">
        <s-text type="strong">{name}</s-text>
        <s-badge tone={badge.tone}>{badge.label}</s-badge>
      </s-stack>
      <s-paragraph>{text}</s-paragraph>
      {finding ? (
        <s-banner tone={finding.blocks ? "critical" : "info"} heading={finding.sentence}>
          <s-paragraph>{finding.more ? `${finding.nextStep} (${finding.more})` : finding.nextStep}</s-paragraph>
        </s-banner>
      ) : null}
      {notice ? <NoticePart tone="warning" notice={notice} /> : null}
      {asking?.confirm ? (
        <Question
          confirm={asking.confirm}
          onYes={() => {
            setAsks(null);
            onPress(asking.intent);
          }}
          onNo={() => setAsks(null)}
        />
      ) : (
        <s-stack direction="inline" gap="small" alignItems="center">
          {buttons.map((button) => (
            <s-button
              key={button.intent}
              variant={button.tone === "primary" ? "primary" : "secondary"}
              tone={button.tone === "critical" ? "critical" : "auto"}
              disabled={isBusy}
              onClick={() => press(button)}
            >
              {button.label}
            </s-button>
          ))}
          {link ? <s-link href={appAddress(link.path)}>{link.label}</s-link> : null}
        </s-stack>
      )}
    </s-stack>
  );
}

/** A block has no room for a dialog of its own: the question takes the place of the buttons. */
function Question({ confirm, onYes, onNo }: { confirm: NonNullable<Button["confirm"]>; onYes(): void; onNo(): void }) {
  return (
    <s-banner tone="warning">
      <s-stack direction="block" gap="small">
        <s-paragraph>{confirm.text}</s-paragraph>
        <s-stack direction="inline" gap="small">
          <s-button variant="primary" tone="critical" onClick={onYes}>
            {confirm.yes}
          </s-button>
          <s-button onClick={onNo}>{confirm.no}</s-button>
        </s-stack>
      </s-stack>
    </s-banner>
  );
}
