import { Badge, BlockStack, Box, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import { t } from "../../../locales/translate.ts";
import { EmptyCard } from "../../../ui/empty-card.tsx";
import { saveFile } from "../../../ui/save-file.ts";
import type { BuyerRequestShown, KeptShown } from "./privacy-data.ts";

/** What buyers asked for, latest first, each with its file. `onFetched`: the page is told anew what is so. */
export function BuyerRequestsCard({ requests, onFetched }: { requests: BuyerRequestShown[]; onFetched(): void }) {
  if (requests.length === 0)
    return (
      <Card padding="0">
        <EmptyCard title={t("privacy.requests.none.title")} text={t("privacy.requests.none.text")} />
      </Card>
    );
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("privacy.requests.title")}
        </Text>
        <Text as="p">{t("privacy.requests.intro")}</Text>
        <Box as="ul" padding="0">
          {requests.map((request, at) => (
            <Box
              as="li"
              key={request.id}
              paddingBlock="300"
              borderBlockStartWidth={at === 0 ? "0" : "025"}
              borderColor="border"
            >
              <Request request={request} onFetched={onFetched} />
            </Box>
          ))}
        </Box>
      </BlockStack>
    </Card>
  );
}

function Request({ request, onFetched }: { request: BuyerRequestShown; onFetched(): void }) {
  const { id, title, at, state, lines, canBeFetched, fileName } = request;
  const [fetching, setFetching] = useState<"idle" | "busy" | "failed">("idle");
  const get = async () => {
    setFetching("busy");
    try {
      await saveFile(`/app/privacy/file?id=${id}`, { type: "application/json", name: fileName });
      setFetching("idle");
      onFetched();
    } catch {
      setFetching("failed");
    }
  };
  return (
    <BlockStack gap="200">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {title}
        </Text>
        <Badge tone={state.tone}>{state.label}</Badge>
      </InlineStack>
      <InlineStack gap="300" blockAlign="center" align="space-between">
        <Box maxWidth="560px">
          {lines.map((line) => (
            <Text as="p" key={line}>
              {line}
            </Text>
          ))}
        </Box>
        {canBeFetched ? (
          <Button
            loading={fetching === "busy"}
            onClick={get}
            accessibilityLabel={t("privacy.requests.getAria", { at })}
          >
            {t("privacy.requests.get")}
          </Button>
        ) : null}
      </InlineStack>
      <div aria-live="polite">
        {fetching === "failed" ? (
          <Text as="p" tone="critical">
            {t("privacy.requests.failed")}
          </Text>
        ) : null}
      </div>
    </BlockStack>
  );
}

/** What is kept of a buyer, what for and how long. */
export function KeptCard({ kept }: { kept: KeptShown[] }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t("privacy.keeping.title")}
        </Text>
        <Text as="p">{t("privacy.keeping.intro")}</Text>
        <Box as="ul" padding="0">
          {kept.map(({ what, why, long }, at) => (
            <Box
              as="li"
              key={what}
              paddingBlock="300"
              borderBlockStartWidth={at === 0 ? "0" : "025"}
              borderColor="border"
            >
              <InlineStack gap="300" align="space-between" blockAlign="start">
                <Box maxWidth="520px">
                  <BlockStack gap="050">
                    <Text as="h3" variant="headingSm">
                      {what}
                    </Text>
                    <Text as="p" tone="subdued">
                      {why}
                    </Text>
                  </BlockStack>
                </Box>
                <Text as="p">{long}</Text>
              </InlineStack>
            </Box>
          ))}
        </Box>
        <Text as="p">{t("privacy.keeping.more")}</Text>
      </BlockStack>
    </Card>
  );
}
