import {
  ActionList,
  Badge,
  BlockStack,
  Box,
  Button,
  Checkbox,
  EmptySearchResult,
  IndexTable,
  IndexTableSelectionType,
  InlineStack,
  Link,
  Popover,
  Text,
  useBreakpoints,
  useIndexResourceState,
} from "@shopify/polaris";
import { type ReactNode, useMemo, useState } from "react";
import { t } from "../../../locales/translate.ts";
import { Due } from "./morning-cards.tsx";
import type { OrderShown } from "./orders-data.ts";

/**
 * Widths that do not depend on what the rows say: a page arrives in pieces, and columns sized by the first rows would jump when wider ones
 * follow. They share what the edges of page and cells and the boxes to choose by leave of the window, so that the last one is never cut.
 */
const shareOf = (share: number, most: number) => `min(${most}px, calc((100vw - 160px) * ${share}))`;
const WIDTHS = {
  order: { width: shareOf(0.3, 250) },
  channel: { width: shareOf(0.17, 140), whiteSpace: "normal" },
  shopify: { width: shareOf(0.3, 300) },
  money: { width: shareOf(0.23, 210), whiteSpace: "normal", marginInlineStart: "auto" },
} as const;

interface Props {
  rows: OrderShown[];
  paging: { previous: (() => void) | null; next: (() => void) | null };
  /** What stands in for the rows when there are none. */
  empty: { title: string; text: string };
  /** What may be done with orders chosen in it. */
  actions: { label: string; isPromoted?: boolean; onAction(orders: OrderShown[]): void }[];
}

/** Orders with the state of both sides beside each other; a parked one says why and what to do. */
export function OrderTable({ rows, paging, empty, actions }: Props) {
  const { smDown } = useBreakpoints();
  const { selectedResources, allResourcesSelected, handleSelectionChange, clearSelection } = useIndexResourceState(
    rows.map(({ id }) => ({ id })),
  );
  // choosing orders leaves what they say as it is: it is drawn once
  const wide = useMemo(() => rows.map((row) => <WideRow key={row.id} row={row} />), [rows]);
  const bulk = (isPromoted: boolean) =>
    actions
      .filter((one) => (one.isPromoted ?? false) === isPromoted)
      .map(({ label, onAction }) => ({
        content: label,
        onAction: () => {
          onAction(rows.filter((row) => allResourcesSelected || selectedResources.includes(row.id)));
          clearSelection();
        },
      }));
  const chosen = allResourcesSelected ? rows.length : selectedResources.length;
  return (
    <>
      <IndexTable
        condensed={smDown}
        itemCount={rows.length}
        selectedItemsCount={allResourcesSelected ? "All" : selectedResources.length}
        onSelectionChange={handleSelectionChange}
        promotedBulkActions={bulk(true)}
        bulkActions={bulk(false)}
        resourceName={{ singular: t("orders.resource.singular"), plural: t("orders.resource.plural") }}
        headings={[
          { title: t("orders.column.order") },
          { title: t("orders.column.channel") },
          { title: t("orders.column.shopify") },
          { title: t("morning.column.money"), alignment: "end" },
        ]}
        emptyState={<EmptySearchResult title={empty.title} description={empty.text} withIllustration={false} />}
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
            selected={allResourcesSelected || selectedResources.includes(row.id)}
          >
            {smDown ? (
              <div style={{ padding: "12px 16px", width: "100%" }}>
                <BlockStack gap="200">
                  <InlineStack gap="200" blockAlign="start" wrap={false}>
                    {/* Polaris shows none on a narrow screen */}
                    <OwnClick>
                      <Checkbox
                        label={t("morning.choose", { name: row.channelOrderId })}
                        labelHidden
                        checked={allResourcesSelected || selectedResources.includes(row.id)}
                        onChange={(isChosen) => handleSelectionChange(IndexTableSelectionType.Single, isChosen, row.id)}
                      />
                    </OwnClick>
                    <Order row={row} />
                  </InlineStack>
                  <InlineStack gap="200" blockAlign="center">
                    <Badge>{row.statusLabel}</Badge>
                    <Due due={row.due} />
                    <ChannelLink row={row} />
                  </InlineStack>
                  <ShopifySide row={row} />
                  <Money row={row} />
                </BlockStack>
              </div>
            ) : (
              wide[position]
            )}
          </IndexTable.Row>
        ))}
      </IndexTable>
      {smDown && chosen > 0 ? <ChosenBar count={chosen} first={bulk(true)} more={bulk(false)} /> : null}
    </>
  );
}

function WideRow({ row }: { row: OrderShown }) {
  return (
    <>
      <IndexTable.Cell>
        <div style={WIDTHS.order}>
          <Order row={row} />
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div style={WIDTHS.channel}>
          <BlockStack gap="100" inlineAlign="start">
            <Badge>{row.statusLabel}</Badge>
            <Due due={row.due} />
            <ChannelLink row={row} />
          </BlockStack>
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div style={WIDTHS.shopify}>
          <ShopifySide row={row} />
        </div>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <div style={WIDTHS.money}>
          <Money row={row} isAtEnd />
        </div>
      </IndexTable.Cell>
    </>
  );
}

interface Bulk {
  content: string;
  onAction(): void;
}

/** What may be done with the chosen orders, at the lower edge of a narrow screen: Polaris shows its own bar on wide ones only. */
function ChosenBar({ count, first, more }: { count: number; first: Bulk[]; more: Bulk[] }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {/* the last rows stay to be seen above it */}
      <div style={{ height: 72 }} />
      <div style={{ position: "fixed", inset: "auto 0 0 0", zIndex: 10 }}>
        <Box background="bg-surface" padding="300" borderBlockStartWidth="025" borderColor="border" shadow="300">
          <InlineStack gap="200" blockAlign="center">
            <Text as="span" fontWeight="medium" numeric>
              {t("morning.chosen", { count })}
            </Text>
            {first.map(({ content, onAction }) => (
              <Button key={content} onClick={onAction}>
                {content}
              </Button>
            ))}
            <Popover
              active={isOpen}
              onClose={() => setOpen(false)}
              preferredPosition="above"
              activator={
                <Button disclosure onClick={() => setOpen(!isOpen)}>
                  {t("morning.act.more")}
                </Button>
              }
            >
              <ActionList actionRole="menuitem" items={more} onActionAnyItem={() => setOpen(false)} />
            </Popover>
          </InlineStack>
        </Box>
      </div>
    </>
  );
}

function Order({ row }: { row: OrderShown }) {
  return (
    <div style={{ maxWidth: 280, whiteSpace: "normal", overflowWrap: "anywhere" }}>
      <BlockStack gap="050">
        <InlineStack gap="200" blockAlign="center">
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
          {row.isNew ? <Badge tone="info">{t("morning.new")}</Badge> : null}
        </InlineStack>
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
        {row.note ? (
          <Text as="span" variant="bodySm">
            {t("morning.noted", { note: row.note.length > 80 ? `${row.note.slice(0, 80)}…` : row.note })}
          </Text>
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
            <OwnClick>
              <Link
                url={row.shopifyUrl}
                target="_top"
                accessibilityLabel={t("orders.openInShopify", { name: row.shopifyName })}
              >
                {row.shopifyName}
              </Link>
            </OwnClick>
          ) : null}
          <Badge {...(row.shopify.tone ? { tone: row.shopify.tone } : {})}>{row.shopify.label}</Badge>
        </InlineStack>
        {row.held ? (
          <Text as="p" tone="subdued" variant="bodySm">
            {row.held}
          </Text>
        ) : null}
        {row.parked ? (
          <div>
            <Text as="p" tone="critical">
              {row.parked.why}
            </Text>
            <OwnClick>
              <Link
                url={row.parked.action.url}
                {...(row.parked.action.target ? { target: row.parked.action.target } : {})}
              >
                {row.parked.action.label}
              </Link>
            </OwnClick>
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

/** A click on it is its own: it must not open the order. */
function OwnClick({ children }: { children: ReactNode }) {
  // biome-ignore lint/a11y: the link inside is what is operated
  return <span onClick={(event) => event.stopPropagation()}>{children}</span>;
}

function ChannelLink({ row }: { row: OrderShown }) {
  return (
    <OwnClick>
      <Link
        url={row.channelUrl}
        target="_blank"
        accessibilityLabel={t("morning.onChannelOf", { name: row.channelOrderId })}
      >
        {t("morning.onChannel")}
      </Link>
    </OwnClick>
  );
}

/** What is left of it, about, and what that follows from. */
function Money({ row, isAtEnd = false }: { row: OrderShown; isAtEnd?: boolean }) {
  const alignment = isAtEnd ? { alignment: "end" as const } : {};
  return (
    <BlockStack gap="050">
      <Text as="span" fontWeight="semibold" numeric {...alignment}>
        {row.money.lead}
      </Text>
      {row.money.parts ? (
        <Text as="span" tone="subdued" variant="bodySm" numeric {...alignment}>
          {row.money.parts}
        </Text>
      ) : null}
    </BlockStack>
  );
}
