import { SaveBar } from "@shopify/app-bridge-react";
import { BlockStack, Card, ChoiceList, Select, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { t } from "../../../locales/translate.ts";
import type { ConnectionShown } from "./home-data.ts";

type Draft = ConnectionShown["settings"];
const MOST_KEPT_BACK = 100_000;

/** Which warehouse sells whose stock. Changes wait in the admin's save bar; what cannot be saved is said where it stands. */
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
  const saved = JSON.stringify(connection.settings);
  // what was saved is what is shown: the draft has done its work. A refused one stays to be mended.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is saved decides
  useEffect(() => setDraft(null), [saved]);
  const shown = draft ?? connection.settings;
  const edit = (change: Partial<Draft>) => setDraft({ ...shown, ...change });
  const isChanged = draft !== null && JSON.stringify(draft) !== saved;
  const errors = {
    warehouse: isChanged && !shown.warehouseId ? t("home.stock.noWarehouse") : undefined,
    locations: isChanged && shown.locationIds.length === 0 ? t("home.stock.noLocation") : undefined,
    buffer: shown.buffer > MOST_KEPT_BACK ? t("home.stock.tooMuch", { most: MOST_KEPT_BACK }) : undefined,
  };
  const isWrong = Object.values(errors).some(Boolean);
  const save = () =>
    onSave({ warehouseId: shown.warehouseId ?? "", locationIds: shown.locationIds, buffer: String(shown.buffer) });
  return (
    <Card>
      <SaveBar id={`settings-${connection.id}`} open={isChanged}>
        {/* App Bridge reads these attributes; React writes an empty one for true */}
        <button type="button" variant="primary" onClick={save} disabled={isBusy || isWrong}>
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
          error={errors.warehouse}
          onChange={(warehouseId) => edit({ warehouseId })}
        />
        <ChoiceList
          allowMultiple
          title={t("home.stock.locations")}
          choices={connection.locations.map((one) => ({ value: one.id, label: one.name }))}
          selected={shown.locationIds}
          {...(errors.locations ? { error: errors.locations } : {})}
          onChange={(locationIds) => edit({ locationIds })}
        />
        <TextField
          label={t("home.stock.buffer")}
          helpText={t("home.stock.bufferHelp")}
          type="number"
          min={0}
          max={MOST_KEPT_BACK}
          autoComplete="off"
          value={String(shown.buffer)}
          error={errors.buffer}
          onChange={(text) => edit({ buffer: Math.max(0, Math.floor(Number(text) || 0)) })}
        />
      </BlockStack>
    </Card>
  );
}
