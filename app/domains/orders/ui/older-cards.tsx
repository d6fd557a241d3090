import {
  Badge,
  BlockStack,
  Box,
  Button,
  Card,
  InlineGrid,
  InlineStack,
  Link,
  ProgressBar,
  Select,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";
import { EmptyCard } from "../../../ui/empty-card.tsx";
import type { BackfillShown } from "./older-data.ts";

interface FormProps {
  shops: { id: string; name: string }[];
  /** Days of the shop's own calendar, as the field writes them. */
  days: { from: string; until: string; today: string };
  reach: boolean;
  isBusy: boolean;
  onRead(form: { connectionId: string; from: string; until: string }): void;
}

/** From which day to which, of which shop. */
export function OlderForm({ shops, days, reach, isBusy, onRead }: FormProps) {
  const [connectionId, setConnectionId] = useState(shops[0]?.id ?? "");
  const [from, setFrom] = useState(days.from);
  const [until, setUntil] = useState(days.until);
  const isWrong = !from || !until || from > until;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="p">{t("incoming.older.intro")}</Text>
        {shops.length > 1 ? (
          <Select
            label={t("incoming.older.shop")}
            options={shops.map(({ id, name }) => ({ value: id, label: name }))}
            value={connectionId}
            onChange={setConnectionId}
          />
        ) : null}
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          <TextField
            label={t("incoming.older.from")}
            type="date"
            autoComplete="off"
            max={days.today}
            value={from}
            onChange={setFrom}
          />
          <TextField
            label={t("incoming.older.until")}
            type="date"
            autoComplete="off"
            max={days.today}
            value={until}
            onChange={setUntil}
            {...(from && until && from > until ? { error: t("incoming.older.wrongRange") } : {})}
          />
        </InlineGrid>
        {reach ? (
          <Text as="p" tone="subdued">
            {t("incoming.older.reach")}
          </Text>
        ) : null}
        <InlineStack>
          <Button
            variant="primary"
            disabled={isWrong}
            loading={isBusy}
            onClick={() => onRead({ connectionId, from, until })}
          >
            {t("incoming.older.read")}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

/** What was read, latest first: how many there are, what became of them, and the one thing to do next. */
export function OlderRuns({
  runs,
  isBusy,
  onBring,
}: {
  runs: BackfillShown[];
  isBusy: boolean;
  onBring(id: string): void;
}) {
  if (runs.length === 0)
    return (
      <Card padding="0">
        <EmptyCard title={t("incoming.older.none.title")} text={t("incoming.older.none.text")} />
      </Card>
    );
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("incoming.older.runs")}
        </Text>
        <Box as="ul" padding="0">
          {runs.map((run, at) => (
            <Box
              as="li"
              key={run.id}
              paddingBlock="300"
              borderBlockStartWidth={at === 0 ? "0" : "025"}
              borderColor="border"
            >
              <Run run={run} isBusy={isBusy} onBring={() => onBring(run.id)} />
            </Box>
          ))}
        </Box>
      </BlockStack>
    </Card>
  );
}

function Run({ run, isBusy, onBring }: { run: BackfillShown; isBusy: boolean; onBring(): void }) {
  const { range, shop, state, progress, counts, askable, isMoving } = run;
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {range}
        </Text>
        <Badge {...(isMoving ? { tone: "info" as const } : {})}>{t(`incoming.older.state.${state}`)}</Badge>
        <Text as="span" tone="subdued">
          {shop}
        </Text>
      </InlineStack>
      <div aria-live="polite">
        {progress ? (
          <BlockStack gap="100">
            <div id={`read-${run.id}`}>
              <Text as="p">{progress.text}</Text>
            </div>
            <ProgressBar progress={100 * progress.share} size="small" ariaLabelledBy={`read-${run.id}`} />
          </BlockStack>
        ) : (
          <Text as="p">
            {counts.join(" · ")}
            {run.needsMe ? (
              <>
                {" "}
                <Link url="/app/orders?view=parked">{t("incoming.older.show")}</Link>
              </>
            ) : null}
          </Text>
        )}
      </div>
      {askable > 0 && !progress ? (
        <BlockStack gap="100">
          <InlineStack>
            <Button disabled={isBusy || state === "asking"} onClick={onBring}>
              {t("incoming.older.bring", { count: askable })}
            </Button>
          </InlineStack>
          <Text as="p" tone="subdued" variant="bodySm">
            {t("incoming.older.bringNote")}
          </Text>
        </BlockStack>
      ) : null}
    </BlockStack>
  );
}
