import { Banner } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { ConnectionLine } from "./health-data.ts";

/** What somebody halted and may have forgotten. */
export function HaltedBanners({ lines }: { lines: ConnectionLine[] }) {
  return lines.map(({ id, name, state }) =>
    state === "active" || state === "parked" ? null : (
      <Banner
        key={id}
        tone="warning"
        title={t(`home.shops.notice.${state}`, { name })}
        action={{ content: t("home.shops.settings"), url: "/app/settings" }}
      />
    ),
  );
}
