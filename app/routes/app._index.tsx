import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useFetcher, useLoaderData } from "@remix-run/react";
import { Banner, BlockStack } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { ConnectCard } from "../domains/shops/ui/connect-card.tsx";
import { ConnectionNotices } from "../domains/shops/ui/connection-notices.tsx";
import { GuideCard } from "../domains/shops/ui/guide-card.tsx";
import { HealthTiles } from "../domains/shops/ui/health-tiles.tsx";
import { ProblemsCard } from "../domains/shops/ui/problems-card.tsx";
import { RunningCard } from "../domains/shops/ui/running-card.tsx";
import { ShopLines } from "../domains/shops/ui/shop-lines.tsx";
import { t } from "../locales/translate.ts";
import { EmbeddedPage } from "../ui/embedded-page.tsx";
import { RefusedBanner } from "../ui/refused-banner.tsx";
import { useFormSubmit } from "../ui/use-form-submit.ts";
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

/** First what halts a shop and what needs somebody, then what is left to set up, then whether all is well. */
export default function Home() {
  const { connections, notices, problems, markets, claim, isNew, guide, tiles, running } =
    useLoaderData<typeof loader>();
  const fetcher = useFetcher<Told>();
  useOutcomeToast(fetcher.data);
  const isConnected = connections.length > 0;
  const isFirstLook = guide?.next === "ready" && !guide.isChecked;
  // problems close and open by themselves; work and the first look at both shops are watched more closely
  const isMoving = running.length > 0 || isFirstLook || guide?.next === "try";
  usePolling(isConnected, isMoving ? 1_500 : 4_000);
  const isBusy = fetcher.state !== "idle";
  const submit = useFormSubmit(fetcher, "/app?index");
  const isQuiet = tiles.some((tile) => tile.tone === "attention");
  const problemsCard = <ProblemsCard problems={problems} isQuiet={isQuiet} isBusy={isBusy} submit={submit} />;
  const isCalm = problems.length === 0 && notices.length === 0;

  return (
    <EmbeddedPage title={t("home.title")}>
      <BlockStack gap="400">
        <RefusedBanner told={fetcher.data} />
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
        <ConnectionNotices notices={notices} />
        {problems.length > 0 ? problemsCard : null}
        {guide ? <GuideCard guide={guide} markets={markets} isBusy={isBusy} submit={submit} /> : null}
        {isNew && !guide ? (
          <ConnectCard
            markets={markets}
            isBusy={isBusy}
            onConnect={(market) => submit({ intent: "connect", market })}
          />
        ) : null}
        {/* before both sides were looked at nothing is known, and what stands here would jump when the guide goes on */}
        {isFirstLook ? null : (
          <>
            {isConnected && isCalm ? problemsCard : null}
            <RunningCard running={running} />
            {tiles.length > 0 ? <HealthTiles tiles={tiles} /> : null}
            {isConnected ? <ShopLines lines={connections} /> : null}
          </>
        )}
      </BlockStack>
    </EmbeddedPage>
  );
}
