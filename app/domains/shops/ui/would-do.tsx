import { BlockStack, List, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";

/** What turning everything on would do, before it does anything. */
export function WouldDo({ plan }: { plan: { wouldList: number; refused: number } }) {
  return (
    <BlockStack gap="200">
      <Text as="p">{t("home.arm.intro")}</Text>
      <List>
        <List.Item>{t("home.arm.listings", { count: plan.wouldList })}</List.Item>
        {plan.refused > 0 ? <List.Item>{t("home.arm.refused", { count: plan.refused })}</List.Item> : null}
        <List.Item>{t("home.arm.stock")}</List.Item>
        <List.Item>{t("home.arm.orders")}</List.Item>
        <List.Item>{t("home.arm.fulfilment")}</List.Item>
      </List>
    </BlockStack>
  );
}
