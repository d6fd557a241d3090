import { BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import { t } from "../../../locales/translate.ts";
import type { OrderPageShown } from "./order-page-data.ts";

interface Props {
  note: OrderPageShown["note"];
  isBusy: boolean;
  onSave(text: string): void;
}

/** The shop's own words on an order. What is being typed is left alone while the page looks for news. */
export function NoteCard({ note, isBusy, onSave }: Props) {
  const [text, setText] = useState(note.text);
  const stored = useRef(note.text);
  useEffect(() => {
    if (note.text === stored.current) return;
    stored.current = note.text;
    setText(note.text);
  }, [note.text]);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("morning.note.title")}
        </Text>
        <TextField
          label={t("morning.note.label")}
          labelHidden
          value={text}
          onChange={setText}
          multiline={3}
          maxLength={2_000}
          helpText={t("morning.note.help")}
          autoComplete="off"
        />
        <InlineStack gap="300" blockAlign="center">
          <Button loading={isBusy && text !== note.text} disabled={text === note.text} onClick={() => onSave(text)}>
            {t("morning.note.save")}
          </Button>
          {note.by ? (
            <Text as="span" tone="subdued" variant="bodySm">
              {note.by}
            </Text>
          ) : null}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
