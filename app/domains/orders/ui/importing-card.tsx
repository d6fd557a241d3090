import { useNavigate } from "@remix-run/react";
import { SaveBar } from "@shopify/app-bridge-react";
import { BlockStack, Box, Button, Card, Checkbox, ChoiceList, InlineStack, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { t } from "../../../locales/translate.ts";
import type { ImportingSettings } from "../../shops/model.ts";
import {
  labelsOf,
  placeholders,
  readAttributes,
  readTags,
  unknownPlaceholders,
  writeAttributes,
} from "../import/order-labels.ts";
import { choosableKinds } from "../kinds.ts";

interface Draft {
  comes: string[];
  isForTests: boolean;
  unlinked: ImportingSettings["unlinked"];
  name: string;
  tags: string;
  note: string;
  attributes: string;
}

const UNLINKED = ["park", "custom-line", "by-sku"] as const;
const WORDS = new Intl.ListFormat("en", { type: "conjunction" });
const known = WORDS.format(placeholders.map((name) => `{${name}}`));

const asDraft = ({ leaveOut, isForTests, unlinked, name, tags, note, attributes }: ImportingSettings): Draft => ({
  comes: choosableKinds.filter((kind) => !leaveOut.includes(kind)),
  ...{ isForTests, unlinked, name, note },
  tags: tags.join(", "),
  attributes: writeAttributes(attributes),
});

/** Which orders become Shopify orders, and how. Changes wait in the admin's save bar; an example shows what they do. */
export function ImportingCard({
  connectionId,
  saved,
  isBusy,
  onSave,
}: {
  connectionId: string;
  saved: ImportingSettings;
  isBusy: boolean;
  onSave(form: Record<string, string | string[]>): void;
}) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft | null>(null);
  const savedText = JSON.stringify(saved);
  // what was saved is what is shown: the draft has done its work. A refused one stays to be mended.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is saved decides
  useEffect(() => setDraft(null), [savedText]);
  const shown = draft ?? asDraft(saved);
  const edit = (change: Partial<Draft>) => setDraft({ ...shown, ...change });
  const isChanged = draft !== null && JSON.stringify(draft) !== JSON.stringify(asDraft(saved));
  const isWrong = [shown.name, shown.tags, shown.note, shown.attributes].some((text) => errorOf(text));
  const attributes = readAttributes(shown.attributes);
  const save = () =>
    onSave({
      leaveOut: JSON.stringify(choosableKinds.filter((kind) => !shown.comes.includes(kind))),
      isForTests: String(shown.isForTests),
      ...{ unlinked: shown.unlinked, name: shown.name, tags: shown.tags },
      ...{ note: shown.note, attributes: shown.attributes },
    });
  return (
    <Card>
      <SaveBar id={`importing-${connectionId}`} open={isChanged}>
        {/* App Bridge reads these attributes; React writes an empty one for true */}
        <button type="button" variant="primary" onClick={save} disabled={isBusy || isWrong || attributes === null}>
          {t("incoming.card.save")}
        </button>
        <button type="button" onClick={() => setDraft(null)}>
          {t("incoming.card.discard")}
        </button>
      </SaveBar>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t("incoming.card.title")}
          </Text>
          <Button variant="plain" onClick={() => navigate("/app/orders/older")}>
            {t("incoming.card.older")}
          </Button>
        </InlineStack>
        <Text as="p" tone="subdued">
          {t("incoming.card.kindsNote")} {t("incoming.card.applies")}
        </Text>
        <ChoiceList
          allowMultiple
          title={t("incoming.card.kinds")}
          choices={choosableKinds.map((kind) => ({
            value: kind,
            label: t(`incoming.kind.${kind}`),
            helpText: t(`incoming.card.kindHelp.${kind}`),
          }))}
          selected={shown.comes}
          onChange={(comes) => edit({ comes: choosableKinds.filter((kind) => comes.includes(kind)) })}
        />
        <Checkbox
          label={t("incoming.card.isForTests")}
          helpText={t("incoming.card.isForTestsHelp")}
          checked={shown.isForTests}
          onChange={(isForTests) => edit({ isForTests })}
        />
        <ChoiceList
          title={t("incoming.card.unlinked")}
          choices={UNLINKED.map((value) => ({
            value,
            label: t(`incoming.card.${value}`),
            helpText: t(`incoming.card.${value}Help`),
          }))}
          selected={[shown.unlinked]}
          onChange={([value]) => edit({ unlinked: UNLINKED.find((one) => one === value) ?? "park" })}
        />
        <Template label="name" value={shown.name} onChange={(name) => edit({ name })} help />
        <Template label="tags" value={shown.tags} onChange={(tags) => edit({ tags })} help />
        <Template label="note" value={shown.note} onChange={(note) => edit({ note })} lines={2} />
        <Template
          label="attributes"
          value={shown.attributes}
          onChange={(text) => edit({ attributes: text })}
          lines={3}
          help
          {...(attributes === null ? { error: t("incoming.card.attributesHelp") } : {})}
        />
        <Text as="p" tone="subdued" variant="bodySm">
          {t("incoming.card.placeholders", { list: known })}
        </Text>
        <Preview draft={shown} />
      </BlockStack>
    </Card>
  );
}

/** What is wrong with a template; undefined: nothing. */
function errorOf(text: string): string | undefined {
  const unknown = unknownPlaceholders(text);
  if (unknown.length === 0) return undefined;
  return t("incoming.card.unknown", { names: WORDS.format(unknown.map((name) => `{${name}}`)), list: known });
}

function Template({
  label,
  value,
  onChange,
  lines,
  help = false,
  error,
}: {
  label: "name" | "tags" | "note" | "attributes";
  value: string;
  onChange(text: string): void;
  lines?: number;
  help?: boolean;
  error?: string;
}) {
  const wrong = errorOf(value) ?? error;
  return (
    <TextField
      label={t(`incoming.card.${label}`)}
      autoComplete="off"
      value={value}
      onChange={onChange}
      {...(lines ? { multiline: lines } : {})}
      {...(help && label !== "note" ? { helpText: t(`incoming.card.${label}Help`) } : {})}
      {...(wrong ? { error: wrong } : {})}
    />
  );
}

/** One made-up order, as these settings would have it. */
function Preview({ draft }: { draft: Draft }) {
  const labels = labelsOf(
    {
      ...{ name: draft.name, note: draft.note, tags: readTags(draft.tags) },
      attributes: readAttributes(draft.attributes) ?? [],
    },
    {
      facts: {
        ...{ channelOrderId: "576461413038785752", shipByAt: new Date("2026-11-27T18:00:00Z") },
        ...{ deliveryOptionName: "Standard shipping", originOrderId: null },
      },
      kinds: ["sample"],
      buyerNote: "Please ring twice",
      names: { channel: "TikTok Shop", orderTag: "TikTok Shop" },
    },
  );
  const none = t("incoming.card.previewNone");
  const lines = [
    labels.name ? t("incoming.card.previewName", { text: labels.name }) : t("incoming.card.previewOwnName"),
    t("incoming.card.previewTags", { text: labels.tags.join(", ") || none }),
    t("incoming.card.previewNote", { text: labels.note || none }),
    ...labels.attributes.map(({ key, value }) => `${key}: ${value}`),
  ];
  return (
    <Box background="bg-surface-secondary" padding="300" borderRadius="200">
      <BlockStack gap="100">
        <Text as="h3" variant="headingSm">
          {t("incoming.card.preview")}
        </Text>
        {lines.map((line) => (
          <Text as="p" key={line} breakWord>
            {line}
          </Text>
        ))}
      </BlockStack>
    </Box>
  );
}
