import { SaveBar } from "@shopify/app-bridge-react";
import { BlockStack, Card, ChoiceList, Select, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";
import type { ConnectionShown } from "./home-data.ts";

type Draft = ConnectionShown["settings"];

/** Which warehouse sells whose stock. Changes wait in the admin's save bar. */
export function StockSourceCard({
  connection,
  isBusy,
  onSave,
}: {
  connection: ConnectionShown;
  isBusy: boolean;
  onSave(change: { warehouseId: string; locationIds: string[]; buffer: string }): void;
}) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const shown = draft ?? connection.settings;
  const edit = (change: Partial<Draft>) => setDraft({ ...shown, ...change });
  const isChanged = draft !== null && JSON.stringify(draft) !== JSON.stringify(connection.settings);
  const save = () => {
    onSave({ warehouseId: shown.warehouseId ?? "", locationIds: shown.locationIds, buffer: String(shown.buffer) });
    setDraft(null);
  };
  return (
    <Card>
      <SaveBar id={`settings-${connection.id}`} open={isChanged}>
        {/* App Bridge reads these attributes; React writes an empty one for true */}
        <button type="button" variant="primary" onClick={save} disabled={isBusy}>
          {t("home.stock.save")}
        </button>
        <button type="button" onClick={() => setDraft(null)}>
          {t("home.stock.discard")}
        </button>
      </SaveBar>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("home.stock.title")}
        </Text>
        <Select
          label={t("home.stock.warehouse")}
          placeholder={t("home.stock.chooseWarehouse")}
          options={connection.warehouses.map((one) => ({ value: one.id, label: one.name }))}
          value={shown.warehouseId ?? ""}
          onChange={(warehouseId) => edit({ warehouseId })}
        />
        <ChoiceList
          allowMultiple
          title={t("home.stock.locations")}
          choices={connection.locations.map((one) => ({ value: one.id, label: one.name }))}
          selected={shown.locationIds}
          onChange={(locationIds) => edit({ locationIds })}
        />
        <TextField
          label={t("home.stock.buffer")}
          helpText={t("home.stock.bufferHelp")}
          type="number"
          min={0}
          autoComplete="off"
          value={String(shown.buffer)}
          onChange={(text) => edit({ buffer: Math.max(0, Math.floor(Number(text) || 0)) })}
        />
      </BlockStack>
    </Card>
  );
}
