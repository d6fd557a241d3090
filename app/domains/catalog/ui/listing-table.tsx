import {
  Badge,
  type BadgeProps,
  BlockStack,
  Button,
  EmptySearchResult,
  IndexTable,
  InlineStack,
  Link,
  Text,
  useBreakpoints,
  useIndexResourceState,
} from "@shopify/polaris";
import { useMemo, useRef } from "react";
import { t } from "../../../locales/translate.ts";
import { Thumbnail } from "../../../ui/thumbnail.tsx";
import type { ListingStatus } from "../model.ts";
import type { FindingShown, ListingShown } from "./products-data.ts";

const TONES: Partial<Record<ListingStatus, BadgeProps["tone"]>> = {
  live: "success",
  refused: "critical",
  rejected: "critical",
  "in-review": "attention",
  creating: "attention",
  ready: "info",
};

interface Props {
  rows: ListingShown[];
  isBusy: boolean;
  paging: { previous: (() => void) | null; next: (() => void) | null };
  onApplyDefaults(listingIds: string[]): void;
  onUnselect(listingIds: string[]): void;
}

/** Picked products with their state and what was found, in plain words; proposed defaults are one click away, for one row or several. */
export function ListingTable({ rows, isBusy, paging, onApplyDefaults, onUnselect }: Props) {
  const { smDown } = useBreakpoints();
  const { selectedResources, allResourcesSelected, handleSelectionChange, clearSelection } = useIndexResourceState(
    rows.map(({ id }) => ({ id })),
  );
  // choosing rows leaves what they say as it is: it is drawn once
  const contents = useMemo(
    () =>
      rows.map((row) => {
        const Row = smDown ? NarrowRow : WideRow;
        return <Row key={row.id} row={row} isBusy={isBusy} onApplyDefaults={onApplyDefaults} />;
      }),
    [rows, smDown, isBusy, onApplyDefaults],
  );
  const chosen = useRef<string[]>([]);
  chosen.current = selectedResources;
  // Polaris measures its bar anew for every new list of what may be done
  const bulk = useMemo(() => {
    const action = (content: string, act: (ids: string[]) => void) => ({
      content,
      onAction: () => {
        act(chosen.current);
        clearSelection();
      },
    });
    return {
      first: [action(t("products.applyDefaults"), onApplyDefaults)],
      more: [action(t("products.unselect"), onUnselect)],
    };
  }, [clearSelection, onApplyDefaults, onUnselect]);
  return (
    <IndexTable
      condensed={smDown}
      itemCount={rows.length}
      resourceName={{ singular: t("products.resource.singular"), plural: t("products.resource.plural") }}
      selectedItemsCount={allResourcesSelected ? "All" : selectedResources.length}
      onSelectionChange={handleSelectionChange}
      headings={[
        { title: t("products.column.product") },
        { title: t("products.column.status") },
        { title: t("products.column.findings") },
        { title: t("products.column.action"), hidden: true },
      ]}
      promotedBulkActions={bulk.first}
      bulkActions={bulk.more}
      emptyState={
        <EmptySearchResult
          title={t("products.none.title")}
          description={t("products.none.text")}
          withIllustration={false}
        />
      }
      pagination={{
        hasPrevious: paging.previous !== null,
        hasNext: paging.next !== null,
        onPrevious: () => paging.previous?.(),
        onNext: () => paging.next?.(),
        accessibilityLabels: { previous: t("app.previous"), next: t("app.next") },
      }}
    >
      {rows.map((row, position) => (
        <IndexTable.Row
          id={row.id}
          key={row.id}
          position={position}
          selected={selectedResources.includes(row.id)}
          accessibilityLabel={t("products.selectRow", { title: row.title })}
        >
          {contents[position]}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}

type RowProps = { row: ListingShown } & Pick<Props, "isBusy" | "onApplyDefaults">;

function WideRow({ row, isBusy, onApplyDefaults }: RowProps) {
  return (
    <>
      <IndexTable.Cell>
        <Product row={row} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Status row={row} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Findings findings={row.findings} isChecked={row.status !== "selected"} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Defaults row={row} isBusy={isBusy} onApplyDefaults={onApplyDefaults} />
      </IndexTable.Cell>
    </>
  );
}

function NarrowRow({ row, isBusy, onApplyDefaults }: RowProps) {
  return (
    <div style={{ padding: "12px 16px", width: "100%" }}>
      <BlockStack gap="200">
        <InlineStack align="space-between" gap="200" blockAlign="center">
          <Product row={row} />
          <Status row={row} />
        </InlineStack>
        <Findings findings={row.findings} isChecked={row.status !== "selected"} />
        <Defaults row={row} isBusy={isBusy} onApplyDefaults={onApplyDefaults} />
      </BlockStack>
    </div>
  );
}

function Product({ row }: { row: ListingShown }) {
  return (
    <InlineStack gap="300" blockAlign="center" wrap={false}>
      {row.pictureUrl ? <Thumbnail url={row.pictureUrl} /> : null}
      <div style={{ maxWidth: 260, whiteSpace: "normal", overflowWrap: "anywhere" }}>
        <BlockStack gap="050">
          <Text as="span" fontWeight="semibold">
            <Link
              url={`/app/products/${row.id}`}
              dataPrimaryLink
              monochrome
              removeUnderline
              accessibilityLabel={t("products.open", { title: row.title })}
            >
              {row.title}
            </Link>
          </Text>
          <Text as="span" tone="subdued">
            {t("products.variants", { count: row.variants })}
          </Text>
        </BlockStack>
      </div>
    </InlineStack>
  );
}

function Status({ row }: { row: ListingShown }) {
  const isWaiting = row.status === "ready" && row.isSent;
  if (row.needsDefaults) return <Badge tone="attention">{t("products.status.needsDefaults")}</Badge>;
  return (
    <Badge tone={TONES[row.status]}>{isWaiting ? t("products.status.sent") : t(`products.status.${row.status}`)}</Badge>
  );
}

function Findings({ findings, isChecked }: { findings: FindingShown[]; isChecked: boolean }) {
  if (findings.length === 0)
    return (
      <Text as="span" tone="subdued">
        {isChecked ? t("products.noFindings") : "–"}
      </Text>
    );
  return (
    <div style={{ maxWidth: 460, whiteSpace: "normal", overflowWrap: "anywhere" }}>
      <BlockStack gap="100">
        {findings.map((finding) => (
          <div key={`${finding.code} ${finding.sentence}`}>
            <Text as="p" {...toneOf(finding)}>
              {finding.sentence}
            </Text>
            {finding.nextStep ? (
              <Text as="p" tone="subdued" variant="bodySm">
                {finding.nextStep}
              </Text>
            ) : null}
          </div>
        ))}
      </BlockStack>
    </div>
  );
}

const toneOf = ({ blocks, nextStep }: FindingShown): { tone?: "critical" | "subdued" } =>
  blocks ? { tone: "critical" } : nextStep === null ? { tone: "subdued" } : {};

function Defaults({ row, isBusy, onApplyDefaults }: RowProps) {
  if (!row.needsDefaults) return null;
  if (!row.offersDefaults)
    return (
      <Button
        size="slim"
        url={`/app/products/${row.id}`}
        accessibilityLabel={t("products.answerFor", { title: row.title })}
      >
        {t("products.answer")}
      </Button>
    );
  return (
    // A click here must not select the row.
    // biome-ignore lint/a11y: the button inside is what is operated
    <div onClick={(event) => event.stopPropagation()}>
      <Button
        size="slim"
        disabled={isBusy}
        accessibilityLabel={t("products.applyDefaultsTo", { title: row.title })}
        onClick={() => onApplyDefaults([row.id])}
      >
        {t("products.applyDefaults")}
      </Button>
    </div>
  );
}
