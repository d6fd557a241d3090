import {
  Badge,
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  InlineGrid,
  InlineStack,
  Link,
  List,
  Text,
} from "@shopify/polaris";
import type { ReactNode } from "react";
import { t } from "../../../locales/translate.ts";
import type { Fix, ListingPageShown, SkuShown } from "./listing-page-data.ts";

type Part<Field extends keyof ListingPageShown> = { listing: Pick<ListingPageShown, Field> };

function Titled({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          {text ? (
            <Text as="p" tone="subdued">
              {text}
            </Text>
          ) : null}
        </BlockStack>
        {children}
      </BlockStack>
    </Card>
  );
}

/** Lines of a list, parted by rules. */
function Lines({ children }: { children: ReactNode[] }) {
  return (
    <Box as="ul" padding="0">
      {children.map((child, at) => (
        <Box
          as="li"
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are made anew with each look
          key={at}
          paddingBlock="200"
          borderBlockStartWidth={at === 0 ? "0" : "025"}
          borderColor="border"
        >
          {child}
        </Box>
      ))}
    </Box>
  );
}

/** State on both sides, what it means, and what keeps it from going on. */
export function ListingStateCard({ listing }: Part<"state" | "notice" | "shopify" | "connectionName">) {
  const { state, notice, shopify, connectionName } = listing;
  return (
    <Titled title={t("listing.state.title")}>
      <InlineStack gap={{ xs: "300", md: "600" }}>
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" fontWeight="medium">
            {t("listing.state.channel", { name: connectionName })}
          </Text>
          <Badge {...(state.tone ? { tone: state.tone } : {})}>{state.label}</Badge>
        </InlineStack>
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" fontWeight="medium">
            {t("listing.state.shopify")}
          </Text>
          <Badge {...(shopify.isActive ? { tone: "success" as const } : {})}>{shopify.label}</Badge>
          <Link url={shopify.url} target="_top">
            {t("listing.state.open")}
          </Link>
        </InlineStack>
      </InlineStack>
      <Text as="p">{state.text}</Text>
      {notice ? (
        <Banner tone="warning">
          <BlockStack gap="100">
            <p>{notice.text}</p>
            {notice.link ? <Link url={notice.link.url}>{notice.link.label}</Link> : null}
          </BlockStack>
        </Banner>
      ) : null}
    </Titled>
  );
}

/** What was found, each with its one click where there is one. */
export function FindingsCard({
  listing,
  isBusy,
  onFix,
}: Part<"findings" | "defaultsFix"> & { isBusy: boolean; onFix(form: Record<string, string>): void }) {
  return (
    <Titled title={t("listing.findings.title")}>
      {listing.defaultsFix ? (
        <InlineStack>
          <FixButton fix={listing.defaultsFix} isBusy={isBusy} onFix={onFix} />
        </InlineStack>
      ) : null}
      {listing.findings.length === 0 ? (
        <Text as="p" tone="subdued">
          {t("listing.findings.none")}
        </Text>
      ) : (
        <Lines>
          {listing.findings.map(({ code, sentence, nextStep, blocks, fix }) => (
            <BlockStack gap="150" key={`${code} ${sentence}`}>
              <Text as="p" breakWord {...(blocks ? { tone: "critical" } : nextStep ? {} : { tone: "subdued" })}>
                {sentence}
              </Text>
              {nextStep ? (
                <Text as="p" tone="subdued">
                  {nextStep}
                </Text>
              ) : null}
              {fix ? (
                <InlineStack>
                  <FixButton fix={fix} isBusy={isBusy} onFix={onFix} />
                </InlineStack>
              ) : null}
            </BlockStack>
          ))}
        </Lines>
      )}
    </Titled>
  );
}

function FixButton({ fix, isBusy, onFix }: { fix: Fix; isBusy: boolean; onFix(form: Record<string, string>): void }) {
  if ("url" in fix)
    return (
      <Button size="slim" url={fix.url} target="_top">
        {fix.label}
      </Button>
    );
  return (
    <Button size="slim" disabled={isBusy} onClick={() => onFix(fix.form)}>
      {fix.label}
    </Button>
  );
}

/** What would be sent now, or why nothing is. */
export function ListingPlanCard({ listing: { plan } }: Part<"plan">) {
  return (
    <Titled title={t("listing.plan.title")}>
      {plan.lines.length > 0 ? (
        <List>
          {plan.lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      ) : null}
      {plan.fields.length > 0 ? (
        <Text as="p">{t("listing.plan.fields", { fields: plan.fields.join(", ") })}</Text>
      ) : null}
      {plan.note ? (
        <Text as="p" tone="subdued">
          {plan.note}
        </Text>
      ) : null}
    </Titled>
  );
}

/** Category and details as they are or would be sent. */
export function ListingContentCard({ listing: { category, facts } }: Part<"category" | "facts">) {
  return (
    <Titled title={t("listing.content.title")}>
      {facts.length === 0 ? (
        <Text as="p" tone="subdued">
          {t("listing.content.unchecked")}
        </Text>
      ) : (
        <Lines>
          {[
            { label: t("listing.content.category"), value: category ?? t("listing.content.noCategory"), note: null },
            ...facts,
          ].map(({ label, value, note }) => (
            <InlineGrid columns={{ xs: 1, sm: ["oneThird", "twoThirds"] }} gap="100" key={label}>
              <Text as="span" tone="subdued">
                {label}
              </Text>
              <InlineStack gap="200" blockAlign="center">
                <Text as="span" breakWord>
                  {value}
                </Text>
                {note ? <Badge>{note}</Badge> : null}
              </InlineStack>
            </InlineGrid>
          ))}
        </Lines>
      )}
    </Titled>
  );
}

/** Price, and the offer with everything it follows from, for each variant. */
export function ListingStockCard({ listing: { skus, moreSkus } }: Part<"skus" | "moreSkus">) {
  return (
    <Titled title={t("listing.stock.title")} text={t("listing.stock.text")}>
      {skus.length === 0 ? (
        <Text as="p" tone="subdued">
          {t("listing.stock.none")}
        </Text>
      ) : (
        <Lines>
          {skus.map((sku) => (
            <SkuPart key={sku.id} sku={sku} />
          ))}
        </Lines>
      )}
      {moreSkus ? (
        <Text as="p" tone="subdued">
          {moreSkus}
        </Text>
      ) : null}
    </Titled>
  );
}

function SkuPart({ sku }: { sku: SkuShown }) {
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
      <BlockStack gap="050">
        <Text as="h3" variant="headingSm" breakWord>
          {sku.title}
        </Text>
        <Text as="p" tone="subdued" breakWord>
          {sku.sellerSku}
        </Text>
        <Text as="p">{sku.price}</Text>
      </BlockStack>
      <BlockStack gap="100">
        {sku.sum.map(({ label, amount }) => (
          <Amount key={label} label={label} amount={amount} />
        ))}
        <Amount label={t("listing.stock.offer")} amount={sku.offer} isSum />
        <Text as="p" tone="subdued" variant="bodySm">
          {sku.acknowledged}
        </Text>
        {sku.warnings.map((warning) => (
          <Text as="p" key={warning} tone="caution" variant="bodySm">
            {warning}
          </Text>
        ))}
      </BlockStack>
    </InlineGrid>
  );
}

function Amount({ label, amount, isSum = false }: { label: string; amount: string; isSum?: boolean }) {
  const weight = isSum ? { fontWeight: "semibold" as const } : {};
  return (
    <InlineStack align="space-between" gap="200" wrap={false}>
      <Text as="span" {...weight}>
        {label}
      </Text>
      <Text as="span" numeric alignment="end" {...weight}>
        {amount}
      </Text>
    </InlineStack>
  );
}

/** The newest lines of the ledger. */
export function LedgerCard({ listing: { ledger } }: Part<"ledger">) {
  return (
    <Titled title={t("listing.ledger.title")}>
      {ledger.length === 0 ? (
        <Text as="p" tone="subdued">
          {t("listing.ledger.none")}
        </Text>
      ) : (
        <Lines>
          {ledger.map(({ key, at, sentence }) => (
            <BlockStack gap="050" key={key}>
              <Text as="p" breakWord>
                {sentence}
              </Text>
              <Text as="span" tone="subdued">
                {at}
              </Text>
            </BlockStack>
          ))}
        </Lines>
      )}
    </Titled>
  );
}

const PICTURE_PX = 88;

/** The pictures that are or would be sent, in their order. */
export function PicturesCard({ listing: { pictures, title } }: Part<"pictures" | "title">) {
  return (
    <Titled title={t("listing.pictures.title")}>
      {pictures.length === 0 ? (
        <Text as="p" tone="subdued">
          {t("listing.pictures.none")}
        </Text>
      ) : (
        <InlineStack gap="200">
          {pictures.map((url, at) => (
            <img
              key={url}
              src={url}
              alt={t("listing.pictures.alt", { at: at + 1, title })}
              width={PICTURE_PX}
              height={PICTURE_PX}
              style={{ objectFit: "cover", borderRadius: 8, border: "1px solid var(--p-color-border)" }}
            />
          ))}
        </InlineStack>
      )}
    </Titled>
  );
}

/** What happened to this listing, and by whom. */
export function ListingActivityCard({ listing: { activity, zone } }: Part<"activity" | "zone">) {
  return (
    <Titled title={t("listing.activity.title")} text={t("listing.activity.zone", { zone })}>
      <Lines>
        {activity.map(({ id, at, sentence, actor }) => (
          <BlockStack gap="050" key={id}>
            <Text as="p" breakWord>
              {sentence}
            </Text>
            <Text as="span" tone="subdued">
              {at} · {actor}
            </Text>
          </BlockStack>
        ))}
      </Lines>
    </Titled>
  );
}
