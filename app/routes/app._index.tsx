import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { Badge, Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { ArmCard } from "../domains/shops/ui/arm-card.tsx";
import { ConnectCard } from "../domains/shops/ui/connect-card.tsx";
import type { ConnectionShown } from "../domains/shops/ui/home-data.ts";
import { ReadinessCard } from "../domains/shops/ui/readiness-card.tsx";
import { StockSourceCard } from "../domains/shops/ui/stock-source-card.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { ProblemList } from "../ui/problem-list.tsx";
import { type Told, useOutcomeToast } from "../ui/use-outcome-toast.ts";
import { usePolling } from "../ui/use-polling.ts";
import { homeAction } from "./embedded/home-action.server.ts";
import { loadHome } from "./embedded/load-home.server.ts";
import { visitOf } from "./embedded/visit.server.ts";

export const loader = async (args: LoaderFunctionArgs) =>
  loadHome(await visitOf(args), new URL(args.request.url).searchParams.get("claim"));
export const action = homeAction;
export const headers: HeadersFunction = (args) => boundary.headers(args);
export const meta: MetaFunction = () => [{ title: t("home.title") }];

type Submit = (form: Record<string, string | string[]>) => void;

/** Connect, get ready, turn on; and what needs somebody. */
export default function Home() {
  const { connections, problems, markets, claim } = useLoaderData<typeof loader>();
  const fetcher = useFetcher<Told>();
  useOutcomeToast(fetcher.data);
  // The first look at both shops runs in the background.
  usePolling(connections.some((one) => one.status === "active" && one.readiness.checkedAt === null));
  const isBusy = fetcher.state !== "idle";
  const submit: Submit = (form) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) body.append(name, one);
    fetcher.submit(body, { method: "POST", action: "/app?index" });
  };
  const connect = (market: string) => submit({ intent: "connect", market });

  return (
    <EmbeddedPage title={t("home.title")}>
      <BlockStack gap="400">
        {claim ? (
          <Banner
            title={t("home.claim.title")}
            tone="info"
            action={{
              content: t("home.claim.action"),
              loading: isBusy,
              onAction: () => submit({ intent: "claim", claim }),
            }}
          >
            <p>{t("home.claim.text")}</p>
          </Banner>
        ) : null}
        {connections.length === 0 ? <ConnectCard markets={markets} isBusy={isBusy} onConnect={connect} /> : null}
        <Problems problems={problems} isBusy={isBusy} submit={submit} isQuiet={connections.length === 0} />
        {connections.map((one) => (
          <Connection
            key={one.id}
            connection={one}
            isBusy={isBusy}
            submit={submit}
            onConnect={() => connect(markets[0] ?? "")}
          />
        ))}
        {connections.length > 0 ? (
          <InlineStack>
            <Button loading={isBusy} onClick={() => connect(markets[0] ?? "")}>
              {t("home.connect.another")}
            </Button>
          </InlineStack>
        ) : null}
      </BlockStack>
    </EmbeddedPage>
  );
}

function Problems({
  problems,
  isBusy,
  submit,
  isQuiet,
}: {
  problems: ReturnType<typeof useLoaderData<typeof loader>>["problems"];
  isBusy: boolean;
  submit: Submit;
  isQuiet: boolean;
}) {
  if (problems.length === 0 && isQuiet) return null;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t(problems.length === 0 ? "home.problems.none" : "home.problems.title")}
        </Text>
        {problems.length === 0 ? (
          <Text as="p" tone="subdued">
            {t("home.problems.noneText")}
          </Text>
        ) : (
          <ProblemList
            problems={problems.map(({ act, actionLabel, ...problem }) => ({
              ...problem,
              action:
                act.kind === "page"
                  ? { label: actionLabel, url: act.url }
                  : {
                      label: actionLabel,
                      isBusy,
                      onAction: () =>
                        submit({ intent: act.intent, connectionId: act.connectionId ?? "", market: act.market ?? "" }),
                    },
            }))}
          />
        )}
      </BlockStack>
    </Card>
  );
}

function Connection({
  connection,
  isBusy,
  submit,
  onConnect,
}: {
  connection: ConnectionShown;
  isBusy: boolean;
  submit: Submit;
  onConnect(): void;
}) {
  const { id, status } = connection;
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {connection.name}
            </Text>
            <Badge tone={status === "active" ? "success" : "critical"}>{t(`home.connection.status.${status}`)}</Badge>
          </InlineStack>
          <Text as="p" tone="subdued">
            {t("home.connection.subtitle", { region: connection.region, currency: connection.currency })}
          </Text>
          {status === "parked" ? (
            <>
              <Text as="p">{t("home.connection.parked")}</Text>
              <InlineStack>
                <Button variant="primary" loading={isBusy} onClick={onConnect}>
                  {t("home.connection.again")}
                </Button>
              </InlineStack>
            </>
          ) : null}
        </BlockStack>
      </Card>
      {status === "active" ? (
        <>
          <ReadinessCard
            connection={connection}
            isBusy={isBusy}
            onRecheck={() => submit({ intent: "recheck", connectionId: id })}
          />
          <StockSourceCard
            connection={connection}
            isBusy={isBusy}
            onSave={(change) => submit({ intent: "settings", connectionId: id, ...change })}
          />
          <ArmCard
            connection={connection}
            isBusy={isBusy}
            onArm={(chosen) => submit({ intent: "arm", connectionId: id, flows: [...chosen] })}
            onPause={(flow) => submit({ intent: "pause", connectionId: id, flows: [flow] })}
          />
        </>
      ) : null}
    </BlockStack>
  );
}
