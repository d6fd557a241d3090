import { BlockStack } from "@shopify/polaris";
import { type ReactNode, useState } from "react";
import { ArmCard } from "./arm-card.tsx";
import { BuyerMoneyCard } from "./buyer-money-card.tsx";
import { ConfirmModal } from "./confirm-modal.tsx";
import { ConnectionBanners } from "./connection-banners.tsx";
import { ConnectionHead } from "./connection-head.tsx";
import { ControlCard } from "./control-card.tsx";
import { ReadinessCard } from "./readiness-card.tsx";
import { ReturnsSettingCard } from "./returns-setting-card.tsx";
import type { ConnectionSettingsShown, Question, Submit } from "./settings-data.ts";
import { StockSourceCard } from "./stock-source-card.tsx";

/** Everything a merchant can set for one connected shop. `orders`: how its orders come home, from the room that knows. */
export function ConnectionSettings({
  connection,
  isBusy,
  submit,
  orders,
}: {
  connection: ConnectionSettingsShown;
  isBusy: boolean;
  submit: Submit;
  orders?: ReactNode;
}) {
  const [question, setQuestion] = useState<Question | null>(null);
  const { id: connectionId, status } = connection;
  return (
    <BlockStack gap="400">
      <ConnectionHead
        connection={connection}
        isBusy={isBusy}
        onRenew={() => submit({ intent: "connect", connectionId })}
      />
      <ConnectionBanners
        connection={connection}
        isBusy={isBusy}
        submit={submit}
        onResumeSelling={() => setQuestion("resumeSelling")}
      />
      {status === "active" ? (
        <>
          <ReadinessCard
            connection={connection}
            isBusy={isBusy}
            onRecheck={() => submit({ intent: "recheck", connectionId })}
          />
          <StockSourceCard
            connection={connection}
            isBusy={isBusy}
            onSave={(change) => submit({ intent: "settings", connectionId, ...change })}
          />
          {orders}
          <BuyerMoneyCard
            connection={connection}
            isBusy={isBusy}
            onSave={(change) => submit({ intent: "settings", connectionId, ...change })}
          />
          <ReturnsSettingCard
            connection={connection}
            isBusy={isBusy}
            onSave={(restockReturns) => submit({ intent: "settings", connectionId, restockReturns })}
          />
          <ArmCard
            connection={connection}
            isBusy={isBusy}
            onArm={(chosen) => submit({ intent: "arm", connectionId, flows: [...chosen] })}
            onPause={(flow) => submit({ intent: "pause", connectionId, flows: [flow] })}
          />
        </>
      ) : null}
      <ControlCard
        connection={connection}
        isBusy={isBusy}
        onAsk={setQuestion}
        onResumeAll={() => submit({ intent: "resume-all", connectionId })}
      />
      {question ? (
        <ConfirmModal connection={connection} question={question} submit={submit} onClose={() => setQuestion(null)} />
      ) : null}
    </BlockStack>
  );
}
