import {
  Banner,
  BlockStack,
  Checkbox,
  ChoiceList,
  Modal,
  Select,
  SkeletonBodyText,
  Text,
  TextField,
} from "@shopify/polaris";
import { type ChangeEvent, useRef, useState } from "react";
import { t } from "../../../locales/translate.ts";
import type { ChoiceShown, ChoicesShown } from "./after-sales-data.ts";

export interface DecisionForm {
  kind: string;
  requestId: string;
  reason: string;
  comment: string;
  amount: string;
  unitIds: string[];
  picture: File | null;
}

interface Props {
  title: string;
  /** Null: the channel is being asked. */
  choices: ChoicesShown | null;
  onClose(): void;
  onSend(form: DecisionForm): void;
}

/** What the channel lets the seller decide right now, what each choice does, and the button that does it. */
export function DecisionDialog({ title, choices, onClose, onSend }: Props) {
  const [kind, setKind] = useState("");
  const [reason, setReason] = useState("");
  const [comment, setComment] = useState("");
  const [amount, setAmount] = useState("");
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [picture, setPicture] = useState<File | null>(null);
  const all = choices?.choices ?? [];
  const choice = all.find((one) => one.kind === kind) ?? (all.length === 1 ? all[0] : undefined);
  const unitIds = (choice?.units ?? []).map((unit) => unit.id).filter((id) => !left.has(id));
  const isPart = choice !== undefined && unitIds.length < choice.units.length;
  const reasons = (choice?.reasons ?? []).filter((one) => !isPart || one.allowsPart);
  const chosenReason = reasons.find((one) => one.code === reason)?.code ?? reasons[0]?.code ?? "";
  const isReady =
    choice !== undefined &&
    (choice.units.length === 0 || unitIds.length > 0) &&
    (choice.reasons.length === 0 || chosenReason !== "") &&
    (choice.amountIn === null || /^\d+([.,]\d+)?$/.test(amount.trim()));
  const send = () => {
    if (choice)
      onSend({
        ...{ kind: choice.kind, requestId: choice.requestId, reason: choice.reasons.length > 0 ? chosenReason : "" },
        ...{ comment, amount: amount.trim().replace(",", "."), unitIds, picture },
      });
  };
  return (
    <Modal
      open
      title={title}
      onClose={onClose}
      primaryAction={{
        content: choice?.label ?? t("orders.afterSales.dialog.send"),
        disabled: !isReady,
        destructive: choice?.isRefusal || choice?.kind === "cancel",
        onAction: send,
      }}
      secondaryActions={[{ content: t("orders.afterSales.dialog.close"), onAction: onClose }]}
    >
      <Modal.Section>
        {choices === null ? (
          <BlockStack gap="200">
            <Text as="p">{t("orders.afterSales.dialog.asking")}</Text>
            <SkeletonBodyText lines={3} />
          </BlockStack>
        ) : (
          <BlockStack gap="400">
            {choices.note ? (
              <Banner tone="info">
                <p>{choices.note}</p>
              </Banner>
            ) : null}
            {all.length > 1 ? (
              <ChoiceList
                title={t("orders.afterSales.dialog.choose")}
                choices={all.map((one) => ({ value: one.kind, label: one.label, helpText: one.effect }))}
                selected={kind ? [kind] : []}
                onChange={([next]) => setKind(next ?? "")}
              />
            ) : (
              all.map((one) => (
                <Text as="p" key={one.kind}>
                  {one.effect}
                </Text>
              ))
            )}
            {choice ? (
              <Details
                {...{
                  choice,
                  reasons,
                  reason: chosenReason,
                  setReason,
                  comment,
                  setComment,
                  amount,
                  setAmount,
                  setPicture,
                }}
                left={left}
                setLeft={setLeft}
                isPart={isPart}
              />
            ) : null}
          </BlockStack>
        )}
      </Modal.Section>
    </Modal>
  );
}

interface DetailsProps {
  choice: ChoiceShown;
  reasons: ChoiceShown["reasons"];
  reason: string;
  setReason(reason: string): void;
  comment: string;
  setComment(comment: string): void;
  amount: string;
  setAmount(amount: string): void;
  left: ReadonlySet<string>;
  setLeft(left: ReadonlySet<string>): void;
  isPart: boolean;
  setPicture(picture: File | null): void;
}

/** What a choice needs beside itself. */
function Details(props: DetailsProps) {
  const { choice, reasons, left, setLeft, isPart } = props;
  const toggle = (id: string, isOn: boolean) => {
    const next = new Set(left);
    if (isOn) next.delete(id);
    else next.add(id);
    setLeft(next);
  };
  return (
    <BlockStack gap="300">
      {choice.units.length > 1 ? (
        <BlockStack gap="100" as="fieldset">
          <Text as="p" fontWeight="medium">
            {t("orders.afterSales.dialog.units")}
          </Text>
          {choice.units.map(({ id, title }) => (
            <Checkbox key={id} label={title} checked={!left.has(id)} onChange={(isOn) => toggle(id, isOn)} />
          ))}
          {isPart && reasons.length === 0 ? (
            <Text as="p" tone="critical">
              {t("orders.afterSales.dialog.onlyWhole")}
            </Text>
          ) : null}
        </BlockStack>
      ) : null}
      {reasons.length > 0 ? (
        <Select
          label={t("orders.afterSales.dialog.reason")}
          options={reasons.map(({ code, text }) => ({ value: code, label: text }))}
          value={props.reason}
          onChange={props.setReason}
        />
      ) : null}
      {choice.amountIn ? (
        <TextField
          label={t("orders.afterSales.dialog.amount", { currency: choice.amountIn })}
          value={props.amount}
          onChange={props.setAmount}
          inputMode="decimal"
          autoComplete="off"
        />
      ) : null}
      {choice.isRefusal ? (
        <>
          <TextField
            label={t("orders.afterSales.dialog.comment")}
            helpText={t("orders.afterSales.dialog.commentHelp")}
            value={props.comment}
            onChange={props.setComment}
            maxLength={500}
            multiline={2}
            autoComplete="off"
          />
          <PictureField onChange={props.setPicture} />
        </>
      ) : null}
    </BlockStack>
  );
}

/** Something to show the channel: what came back, say. */
function PictureField({ onChange }: { onChange(picture: File | null): void }) {
  const input = useRef<HTMLInputElement>(null);
  const pick = (event: ChangeEvent<HTMLInputElement>) => onChange(event.currentTarget.files?.[0] ?? null);
  return (
    <BlockStack gap="100">
      <label htmlFor="decision-picture">{t("orders.afterSales.dialog.picture")}</label>
      <input ref={input} id="decision-picture" type="file" accept="image/png,image/jpeg,image/webp" onChange={pick} />
    </BlockStack>
  );
}
