import { Badge, Banner, BlockStack, Box, Card, InlineStack, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import { t } from "../../../locales/translate.ts";
import { ProblemList } from "../../../ui/problem-list.tsx";
import { Due } from "./morning-cards.tsx";
import type { OrderPageShown } from "./order-page-data.ts";

type Part<Field extends keyof OrderPageShown> = { order: Pick<OrderPageShown, Field> };

/** A card with a heading. */
function Titled({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {children}
      </BlockStack>
    </Card>
  );
}

/** Both sides beside each other, and what is so now. */
export function OrderStateCard({
  order,
}: Part<
  "channelLabel" | "kinds" | "shopify" | "now" | "notes" | "placed" | "deadline" | "cancels" | "reviewed" | "problems"
>) {
  const { channelLabel, kinds, shopify, now, notes, placed, deadline, cancels, reviewed, problems } = order;
  return (
    <Titled title={t("orders.page.state.title")}>
      <InlineStack gap="600">
        <Side name={t("orders.page.state.channel")}>
          <Badge>{channelLabel}</Badge>
          {kinds.map((kind) => (
            <Badge key={kind} tone="info">
              {kind}
            </Badge>
          ))}
        </Side>
        <Side name={t("orders.page.state.shopify")}>
          <Badge {...(shopify.tone ? { tone: shopify.tone } : {})}>{shopify.label}</Badge>
        </Side>
      </InlineStack>
      {/* a problem says it better, and "all is well" beside one would be a lie */}
      {problems.length > 0 && (now.next || now.tone === "success") ? null : (
        <Banner tone={now.tone}>
          <BlockStack gap="100">
            <p>{now.text}</p>
            {now.next ? <p>{now.next}</p> : null}
            {notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </BlockStack>
        </Banner>
      )}
      <InlineStack gap="400">
        <Text as="p" tone="subdued">
          {placed}
        </Text>
        {deadline ? (
          <InlineStack gap="200" blockAlign="center">
            <Due due={deadline} />
            <Text as="span">{deadline.at}</Text>
          </InlineStack>
        ) : null}
        {reviewed ? (
          <Text as="p" tone="subdued">
            {reviewed}
          </Text>
        ) : null}
      </InlineStack>
      {cancels ? <Text as="p">{cancels}</Text> : null}
    </Titled>
  );
}

function Side({ name, children }: { name: string; children: ReactNode }) {
  return (
    <InlineStack gap="200" blockAlign="center">
      <Text as="span" fontWeight="medium">
        {name}
      </Text>
      {children}
    </InlineStack>
  );
}

/** What somebody must do, each with its one action. Nothing while there is nothing. */
export function OrderProblemsCard({
  order,
  isBusy,
  onLookAgain,
}: Part<"problems"> & { isBusy: boolean; onLookAgain(): void }) {
  if (order.problems.length === 0) return null;
  return (
    <Titled title={t("orders.page.problems")}>
      <ProblemList
        problems={order.problems.map(({ label, url, target, ...problem }) => ({
          ...problem,
          action: url ? { label, url, ...(target ? { target } : {}) } : { label, isBusy, onAction: onLookAgain },
        }))}
      />
    </Titled>
  );
}

/** What was bought, and what of it is linked to a product. */
export function OrderLinesCard({ order }: Part<"lines">) {
  return (
    <Titled title={t("orders.page.lines.title")}>
      {order.lines.length === 0 ? (
        <Text as="p" tone="subdued">
          {t("orders.page.lines.empty")}
        </Text>
      ) : (
        <Box as="ul" padding="0">
          {order.lines.map((line, at) => (
            <Box
              as="li"
              key={line.key}
              paddingBlock="200"
              borderBlockStartWidth={at === 0 ? "0" : "025"}
              borderColor="border"
            >
              <InlineStack align="space-between" gap="200" blockAlign="start" wrap={false}>
                <BlockStack gap="050">
                  <Text as="span" breakWord>
                    {line.url ? <Link url={line.url}>{line.title}</Link> : line.title}
                  </Text>
                  <InlineStack gap="200" blockAlign="center">
                    {line.sku ? (
                      <Text as="span" tone="subdued" breakWord>
                        {line.sku}
                      </Text>
                    ) : null}
                    {line.url ? null : <Badge tone="warning">{t("orders.page.lines.unlinked")}</Badge>}
                    {line.notes.map((note) => (
                      <Badge key={note}>{note}</Badge>
                    ))}
                  </InlineStack>
                </BlockStack>
                <Box minWidth="fit-content">
                  <Text as="span" numeric>
                    {line.each}
                  </Text>
                </Box>
              </InlineStack>
            </Box>
          ))}
        </Box>
      )}
    </Titled>
  );
}

/** Money as it is known today. */
export function OrderMoneyCard({ order }: Part<"money" | "moneyNote" | "difference">) {
  return (
    <Titled title={t("orders.page.money.title")}>
      <BlockStack gap="150" as="ul">
        {order.money.map(({ label, amount, isStrong }) => (
          <li key={label}>
            <InlineStack align="space-between" gap="200" wrap={false}>
              <Text as="span" {...(isStrong ? { fontWeight: "semibold" as const } : {})}>
                {label}
              </Text>
              <Text as="span" numeric alignment="end" {...(isStrong ? { fontWeight: "semibold" as const } : {})}>
                {/* an amount stays with its currency */}
                <span style={{ whiteSpace: "nowrap" }}>{amount}</span>
              </Text>
            </InlineStack>
          </li>
        ))}
      </BlockStack>
      {order.difference ? (
        <Banner tone="critical" title={t("orders.page.money.differs")}>
          <p>{order.difference}</p>
        </Banner>
      ) : null}
      <Text as="p" tone="subdued" variant="bodySm">
        {order.moneyNote}
      </Text>
    </Titled>
  );
}

/** Who gets it, as far as it is known and needed. */
export function OrderBuyerCard({ order }: Part<"buyer">) {
  return (
    <Titled title={t("orders.page.buyer.title")}>
      {order.buyer.lines.length > 0 ? (
        <BlockStack gap="050">
          {order.buyer.lines.map((line) => (
            <Text as="p" key={line} breakWord>
              {line}
            </Text>
          ))}
        </BlockStack>
      ) : null}
      <Text as="p" tone="subdued" variant="bodySm">
        {order.buyer.note}
      </Text>
    </Titled>
  );
}

/** The order's page on either side. */
export function OrderLinksCard({ order }: Part<"channelUrl" | "shopifyOrder">) {
  return (
    <Titled title={t("orders.page.links.title")}>
      <BlockStack gap="150">
        <Link url={order.channelUrl} target="_blank">
          {t("orders.page.links.channel")}
        </Link>
        {order.shopifyOrder ? (
          <Link url={order.shopifyOrder.url} target="_top">
            {t("orders.page.links.shopify", { name: order.shopifyOrder.name })}
          </Link>
        ) : (
          <Text as="p" tone="subdued">
            {t("orders.page.links.noShopify")}
          </Text>
        )}
      </BlockStack>
    </Titled>
  );
}
