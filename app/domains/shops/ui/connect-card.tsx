import { BlockStack, Button, Card, InlineStack, List, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";

/** The first screen of an empty app: what connecting does, and the button. */
export function ConnectCard({
  markets,
  isBusy,
  onConnect,
}: {
  markets: string[];
  isBusy: boolean;
  onConnect(market: string): void;
}) {
  const [market, setMarket] = useState(markets[0] ?? "");
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t("home.connect.title")}
        </Text>
        <Text as="p">{t("home.connect.text")}</Text>
        <List type="number">
          <List.Item>{t("home.connect.steps.connect")}</List.Item>
          <List.Item>{t("home.connect.steps.pick")}</List.Item>
          <List.Item>{t("home.connect.steps.arm")}</List.Item>
        </List>
        {markets.length > 1 ? (
          <Select label={t("home.connect.market")} options={markets} value={market} onChange={setMarket} />
        ) : null}
        <InlineStack>
          <Button variant="primary" loading={isBusy} onClick={() => onConnect(market)}>
            {t("home.connect.action")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
