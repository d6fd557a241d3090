import { BlockStack, Modal, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import { DisconnectModal } from "./disconnect-modal.tsx";
import type { ConnectionSettingsShown, Question, Submit } from "./settings-data.ts";

interface Props {
  connection: ConnectionSettingsShown;
  question: Question;
  submit: Submit;
  onClose(): void;
}

/** Says what a button is about to do, with its numbers, and asks. */
export function ConfirmModal({ connection, question, submit, onClose }: Props) {
  const { id: connectionId, name, selling, pausedAt } = connection;
  const act = (form: Record<string, string>) => {
    submit({ connectionId, ...form });
    onClose();
  };
  switch (question) {
    case "disconnect":
      return (
        <DisconnectModal
          connection={connection}
          onDisconnect={(listings) => act({ intent: "disconnect", listings })}
          onClose={onClose}
        />
      );
    case "pause":
      return (
        <Ask
          title={t("settings.confirm.pause.title", { name })}
          lines={[t("settings.confirm.pause.text")]}
          action={{ content: t("settings.confirm.pause.action"), onAction: () => act({ intent: "pause-all" }) }}
          onClose={onClose}
        />
      );
    case "stop":
      return (
        <Ask
          title={t("settings.confirm.stop.title", { count: selling.live })}
          lines={[
            t("settings.confirm.stop.text", { name }),
            selling.inReview > 0 ? t("settings.confirm.stop.inReview", { count: selling.inReview }) : "",
            pausedAt ? t("settings.confirm.stop.paused") : "",
          ]}
          action={{
            content: t("settings.confirm.stop.action", { count: selling.live }),
            destructive: true,
            onAction: () => act({ intent: "stop-selling" }),
          }}
          onClose={onClose}
        />
      );
    case "resumeSelling":
      return (
        <Ask
          title={t("settings.confirm.resumeSelling.title", { count: selling.off + selling.live + selling.inReview })}
          lines={[t("settings.confirm.resumeSelling.text")]}
          action={{
            content: t("settings.confirm.resumeSelling.action"),
            onAction: () => act({ intent: "resume-selling" }),
          }}
          onClose={onClose}
        />
      );
  }
}

function Ask({
  title,
  lines,
  action,
  onClose,
}: {
  title: string;
  lines: string[];
  action: { content: string; destructive?: boolean; onAction(): void };
  onClose(): void;
}) {
  return (
    <Modal
      open
      title={title}
      onClose={onClose}
      primaryAction={action}
      secondaryActions={[{ content: t("app.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="200">
          {lines.filter(Boolean).map((line) => (
            <Text as="p" key={line}>
              {line}
            </Text>
          ))}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
