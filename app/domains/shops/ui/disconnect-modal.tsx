import { BlockStack, ChoiceList, Link, List, Modal, Text } from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";
import type { ConnectionSettingsShown } from "./settings-data.ts";

type Listings = "leave" | "take-off";

/** What becomes of listings and open orders, then the end. */
export function DisconnectModal({
  connection,
  onDisconnect,
  onClose,
}: {
  connection: ConnectionSettingsShown;
  onDisconnect(listings: Listings): void;
  onClose(): void;
}) {
  const { name, selling, status } = connection;
  const onSale = selling.live + selling.inReview;
  const canTakeOff = status === "active" && onSale > 0;
  const [chosen, setChosen] = useState<Listings>("take-off");
  const listings = canTakeOff ? chosen : "leave";
  const label = t(listings === "leave" ? "settings.confirm.disconnect.now" : "settings.confirm.disconnect.later");
  return (
    <Modal
      open
      title={t("settings.confirm.disconnect.title", { name })}
      onClose={onClose}
      primaryAction={{ content: label, destructive: true, onAction: () => onDisconnect(listings) }}
      secondaryActions={[{ content: t("app.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          {canTakeOff ? (
            <ChoiceList
              title={t("settings.confirm.disconnect.listings.label", { count: onSale })}
              choices={[
                {
                  value: "take-off",
                  label: t("settings.confirm.disconnect.listings.takeOff"),
                  helpText: t("settings.confirm.disconnect.listings.takeOffHelp"),
                },
                {
                  value: "leave",
                  label: t("settings.confirm.disconnect.listings.leave"),
                  helpText: t("settings.confirm.disconnect.listings.leaveHelp"),
                },
              ]}
              selected={[chosen]}
              onChange={([value]) => setChosen(value === "leave" ? "leave" : "take-off")}
            />
          ) : null}
          {status !== "active" && onSale > 0 ? (
            <Text as="p">{t("settings.confirm.disconnect.consentNeeded")}</Text>
          ) : null}
          <OpenOrders orders={connection.openOrders} />
          <Text as="p" tone="subdued">
            {t("settings.confirm.disconnect.kept")}
          </Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}

function OpenOrders({
  orders: { toShip, untold, notHome, shipBy },
}: {
  orders: ConnectionSettingsShown["openOrders"];
}) {
  const isNone = toShip + untold + notHome === 0;
  const lines = [
    toShip > 0 ? t("settings.confirm.disconnect.orders.toShip", { count: toShip }) : "",
    untold > 0 ? t("settings.confirm.disconnect.orders.untold", { count: untold }) : "",
    notHome > 0 ? t("settings.confirm.disconnect.orders.notHome", { count: notHome }) : "",
    shipBy && !isNone ? t("settings.confirm.disconnect.orders.shipBy", { at: shipBy }) : "",
  ].filter(Boolean);
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t("settings.confirm.disconnect.orders.title")}
      </Text>
      {isNone ? (
        <Text as="p">{t("settings.confirm.disconnect.orders.none")}</Text>
      ) : (
        <>
          <List>
            {lines.map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
          <Link url="/app/orders?view=to-ship">{t("settings.confirm.disconnect.orders.see")}</Link>
        </>
      )}
    </BlockStack>
  );
}
