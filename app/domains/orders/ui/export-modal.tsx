import { BlockStack, ChoiceList, InlineGrid, Modal, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";
import { saveFile } from "../../../ui/save-file.ts";

interface Props {
  /** "2026-11-24" */
  today: string;
  /** Only these orders; else those of a time. */
  ids: string[] | null;
  onClose(): void;
}

/** What the bookkeeper's file is to hold. It is fetched here: a link opened outside the frame would have no session. */
export function ExportModal({ today, ids, onClose }: Props) {
  const [from, setFrom] = useState(`${today.slice(0, 7)}-01`);
  const [to, setTo] = useState(today);
  const [by, setBy] = useState("order");
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  const isWrong = ids === null && from !== "" && to !== "" && from > to;
  const download = async () => {
    setState("busy");
    const query = new URLSearchParams(ids ? { by, ids: ids.join(",") } : { by, from, to });
    try {
      await saveFile(`/app/orders/export?${query}`, {
        type: "text/csv",
        name: ids ? `orders_${by}.csv` : `orders_${by}_${from}_${to}.csv`,
      });
      onClose();
    } catch {
      setState("failed");
    }
  };
  return (
    <Modal
      open
      onClose={onClose}
      title={t("morning.export.title")}
      primaryAction={{
        content: t("morning.export.get"),
        loading: state === "busy",
        disabled: isWrong,
        onAction: download,
      }}
      secondaryActions={[{ content: t("app.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          <Text as="p">{t("morning.export.text")}</Text>
          {ids ? null : (
            <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
              <TextField
                type="date"
                label={t("morning.export.from")}
                value={from}
                onChange={setFrom}
                autoComplete="off"
                error={isWrong ? t("morning.export.invalid") : false}
              />
              <TextField type="date" label={t("morning.export.to")} value={to} onChange={setTo} autoComplete="off" />
            </InlineGrid>
          )}
          <ChoiceList
            title={t("morning.export.by")}
            choices={[
              { value: "order", label: t("morning.export.byOrder") },
              { value: "line", label: t("morning.export.byLine") },
            ]}
            selected={[by]}
            onChange={([chosen]) => setBy(chosen ?? "order")}
          />
          {state === "failed" ? (
            <Text as="p" tone="critical">
              {t("morning.export.failed")}
            </Text>
          ) : null}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
