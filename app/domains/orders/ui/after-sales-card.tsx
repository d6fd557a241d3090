import { Badge, BlockStack, Box, Button, Card, Checkbox, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";
import type { AfterSaleShown, AfterSalesShown } from "./after-sales-data.ts";

interface Props {
  afterSales: AfterSalesShown;
  isBusy: boolean;
  /** Opens the choices about one request; null: about cancelling the order. */
  onDecide(requestId: string | null): void;
  onRestock(requestId: string, unitIds: string[]): void;
}

/** Cancellations, returns and refunds of an order: what is asked, until when, what happens to stock and money. */
export function AfterSalesCard({ afterSales, isBusy, onDecide, onRestock }: Props) {
  const { items, underWay, mayCancel, pausedNote } = afterSales;
  if (items.length === 0 && underWay.length === 0 && !mayCancel) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t("orders.afterSales.title")}
          </Text>
          {mayCancel ? (
            <Button onClick={() => onDecide(null)} disabled={isBusy || pausedNote !== null}>
              {t("orders.afterSales.cancel")}
            </Button>
          ) : null}
        </InlineStack>
        {pausedNote ? <Text as="p">{pausedNote}</Text> : null}
        {/* one region for both: an empty one would leave a gap */}
        <Box aria-live="polite">
          {underWay.map((text) => (
            <Text as="p" key={text} tone="subdued">
              {text}
            </Text>
          ))}
          {items.length === 0 ? (
            <Text as="p" tone="subdued">
              {t("orders.afterSales.none")}
            </Text>
          ) : (
            <Box as="ul" padding="0">
              {items.map((item, at) => (
                <Box
                  as="li"
                  key={item.key}
                  paddingBlock="300"
                  borderBlockStartWidth={at === 0 ? "0" : "025"}
                  borderColor="border"
                >
                  <Item item={item} isBusy={isBusy || pausedNote !== null} onDecide={onDecide} onRestock={onRestock} />
                </Box>
              ))}
            </Box>
          )}
        </Box>
      </BlockStack>
    </Card>
  );
}

function Item({
  item,
  isBusy,
  onDecide,
  onRestock,
}: Pick<Props, "isBusy" | "onDecide" | "onRestock"> & { item: AfterSaleShown }) {
  const { key, title, state, lines, until, isAsking, restock } = item;
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {title}
        </Text>
        <Badge {...(state.tone ? { tone: state.tone } : {})}>{state.label}</Badge>
      </InlineStack>
      {lines.map((line) => (
        <Text as="p" key={line} breakWord>
          {line}
        </Text>
      ))}
      {until ? (
        <Text as="p" fontWeight="medium" {...(until.isNear ? { tone: "critical" as const } : {})}>
          {until.text}
        </Text>
      ) : null}
      {isAsking ? (
        <InlineStack>
          <Button variant="primary" disabled={isBusy} onClick={() => onDecide(key)}>
            {t("orders.afterSales.answer")}
          </Button>
        </InlineStack>
      ) : null}
      {restock ? <RestockForm restock={restock} isBusy={isBusy} onSend={(ids) => onRestock(key, ids)} /> : null}
    </BlockStack>
  );
}

/** Each unit that came back: on the shelf again, or not. */
function RestockForm({
  restock,
  isBusy,
  onSend,
}: {
  restock: NonNullable<AfterSaleShown["restock"]>;
  isBusy: boolean;
  onSend(unitIds: string[]): void;
}) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(restock.units.map((unit) => unit.id)));
  const toggle = (id: string, isOn: boolean) => {
    const next = new Set(chosen);
    if (isOn) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <BlockStack gap="200" as="fieldset">
      <Text as="p" fontWeight="medium">
        {restock.question}
      </Text>
      {restock.units.map(({ id, title }) => (
        <Checkbox key={id} label={title} checked={chosen.has(id)} onChange={(isOn) => toggle(id, isOn)} />
      ))}
      <InlineStack>
        <Button variant="primary" disabled={isBusy} onClick={() => onSend([...chosen])}>
          {t("orders.afterSales.restock.send", { count: chosen.size })}
        </Button>
      </InlineStack>
    </BlockStack>
  );
}
