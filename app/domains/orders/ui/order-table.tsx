import {
  Badge,
  type BadgeProps,
  BlockStack,
  EmptySearchResult,
  IndexTable,
  InlineStack,
  Link,
  Text,
  useBreakpoints,
} from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { ImportState } from "../model.ts";
import type { OrderShown } from "./orders-data.ts";

const IMPORT_TONES: Partial<Record<ImportState, BadgeProps["tone"]>> = {
  done: "success",
  parked: "critical",
  planned: "info",
  sending: "info",
  unknown: "attention",
};

/**
 * Widths that do not depend on what the rows say: a page arrives in pieces, and columns sized by the first rows would jump when wider ones
 * follow.
 */
const WIDTHS = {
  order: { width: "min(272px, 26vw)" },
  channel: { width: "min(136px, 14vw)", whiteSpace: "normal" },
  shopify: { width: "min(348px, 33vw)" },
  deadline: { width: "min(96px, 10vw)", whiteSpace: "normal" },
} as const;

interface Props {
  rows: OrderShown[];
  paging: { previous: (() => void) | null; next: (() => void) | null };
}

/** Orders with the state of both sides beside each other; a parked one says why and what to do. */
export function OrderTable({ rows, paging }: Props) {
  const { smDown } = useBreakpoints();
  return (
    <IndexTable
      condensed={smDown}
      selectable={false}
      itemCount={rows.length}
      resourceName={{ singular: t("orders.resource.singular"), plural: t("orders.resource.plural") }}
      headings={[
        { title: t("orders.column.order") },
        { title: t("orders.column.channel") },
        { title: t("orders.column.shopify") },
        { title: t("orders.column.deadline") },
        { title: t("orders.column.total"), alignment: "end" },
      ]}
      emptyState={
        <EmptySearchResult
          title={t("orders.none.title")}
          description={t("orders.none.text")}
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
        <IndexTable.Row id={row.id} key={row.id} position={position}>
          {smDown ? (
            <div style={{ padding: "12px 16px", width: "100%" }}>
              <BlockStack gap="200">
                <InlineStack align="space-between" gap="200" blockAlign="start">
                  <Order row={row} />
                  <Text as="span" fontWeight="semibold">
                    {row.total}
                  </Text>
                </InlineStack>
                <InlineStack gap="200">
                  <Badge>{row.statusLabel}</Badge>
                  <Deadline row={row} />
                </InlineStack>
                <ShopifySide row={row} />
              </BlockStack>
            </div>
          ) : (
            <>
              <IndexTable.Cell>
                <div style={WIDTHS.order}>
                  <Order row={row} />
                </div>
              </IndexTable.Cell>
              <IndexTable.Cell>
                <div style={WIDTHS.channel}>
                  <Badge>{row.statusLabel}</Badge>
                </div>
              </IndexTable.Cell>
              <IndexTable.Cell>
                <div style={WIDTHS.shopify}>
                  <ShopifySide row={row} />
                </div>
              </IndexTable.Cell>
              <IndexTable.Cell>
                <div style={WIDTHS.deadline}>
                  <Deadline row={row} />
                </div>
              </IndexTable.Cell>
              <IndexTable.Cell>
                <Text as="span" alignment="end" numeric>
                  {row.total}
                </Text>
              </IndexTable.Cell>
            </>
          )}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}

function Order({ row }: { row: OrderShown }) {
  return (
    <div style={{ maxWidth: 280, whiteSpace: "normal", overflowWrap: "anywhere" }}>
      <BlockStack gap="050">
        <Text as="span" fontWeight="semibold">
          <Link
            url={`/app/orders/${row.id}`}
            dataPrimaryLink
            monochrome
            removeUnderline
            accessibilityLabel={t("orders.open", { name: row.channelOrderId })}
          >
            {row.channelOrderId}
          </Link>
        </Text>
        <Text as="span" tone="subdued">
          {row.createdAt} · {row.title} · {t("orders.units", { count: row.units })}
        </Text>
        {row.kinds.length > 0 ? (
          <InlineStack gap="100">
            {row.kinds.map((kind) => (
              <Badge key={kind}>{kind}</Badge>
            ))}
          </InlineStack>
        ) : null}
      </BlockStack>
    </div>
  );
}

function ShopifySide({ row }: { row: OrderShown }) {
  return (
    <div style={{ maxWidth: 380, whiteSpace: "normal" }}>
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          {row.shopifyName && row.shopifyUrl ? (
            // a click here must not open the row's own page
            // biome-ignore lint/a11y: the link inside is what is operated
            <span onClick={(event) => event.stopPropagation()}>
              <Link
                url={row.shopifyUrl}
                target="_top"
                accessibilityLabel={t("orders.openInShopify", { name: row.shopifyName })}
              >
                {row.shopifyName}
              </Link>
            </span>
          ) : null}
          <Badge tone={IMPORT_TONES[row.importState]}>{t(`orders.import.${row.importState}`)}</Badge>
        </InlineStack>
        {row.isHeld ? (
          <Text as="p" tone="subdued" variant="bodySm">
            {t("orders.held")}
          </Text>
        ) : null}
        {row.parked ? (
          <div>
            <Text as="p" tone="critical">
              {row.parked.why}
            </Text>
            <Text as="p" variant="bodySm">
              {row.parked.action}
            </Text>
          </div>
        ) : null}
        {row.notes.map((note) => (
          <Text as="p" key={note} tone="subdued" variant="bodySm">
            {note}
          </Text>
        ))}
      </BlockStack>
    </div>
  );
}

function Deadline({ row }: { row: OrderShown }) {
  if (!row.shipBy) return null;
  return (
    <Text as="span" {...(row.isLate ? { tone: "critical" as const } : {})}>
      {row.shipBy}
    </Text>
  );
}
