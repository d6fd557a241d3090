import { Banner, BlockStack, ProgressBar, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { ConnectionSettingsShown, Submit } from "./settings-data.ts";

interface Props {
  connection: ConnectionSettingsShown;
  isBusy: boolean;
  submit: Submit;
  onResumeSelling(): void;
}

/** What is out of the ordinary with a connection, and the way back. */
export function ConnectionBanners({ connection, isBusy, submit, onResumeSelling }: Props) {
  const { id: connectionId, status, pausedAt, isEnding } = connection;
  return (
    <>
      {status === "parked" ? (
        <Banner
          title={t("settings.parked.title")}
          tone="critical"
          action={{
            content: t("settings.former.action"),
            loading: isBusy,
            onAction: () => submit({ intent: "connect", connectionId }),
          }}
        >
          <p>{t("settings.parked.text")}</p>
        </Banner>
      ) : null}
      {isEnding ? (
        <Banner
          title={t("settings.ending.title")}
          tone="warning"
          action={{
            content: t("settings.ending.keep"),
            loading: isBusy,
            onAction: () => submit({ intent: "keep-connected", connectionId }),
          }}
          secondaryAction={{
            content: t("settings.ending.now"),
            onAction: () => submit({ intent: "disconnect", connectionId, listings: "leave" }),
          }}
        >
          <p>{t("settings.ending.text")}</p>
        </Banner>
      ) : null}
      {pausedAt ? (
        <Banner
          title={t("settings.paused.title")}
          tone="warning"
          action={{
            content: t("settings.paused.action"),
            loading: isBusy,
            onAction: () => submit({ intent: "resume-all", connectionId }),
          }}
        >
          <p>{t("settings.paused.text", { at: pausedAt })}</p>
        </Banner>
      ) : null}
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
