import { BlockStack, Modal, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";
import type { FeeShown } from "./morning-data.ts";

interface Props {
  fees: FeeShown[];
  isBusy: boolean;
  /** Why the last try was refused. */
  error: string | null;
  onSave(connectionId: string, percent: string): void;
  onClose(): void;
}

/** The share the channel takes of a sale, as the merchant knows it: estimates are made with it. */
export function FeeModal({ fees, isBusy, error, onSave, onClose }: Props) {
  const [percents, setPercents] = useState<Record<string, string>>(
    Object.fromEntries(fees.map((one) => [one.connectionId, one.percent])),
  );
  const changed = fees.find((one) => percents[one.connectionId] !== one.percent);
  return (
    <Modal
      open
      onClose={onClose}
      title={t("morning.fee.title")}
      primaryAction={{
        content: t("morning.fee.save"),
        loading: isBusy,
        disabled: !changed,
        onAction: () => changed && onSave(changed.connectionId, percents[changed.connectionId] ?? ""),
      }}
      secondaryActions={[{ content: t("app.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          {error ? (
            <Text as="p" tone="critical">
              {error}
            </Text>
          ) : null}
          {fees.map(({ connectionId, name, help }) => (
            <TextField
              key={connectionId}
              label={fees.length > 1 ? t("morning.fee.labelOf", { name }) : t("morning.fee.label")}
              helpText={help}
              value={percents[connectionId] ?? ""}
              onChange={(value) => setPercents((all) => ({ ...all, [connectionId]: value }))}
              inputMode="decimal"
              suffix="%"
              autoComplete="off"
            />
          ))}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
