import { BlockStack, List, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { PlanInNumbers } from "./home-data.ts";

/** What turning everything on would do, before it does anything. */
export function WouldDo({ plan: { live, queued, wouldList, refused } }: { plan: PlanInNumbers }) {
  return (
    <BlockStack gap="200">
      <Text as="p">{t("home.arm.intro")}</Text>
      <List>
        {live > 0 ? <List.Item>{t("home.arm.live", { count: live })}</List.Item> : null}
        {queued > 0 ? <List.Item>{t("home.arm.queued", { count: queued })}</List.Item> : null}
        <List.Item>{t("home.arm.listings", { count: wouldList })}</List.Item>
        {refused > 0 ? <List.Item>{t("home.arm.refused", { count: refused })}</List.Item> : null}
        <List.Item>{t("home.arm.stock")}</List.Item>
        <List.Item>{t("home.arm.orders")}</List.Item>
        <List.Item>{t("home.arm.fulfilment")}</List.Item>
      </List>
    </BlockStack>
  );
}
