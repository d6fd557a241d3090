import { Banner, BlockStack, ProgressBar, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import { ConnectionNotices } from "./connection-notices.tsx";
import type { ConnectionSettingsShown, Submit } from "./settings-data.ts";

interface Props {
  connection: ConnectionSettingsShown;
  isBusy: boolean;
  submit: Submit;
  onResumeSelling(): void;
}

/** What is out of the ordinary with a connection, and how far stopping or resuming is. */
export function ConnectionBanners({ connection, isBusy, onResumeSelling }: Props) {
  const { notice } = connection;
  // stopped selling has a banner of its own below, with its numbers
  const notices = notice && notice.kind !== "stopped" ? [notice] : [];
  return (
    <>
      <ConnectionNotices notices={notices} isFollowed />
      <SellingBanner connection={connection} isBusy={isBusy} onResumeSelling={onResumeSelling} />
    </>
  );
}

function SellingBanner({ connection, isBusy, onResumeSelling }: Omit<Props, "submit">) {
  const { stoppedAt, isEnding, selling, armedFlows } = connection;
  const { live, inReview, off, refused } = selling;
  if (!stoppedAt) {
    if (off === 0) return null;
    return (
      <Banner title={t("settings.coming.title", { count: off })} tone="info">
        <p>{t(armedFlows.includes("listings") ? "settings.coming.text" : "settings.coming.blocked")}</p>
      </Banner>
    );
  }
  const action = { content: t("settings.stopped.action"), loading: isBusy, onAction: onResumeSelling };
  const total = live + off;
  return (
    <Banner
      title={live > 0 ? t("settings.stopped.titleRunning", { count: live }) : t("settings.stopped.title")}
      tone="warning"
      {...(isEnding ? {} : { action })}
    >
      <BlockStack gap="200">
        <p>{t("settings.stopped.text", { at: stoppedAt, count: off })}</p>
        {live > 0 ? (
          <BlockStack gap="100">
            <div id="off-sale-words" aria-live="polite">
              <Text as="p">{t("settings.stopped.progress", { done: off, total })}</Text>
            </div>
            <ProgressBar progress={(100 * off) / total} size="small" ariaLabelledBy="off-sale-words" />
          </BlockStack>
        ) : null}
        {inReview > 0 ? <p>{t("settings.stopped.inReview", { count: inReview })}</p> : null}
        {refused > 0 ? <p>{t("settings.stopped.refused", { count: refused })}</p> : null}
      </BlockStack>
    </Banner>
  );
}
