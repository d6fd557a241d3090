import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";
import type { OrderPageShown } from "./order-page-data.ts";

interface Props {
  carriers: OrderPageShown["carriers"];
  isBusy: boolean;
  onChoose(choice: { company: string; carrierId: string }): void;
}

/** Which of the channel's carriers a shipping company is: asked once, remembered for all parcels alike. Nothing while nothing is asked. */
export function OrderCarrierCard({ carriers, isBusy, onChoose }: Props) {
  if (!carriers) return null;
  return (
    <div id="carrier">
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {t("orders.page.carrier.title")}
          </Text>
          <Text as="p">{t("orders.page.carrier.text")}</Text>
          {carriers.companies.map(({ company, label }) => (
            <Choice
              key={company}
              label={label}
              options={carriers.options}
              isBusy={isBusy}
              onChoose={(carrierId) => onChoose({ company, carrierId })}
            />
          ))}
        </BlockStack>
      </Card>
    </div>
  );
}

function Choice({
  label,
  options,
  isBusy,
  onChoose,
}: {
  label: string;
  options: { value: string; label: string }[];
  isBusy: boolean;
  onChoose(carrierId: string): void;
}) {
  const [chosen, setChosen] = useState("");
  const [isMissing, setMissing] = useState(false);
  const submit = () => (chosen === "" ? setMissing(true) : onChoose(chosen));
  return (
    <FormLayout>
      <Select
        label={label}
        placeholder={t("orders.page.carrier.placeholder")}
        options={options}
        value={chosen}
        disabled={isBusy}
        {...(isMissing ? { error: t("orders.page.carrier.missing") } : {})}
        onChange={(value) => {
          setChosen(value);
          setMissing(false);
        }}
      />
      <InlineStack>
        <Button variant="primary" loading={isBusy} onClick={submit}>
          {t("orders.page.carrier.action")}
        </Button>
      </InlineStack>
    </FormLayout>
  );
}
