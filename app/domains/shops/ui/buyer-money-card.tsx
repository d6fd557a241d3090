import { SaveBar } from "@shopify/app-bridge-react";
import { BlockStack, Card, ChoiceList, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { t } from "../../../locales/translate.ts";
import type { ConnectionSettingsShown } from "./settings-data.ts";

type Draft = ConnectionSettingsShown["buyerMoney"];
/** As the settings take it: up to nine digits on either side of the point. */
const RATE = /^\d{1,9}(\.\d{1,9})?$/;

/** Whether orders carry the channel's relay address, and what another currency is worth where the shop has another one than its orders. */
export function BuyerMoneyCard({
  connection,
  isBusy,
  onSave,
}: {
  connection: Pick<ConnectionSettingsShown, "id" | "currency" | "buyerMoney">;
  isBusy: boolean;
  onSave(change: { customerPolicy: string; exchangeRate: string }): void;
}) {
  const { id, currency, buyerMoney } = connection;
  const [draft, setDraft] = useState<Draft | null>(null);
  const saved = JSON.stringify(buyerMoney);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is saved decides
  useEffect(() => setDraft(null), [saved]);
  const shown = draft ?? buyerMoney;
  const edit = (change: Partial<Draft>) => setDraft({ ...shown, ...change });
  const isChanged = draft !== null && JSON.stringify(draft) !== saved;
  const isForeign = currency !== shown.shopCurrency;
  const isRate = shown.exchangeRate === "" || (RATE.test(shown.exchangeRate) && Number(shown.exchangeRate) > 0);
  const save = () => onSave({ customerPolicy: shown.customerPolicy, exchangeRate: shown.exchangeRate });
  return (
    <Card>
      <SaveBar id={`buyer-money-${id}`} open={isChanged}>
        {/* App Bridge reads these attributes; React writes an empty one for true */}
        <button type="button" variant="primary" onClick={save} disabled={isBusy || !isRate}>
          {t("settings.buyerMoney.save")}
        </button>
        <button type="button" onClick={() => setDraft(null)}>
          {t("settings.buyerMoney.discard")}
        </button>
      </SaveBar>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("settings.buyerMoney.title")}
        </Text>
        <ChoiceList
          title={t("settings.buyerMoney.customers")}
          choices={(["guest", "email"] as const).map((value) => ({
            value,
            label: t(`settings.buyerMoney.${value}`),
            helpText: t(`settings.buyerMoney.${value}Help`),
          }))}
          selected={[shown.customerPolicy]}
          onChange={([value]) => edit({ customerPolicy: value === "email" ? "email" : "guest" })}
        />
        {isForeign ? (
          <TextField
            label={t("settings.buyerMoney.rate", { currency })}
            helpText={t("settings.buyerMoney.rateHelp", { currency, shop: shown.shopCurrency })}
            inputMode="decimal"
            autoComplete="off"
            suffix={shown.shopCurrency}
            value={shown.exchangeRate}
            {...(isRate ? {} : { error: t("settings.buyerMoney.rateWrong") })}
            onChange={(text) => edit({ exchangeRate: text.trim().replace(",", ".") })}
          />
        ) : null}
      </BlockStack>
    </Card>
  );
}
