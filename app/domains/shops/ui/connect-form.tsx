import { Button, InlineStack, Select } from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";

interface Props {
  markets: string[];
  isBusy: boolean;
  onConnect(market: string): void;
}

/** The market, where there is a choice, and the button that leads to the channel's consent. */
export function ConnectForm({ markets, isBusy, onConnect }: Props) {
  const [market, setMarket] = useState(markets[0] ?? "");
  return (
    <>
      {markets.length > 1 ? (
        <Select label={t("home.connect.market")} options={markets} value={market} onChange={setMarket} />
      ) : null}
      <InlineStack>
        <Button variant="primary" loading={isBusy} onClick={() => onConnect(market)}>
          {t("home.connect.action")}
        </Button>
      </InlineStack>
    </>
  );
}
