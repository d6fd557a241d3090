import { BlockStack, Card, List, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import { ConnectForm } from "./connect-form.tsx";

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
        <ConnectForm markets={markets} isBusy={isBusy} onConnect={onConnect} />
      </BlockStack>
    </Card>
  );
}
