import { Card, ChoiceList } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { ConnectionSettingsShown } from "./settings-data.ts";

type Choice = ConnectionSettingsShown["restockReturns"];
const CHOICES = ["ask", "restock", "leave"] as const satisfies readonly Choice[];

/** What becomes of goods that came back, unless somebody says otherwise for an order. Saved at once. */
export function ReturnsSettingCard({
  connection,
  isBusy,
  onSave,
}: {
  connection: Pick<ConnectionSettingsShown, "restockReturns">;
  isBusy: boolean;
  onSave(restockReturns: Choice): void;
}) {
  return (
    <Card>
      <ChoiceList
        title={t("settings.returns.title")}
        disabled={isBusy}
        choices={CHOICES.map((value) => ({
          value,
          label: t(`settings.returns.${value}.label`),
          helpText: t(`settings.returns.${value}.help`),
        }))}
        selected={[connection.restockReturns]}
        onChange={([chosen]) => onSave(chosen as Choice)}
      />
    </Card>
  );
}
