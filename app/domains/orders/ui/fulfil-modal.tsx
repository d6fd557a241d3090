import { BlockStack, InlineGrid, Modal, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";

/** What of an order the form shows. */
export interface OrderToFulfil {
  id: string;
  channelOrderId: string;
  title: string;
  /** Why it cannot be fulfilled; null: it can. */
  fulfilmentRefusal: string | null;
}

interface Props {
  orders: OrderToFulfil[];
  isBusy: boolean;
  onFulfil(form: { ids: string[]; carrier: string; numbers: string[] }): void;
  onClose(): void;
}

/** Carrier and tracking numbers of the chosen orders; what cannot be fulfilled is named with its cause before anything is sent. */
export function FulfilModal({ orders, isBusy, onFulfil, onClose }: Props) {
  const [carrier, setCarrier] = useState("");
  const [numbers, setNumbers] = useState<Record<string, string>>({});
  const ready = orders.filter((one) => one.fulfilmentRefusal === null);
  const not = orders.filter((one) => one.fulfilmentRefusal !== null);
  const send = () =>
    onFulfil({ ids: ready.map((one) => one.id), carrier, numbers: ready.map((one) => numbers[one.id] ?? "") });
  return (
    <Modal
      open
      onClose={onClose}
      title={t("morning.fulfil.title", { count: orders.length })}
      {...(ready.length > 0
        ? {
            primaryAction: {
              content: t("morning.fulfil.send", { count: ready.length }),
              loading: isBusy,
              onAction: send,
            },
          }
        : {})}
      secondaryActions={[{ content: t("app.cancel"), onAction: onClose }]}
    >
      {ready.length > 0 ? (
        <Modal.Section>
          <BlockStack gap="400">
            <Text as="p">{t("morning.fulfil.text")}</Text>
            <TextField
              label={t(ready.length > 1 ? "morning.fulfil.carrierAll" : "morning.fulfil.carrier")}
              helpText={t("morning.fulfil.carrierHelp")}
              value={carrier}
              onChange={setCarrier}
              maxLength={100}
              autoComplete="off"
            />
            {ready.map((one) => (
              <InlineGrid key={one.id} columns={{ xs: 1, sm: 2 }} gap="200" alignItems="end">
                <BlockStack>
                  <Text as="span" fontWeight="semibold" breakWord>
                    {one.channelOrderId}
                  </Text>
                  <Text as="span" tone="subdued" truncate>
                    {one.title}
                  </Text>
                </BlockStack>
                <TextField
                  label={t("morning.fulfil.numberOf", { name: one.channelOrderId })}
                  labelHidden
                  placeholder={t("morning.fulfil.number")}
                  value={numbers[one.id] ?? ""}
                  onChange={(value) => setNumbers((all) => ({ ...all, [one.id]: value }))}
                  maxLength={100}
                  autoComplete="off"
                />
              </InlineGrid>
            ))}
          </BlockStack>
        </Modal.Section>
      ) : null}
      {not.length > 0 ? (
        <Modal.Section>
          <BlockStack gap="200">
            <Text as="h3" variant="headingSm">
              {ready.length === 0 ? t("morning.fulfil.none") : t("morning.fulfil.not", { count: not.length })}
            </Text>
            {not.map((one) => (
              <Text as="p" key={one.id} breakWord>
                <strong>{one.channelOrderId}</strong> {one.fulfilmentRefusal}
              </Text>
            ))}
          </BlockStack>
        </Modal.Section>
      ) : null}
    </Modal>
  );
}
