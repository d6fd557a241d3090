import { Badge, BlockStack, Box, Button, Card, InlineGrid, InlineStack, Link, Text } from "@shopify/polaris";
import { t } from "../../../locales/translate.ts";
import type { MorningShown, NeedShown, RateShown, StandingShown } from "./morning-data.ts";
import type { OrderShown } from "./orders-data.ts";

/** The proof line, and what came in since the visitor last looked: how many, and what it brings. */
export function SinceCard({
  proof,
  morning,
  onChangeFee,
}: {
  proof: { line: string; badge: string; isEqual: boolean };
  morning: MorningShown | null;
  onChangeFee(): void;
}) {
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="300" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {proof.line}
          </Text>
          <Badge tone={proof.isEqual ? "success" : "attention"}>{proof.badge}</Badge>
        </InlineStack>
        {morning ? <Figures morning={morning} onChangeFee={onChangeFee} /> : null}
      </BlockStack>
    </Card>
  );
}

function Figures({ morning, onChangeFee }: { morning: MorningShown; onChangeFee(): void }) {
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {morning.title}
      </Text>
      {morning.figures.money.map((money, at) => (
        <InlineGrid key={money.currency} columns={{ xs: 2, sm: 3, md: 5 }} gap="300">
          {at === 0 ? <Figure label={t("morning.figures.orders")} value={morning.figures.orders} isStrong /> : <div />}
          <Figure label={t("morning.figures.buyers")} value={money.buyers} />
          <Figure label={t("morning.figures.platform")} value={money.platform} />
          <Figure label={t("morning.figures.fees")} value={money.fees} />
          <Figure label={t("morning.figures.get")} value={money.get} isStrong />
        </InlineGrid>
      ))}
      <Text as="p" tone="subdued" variant="bodySm">
        {morning.assumption}{" "}
        <Button variant="plain" onClick={onChangeFee}>
          {t("morning.fee.change")}
        </Button>
      </Text>
    </BlockStack>
  );
}

function Figure({ label, value, isStrong = false }: { label: string; value: string; isStrong?: boolean }) {
  return (
    <BlockStack gap="050">
      <Text as="span" tone="subdued" variant="bodySm">
        {label}
      </Text>
      <Text as="span" variant={isStrong ? "headingMd" : "bodyMd"} numeric>
        {value}
      </Text>
    </BlockStack>
  );
}

/** What needs somebody, the most pressing first, each with the one action that helps. */
export function NeedsCard({
  morning,
  isBusy,
  onLookAgain,
}: {
  morning: Pick<MorningShown, "needs" | "needsMe">;
  isBusy: boolean;
  onLookAgain(id: string): void;
}) {
  const { needs, needsMe } = morning;
  if (needsMe === 0)
    return (
      <Card>
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t("morning.needs.none")}
          </Text>
          <Text as="p" tone="subdued">
            {t("morning.needs.noneText")}
          </Text>
        </BlockStack>
      </Card>
    );
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t("morning.needs.title")}
          </Text>
          <Link url="/app/orders?view=needs-me">{t("morning.needs.all", { count: needsMe })}</Link>
        </InlineStack>
        <Box as="ul" padding="0" aria-live="polite">
          {needs.map((need, at) => (
            <Box
              as="li"
              key={need.id}
              paddingBlock="300"
              borderBlockStartWidth={at === 0 ? "0" : "025"}
              borderColor="border"
            >
              <Need need={need} isBusy={isBusy} onLookAgain={() => onLookAgain(need.id)} />
            </Box>
          ))}
        </Box>
      </BlockStack>
    </Card>
  );
}

function Need({ need, isBusy, onLookAgain }: { need: NeedShown; isBusy: boolean; onLookAgain(): void }) {
  const { label, url, target } = need.action;
  return (
    <BlockStack gap="150">
      <InlineStack gap="200" blockAlign="center">
        <Due due={need.due} />
        <Badge tone={need.tone}>{need.toneLabel}</Badge>
        <Text as="h3" variant="headingSm" breakWord>
          <Link url={need.url} monochrome removeUnderline>
            {need.title}
          </Link>
        </Text>
      </InlineStack>
      <Text as="p">
        {need.meaning} {need.more ? `(${need.more})` : null}
      </Text>
      <InlineStack gap="200">
        {url ? (
          <Button url={url} {...(target ? { target } : {})}>
            {label}
          </Button>
        ) : (
          <Button disabled={isBusy} onClick={onLookAgain}>
            {label}
          </Button>
        )}
      </InlineStack>
    </BlockStack>
  );
}

/** How long there is left; what is late says so in words and colour. */
export function Due({ due }: { due: OrderShown["due"] }) {
  if (!due) return null;
  if (due.tone === null) return <Text as="span">{due.text}</Text>;
  return <Badge tone={due.tone === "critical" ? "critical" : "warning"}>{due.text}</Badge>;
}

/** What has to leave the house today, and how the shop stands with the channel. */
export function StandingCard({ standing }: { standing: StandingShown }) {
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {standing.title}
          </Text>
          <Text as="p">{standing.toShip}</Text>
          {standing.held ? <Text as="p">{standing.held}</Text> : null}
        </BlockStack>
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
          {standing.rates.map((rate) => (
            <Rate key={rate.id} rate={rate} />
          ))}
        </InlineGrid>
        <Text as="p" tone="subdued" variant="bodySm">
          {standing.note}
        </Text>
      </BlockStack>
    </Card>
  );
}

function Rate({ rate }: { rate: RateShown }) {
  return (
    <BlockStack gap="100">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {rate.title}
        </Text>
        <Badge {...(rate.tone === "info" ? {} : { tone: rate.tone })}>{rate.toneLabel}</Badge>
      </InlineStack>
      <Text as="p">{rate.now}</Text>
      {rate.predicted ? <Text as="p">{rate.predicted}</Text> : null}
      <Text as="p" tone="subdued">
        {rate.limit}
      </Text>
      {rate.url ? <Link url={rate.url}>{t("morning.standing.see")}</Link> : null}
    </BlockStack>
  );
}
